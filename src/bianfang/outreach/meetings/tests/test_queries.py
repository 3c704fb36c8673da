import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel import clock
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.meetings.actions import carrying, closing, session
from bianfang.outreach.meetings.enums import ItemOutcome
from bianfang.outreach.meetings.models import AgendaItem, Attendance, Meeting, Resolution
from bianfang.outreach.meetings.policies import can_carry_out, list_moves
from bianfang.outreach.meetings.queries import agenda, lists, one, past
from bianfang.outreach.meetings.tests import factories
from bianfang.outreach.meetings.workflow import Move


def _put_off(town: SmallTown, item: AgendaItem) -> None:
    session.write_minutes(
        actor=town.clerk,
        item_id=item.id,
        version=item.version,
        minutes="",
        outcome=ItemOutcome.PUT_OFF,
        reason="资料不全",
    )


def test_a_reader_sees_the_items_whose_demand_he_sees(town: SmallTown) -> None:
    near, far = factories.pooled(town), factories.far_pooled(town)
    meeting = factories.planned(town, near, far)

    def seen(name: str) -> tuple[list[str], int]:
        rows = list(agenda.list_agenda(actor=town.actors[name], meeting=meeting))
        rest = one.count_unseen(actor=town.actors[name], meeting=meeting, seen=rows)
        return [row.demand.number for row in rows], rest

    assert seen("leader") == ([near.number, far.number], 0)
    assert seen("secretary") == ([near.number], 1)
    assert seen("far_secretary") == ([far.number], 1)
    assert seen("handler") == ([near.number], 1)
    assert seen("officer") == ([], 2)


def test_items_and_resolutions_out_of_scope_are_not_there(town: SmallTown) -> None:
    meeting = factories.closed(town, factories.pooled(town))
    item, made = factories.item_of(meeting), factories.resolution_of(meeting)

    for name in ("far_secretary", "officer", "roads_handler"):
        with pytest.raises(NotFoundError):
            one.get_item(actor=town.actors[name], item_id=item.id)
        with pytest.raises(NotFoundError):
            one.get_resolution(actor=town.actors[name], resolution_id=made.id)
    assert one.get_resolution(actor=town.secretary, resolution_id=made.id) == made


def test_whoever_reads_no_demands_reads_no_meetings(town: SmallTown) -> None:
    meeting = factories.planned(town)

    for name in ("officer", "admin"):
        with pytest.raises(NotFoundError):
            one.get_meeting(actor=town.actors[name], meeting_id=meeting.id)
        with pytest.raises(NotFoundError):
            one.get_meeting_for_update(actor=town.actors[name], meeting_id=meeting.id)
    assert one.get_meeting(actor=town.handler, meeting_id=meeting.id) == meeting


def test_meetings_are_listed_with_what_is_left(town: SmallTown) -> None:
    first = factories.closed(town)
    second = factories.planned(town, held_on=factories.day(2))

    page = lists.page_meetings(actor=town.secretary)

    assert page.rows == [second, first]
    counts = [(each.item_count, each.resolution_count, each.left_count) for each in page.rows]  # type: ignore[attr-defined]  # annotated by the query
    assert counts == [(1, 0, 0), (1, 1, 1)]
    assert list(lists.list_open_meetings(actor=town.clerk)) == [second]
    small = lists.page_meetings(actor=town.secretary, size=1)
    assert lists.page_meetings(actor=town.secretary, token=small.next_token).rows == [first]


def test_what_is_left_to_a_person_is_listed_by_deadline(town: SmallTown) -> None:
    late = factories.closed(town)
    soon = factories.in_session(town)
    factories.resolve(town, factories.item_of(soon), due_on=factories.day(1))
    handler = town.staff["handler"].id

    assert list(lists.list_own_resolutions(actor=town.handler, staff_id=handler)) == [
        factories.resolution_of(late)
    ]
    closing.close_meeting(actor=town.clerk, meeting_id=soon.id)

    assert list(lists.list_own_resolutions(actor=town.handler, staff_id=handler)) == [
        factories.resolution_of(soon),
        factories.resolution_of(late),
    ]


