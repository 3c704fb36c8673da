"""Planning a meeting, changing its particulars, beginning it, or calling it off."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.outreach.meetings import policies
from bianfang.outreach.meetings.actions import checks
from bianfang.outreach.meetings.actions.inputs import MeetingInput
from bianfang.outreach.meetings.enums import Verb
from bianfang.outreach.meetings.models import AgendaItem, Attendance, Meeting
from bianfang.outreach.meetings.workflow import MeetingState, Move
from bianfang.register.people.models import Staff


@transaction.atomic
def plan_meeting(*, actor: Actor, given: MeetingInput) -> Meeting:
    """Plan a meeting; it takes the next number of the year in which it is to be held."""
    policies.check_can_manage_meetings(actor)
    chair, recorder, attendees = checks.read_meeting(actor, given)
    assert given.held_on is not None
    if given.held_on < clock.today():
        raise FieldError("held_on", _("This day has passed; choose one from today on."))
    year = given.held_on.year
    meeting = Meeting.objects.create(
        town_id=actor.town_id,
        year=year,
        serial=numbering.take(town_id=actor.town_id, series=f"meeting-{year}"),
        chair=chair,
        recorder=recorder,
        held_on=given.held_on,
        **_words(given),
    )
    _seat(meeting, attendees)
    facts = {"number": meeting.number, "on": f"{meeting.held_on}"}
    journal.record(actor=actor, verb=Verb.PLANNED, target=meeting, facts=facts)
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting_id: UUID, given: MeetingInput) -> Meeting:
    """Set the particulars anew; the number stays, and so does the day of one that has begun."""
    meeting = checks.begin_move(actor, meeting_id, Move.CHANGE)
    chair, recorder, attendees = checks.read_meeting(actor, given)
    assert given.held_on is not None
    if given.held_on != meeting.held_on:
        if meeting.state == MeetingState.IN_SESSION:
            raise FieldError("held_on", _("The meeting has begun; its day stays."))
        if given.held_on < clock.today():
            raise FieldError("held_on", _("This day has passed; choose one from today on."))
    meeting.chair, meeting.recorder, meeting.held_on = chair, recorder, given.held_on
    words = _words(given)
    for name, value in words.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["chair", "recorder", "held_on", *words])
    Attendance.objects.in_town(meeting.town_id).filter(meeting=meeting.id).delete()
    _seat(meeting, attendees)
    facts = {"number": meeting.number, "on": f"{meeting.held_on}"}
    journal.record(actor=actor, verb=Verb.CHANGED, target=meeting, facts=facts)
    return meeting


@transaction.atomic
def begin_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """Open the meeting today, whatever day was planned; without an agenda it does not begin."""
    meeting = checks.begin_move(actor, meeting_id, Move.BEGIN)
    if not AgendaItem.objects.in_town(meeting.town_id).filter(meeting=meeting.id).exists():
        raise MoveError(_("Nothing is on the agenda yet; put demands of the pool on it first."))
    meeting.state, meeting.begun_at = MeetingState.IN_SESSION, clock.now()
    meeting.held_on = clock.today()
    meeting.save(update_fields=["state", "begun_at", "held_on"])
    journal.record(actor=actor, verb=Verb.BEGUN, target=meeting, facts={"number": meeting.number})
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: UUID, reason: str) -> Meeting:
    """Call off a planned meeting; its number is not given again, its demands wait in the pool."""
    meeting = checks.begin_move(actor, meeting_id, Move.CANCEL)
    checks.refuse_if(checks.missing(reason=reason))
    meeting.state = MeetingState.CANCELLED
    meeting.save(update_fields=["state"])
    journal.record(
        actor=actor,
        verb=Verb.CANCELLED,
        target=meeting,
        facts={"number": meeting.number},
        reason=reason.strip(),
    )
    return meeting


def _words(given: MeetingInput) -> dict[str, str]:
    return {
        "title": given.title.strip(),
        "location": given.location.strip(),
        "guests": given.guests.strip(),
    }


def _seat(meeting: Meeting, attendees: Sequence[Staff]) -> None:
    Attendance.objects.bulk_create(
        Attendance(town_id=meeting.town_id, meeting=meeting, staff=person) for person in attendees
    )
