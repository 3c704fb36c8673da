from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.figures import Figure, FigureBook, FigureScope
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import forums
from bianfang.outreach.visits.actions.inputs import ForumInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.outreach.visits.figures import FIGURES
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, yesterday

BOOK = FigureBook(FIGURES)


def scope(going: Going, area: str = "镇", **changes: object) -> FigureScope:
    words: dict[str, object] = {
        "town_id": going.id,
        "ranges": (going.town.areas[area].reach,),
        "as_of": TODAY,
        **changes,
    }
    return FigureScope(**words)  # type: ignore[arg-type]  # names are checked by the dataclass


def count(going: Going, key: str, area: str = "镇", **changes: object) -> tuple[int, int | None]:
    value = BOOK[key].value(scope(going, area, **changes))
    return value.numerator, value.denominator


@pytest.fixture
def busy(going: Going) -> Going:
    meet(going, "1001", mode=VisitMode.EVENING, happened_at=yesterday(20, 30))
    meet(going, "1002", mode=VisitMode.PHONE, outcome=VisitOutcome.NOT_REACHED)
    meet(going, "1002", mode=VisitMode.PHONE, happened_at=clock.in_town(TODAY, 12))
    forums.record_forum(
        actor=going.clerk,
        forum=ForumInput(
            area_id=going.town.areas["远村"].id,
            held_at=yesterday(19),
            place="远村大院",
            subject="修路",
            visitor_ids=(going.town.staff["far_secretary"].id,),
            household_ids=(going.households["3001"].id,),
        ),
    )
    return going


def test_figures_of_a_round_that_goes_on(busy: Going) -> None:
    assert count(busy, "rounds_finished") == (0, None)
    assert count(busy, "coverage_round", round_number=1) == (3, 5)
    assert count(busy, "households_visited", round_number=1) == (3, None)
    assert count(busy, "hamlets_covered", round_number=1) == (2, 4)
    assert count(busy, "visits_total") == (4, None)
    assert count(busy, "visits_met") == (3, None)
    assert count(busy, "visits_evening") == (1, None)
    assert count(busy, "visits_phone") == (2, None)
    assert count(busy, "forums_held") == (1, None)


def test_figures_hold_in_an_area(busy: Going) -> None:
    assert count(busy, "coverage_round", "远村", round_number=1) == (1, 1)
    assert count(busy, "hamlets_covered", "上村", round_number=1) == (1, 2)
    assert count(busy, "visits_total", "下村") == (0, None)
    assert count(busy, "forums_held", "上村") == (0, None)


def test_figures_are_told_on_a_day(busy: Going) -> None:
    before = TODAY - timedelta(days=1)

    assert count(busy, "coverage_round", as_of=before, round_number=1) == (2, 5)
    assert count(busy, "hamlets_covered", as_of=before, round_number=1) == (1, 4)
    assert count(busy, "visits_phone", as_of=before) == (1, None)
    assert count(busy, "forums_held", as_of=before - timedelta(days=1)) == (0, None)


def test_figures_of_another_round_count_nothing(busy: Going) -> None:
    assert count(busy, "coverage_round", round_number=2) == (0, 0)
    assert count(busy, "visits_total", round_number=2) == (0, None)
    assert count(busy, "forums_held", round_number=2) == (0, None)
    assert BOOK["coverage_round"].value(scope(busy, round_number=2)).text() == "—"


def test_without_a_round_households_of_all_rounds_are_counted(busy: Going) -> None:
    assert count(busy, "households_visited") == (3, None)


def test_a_finished_round_is_covered_in_full(db: None) -> None:
    done = factories.make_finished()

    assert count(done, "rounds_finished") == (1, None)
    assert count(done, "rounds_finished", as_of=TODAY - timedelta(days=1)) == (0, None)
    assert BOOK["coverage_round"].value(scope(done, round_number=1)).text() == "100.0%"
    assert count(done, "hamlets_covered", round_number=1) == (4, 4)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_a_figure_equals_its_rows(busy: Going, figure: Figure) -> None:
    asked = scope(busy, round_number=1 if figure.per_round else None)

    value = figure.value(asked)

    assert value.numerator == len(list(figure.rows(asked)))
    if figure.out_of is not None:
        assert value.denominator == len(list(figure.out_of(asked)))
        counted = {row.pk for row in figure.rows(asked)}
        assert counted <= {row.pk for row in figure.out_of(asked)}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_a_figure_sees_its_own_town_only(busy: Going, figure: Figure) -> None:
    other = factories.make_going("second")
    mine = scope(busy, round_number=1 if figure.per_round else None)

    before = figure.value(mine)
    meet(other, "1003", mode=VisitMode.EVENING, happened_at=yesterday(20))
    meet(other, "1001", mode=VisitMode.PHONE)

    assert figure.value(mine) == before
