"""Days from and to, both included; an open end lasts for good."""

from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.errors import FieldError


class Term(Protocol):
    """Anything that holds from a day to a day."""

    valid_from: date
    valid_to: date | None


def overlap(one: Term, other: Term) -> bool:
    """Whether some day lies in both terms."""
    return _starts_in_time(one, other) and _starts_in_time(other, one)


def _starts_in_time(one: Term, other: Term) -> bool:
    return other.valid_to is None or one.valid_from <= other.valid_to


def day_before(day: date) -> date:
    """The last day of what ends when something else begins."""
    return day - timedelta(days=1)


def check_order(first: date, last: date | None, *, field: str) -> None:
    """Refuse a term that ends before it begins."""
    if last is not None and last < first:
        raise FieldError(field, _("The last day lies before the first day."))
