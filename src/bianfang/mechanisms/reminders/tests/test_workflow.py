"""Steps around a deadline, and how they are kept."""

from datetime import date, timedelta

import pytest

from bianfang.kernel.workcalendar.queries import Calendar
from bianfang.mechanisms.reminders import workflow

FRIDAY = date(2026, 11, 20)
PLAIN = Calendar(overrides={}, years=frozenset())
HOLIDAY = Calendar(overrides={FRIDAY + timedelta(days=3): False}, years=frozenset())


@pytest.mark.parametrize(
    ("day", "due", "step"),
    [
        (0, 0, 0),
        (-1, 0, -1),
        (-4, 0, -4),
        (3, 0, 1),
        (4, 0, 2),
        # The deadline is a Saturday: Friday is its last working day, Monday the first one late.
        (0, 1, 0),
        (-1, 1, -1),
        (3, 1, 1),
        (0, 3, -1),
    ],
)
def test_a_step_counts_working_days(day: int, due: int, step: int) -> None:
    found = workflow.step_of(FRIDAY + timedelta(days=day), FRIDAY + timedelta(days=due), PLAIN)

    assert found == step


def test_a_holiday_is_no_step() -> None:
    tuesday = FRIDAY + timedelta(days=4)

    assert workflow.step_of(tuesday, FRIDAY, HOLIDAY) == 1
    assert workflow.step_of(FRIDAY, tuesday, HOLIDAY) == -1


def test_every_working_day_is_exactly_one_step_for_a_deadline() -> None:
    days = [FRIDAY + timedelta(days=n) for n in range(-40, 40)]
    worked = [day for day in days if HOLIDAY.is_workday(day)]

    steps = [workflow.step_of(day, FRIDAY, HOLIDAY) for day in worked]

    assert steps == list(range(steps[0], steps[0] + len(worked)))


@pytest.mark.parametrize("steps", [set(), {0}, {-3, -1, 0, 1}])
def test_what_is_written_is_read_again(steps: set[int]) -> None:
    assert workflow.read(workflow.written(steps)) == steps


def test_far_steps_are_none() -> None:
    assert workflow.are_steps(workflow.DEFAULT.steps)
    assert not workflow.are_steps([workflow.LONGEST + 1])
