"""Counting the days of a deadline; pure. What is paused does not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bianfang.kernel.workcalendar.queries import Calendar
from bianfang.outreach.demands.enums import DayUnit

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Still:
    """Days on which the clock stood still: from the first on, until the day before the last."""

    from_day: date
    to_day: date

    def holds(self, day: date) -> bool:
        """Whether the clock stood still that day."""
        return self.from_day <= day < self.to_day


def due_date(
    start: date, days: int, *, unit: DayUnit, calendar: Calendar, stills: Iterable[Still] = ()
) -> date:
    """The day on which the last of so many counting days falls; `start` itself is not counted."""
    quiet = tuple(stills)
    day, left = start, days
    while left > 0:
        day += _ONE_DAY
        left -= _counts(day, unit, calendar) and not any(each.holds(day) for each in quiet)
    return day


def days_left(day: date, due_on: date, *, unit: DayUnit, calendar: Calendar) -> int:
    """How many counting days there are from that day on up to the deadline, both included."""
    span = max((due_on - day).days + 1, 0)
    return sum(_counts(day + timedelta(days=place), unit, calendar) for place in range(span))


def day_before(day: date) -> date:
    """Yesterday, seen from that day: to count from the day itself on."""
    return day - _ONE_DAY


def _counts(day: date, unit: DayUnit, calendar: Calendar) -> bool:
    return unit is DayUnit.CALENDAR or calendar.is_workday(day)
