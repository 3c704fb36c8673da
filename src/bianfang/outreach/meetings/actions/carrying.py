"""Carrying resolutions out, and taking agenda and minutes away."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands import workflow as demand_workflow
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.meetings import policies, workflow
from bianfang.outreach.meetings.actions import checks
from bianfang.outreach.meetings.enums import Verb
from bianfang.outreach.meetings.models import Meeting, Resolution
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.workflow import MeetingState, Move


@transaction.atomic
def carry_out(*, actor: Actor, resolution_id: UUID, result: str) -> Resolution:
    """Say that it is done and what came of it, once and for good.

    Where the actor handles the demand and it is in handling, the result is its progress as well:
    nobody types it twice.
    """
    resolution, meeting = one.get_resolution_for_update(actor=actor, resolution_id=resolution_id)
    policies.check_can_carry_out(actor, resolution)
    workflow.check_move(MeetingState(meeting.state), Move.CARRY_OUT)
    checks.refuse_if(checks.missing(result=result))
    if resolution.is_done:
        raise MoveError(_("This resolution was marked as carried out already."))
    resolution.done_on, resolution.done_by_id = clock.today(), actor.staff_id
    resolution.result = result.strip()
    resolution.save(update_fields=["done_on", "done_by", "result"])
    demand, move = resolution.item.demand, demand_workflow.Move.NOTE_PROGRESS
    state = demand_workflow.DemandState(demand.state)
    if demand_workflow.can_move(state, move) and demand_policies.can_make_move(actor, demand, move):
        words = _("Resolution of joint meeting %(number)s carried out: %(result)s")
        note = words % {"number": meeting.number, "result": resolution.result}
        handling.note_progress(actor=actor, demand_id=demand.id, note=note)
    facts = {"number": meeting.number, "demand": demand.number}
    journal.record(actor=actor, verb=Verb.RESOLUTION_DONE, target=meeting, facts=facts)
    return resolution


@transaction.atomic
def take_away(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """Agenda and minutes leave as a file, which the journal keeps; it holds what the actor sees."""
    meeting = one.get_meeting(actor=actor, meeting_id=meeting_id)
    journal.record(
        actor=actor, verb=Verb.EXPORTED, target=meeting, facts={"number": meeting.number}
    )
    return meeting
