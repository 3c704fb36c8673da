"""Counting days; pure. `overrides` says of a day whether it is worked, against Monday to Friday."""

from collections.abc import Mapping
from datetime import date, timedelta

Overrides = Mapping[date, bool]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def is_workday(day: date, overrides: Overrides) -> bool:
    """Whether the day is worked."""
    return overrides.get(day, day.weekday() < _SATURDAY)


def add_workdays(start: date, count: int, overrides: Overrides) -> date:
    """The count-th working day after `start`, which itself is not counted; before it if negative.

    Nought gives `start` back, worked or not.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_workday(day, overrides)
    return day


def workdays_between(start: date, end: date, overrides: Overrides) -> int:
    """How many working days lead from `start` to `end`: the reverse of `add_workdays`."""
    if end < start:
        return -_count(end, start - _ONE_DAY, overrides)
    return _count(start + _ONE_DAY, end, overrides)


def civil_due_date(start: date, days: int, overrides: Overrides) -> date:
    """Calendar days by the civil code: a last day that is a holiday moves on to a working day."""
    day = strict_due_date(start, days)
    while not is_workday(day, overrides):
        day += _ONE_DAY
    return day


def strict_due_date(start: date, days: int) -> date:
    """Calendar days as the office binds itself: the first day not counted, the last never moved."""
    return start + timedelta(days=days)


def _count(first: date, last: date, overrides: Overrides) -> int:
    length = (last - first).days + 1
    return sum(is_workday(first + timedelta(days=place), overrides) for place in range(length))
