"""Filling the calendar: from the library's years, and from the notice of a year."""

from dataclasses import dataclass

from chinese_calendar import constants
from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.notices import national_day, read_notice
from bianfang.kernel.workcalendar.queries import forget_calendar

LIBRARY_SOURCE = "chinesecalendar"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeImport:
    """What an import took in."""

    year: int
    days_off: int
    make_up_workdays: int


@transaction.atomic
def seed_calendar() -> int:
    """Fill in the years the library knows, and give the number of days written.

    Years whose notice an office imported are left alone; running it again writes nothing.
    """
    known = {row.date: row for row in WorkdayOverride.objects.order_by("date")}
    imported = {
        day.year
        for day, row in known.items()
        if day == national_day(day.year) and row.source != LIBRARY_SOURCE and not row.provisional
    }
    wanted = {day: day in constants.workdays for day in (*constants.holidays, *constants.workdays)}
    rows = [
        WorkdayOverride(date=day, is_workday=is_worked, source=LIBRARY_SOURCE)
        for day, is_worked in sorted(wanted.items())
        if day.year not in imported and _state(known.get(day)) != (is_worked, False)
    ]
    _write(rows)
    return len(rows)


@transaction.atomic
def import_notice(*, actor: Actor, year: int, text: str, source: str) -> NoticeImport:
    """Take in the State Council's notice of a year in place of whatever was known of that year."""
    days = read_notice(text, year)
    WorkdayOverride.objects.filter(date__year=year).delete()
    named = f"{source} ({actor.name})" if source else actor.name
    length = WorkdayOverride._meta.get_field("source").max_length
    _write(
        [
            WorkdayOverride(date=day, is_workday=is_worked, source=named[:length])
            for day, is_worked in sorted(days.items())
        ]
    )
    worked = sum(days.values())
    return NoticeImport(year=year, days_off=len(days) - worked, make_up_workdays=worked)


def _state(row: WorkdayOverride | None) -> tuple[bool, bool] | None:
    return (row.is_workday, row.provisional) if row else None


def _write(rows: list[WorkdayOverride]) -> None:
    WorkdayOverride.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["is_workday", "source", "provisional"],
    )
    forget_calendar()
    transaction.on_commit(forget_calendar)
