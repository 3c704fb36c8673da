from collections.abc import Iterator
from datetime import date

import pytest
from chinese_calendar import constants, is_workday
from pytest_django import DjangoAssertNumQueries

from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.workcalendar.actions import import_notice, seed_calendar
from bianfang.kernel.workcalendar.errors import NoticeError
from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.queries import forget_calendar, load_calendar

NOTICE = "2027-01-01,休\n2027-02-06,班\n2027-10-01,休"
ACTOR = Actor(town_id=new_id(), name="administrator")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    WorkdayOverride.objects.all().delete()
    forget_calendar()
    yield
    forget_calendar()


def take_in(text: str, year: int = 2027) -> None:
    import_notice(actor=ACTOR, year=year, text=text, source="notice 2026/7")


def test_load_calendar_empty_falls_back_to_monday_to_friday() -> None:
    calendar = load_calendar()

    assert calendar.is_workday(date(2026, 10, 1))
    assert not calendar.is_workday(date(2026, 10, 3))
    assert not calendar.covers(date(2026, 10, 1))
    assert calendar.add_workdays(date(2026, 10, 1), 2) == date(2026, 10, 5)


def test_seed_calendar_holds_the_librarys_whole_range() -> None:
    assert seed_calendar() == len(constants.holidays) + len(constants.workdays)

    calendar = load_calendar()
    first, last = min(constants.holidays).year, max(constants.holidays).year
    assert calendar.years == frozenset(range(first, last + 1))
    days = [
        date.fromordinal(n)
        for n in range(date(last, 1, 1).toordinal(), date(last, 12, 31).toordinal())
    ]
    assert [day for day in days if calendar.is_workday(day) != is_workday(day)] == []
    assert not calendar.covers(date(last + 1, 1, 1))


def test_seed_calendar_again_writes_nothing() -> None:
    seed_calendar()

    assert seed_calendar() == 0


def test_seed_calendar_mends_what_is_provisional_or_differs() -> None:
    seed_calendar()
    WorkdayOverride.objects.filter(date=date(2026, 10, 1)).update(provisional=True)
    WorkdayOverride.objects.filter(date=date(2026, 10, 10)).update(is_workday=False)
    forget_calendar()
    assert not load_calendar().covers(date(2026, 1, 1))

    assert seed_calendar() == 2

    assert load_calendar().covers(date(2026, 1, 1))
    assert load_calendar().is_workday(date(2026, 10, 10))


def test_seed_calendar_leaves_an_imported_year_alone() -> None:
    take_in("2026-10-01,休\n2026-10-11,班", 2026)

    seed_calendar()

    calendar = load_calendar()
    assert calendar.is_workday(date(2026, 10, 11))
    assert calendar.is_workday(date(2026, 10, 2))
    assert calendar.covers(date(2025, 1, 1))


def test_import_notice_covers_its_year_at_once() -> None:
    seed_calendar()
    assert not load_calendar().covers(date(2027, 3, 1))

    result = import_notice(actor=ACTOR, year=2027, text=NOTICE, source="notice 2026/7")

    assert (result.days_off, result.make_up_workdays) == (2, 1)
    calendar = load_calendar()
    assert calendar.covers(date(2027, 3, 1))
    assert calendar.is_workday(date(2027, 2, 6))
    assert calendar.workdays_between(date(2026, 12, 31), date(2027, 1, 4)) == 1
    assert calendar.civil_due_date(date(2026, 12, 31), 1) == date(2027, 1, 4)
    row = WorkdayOverride.objects.get(date=date(2027, 2, 6))
    assert (row.source, str(row)) == ("notice 2026/7 (administrator)", "2027-02-06 work")


def test_import_notice_again_replaces_the_year() -> None:
    take_in(NOTICE)

    import_notice(actor=ACTOR, year=2027, text="2026-12-31,休\n2027-10-01,休", source="")

    assert [(row.date, row.source) for row in WorkdayOverride.objects.order_by("date")] == [
        (date(2026, 12, 31), "administrator"),
        (date(2027, 10, 1), "administrator"),
    ]
    assert not load_calendar().covers(date(2026, 12, 31))


def test_import_notice_wrong_text_changes_nothing() -> None:
    take_in(NOTICE)

    with pytest.raises(NoticeError):
        take_in("2027-10-01")

    assert WorkdayOverride.objects.count() == 3


def test_load_calendar_is_kept(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        load_calendar()
        load_calendar()
