from dataclasses import replace

import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.tests.test_workflow import TABLE
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people import queries as people

WORK = {
    Move.NOTE_PROGRESS,
    Move.ASK_EXTENSION,
    Move.SUBMIT_RESULT,
    Move.RESUME,
    Move.RETURN,
}
DEADLINE = {Move.DECIDE_EXTENSION, Move.PAUSE}
TAKE_ON = {Move.ACCEPT, Move.DECLINE, Move.MERGE, Move.UNMERGE, Move.REASSIGN}
REVIEW = {Move.SEND_BACK, Move.WRITE_OFF, Move.REOPEN}
MAY: dict[str, set[Move]] = {
    "clerk": {*WORK, *TAKE_ON, *REVIEW, Move.CARRY_OVER, Move.REGISTER_SOLVED, Move.RAISE_URGENT},
    "leader": {*REVIEW, *DEADLINE, Move.REGISTER_SOLVED, Move.RAISE_URGENT},
    "worker": {*WORK, *TAKE_ON, *REVIEW, Move.REGISTER_SOLVED, Move.RAISE_URGENT},
    "secretary": {*WORK, *TAKE_ON, Move.REGISTER_SOLVED, Move.RAISE_URGENT},
    "far_secretary": set(),
    "head": {*WORK, *REVIEW, *DEADLINE, Move.ACCEPT, Move.REASSIGN},
    "handler": WORK,
    "roads_handler": set(),
    "officer": set(),
    "admin": set(),
}


@pytest.mark.parametrize("name", MAY)
def test_each_role_may_make_its_moves_and_no_other(town: SmallTown, name: str) -> None:
    demand = factories.handling_state(town)

    found = {move for move in Move if policies.can_make_move(town.actors[name], demand, move)}

    assert found == MAY[name]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", MAY)
def test_every_role_is_offered_in_every_state_what_both_tables_have(
    town: SmallTown, name: str, state: State
) -> None:
    demand = factories.handling_state(town)
    demand.state = state

    assert set(policies.list_moves(town.actors[name], demand)) == TABLE[state] & MAY[name]


