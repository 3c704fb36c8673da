"""The board of a unit counts its open demands; its head gives out among its people only."""

from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, NotAllowedError
from bianfang.outreach.demands.actions import clocks, dispatch, handling
from bianfang.outreach.demands.enums import Route, StateGroup, TodoKind
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import board, lists, todo
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.models import Unit


def sent_to_civil(town: SmallTown) -> Demand:
    """A demand that was with the road office and belongs to the civil affairs office."""
    demand = factories.registered(town)
    handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="核实",
        unit_id=town.units["roads"].id,
        owner_id=town.staff["roads_handler"].id,
        route=Route.TIMED,
    )
    return clocks.give_back(
        actor=town.actors["roads_handler"],
        demand_id=demand.id,
        version=fresh(demand).version,
        suggested_unit_id=civil(town).id,
        reason="属民政",
    )


def civil(town: SmallTown) -> Unit:
    return town.units["civil"]


def due(demand: Demand, days: int) -> Demand:
    day = MONDAY + timedelta(days=days)
    Demand.objects.in_town(demand.town_id).filter(id=demand.id).update(due_on=day)
    return demand


def numbers(town: SmallTown, actor: Actor | None = None) -> dict[StateGroup, int]:
    found = board.board_of(actor=actor or town.head, unit_id=civil(town).id)
    return {group: number for group, number in found.groups.items() if number}


def test_every_step_is_counted_once_and_what_is_done_not_at_all(town: SmallTown) -> None:
    sent_to_civil(town)
    factories.paused(town)
    factories.handling_state(town)
    factories.awaiting_review(town)
    factories.carried_over(town)
    factories.written_off(town)

    assert numbers(town) == {
        StateGroup.NEW: 1,
        StateGroup.PAUSED: 1,
        StateGroup.HANDLING: 1,
        StateGroup.AWAITING_REVIEW: 1,
        StateGroup.CARRIED_OVER: 1,
    }


def test_every_number_is_that_of_its_list(town: SmallTown) -> None:
    sent_to_civil(town)
    for days in (-1, 0, 6, 7):
        due(factories.handling_state(town), days)
    counted = board.board_of(actor=town.head, unit_id=civil(town).id)

    for group, number in counted.groups.items():
        filters = DemandFilter(group=group, unit_id=civil(town).id)
        assert lists.list_demands(actor=town.head, filters=filters).count() == number
    assert counted.groups[StateGroup.OVERDUE] == 1
    assert counted.groups[StateGroup.DUE_THIS_WEEK] == 2


def test_what_presses_comes_by_deadline(town: SmallTown) -> None:
    far, sunday, late = (due(factories.handling_state(town), days) for days in (7, 6, -1))

    found = list(board.list_pressing(actor=town.head, unit_id=civil(town).id))

    assert [row.id for row in found] == [late.id, sunday.id]
    assert far.id not in {row.id for row in found}


def test_requests_are_listed_until_they_are_decided(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    asked = handling.ask_extension(
        actor=town.handler,
        demand_id=demand.id,
        new_due_on=demand.due_on + timedelta(days=3),
        reason="配件未到",
    )
    unit_id = civil(town).id

    assert [row.id for row in board.list_asked(actor=town.head, unit_id=unit_id)] == [asked.id]
    assert board.board_of(actor=town.head, unit_id=unit_id).extensions == 1
    other = town.actors["roads_handler"]
    assert list(board.list_asked(actor=other, unit_id=unit_id)) == []
    assert board.board_of(actor=other, unit_id=unit_id).extensions == 0


def test_head_gives_what_came_to_the_unit_to_its_people(town: SmallTown) -> None:
    demand = sent_to_civil(town)
    waiting = board.list_unassigned(actor=town.head, unit_id=civil(town).id)
    assert [row.id for row in waiting] == [demand.id]
    groups = {group.kind for group in todo.todo_for(town.head)}
    assert TodoKind.TO_ACCEPT in groups

    [result] = dispatch.accept_many(
        actor=town.head,
        demand_ids=[demand.id],
        owner_id=town.staff["handler"].id,
        unit_id=civil(town).id,
        route=Route.TIMED,
        measures="上门核实",
    )

    assert result.refusal == ""
    assert fresh(demand).state == State.HANDLING
    assert fresh(demand).owner_id == town.staff["handler"].id


@pytest.mark.parametrize(
    ("unit", "owner", "field"),
    [("roads", "roads_handler", "unit"), ("civil", "roads_handler", "owner")],
)
def test_head_does_not_give_it_out_of_the_unit(
    town: SmallTown, unit: str, owner: str, field: str
) -> None:
    new, held = sent_to_civil(town), factories.handling_state(town)
    unit_id, owner_id = town.units[unit].id, town.staff[owner].id

    with pytest.raises(FieldErrors) as accepting:
        handling.accept(
            actor=town.head,
            demand_id=new.id,
            version=fresh(new).version,
            measures="上门核实",
            route=Route.TIMED,
            unit_id=unit_id,
            owner_id=owner_id,
        )
    with pytest.raises(FieldErrors) as handing:
        handling.reassign(
            actor=town.head,
            demand_id=held.id,
            version=held.version,
            reason="换人",
            unit_id=unit_id,
            owner_id=owner_id,
        )

    assert set(accepting.value.errors) == set(handing.value.errors) == {field}


def test_head_without_anybody_named_is_asked_for_one(town: SmallTown) -> None:
    held = factories.handling_state(town)

    with pytest.raises(FieldErrors) as refused:
        handling.reassign(
            actor=town.head,
            demand_id=held.id,
            version=held.version,
            reason="换人",
            unit_id=civil(town).id,
            owner_id=None,
        )

    assert set(refused.value.errors) == {"owner"}


def test_head_hands_over_within_the_unit_and_the_deadline_stays(town: SmallTown) -> None:
    held = factories.handling_state(town)

    handling.reassign(
        actor=town.head,
        demand_id=held.id,
        version=held.version,
        reason="换人",
        unit_id=civil(town).id,
        owner_id=town.staff["head"].id,
    )

    assert fresh(held).owner_id == town.staff["head"].id
    assert fresh(held).due_on == held.due_on


def test_handler_and_head_of_another_unit_give_nothing_out(town: SmallTown) -> None:
    demand = sent_to_civil(town)

    with pytest.raises(NotAllowedError):
        handling.accept(
            actor=town.handler,
            demand_id=demand.id,
            version=fresh(demand).version,
            measures="上门核实",
            route=Route.TIMED,
            unit_id=civil(town).id,
            owner_id=town.staff["handler"].id,
        )


def test_week_ends_on_sunday() -> None:
    with clock.at(factories.morning()):
        assert lists.end_of_week(clock.today()) == MONDAY + timedelta(days=6)
        assert lists.end_of_week(MONDAY + timedelta(days=6)) == MONDAY + timedelta(days=6)
