from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.meetings.actions import planning
from bianfang.outreach.meetings.enums import Verb
from bianfang.outreach.meetings.models import Meeting
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.tests import factories
from bianfang.outreach.meetings.workflow import MeetingState as State
from bianfang.register.people.models import Staff


def _verbs(meeting: Meeting) -> list[str]:
    entries = Entry.objects.about(town_id=meeting.town_id, kind="meeting", target_id=meeting.id)
    return [entry.verb for entry in entries]


def test_planning_gives_the_next_number_of_the_year(town: SmallTown) -> None:
    first = planning.plan_meeting(actor=town.clerk, given=factories.particulars(town))
    second = planning.plan_meeting(actor=town.clerk, given=factories.particulars(town))
    next_year = planning.plan_meeting(
        actor=town.clerk, given=factories.particulars(town, held_on=factories.day(60))
    )

    assert [each.number for each in (first, second, next_year)] == ["2026-1", "2026-2", "2027-1"]
    assert first.state == State.PLANNED
    assert _verbs(first) == [Verb.PLANNED]
    assert one.list_attendees(actor=town.clerk, meeting=first) == [town.staff["worker"]]


def test_planning_names_every_field_that_is_empty(town: SmallTown) -> None:
    empty = factories.particulars(
        town, title=" ", held_on=None, location="", chair_id=None, recorder_id=None
    )

    with pytest.raises(FieldErrors) as refused:
        planning.plan_meeting(actor=town.clerk, given=empty)

    assert set(refused.value.errors) == {"title", "held_on", "location", "chair", "recorder"}


def test_planning_refuses_long_texts_and_a_day_that_has_passed(town: SmallTown) -> None:
    long = factories.particulars(town, title="长" * 61, location="长" * 61, guests="长" * 201)
    past = factories.particulars(town, held_on=MONDAY - timedelta(days=1))

    with pytest.raises(FieldErrors) as refused:
        planning.plan_meeting(actor=town.clerk, given=long)
    assert set(refused.value.errors) == {"title", "location", "guests"}
    with pytest.raises(FieldErrors) as refused:
        planning.plan_meeting(actor=town.clerk, given=past)
    assert set(refused.value.errors) == {"held_on"}


def test_who_no_longer_serves_neither_chairs_nor_records(town: SmallTown) -> None:
    Staff.objects.in_town(town.town.id).filter(id=town.staff["leader"].id).update(is_active=False)

    with pytest.raises(FieldErrors) as refused:
        planning.plan_meeting(actor=town.clerk, given=factories.particulars(town))

    assert set(refused.value.errors) == {"chair"}


@pytest.mark.parametrize("who", ["leader", "worker", "secretary", "head", "officer", "admin"])
def test_only_the_office_plans(who: str, town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        planning.plan_meeting(actor=town.actors[who], given=factories.particulars(town))


def test_particulars_are_changed_and_attendees_replaced(town: SmallTown) -> None:
    meeting = factories.planned(town)
    given = factories.particulars(
        town, title="第二次", held_on=factories.day(3), attendee_ids=(town.staff["head"].id,) * 2
    )

    planning.change_meeting(actor=town.clerk, meeting_id=meeting.id, given=given)

    now = one.get_meeting(actor=town.clerk, meeting_id=meeting.id)
    assert (now.title, now.held_on, now.number) == ("第二次", factories.day(3), "2026-1")
    assert one.list_attendees(actor=town.clerk, meeting=now) == [town.staff["head"]]
    assert _verbs(meeting)[-1] == Verb.CHANGED


def test_a_planned_meeting_is_not_moved_into_the_past(town: SmallTown) -> None:
    meeting = factories.planned(town)
    past = factories.particulars(town, held_on=factories.day(-1))

    with pytest.raises(FieldErrors):
        planning.change_meeting(actor=town.clerk, meeting_id=meeting.id, given=past)


def test_the_day_of_a_meeting_in_session_stays(town: SmallTown) -> None:
    meeting = factories.in_session(town)

    later = factories.particulars(town, held_on=factories.day(1))
    with pytest.raises(FieldErrors):
        planning.change_meeting(actor=town.clerk, meeting_id=meeting.id, given=later)
    planning.change_meeting(
        actor=town.clerk, meeting_id=meeting.id, given=factories.particulars(town, guests="")
    )

    assert one.get_meeting(actor=town.clerk, meeting_id=meeting.id).guests == ""


def test_beginning_sets_the_day(town: SmallTown) -> None:
    meeting = factories.planned(town, held_on=factories.day(3))

    with clock.at(demands.morning(factories.day(2))):
        begun = planning.begin_meeting(actor=town.clerk, meeting_id=meeting.id)

    assert begun.state == State.IN_SESSION
    assert begun.held_on == factories.day(2)
    assert _verbs(meeting)[-1] == Verb.BEGUN


def test_without_an_agenda_no_meeting_begins(town: SmallTown) -> None:
    meeting = planning.plan_meeting(actor=town.clerk, given=factories.particulars(town))

    with pytest.raises(MoveError):
        planning.begin_meeting(actor=town.clerk, meeting_id=meeting.id)


def test_cancelling_asks_for_a_reason_and_keeps_it(town: SmallTown) -> None:
    meeting = factories.planned(town)

    with pytest.raises(FieldErrors):
        planning.cancel_meeting(actor=town.clerk, meeting_id=meeting.id, reason=" ")
    done = planning.cancel_meeting(actor=town.clerk, meeting_id=meeting.id, reason=" 防汛 ")

    assert done.state == State.CANCELLED
    last = Entry.objects.about(town_id=town.town.id, kind="meeting", target_id=meeting.id).last()
    assert last is not None
    assert (last.verb, last.reason) == (Verb.CANCELLED, "防汛")


def test_a_meeting_of_another_town_is_not_there(town: SmallTown) -> None:
    other = demands.make_town("second", code="0002")
    meeting = factories.planned(town)

    with pytest.raises(NotFoundError):
        planning.begin_meeting(actor=other.clerk, meeting_id=meeting.id)
    with pytest.raises(NotFoundError):
        one.get_meeting(actor=other.clerk, meeting_id=meeting.id)
