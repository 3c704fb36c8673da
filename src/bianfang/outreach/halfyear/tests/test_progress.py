"""Plan and colour as tables."""

from datetime import date, timedelta

import pytest

from bianfang.outreach.halfyear import progress
from bianfang.outreach.halfyear.enums import COLOUR_LABELS
from bianfang.outreach.halfyear.progress import Colour, Stage, Standing, Thresholds

START, DUE = date(2026, 9, 1), date(2027, 1, 1)
TODAY = date(2026, 11, 16)
USUAL = Thresholds()


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2026, 8, 1), 0),
        (START, 0),
        (date(2026, 11, 1), 50),
        (DUE - timedelta(days=1), 99),
        (DUE, 100),
        (date(2028, 1, 1), 100),
    ],
)
def test_the_plan_runs_evenly_from_start_to_deadline(day: date, percent: int) -> None:
    assert progress.planned_percent(day, starts_on=START, due_on=DUE) == percent


def test_a_plan_of_no_days_is_whole_at_once() -> None:
    assert progress.planned_percent(DUE, starts_on=DUE, due_on=DUE) == 100


@pytest.mark.parametrize(
    ("month", "silent"),
    [
        (date(2026, 11, 1), 0),
        (date(2026, 10, 1), 0),
        (date(2026, 9, 1), 1),
        (date(2026, 8, 1), 2),
        # Begun on the first of September and never entered: September and October are silent.
        (None, 2),
    ],
)
def test_silent_months_are_whole_ones(month: date | None, silent: int) -> None:
    assert progress.silent_months(TODAY, starts_on=START, month=month) == silent


def test_a_month_that_is_not_over_is_not_silent() -> None:
    assert progress.silent_months(TODAY, starts_on=TODAY, month=None) == 0


@pytest.mark.parametrize(
    ("stage", "due", "month", "percent", "colour"),
    [
        (Stage.DONE, date(2026, 9, 2), None, 0, Colour.BLUE),
        (Stage.ANSWERED, date(2026, 9, 2), None, 0, Colour.GREEN),
        (Stage.OPEN, date(2026, 11, 15), 11, 100, Colour.RED),
        (Stage.OPEN, date(2026, 11, 16), 11, 100, Colour.GREEN),
        (Stage.OPEN, DUE, None, 0, Colour.RED),
        (Stage.OPEN, DUE, 8, 100, Colour.RED),
        # Entered this month: held against the plan of today, 62 %.
        (Stage.OPEN, DUE, 11, 62, Colour.GREEN),
        (Stage.OPEN, DUE, 11, 61, Colour.YELLOW),
        (Stage.OPEN, DUE, 11, 48, Colour.YELLOW),
        (Stage.OPEN, DUE, 11, 47, Colour.ORANGE),
        # Not yet entered: held against the end of October, 49 %.
        (Stage.OPEN, DUE, 10, 49, Colour.GREEN),
        (Stage.OPEN, DUE, 10, 34, Colour.ORANGE),
        (Stage.OPEN, DUE, 9, 35, Colour.YELLOW),
    ],
)
def test_the_colour_follows_from_the_table(
    stage: Stage, due: date, month: int | None, percent: int, colour: Colour
) -> None:
    entered = date(2026, month, 1) if month else None
    item = Standing(stage=stage, starts_on=START, due_on=due, month=entered, percent=percent)

    assert progress.colour_of(item, TODAY, USUAL) is colour


def test_a_town_may_be_stricter() -> None:
    item = Standing(
        stage=Stage.OPEN, starts_on=START, due_on=DUE, month=date(2026, 9, 1), percent=45
    )

    assert progress.colour_of(item, TODAY, Thresholds(behind=4, silent=2)) is Colour.ORANGE
    assert progress.colour_of(item, TODAY, Thresholds(behind=15, silent=1)) is Colour.RED


def test_every_colour_has_a_word() -> None:
    assert set(COLOUR_LABELS) == set(Colour)


def test_months_run_over_the_year() -> None:
    found = list(progress.months(date(2026, 11, 30), date(2027, 1, 1)))

    assert found == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    assert progress.before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert progress.last_of(date(2027, 2, 3)) == date(2027, 2, 28)
