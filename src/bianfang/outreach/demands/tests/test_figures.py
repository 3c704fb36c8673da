from dataclasses import replace
from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.figures import NOTHING, Figure, FigureScope, FigureValue
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.enums import ConfirmWay, Outcome, Satisfaction
from bianfang.outreach.demands.figures import FIGURES
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

BY_KEY = {figure.key: figure for figure in FIGURES}


@pytest.fixture
def scope(town: SmallTown) -> FigureScope:
    return FigureScope(town_id=town.town.id, ranges=(town.place.town.reach,), as_of=MONDAY)


@pytest.fixture
def lived(town: SmallTown) -> SmallTown:
    """A demand in every state, every outcome, one on the spot, one overdue."""
    for make in factories.IN_STATE.values():
        make(town)
    factories.said_of(town, factories.written_off(town, Outcome.EXPLAINED))
    factories.said_of(
        town, factories.written_off(town, Outcome.TRANSFERRED), Satisfaction.UNSATISFIED
    )
    shown = factories.on_site(town)
    factories.said_of(town, shown, Satisfaction.MOSTLY, ConfirmWay.ON_SPOT, by="secretary")
    again = factories.written_off(town)
    review.reopen(actor=town.clerk, demand_id=again.id, reason="又不亮了")
    late = factories.handling_state(town)
    Demand.objects.in_town(town.town.id).filter(id=late.id).update(
        due_on=MONDAY - timedelta(days=1)
    )
    return town


def test_the_figures_of_the_founding_text_are_there() -> None:
    assert list(BY_KEY) == [
        "demands_total",
        "demands_solved",
        "solved_rate",
        "explained",
        "transferred",
        "carried_over",
        "overdue",
        "onsite",
        "relapse_rate",
        "satisfaction_rate",
        "confirmation_rate",
        "heard_by_handler_rate",
    ]


def test_each_is_counted_apart(lived: SmallTown, scope: FigureScope) -> None:
    found = {key: figure.value(scope).numerator for key, figure in BY_KEY.items()}

    assert found == {
        "demands_total": 12,
        "demands_solved": 1,
        "solved_rate": 1,
        "explained": 1,
        "transferred": 1,
        "carried_over": 1,
        "overdue": 1,
        "onsite": 1,
        "relapse_rate": 1,
        "satisfaction_rate": 2,
        "confirmation_rate": 3,
        "heard_by_handler_rate": 1,
    }
    assert BY_KEY["satisfaction_rate"].value(scope).text() == "66.7%"
    assert BY_KEY["confirmation_rate"].value(scope).text() == "60.0%"
    assert BY_KEY["heard_by_handler_rate"].value(scope).text() == "33.3%"
    assert BY_KEY["solved_rate"].value(scope).text() == "8.3%"
    assert BY_KEY["relapse_rate"].value(scope).text() == "25.0%"


@pytest.mark.parametrize("key", BY_KEY)
def test_the_list_behind_a_figure_holds_exactly_the_rows_it_counts(
    lived: SmallTown, scope: FigureScope, key: str
) -> None:
    figure: Figure = BY_KEY[key]
    filters = DemandFilter(**figure.page_query)  # type: ignore[arg-type]  # words of the enums

    listed = lists.list_demands(actor=lived.clerk, filters=filters)

    counted = {row.pk for row in figure.rows(scope).order_by("pk")}
    assert {row.id for row in listed.order_by("id")} == counted
    assert counted


def test_116_of_127_prints_91_3_and_nothing_prints_a_dash(scope: FigureScope) -> None:
    assert FigureValue(numerator=116, denominator=127).text() == "91.3%"
    assert BY_KEY["solved_rate"].value(scope).text() == NOTHING


def test_areas_days_and_rounds_narrow_a_figure(town: SmallTown, scope: FigureScope) -> None:
    demand = factories.registered(town)
    factories.registered(town, household_id=town.far_household.id)
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(round=town.round.id)
    total = BY_KEY["demands_total"]

    assert total.value(scope).numerator == 2
    assert total.value(replace(scope, ranges=(town.place.south.reach,))).numerator == 1
    assert total.value(replace(scope, as_of=MONDAY - timedelta(days=1))).numerator == 0
    assert total.value(replace(scope, round_number=1)).numerator == 1
    assert total.value(replace(scope, round_number=2)).numerator == 0


def test_a_demand_solved_after_the_day_is_not_solved_on_it(
    town: SmallTown, scope: FigureScope
) -> None:
    with clock.at(factories.morning(MONDAY + timedelta(days=3))):
        factories.written_off(town, said_at=factories.morning())

    assert BY_KEY["demands_total"].value(scope).numerator == 1
    assert BY_KEY["demands_solved"].value(scope).numerator == 0
