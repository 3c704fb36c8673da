from dataclasses import replace
from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.models import Extension
from bianfang.outreach.demands.queries import history, todo
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.meetings.actions import carrying, closing, session
from bianfang.outreach.meetings.enums import ItemOutcome, Verb
from bianfang.outreach.meetings.errors import ItemsLeftError, MeetingMoveError
from bianfang.outreach.meetings.models import Meeting
from bianfang.outreach.meetings.tests import factories
from bianfang.outreach.meetings.workflow import MeetingState as State


def _close(town: SmallTown, meeting: Meeting) -> Meeting:
    return closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)


def _said(town: SmallTown, meeting: Meeting) -> str:
    demand = fresh(factories.item_of(meeting).demand)
    lines = history.list_history(actor=town.clerk, demand=demand)
    return "\n".join(value for line in lines for _label, value in line.details)


def test_a_meeting_with_an_open_item_is_not_closed(town: SmallTown) -> None:
    meeting = factories.in_session(town)

    with pytest.raises(ItemsLeftError) as refused:
        _close(town, meeting)

    assert factories.item_of(meeting).demand.number in refused.value.sentences[0]


def test_resolutions_stand_in_the_history_of_the_demand(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    factories.resolve(town, factories.item_of(meeting))
    factories.resolve(town, factories.item_of(meeting), text="公示更换进度")

    closed = _close(town, meeting)

    said = _said(town, meeting)
    assert closed.state == State.CLOSED
    for words in (
        meeting.number,
        "由供电所更换线路",
        "公示更换进度",
        "handler",
        f"{factories.DUE}",
    ):
        assert words in said
    assert "公示更换进度" in fresh(factories.item_of(meeting).demand).progress


def test_the_person_in_charge_of_the_first_resolution_takes_the_demand_over(
    town: SmallTown,
) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    factories.resolve(
        town, item, owner_id=town.staff["roads_handler"].id, unit_id=town.units["roads"].id
    )
    factories.resolve(town, item)

    _close(town, meeting)

    demand = fresh(item.demand)
    assert demand.owner == town.staff["roads_handler"]
    assert demand.unit == town.units["roads"]
    with clock.at(demands.morning(demand.due_on or factories.DUE)):
        groups = todo.todo_for(town.roads_handler)
    assert [row.id for group in groups for row in group.rows] == [demand.id]


def test_a_later_deadline_is_asked_for_and_decided_by_somebody_else(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    late = factories.DUE + timedelta(days=30)
    factories.resolve(town, item, due_on=late)

    _close(town, meeting)

    asked = Extension.objects.in_town(town.town.id).get()
    assert (asked.new_due_on, asked.demand_id) == (late, item.demand_id)
    assert fresh(item.demand).due_on == item.demand.due_on


def test_more_time_that_was_asked_for_already_is_left_as_it_is(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    handling.ask_extension(
        actor=town.handler,
        demand_id=item.demand_id,
        new_due_on=factories.DUE + timedelta(days=60),
        reason="等批复",
    )
    factories.resolve(town, item, due_on=factories.DUE + timedelta(days=30))

    _close(town, meeting)

    assert Extension.objects.in_town(town.town.id).count() == 1


@pytest.mark.parametrize("outcome", [ItemOutcome.PUT_OFF, ItemOutcome.WITHDRAWN])
def test_what_is_set_aside_leaves_the_demand_as_it_is(
    outcome: ItemOutcome, town: SmallTown
) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    session.write_minutes(
        actor=town.clerk,
        item_id=item.id,
        version=item.version,
        minutes="",
        outcome=outcome,
        reason="资料不全",
    )

    _close(town, meeting)

    assert fresh(item.demand) == item.demand
    assert fresh(item.demand).progress == ""


def test_a_demand_that_left_handling_meanwhile_has_to_be_withdrawn(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    made = factories.resolve(town, item)
    demands.submitted(town, item.demand)

    with pytest.raises(ItemsLeftError):
        _close(town, meeting)
    session.remove_resolution(actor=town.clerk, resolution_id=made.id)
    session.write_minutes(
        actor=town.clerk,
        item_id=item.id,
        version=factories.item_of(meeting).version,
        minutes="",
        outcome=ItemOutcome.WITHDRAWN,
        reason="已办结",
    )

    assert _close(town, meeting).state == State.CLOSED


def test_who_does_not_see_every_item_does_not_close(town: SmallTown) -> None:
    meeting = factories.in_session(town, factories.pooled(town), factories.far_pooled(town))
    for item in factories.items(meeting):
        factories.resolve(town, item)
    reach = (PathRange.under(town.place.north.path),)
    of_the_north = replace(
        town.clerk, grants=dict.fromkeys(town.clerk.grants, reach), unit_ids=frozenset()
    )

    with pytest.raises(NotAllowedError):
        closing.close_meeting(actor=of_the_north, meeting_id=meeting.id)


def test_the_next_closing_is_refused(town: SmallTown) -> None:
    meeting = factories.closed(town)

    with pytest.raises(MeetingMoveError):
        _close(town, meeting)


def test_a_resolution_is_carried_out_once_with_a_result(town: SmallTown) -> None:
    meeting = factories.closed(town)
    made = factories.resolution_of(meeting)

    with pytest.raises(FieldErrors):
        carrying.carry_out(actor=town.handler, resolution_id=made.id, result=" ")
    done = carrying.carry_out(actor=town.handler, resolution_id=made.id, result=" 已换新线 ")

    assert (done.done_on, done.result, done.is_done) == (clock.today(), "已换新线", True)
    assert done.done_by == town.staff["handler"]
    assert "已换新线" in fresh(made.item.demand).progress
    with pytest.raises(MoveError):
        carrying.carry_out(actor=town.handler, resolution_id=made.id, result="再来一次")


def test_who_is_in_charge_of_a_resolution_only_says_that_it_is_done(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    factories.resolve(town, item)
    second = factories.resolve(town, item, owner_id=town.staff["roads_handler"].id)
    _close(town, meeting)
    before = fresh(item.demand).progress

    carrying.carry_out(actor=town.roads_handler, resolution_id=second.id, result="已清障")

    assert fresh(item.demand).progress == before


def test_carrying_out_is_for_the_person_in_charge_and_the_office(town: SmallTown) -> None:
    made = factories.resolution_of(factories.closed(town))

    with pytest.raises(NotAllowedError):
        carrying.carry_out(actor=town.secretary, resolution_id=made.id, result="已换")
    with pytest.raises(NotFoundError):
        carrying.carry_out(actor=town.far_secretary, resolution_id=made.id, result="已换")
    with pytest.raises(NotFoundError):
        carrying.carry_out(actor=town.clerk, resolution_id=demands.some_id(), result="已换")


def test_nothing_is_carried_out_before_the_meeting_is_closed(town: SmallTown) -> None:
    meeting = factories.in_session(town)
    made = factories.resolve(town, factories.item_of(meeting))

    with pytest.raises(MeetingMoveError):
        carrying.carry_out(actor=town.handler, resolution_id=made.id, result="已换")


def test_taking_the_minutes_away_is_kept(town: SmallTown) -> None:
    meeting = factories.closed(town)

    assert carrying.take_away(actor=town.leader, meeting_id=meeting.id) == meeting

    last = Entry.objects.about(town_id=town.town.id, kind="meeting", target_id=meeting.id).last()
    assert last is not None
    assert last.verb == Verb.EXPORTED
