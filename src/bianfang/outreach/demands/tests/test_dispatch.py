"""Several new demands into the same hands; each is judged alone."""

import pytest

from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.demands.actions import clocks, dispatch
from bianfang.outreach.demands.actions.dispatch import DispatchResult
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State


def give_out(
    town: SmallTown, *demands: Demand, by: str = "clerk", **changes: object
) -> list[DispatchResult]:
    given: dict[str, object] = {
        "owner_id": town.staff["handler"].id,
        "unit_id": None,
        "route": Route.TIMED,
        "measures": "核实后办理",
        **changes,
    }
    return dispatch.accept_many(
        actor=town.actors[by],
        demand_ids=[demand.id for demand in demands],
        **given,  # type: ignore[arg-type]  # names are checked by the action
    )


def test_all_go_into_the_same_hands_each_by_its_own_rule(town: SmallTown) -> None:
    lamp = factories.registered(town)
    aid = factories.registered(town, category_id=town.other_category.id)

    results = give_out(town, lamp, aid, lamp)

    assert [result.refusal for result in results] == ["", ""]
    lamp, aid = fresh(lamp), fresh(aid)
    assert (lamp.state, aid.state) == (State.HANDLING, State.HANDLING)
    assert (lamp.due_days, aid.due_days) == (12, 25)
    assert lamp.unit == aid.unit == town.units["civil"]


def test_what_cannot_be_given_out_is_told_and_keeps_no_other_back(town: SmallTown) -> None:
    handled, new = factories.handling_state(town), factories.registered(town)
    far = factories.registered(town, household_id=town.far_household.id)

    results = give_out(town, handled, new, far, by="secretary")

    assert [bool(result.refusal) for result in results] == [True, False, True]
    assert [result.number for result in results] == [handled.number, new.number, ""]
    assert fresh(new).state == State.HANDLING
    assert fresh(far).state == State.REGISTERED


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"owner_id": None}, {"owner"}),
        ({"measures": " "}, {"measures"}),
        ({"route": None}, {"route"}),
    ],
)
def test_wrong_hands_are_refused_before_anything_is_touched(
    town: SmallTown, changes: dict[str, object], fields: set[str]
) -> None:
    demand = factories.registered(town)

    with pytest.raises(FieldErrors) as refused:
        give_out(town, demand, **changes)  # type: ignore[arg-type]  # names of fields, never `by`

    assert set(refused.value.errors) == fields
    assert fresh(demand).state == State.REGISTERED


def test_a_refusal_of_one_names_its_reason(town: SmallTown) -> None:
    demand = factories.registered(town)

    [result] = give_out(town, demand, route=Route.ONSITE)

    assert result.refusal
    assert fresh(demand).state == State.REGISTERED


def test_the_latest_return_is_told(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    for reason in ("先", "后"):
        demand = fresh(demand)
        clocks.give_back(
            actor=town.handler,
            demand_id=demand.id,
            version=demand.version,
            suggested_unit_id=town.units["roads"].id,
            reason=reason,
        )
        give_out(town, demand, unit_id=town.units["civil"].id)

    found = one.last_returns(actor=town.clerk, demands=[demand, factories.registered(town)])

    assert {key: kept.reason for key, kept in found.items()} == {demand.id: "后"}
