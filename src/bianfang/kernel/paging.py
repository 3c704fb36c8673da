"""Keyset paging: the next page starts behind the last row seen, however many rows there are.

A page token holds the sort values of the last row. OFFSET would read all rows before and throw them
away; this reads one page from the index.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

LONGEST = 2000
"""Signs of a token: a few columns fit in; what is longer was not made here."""


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page, and tokens for the pages beside it ("" where there is none)."""

    rows: list[M]
    next_token: str
    previous_token: str


def take_page(
    queryset: "QuerySet[M]", *, order: Sequence[str], token: str = "", size: int = 50
) -> Page[M]:
    """One page of `queryset` in `order` (last field unique, none empty), as far as `token` tells.

    A token that cannot be read, as after a change of the sort, gives the first page.
    """
    back, values = _read(token, len(order))
    keys = [_flip(key) for key in order] if back else list(order)
    rows_set = queryset.order_by(*keys)
    if values:
        try:
            rows_set = rows_set.filter(_behind(keys, values))
        except (ValidationError, ValueError, TypeError, OverflowError):
            return take_page(queryset, order=order, size=size)
    rows = list(rows_set[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    has_next, has_previous = (True, more) if back else (more, bool(values))
    return Page(
        rows=rows,
        next_token=_token(order, rows[-1], back=False) if rows and has_next else "",
        previous_token=_token(order, rows[0], back=True) if rows and has_previous else "",
    )


def _flip(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _behind(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows strictly behind the given one: (a > x) or (a = x and b > y) …, bounded by a >= x."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, sign = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        condition |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    first, sign = (keys[0][1:], "lte") if keys[0].startswith("-") else (keys[0], "gte")
    return Q(**{f"{first}__{sign}": values[0]}) & condition


def _token(order: Sequence[str], row: Model, *, back: bool) -> str:
    values = [_plain(_attribute(row, key.lstrip("-"))) for key in order]
    if None in values:
        msg = f"pages by {', '.join(order)} meet an empty value, behind which nothing can be found"
        raise ValueError(msg)
    raw = json.dumps([int(back), *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _attribute(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(token: str, count: int) -> tuple[bool, list[Any]]:
    """The direction and the values; no values when the token is none of ours."""
    if not 0 < len(token) <= LONGEST:
        return False, []
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        back, *values = json.loads(raw)
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return False, []
    if len(values) != count or not all(map(_can_be_value, values)):
        return False, []
    return bool(back), values


def _can_be_value(value: Any) -> bool:
    """Text that both databases take, or a finite number."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, int) or (isinstance(value, float) and isfinite(value))