def test_check_raises_with_a_reason(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    policies.check_can_make_move(town.clerk, demand, Move.NOTE_PROGRESS)
    with pytest.raises(NotAllowedError, match=r"\S"):
        policies.check_can_make_move(town.far_secretary, demand, Move.NOTE_PROGRESS)


def test_rights_over_an_area_do_not_reach_through_a_unit_of_another_role(town: SmallTown) -> None:
    """Who reviews in one community and handles in a unit does not review for the unit."""
    both = town.far_secretary
    mixed = replace(
        both,
        unit_ids=frozenset({town.units["civil"].id}),
        unit_grants=town.handler.unit_grants,
        grants={**both.grants, "review_demand": (town.place.south.reach,)},
    )
    demand = factories.handling_state(town)

    assert policies.can_make_move(mixed, demand, Move.NOTE_PROGRESS)
    assert not policies.can_make_move(mixed, demand, Move.WRITE_OFF)


def test_the_person_in_charge_may_work_on_it_from_anywhere(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(
        owner=town.staff["far_secretary"].id, unit=None
    )
    demand = factories.fresh(demand)

    found = {m for m in Move if policies.can_make_move(town.far_secretary, demand, m)}

    assert found == WORK
    assert policies.can_see_proposer(town.far_secretary, demand)
    assert not policies.can_make_move(town.handler, demand, Move.NOTE_PROGRESS)


@pytest.mark.parametrize("move", DEADLINE)
def test_whoever_is_in_charge_does_not_decide_on_the_own_deadline(
    town: SmallTown, move: Move
) -> None:
    demand = factories.handling_state(town)
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(owner=town.staff["head"].id)
    demand = factories.fresh(demand)

    with pytest.raises(NotAllowedError) as refused:
        policies.check_can_make_move(town.head, demand, move)

    assert str(refused.value) == str(policies.OWN_CLOCK)
    policies.check_can_make_move(town.leader, demand, move)


def test_whoever_handled_a_demand_does_not_write_it_off(town: SmallTown) -> None:
    demand = factories.submitted(town, factories.handling_state(town), by="clerk")

    assert not policies.can_make_move(town.clerk, demand, Move.WRITE_OFF)
    assert policies.can_make_move(town.clerk, demand, Move.SEND_BACK)
    assert policies.can_make_move(town.second_clerk, demand, Move.WRITE_OFF)
    with pytest.raises(NotAllowedError) as refused:
        policies.check_can_make_move(town.clerk, demand, Move.WRITE_OFF)
    assert str(refused.value) == str(policies.SAME_PERSON)


def test_whoever_registered_on_the_spot_does_not_write_it_off(town: SmallTown) -> None:
    demand = Demand(
        town_id=town.town.id,
        area_path=town.place.upper.path,
        state=State.AWAITING_REVIEW,
        route=Route.ONSITE,
        registered_by_id=town.staff["worker"].id,
        handled_by_id=town.staff["secretary"].id,
    )

    assert not policies.can_make_move(town.worker, demand, Move.WRITE_OFF)
    demand.route = Route.TIMED
    assert policies.can_make_move(town.worker, demand, Move.WRITE_OFF)


def test_a_job_signs_nothing(town: SmallTown) -> None:
    job = people.system_actor(town_id=town.town.id, name="nightly")
    demand = factories.handling_state(town)

    assert not [move for move in Move if policies.can_make_move(job, demand, move)]
    assert not policies.can_register_demand(job, town.place.upper.path)


def test_buttons_are_what_state_and_rights_both_permit(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    assert policies.list_moves(town.handler, demand) == [
        Move.NOTE_PROGRESS,
        Move.ASK_EXTENSION,
        Move.SUBMIT_RESULT,
        Move.RETURN,
    ]
    assert policies.list_moves(town.officer, demand) == []


def test_registering_is_limited_to_the_own_places(town: SmallTown) -> None:
    upper, far = town.place.upper.path, town.place.far.path

    assert policies.can_register_demand(town.secretary, upper)
    policies.check_can_register_demand(town.secretary, upper)
    with pytest.raises(NotAllowedError):
        policies.check_can_register_demand(town.secretary, far)


def test_the_asker_does_not_decide_on_more_time(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    extension = Extension(asked_by_id=town.staff["head"].id)

    assert not policies.can_decide_extension(town.head, demand, extension)
    assert policies.can_decide_extension(town.leader, demand, extension)
    policies.check_can_decide_extension(town.leader, demand, extension)
    with pytest.raises(NotAllowedError) as refused:
        policies.check_can_decide_extension(town.head, demand, extension)
    assert str(refused.value) == str(policies.SAME_ASKER)
    with pytest.raises(NotAllowedError):
        policies.check_can_decide_extension(town.clerk, demand, extension)


@pytest.mark.parametrize(
    ("name", "sees", "reveals"),
    [
        ("clerk", True, True),
        ("leader", True, False),
        ("secretary", True, True),
        ("handler", True, True),
        ("roads_handler", False, False),
        ("far_secretary", False, False),
        ("officer", False, False),
    ],
)
def test_proposer_and_phone_are_for_those_who_need_them(
    town: SmallTown, name: str, *, sees: bool, reveals: bool
) -> None:
    demand = factories.handling_state(town)
    actor = town.actors[name]

    assert policies.can_see_proposer(actor, demand) is sees
    assert policies.can_reveal_phone(actor, demand) is reveals
    if reveals:
        policies.check_can_reveal_phone(actor, demand)
    else:
        with pytest.raises(NotAllowedError):
            policies.check_can_reveal_phone(actor, demand)


def test_lists_categories_and_deadlines_are_kept_by_the_office(town: SmallTown) -> None:
    for check in (
        policies.check_can_manage_half_year_lists,
        policies.check_can_manage_categories,
        policies.check_can_manage_deadlines,
    ):
        check(town.clerk)
        with pytest.raises(NotAllowedError):
            check(town.secretary)


def test_units_rights_follow_the_demand_when_it_changes_hands(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    demand = handling.reassign(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        owner_id=town.staff["roads_handler"].id,
        unit_id=town.units["roads"].id,
        reason="归口站办所调整",
    )

    assert policies.can_make_move(town.roads_handler, demand, Move.SUBMIT_RESULT)
    assert not policies.can_make_move(town.handler, demand, Move.SUBMIT_RESULT)
    assert (demand.due_on or MONDAY) >= MONDAY
