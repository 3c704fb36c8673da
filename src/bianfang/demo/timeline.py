"""When things happened in the invented town, counted back from one given day.

The roll is drawn up first, then two rounds of visits follow, each ten weeks long.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

_ROLL_BEFORE = 186
_STAFF_BEFORE = 420
_ROUND_LENGTH = 69
_ROUNDS_BEFORE = (178, 94)
_ROUND_NAMES = (
    ("第一轮遍访", "First round of visits"),
    ("第二轮遍访", "Second round of visits"),
)
_HOURS = {
    "day": (8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 16, 17),
    "evening": (18, 19, 19, 20),
    "phone": (9, 10, 11, 15, 18, 19, 19, 20),
}
_SATURDAY = 5
_LAST_MONTH_OF_FIRST_HALF = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoRound:
    """One pass of visits; both days belong to it."""

    number: int
    name_zh: str
    name_en: str
    starts_on: date
    ends_on: date

    @property
    def weekdays(self) -> tuple[date, ...]:
        """The days from Monday to Friday within the round."""
        span = (self.ends_on - self.starts_on).days + 1
        days = (self.starts_on + timedelta(days=place) for place in range(span))
        return tuple(day for day in days if day.weekday() < _SATURDAY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The days of the demonstration; `as_of` is the day on which it is shown."""

    as_of: date
    staff_since: date
    roll_date: date
    rounds: tuple[DemoRound, DemoRound]

    def __iter__(self) -> Iterator[DemoRound]:
        return iter(self.rounds)

    @property
    def next_half(self) -> tuple[int, int]:
        """Year and half of the list that takes over what is still open."""
        is_first = self.as_of.month <= _LAST_MONTH_OF_FIRST_HALF
        return (self.as_of.year, 2) if is_first else (self.as_of.year + 1, 1)

    @property
    def next_half_zh(self) -> str:
        """That half-year as people say it."""
        return "下半年" if self.next_half[1] == 2 else "明年上半年"


def build_timeline(*, as_of: date) -> Timeline:
    """The same distances for every day, so that the demonstration never grows old."""
    return Timeline(
        as_of=as_of,
        staff_since=as_of - timedelta(days=_STAFF_BEFORE),
        roll_date=as_of - timedelta(days=_ROLL_BEFORE),
        rounds=(_build_round(as_of, 1), _build_round(as_of, 2)),
    )


def add_weekdays(day: date, count: int) -> date:
    """The day that lies so many days from Monday to Friday later; holidays are not looked at."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _build_round(as_of: date, number: int) -> DemoRound:
    starts_on = as_of - timedelta(days=_ROUNDS_BEFORE[number - 1])
    name_zh, name_en = _ROUND_NAMES[number - 1]
    return DemoRound(
        number=number,
        name_zh=name_zh,
        name_en=name_en,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=_ROUND_LENGTH),
    )


def draw_time(rng: random.Random, mode: str) -> time:
    """A believable time for a visit of that kind, in steps of five minutes."""
    return time(rng.choice(_HOURS[mode]), rng.randrange(0, 60, 5))
