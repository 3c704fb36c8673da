"""The calendar as a value, loaded once for some minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic

from bianfang.kernel.workcalendar import arithmetic
from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.notices import national_day

_SECONDS_KEPT = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """All known days; asks nothing of the database and never fails for a day it does not know."""

    overrides: Mapping[date, bool]
    years: frozenset[int]

    def covers(self, day: date) -> bool:
        """Whether the notice of that year is known; if not, show that the date is provisional."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked."""
        return arithmetic.is_workday(day, self.overrides)

    def add_workdays(self, start: date, count: int) -> date:
        """The count-th working day after `start` (before it if negative); `start` not counted."""
        return arithmetic.add_workdays(start, count, self.overrides)

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lead from `start` to `end`; negative when `end` has passed."""
        return arithmetic.workdays_between(start, end, self.overrides)

    def civil_due_date(self, start: date, days: int) -> date:
        """Calendar days by the civil code, moved on from a holiday to the next working day."""
        return arithmetic.civil_due_date(start, days, self.overrides)


def load_calendar() -> Calendar:
    """The calendar; another process's import shows within five minutes, this one's at once."""
    return _load(int(monotonic() // _SECONDS_KEPT))


def forget_calendar() -> None:
    """Load anew at the next use."""
    _load.cache_clear()


@lru_cache(maxsize=1)
def _load(_period: int) -> Calendar:
    rows = WorkdayOverride.objects.values_list("date", "is_workday", "provisional")
    overrides, firm = {}, set()
    for day, is_worked, provisional in rows.order_by("date"):
        overrides[day] = is_worked
        if not provisional:
            firm.add(day)
    years = frozenset(day.year for day in firm if day == national_day(day.year))
    return Calendar(overrides=overrides, years=years)
