"""Rules on single fields, all told in one answer; and the first step of every change."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.meetings import policies, workflow
from bianfang.outreach.meetings.actions.inputs import MeetingInput, ResolutionInput
from bianfang.outreach.meetings.models import AgendaItem, Meeting
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.workflow import MeetingState, Move
from bianfang.register.people import queries as people
from bianfang.register.people.models import Staff, Unit

Errors = dict[str, str | Promise]

MISSING: Mapping[str, Promise] = MappingProxyType(
    {
        "title": _("Give the meeting a title."),
        "held_on": _("Choose the day of the meeting."),
        "location": _("Tell where the meeting takes place."),
        "chair": _("Name who chairs the meeting."),
        "recorder": _("Name who writes the minutes."),
        "demands": _("Tick the demands that are to be put on the agenda."),
        "text": _("Write down what was resolved."),
        "owner": _("Name the person in charge; no resolution stands without one."),
        "due_on": _("Set a deadline; no resolution stands without one."),
        "reason": _("Give the reason; it stays on record."),
        "result": _("Write down what came of it."),
        "minutes": _("Write down what was said."),
    }
)
"""What is said of a compulsory field that was left empty."""


def missing(**fields: object) -> Errors:
    """A sentence for each field that is empty or blank."""
    return {name: MISSING[name] for name, value in fields.items() if not _is_filled(value)}


def too_long(**fields: tuple[str, int]) -> Errors:
    """A sentence for each text that is longer than its column."""
    sentence = _("At most %(limit)d characters; there are %(length)d.")
    return {
        name: str(sentence) % {"limit": limit, "length": len(text)}
        for name, (text, limit) in fields.items()
        if len(text.strip()) > limit
    }


def refuse_if(errors: Errors) -> None:
    """Refuse the whole form, naming every field that is wrong."""
    if errors:
        raise FieldErrors(errors)


def begin_move(actor: Actor, meeting_id: UUID, move: Move) -> Meeting:
    """Lock the meeting in scope, ask whether the actor may, then whether the state permits it."""
    meeting = one.get_meeting_for_update(actor=actor, meeting_id=meeting_id)
    policies.check_can_manage_meetings(actor)
    workflow.check_move(MeetingState(meeting.state), move)
    return meeting


def begin_item(
    actor: Actor, item_id: UUID, move: Move, *, version: int | None = None
) -> tuple[AgendaItem, Meeting]:
    """The same for an item of the agenda; refused if it is no longer at `version`."""
    item, meeting = one.get_item_for_update(actor=actor, item_id=item_id, version=version)
    policies.check_can_manage_meetings(actor)
    workflow.check_move(MeetingState(meeting.state), move)
    return item, meeting


def read_meeting(actor: Actor, given: MeetingInput) -> tuple[Staff, Staff, list[Staff]]:
    """Chair, recorder and attendees of a meeting whose particulars are in order."""
    chair = _staff(actor, given.chair_id)
    recorder = _staff(actor, given.recorder_id)
    attendees = [
        people.get_staff(actor=actor, staff_id=each) for each in dict.fromkeys(given.attendee_ids)
    ]
    errors = missing(
        title=given.title,
        held_on=given.held_on,
        location=given.location,
        chair=chair,
        recorder=recorder,
    )
    errors |= too_long(
        title=(given.title, 60), location=(given.location, 60), guests=(given.guests, 200)
    )
    errors |= _serving(chair=chair, recorder=recorder)
    refuse_if(errors)
    assert chair is not None
    assert recorder is not None
    return chair, recorder, attendees


def read_resolution(actor: Actor, given: ResolutionInput) -> tuple[Staff, Unit | None]:
    """Who is in charge, and the unit, of a resolution that is in order."""
    owner = _staff(actor, given.owner_id)
    unit = people.get_unit(actor=actor, unit_id=given.unit_id) if given.unit_id else None
    errors = missing(text=given.text, owner=owner, due_on=given.due_on)
    errors |= too_long(text=(given.text, 300)) | _serving(owner=owner)
    if unit and unit.closed_on:
        errors["unit"] = _("This unit no longer exists; choose another.")
    if given.due_on and given.due_on < clock.today():
        errors["due_on"] = _("This day has passed; choose one from today on.")
    refuse_if(errors)
    assert owner is not None
    return owner, unit


def _staff(actor: Actor, staff_id: UUID | None) -> Staff | None:
    return people.get_staff(actor=actor, staff_id=staff_id) if staff_id else None


def _serving(**named: Staff | None) -> Errors:
    sentence = _("This person no longer serves here; name somebody else.")
    return {name: sentence for name, person in named.items() if person and not person.is_active}


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
