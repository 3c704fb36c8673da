"""How far an item should be, how far it is, and the colour that follows. Pure arithmetic.

Blue: its demand is written off. Red: past its deadline, or so many whole months without an entry.
Else what was entered is held against the plan: green on or before it, yellow behind by less than
so many points, orange by as many or more. A result that waits for its reviewer is green.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WHOLE = 100


class Colour(StrEnum):
    """The state of an item, the most pressing first."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"


class Stage(StrEnum):
    """What of the demand's state matters here."""

    OPEN = "open"
    ANSWERED = "answered"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points behind an item is orange, after how many silent months it is red."""

    behind: int = 15
    silent: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Facts of an item: its stage, its days, and the last entry, if there is one."""

    stage: Stage
    starts_on: date
    due_on: date
    month: date | None = None
    percent: int = 0


def first_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of the month."""
    return following(month) - timedelta(days=1)


def following(month: date) -> date:
    """The first day of the next month."""
    return first_of(first_of(month) + timedelta(days=31))


def before(month: date) -> date:
    """The first day of the month before."""
    return first_of(first_of(month) - timedelta(days=1))


def months(start: date, end: date) -> Iterator[date]:
    """The first days of the months from one day's to another's."""
    month = first_of(start)
    while month <= end:
        yield month
        month = following(month)


def planned_percent(day: date, *, starts_on: date, due_on: date) -> int:
    """How far an item should be that day: evenly from its start to its deadline."""
    if day >= due_on:
        return WHOLE
    if day <= starts_on:
        return 0
    return (day - starts_on).days * WHOLE // (due_on - starts_on).days


def measured_on(today: date, month: date | None) -> date:
    """The day of the plan to compare with: today where this month is entered, else last month."""
    return today if month == first_of(today) else first_of(today) - timedelta(days=1)


def silent_months(today: date, *, starts_on: date, month: date | None) -> int:
    """Whole months without an entry since the last one, or since the start."""
    last = month or before(first_of(starts_on))
    return max(0, len(list(months(last, today))) - 2)


def colour_of(item: Standing, today: date, thresholds: Thresholds) -> Colour:
    """The one definition of the colour."""
    if item.stage is Stage.DONE:
        return Colour.BLUE
    if item.stage is Stage.ANSWERED:
        return Colour.GREEN
    silent = silent_months(today, starts_on=item.starts_on, month=item.month)
    if item.due_on < today or silent >= thresholds.silent:
        return Colour.RED
    day = measured_on(today, item.month)
    plan = planned_percent(day, starts_on=item.starts_on, due_on=item.due_on)
    behind = plan - item.percent
    if behind <= 0:
        return Colour.GREEN
    return Colour.YELLOW if behind < thresholds.behind else Colour.ORANGE
