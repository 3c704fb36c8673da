from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.workcalendar.arithmetic import (
    add_workdays,
    civil_due_date,
    is_workday,
    strict_due_date,
    workdays_between,
)

# National Day 2026: off from Thursday 1 to Wednesday 7 October, worked on Saturday 10 October.
NATIONAL_WEEK = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
OVERRIDES = st.dictionaries(DAYS, st.booleans(), max_size=30)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_is_workday_follows_the_notice(day: date, is_worked: bool) -> None:
    assert is_workday(day, NATIONAL_WEEK) is is_worked


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
        (date(2026, 10, 12), -3, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
    ],
)
def test_add_workdays_does_not_count_the_first_day(start: date, count: int, end: date) -> None:
    assert add_workdays(start, count, NATIONAL_WEEK) == end


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 10, 10), date(2026, 9, 30), -3),
        (date(2026, 10, 3), date(2026, 10, 3), 0),
    ],
)
def test_workdays_between_counts_the_last_day_only(start: date, end: date, count: int) -> None:
    assert workdays_between(start, end, NATIONAL_WEEK) == count


def test_due_dates_civil_moves_on_and_strict_does_not() -> None:
    start = date(2026, 9, 20)

    assert strict_due_date(start, 15) == date(2026, 10, 5)
    assert civil_due_date(start, 15, NATIONAL_WEEK) == date(2026, 10, 8)
    assert civil_due_date(start, 20, NATIONAL_WEEK) == date(2026, 10, 10)


@given(start=DAYS, count=st.integers(-60, 60), overrides=OVERRIDES)
def test_workdays_between_reverses_add_workdays(
    start: date, count: int, overrides: dict[date, bool]
) -> None:
    end = add_workdays(start, count, overrides)

    assert workdays_between(start, end, overrides) == count
    assert count == 0 or is_workday(end, overrides)


@given(start=DAYS, first=st.integers(0, 30), second=st.integers(0, 30), overrides=OVERRIDES)
def test_add_workdays_in_two_parts_is_the_same(
    start: date, first: int, second: int, overrides: dict[date, bool]
) -> None:
    halfway = add_workdays(start, first, overrides)

    assert add_workdays(halfway, second, overrides) == add_workdays(
        start, first + second, overrides
    )


@given(start=DAYS, end=DAYS, overrides=OVERRIDES)
def test_workdays_between_never_exceeds_the_days(
    start: date, end: date, overrides: dict[date, bool]
) -> None:
    count = workdays_between(start, end, overrides)

    assert abs(count) <= abs((end - start) // timedelta(days=1))
    assert count == 0 or (count > 0) == (end > start)


@given(start=DAYS, days=st.integers(0, 90), overrides=OVERRIDES)
def test_civil_due_date_is_a_workday_and_never_early(
    start: date, days: int, overrides: dict[date, bool]
) -> None:
    due, strict = civil_due_date(start, days, overrides), strict_due_date(start, days)

    assert is_workday(due, overrides)
    assert due >= strict
    assert not any(
        is_workday(strict + timedelta(days=place), overrides)
        for place in range((due - strict).days)
    )
