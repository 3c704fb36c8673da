from dataclasses import replace
from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import NotFoundError
from bianfang.mechanisms.longterm import queries
from bianfang.mechanisms.longterm.tests import factories
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("clerk", True),
        ("leader", True),
        ("secretary", True),
        ("handler", True),
        ("head", True),
        ("far_secretary", False),
        ("roads_handler", False),
        ("officer", False),
    ],
)
def test_scope_is_that_of_demands(town: SmallTown, name: str, sees: bool) -> None:
    measure = factories.raised(town)
    actor = town.actors[name]

    page = queries.page_measures(actor=actor, state=MeasureState.OPEN)

    assert page.rows == ([measure] if sees else [])
    if sees:
        assert queries.get_measure(actor=actor, measure_id=measure.id) == measure
    else:
        with pytest.raises(NotFoundError):
            queries.get_measure(actor=actor, measure_id=measure.id)


def test_pages_are_by_state_and_area(town: SmallTown) -> None:
    done = factories.done(town)
    opened = factories.raised(town)

    def listed(state: MeasureState, **where: object) -> list[object]:
        page = queries.page_measures(actor=town.clerk, state=state, **where)  # type: ignore[arg-type]  # a table of both
        return list(page.rows)

    assert listed(MeasureState.OPEN) == [opened]
    assert listed(MeasureState.DONE) == [done]
    assert listed(MeasureState.OPEN, area=town.place.north.reach) == [opened]
    assert listed(MeasureState.OPEN, area=town.place.south.reach) == []


def test_open_measures_are_found_by_place_and_problem(town: SmallTown) -> None:
    factories.done(town)
    opened = factories.raised(town)
    place = (town.place.upper_hamlet.path, town.category.id)
    other = (town.place.upper_hamlet.path, town.other_category.id)

    assert queries.open_measures(actor=town.clerk, places=[place, other]) == {place: opened}
    assert queries.open_measures(actor=town.clerk, places=[]) == {}


def test_a_demand_leads_to_the_measures_of_its_place(town: SmallTown) -> None:
    done = factories.done(town)
    opened = factories.raised(town)
    demand = demands.registered(town)
    elsewhere = demands.registered(town, household_id=town.far_household.id)

    assert list(queries.list_of_demand(actor=town.clerk, demand=demand)) == [opened, done]
    assert not queries.list_of_demand(actor=town.clerk, demand=elsewhere)


def test_linked_demands_keep_their_own_scope(town: SmallTown) -> None:
    with clock.at(demands.morning(MONDAY - timedelta(days=40))):
        first = demands.written_off(town)
    again = demands.registered(town)
    measure = factories.raised(town)

    linked = list(queries.list_linked(actor=town.clerk, measure=measure))

    assert linked == [again, first]
    assert list(queries.list_linked(actor=town.handler, measure=measure)) == [first]
    assert len(queries.list_entries(actor=town.clerk, measure=measure)) == 1


def test_a_job_with_an_area_and_no_person_sees_the_area(town: SmallTown) -> None:
    measure = factories.raised(town)
    job = replace(town.secretary, staff_id=None)

    page = queries.page_measures(actor=job, state=MeasureState.OPEN)

    assert page.rows == [measure]