def test_the_next_meeting_begins_with_what_was_left(town: SmallTown) -> None:
    first = factories.closed(town)
    second = factories.planned(town, held_on=factories.day(2))

    def left(name: str, meeting: Meeting) -> list[Resolution]:
        return list(agenda.list_left_resolutions(actor=town.actors[name], meeting=meeting))

    made = factories.resolution_of(first)
    assert left("clerk", first) == []
    assert left("clerk", second) == [made]
    assert left("far_secretary", second) == []
    with clock.at(demands.morning(factories.day(1))):
        carrying.carry_out(actor=town.handler, resolution_id=made.id, result="已换")

    assert left("clerk", second) == []


def test_what_was_carried_out_on_the_day_still_stands_there(town: SmallTown) -> None:
    first = factories.closed(town)
    second = factories.planned(town)
    made = factories.resolution_of(first)

    carrying.carry_out(actor=town.handler, resolution_id=made.id, result="已换")

    assert list(agenda.list_left_resolutions(actor=town.clerk, meeting=second)) == [made]


def test_the_past_of_a_demand(town: SmallTown) -> None:
    demand, other = factories.pooled(town), factories.pooled(town)
    first = factories.in_session(town, demand)
    _put_off(town, factories.item_of(first))
    closing.close_meeting(actor=town.clerk, meeting_id=first.id)
    known = past.past_of(actor=town.clerk, demands=[demand, other])

    assert other.id not in known
    assert (known[demand.id].times, known[demand.id].last_resolution) == (1, None)
    assert known[demand.id].put_off == factories.item_of(first)
    assert known[demand.id].coming is None

    second = factories.closed(town, demand)
    third = factories.planned(town, demand)
    factories.cancelled(town)
    now = past.past_of(actor=town.clerk, demands=[demand])[demand.id]

    assert now.times == 2
    assert now.put_off is None
    assert now.last_resolution == factories.resolution_of(second)
    assert now.coming == factories.item_of(third)
    assert (past.NOTHING.times, past.NOTHING.put_off, past.NOTHING.coming) == (0, None, None)


def test_only_the_office_has_buttons(town: SmallTown) -> None:
    meeting = factories.planned(town)

    assert Move.BEGIN in list_moves(town.clerk, meeting)
    assert list_moves(town.leader, meeting) == []


def test_a_job_carries_nothing_out(town: SmallTown) -> None:
    made = factories.resolution_of(factories.closed(town))

    assert can_carry_out(town.handler, made)
    assert not can_carry_out(town.secretary, made)


def test_words_of_rows(town: SmallTown) -> None:
    meeting = factories.planned(town)
    attendance = Attendance.objects.in_town(town.town.id).order_by("id")[0]

    assert str(meeting) == meeting.number
    assert str(factories.item_of(meeting)) == "1"
    assert str(attendance) == str(town.staff["worker"].id)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "in_session"},
        {"state": "closed"},
        {"closed_at": demands.morning()},
    ],
)
def test_the_database_keeps_state_and_times_together(
    changes: dict[str, object], town: SmallTown
) -> None:
    meeting = factories.planned(town)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.in_town(town.town.id).filter(id=meeting.id).update(**changes)


def test_the_database_keeps_reason_and_result(town: SmallTown) -> None:
    meeting = factories.closed(town)
    items = AgendaItem.objects.in_town(town.town.id)
    made = Resolution.objects.in_town(town.town.id)

    with pytest.raises(IntegrityError), transaction.atomic():
        items.update(outcome=ItemOutcome.PUT_OFF)
    with pytest.raises(IntegrityError), transaction.atomic():
        items.update(reason="没有推迟")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.update(done_on=meeting.held_on)
