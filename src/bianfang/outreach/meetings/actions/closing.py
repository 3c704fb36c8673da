"""Closing a meeting: what it resolved goes into the demands, by the demands' own moves."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one as demands
from bianfang.outreach.demands.workflow import CLOCK_RUNS
from bianfang.outreach.meetings.actions import checks
from bianfang.outreach.meetings.enums import ItemOutcome, Verb
from bianfang.outreach.meetings.errors import ItemsLeftError
from bianfang.outreach.meetings.models import AgendaItem, Meeting, Resolution
from bianfang.outreach.meetings.queries import agenda
from bianfang.outreach.meetings.queries.one import count_unseen
from bianfang.outreach.meetings.workflow import MeetingState, Move


@transaction.atomic
def close_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """End the meeting once every item is resolved, put off or withdrawn.

    Each resolution becomes a note in the history of its demand. The person in charge of the first
    one takes the demand over, so that it stands on his list of things to do; a deadline beyond the
    demand's own is asked for as more time, on which somebody else decides.
    """
    meeting = checks.begin_move(actor, meeting_id, Move.CLOSE)
    items = list(agenda.list_agenda(actor=actor, meeting=meeting))
    if count_unseen(actor=actor, meeting=meeting, seen=items):
        raise NotAllowedError(
            _("Items of this meeting lie outside your area; who sees all closes it.")
        )
    wanted = [item.demand_id for item in items if item.outcome == ItemOutcome.RESOLVED]
    locked = demands.list_demands_for_update(actor=actor, demand_ids=wanted)
    _refuse_unfinished(items, {demand.id: demand for demand in locked})
    made = agenda.resolutions_of(actor=actor, items=items)
    for item in items:
        if item.outcome == ItemOutcome.RESOLVED:
            _carry_into_demand(actor, meeting, item.demand_id, made[item.id])
    meeting.state, meeting.closed_at = MeetingState.CLOSED, clock.now()
    meeting.save(update_fields=["state", "closed_at"])
    facts = {"number": meeting.number, "resolutions": sum(map(len, made.values()))}
    journal.record(actor=actor, verb=Verb.CLOSED, target=meeting, facts=facts)
    return meeting


def _refuse_unfinished(items: Sequence[AgendaItem], demands_now: dict[UUID, Demand]) -> None:
    sentences = []
    for item in items:
        demand = demands_now.get(item.demand_id)
        if not item.outcome:
            words = _("%(demand)s: resolve something, or put it off with a reason.")
            sentences.append(words % {"demand": item.demand.number})
        elif demand and demand.state not in CLOCK_RUNS:
            words = _(
                "%(demand)s is no longer in handling; remove its resolutions and withdraw it."
            )
            sentences.append(words % {"demand": demand.number})
    if sentences:
        raise ItemsLeftError(sentences)


def _carry_into_demand(
    actor: Actor, meeting: Meeting, demand_id: UUID, made: Sequence[Resolution]
) -> None:
    """Into whose hands it goes, what was resolved, and until when."""
    reason = _("Resolved by joint meeting %(number)s") % {"number": meeting.number}
    demand = demands.get_demand(actor=actor, demand_id=demand_id)
    first = made[0]
    unit_id = first.unit_id or demand.unit_id
    if (first.owner_id, unit_id) != (demand.owner_id, demand.unit_id):
        demand = handling.reassign(
            actor=actor,
            demand_id=demand_id,
            version=demand.version,
            owner_id=first.owner_id,
            unit_id=unit_id,
            reason=reason,
        )
    for resolution in made:
        handling.note_progress(actor=actor, demand_id=demand_id, note=note_of(meeting, resolution))
    last = max(resolution.due_on for resolution in made)
    is_asked = demands.find_open_extension(actor=actor, demand=demand) is not None
    if demand.due_on and last > demand.due_on and last >= clock.today() and not is_asked:
        handling.ask_extension(actor=actor, demand_id=demand_id, new_due_on=last, reason=reason)


def note_of(meeting: Meeting, resolution: Resolution) -> str:
    """The resolution as it stands in the history of the demand."""
    sentence = _("Joint meeting %(number)s resolved: %(text)s (%(owner)s, until %(due_on)s)")
    return sentence % {
        "number": meeting.number,
        "text": resolution.text,
        "owner": resolution.owner.name,
        "due_on": f"{resolution.due_on:%Y-%m-%d}",
    }
