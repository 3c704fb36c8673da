"""What is on the agenda, and in which order."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError, NotFoundError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one as demands
from bianfang.outreach.demands.workflow import CLOCK_RUNS
from bianfang.outreach.meetings.actions import checks
from bianfang.outreach.meetings.actions.inputs import MeetingInput
from bianfang.outreach.meetings.actions.planning import plan_meeting
from bianfang.outreach.meetings.enums import Verb
from bianfang.outreach.meetings.models import AgendaItem, Meeting
from bianfang.outreach.meetings.queries import agenda
from bianfang.outreach.meetings.workflow import OPEN, Move


@transaction.atomic
def plan_with_agenda(
    *, actor: Actor, given: MeetingInput, demand_ids: Sequence[UUID] = ()
) -> Meeting:
    """Plan a meeting and put these demands on its agenda, both or neither."""
    meeting = plan_meeting(actor=actor, given=given)
    if demand_ids:
        put_on_agenda(actor=actor, meeting_id=meeting.id, demand_ids=demand_ids)
    return meeting


@transaction.atomic
def put_on_agenda(
    *, actor: Actor, meeting_id: UUID, demand_ids: Sequence[UUID]
) -> list[AgendaItem]:
    """Put demands of the pool at the end of the agenda, all or none; each goes to one meeting."""
    meeting = checks.begin_move(actor, meeting_id, Move.PUT_ON)
    wanted = list(dict.fromkeys(demand_ids))
    checks.refuse_if(checks.missing(demands=wanted))
    found = {
        each.id: each for each in demands.list_demands_for_update(actor=actor, demand_ids=wanted)
    }
    if len(found) < len(wanted):
        raise NotFoundError(demands.NOT_FOUND)
    _refuse_unfit(actor, list(found.values()))
    last = agenda.list_whole_agenda(meeting=meeting).count()
    items = [
        AgendaItem(town_id=meeting.town_id, meeting=meeting, demand=found[each], place=place)
        for place, each in enumerate(wanted, start=last + 1)
    ]
    AgendaItem.objects.bulk_create(items)
    told = [(meeting, {"number": meeting.number, "demand": each.demand.number}) for each in items]
    journal.record_many(actor=actor, verb=Verb.PUT_ON, targets=told)
    return items


@transaction.atomic
def take_off_agenda(*, actor: Actor, item_id: UUID) -> None:
    """Take an item off before the meeting begins; its demand waits in the pool as before."""
    item, meeting = checks.begin_item(actor, item_id, Move.TAKE_OFF)
    facts = {"number": meeting.number, "demand": item.demand.number}
    item.delete()
    _number_anew(list(agenda.list_whole_agenda(meeting=meeting)))
    journal.record(actor=actor, verb=Verb.TAKEN_OFF, target=meeting, facts=facts)


@transaction.atomic
def place_item(*, actor: Actor, item_id: UUID, position: int) -> AgendaItem:
    """Put an item at this position, counted from 1; a position beyond either end is that end.

    What earlier meetings left unfinished stays in front of the rest, whatever its position.
    """
    item, meeting = checks.begin_item(actor, item_id, Move.REORDER)
    others = [each for each in agenda.list_whole_agenda(meeting=meeting) if each.id != item.id]
    others.insert(max(position, 1) - 1, item)
    _number_anew(others)
    facts = {"number": meeting.number, "demand": item.demand.number}
    journal.record(actor=actor, verb=Verb.REORDERED, target=meeting, facts=facts)
    return item


def _refuse_unfit(actor: Actor, found: Sequence[Demand]) -> None:
    """Only what is in handling for a meeting, and on no agenda that is still open."""
    rows = AgendaItem.objects.in_town(actor.town_id).filter(
        demand__in=[each.id for each in found], meeting__state__in=sorted(OPEN)
    )
    placed = {row.demand_id: row.meeting for row in rows.select_related("meeting").order_by("id")}
    sentences = []
    for demand in found:
        if demand.route != Route.MEETING or demand.state not in CLOCK_RUNS:
            words = _("%(demand)s does not wait for a meeting.")
            sentences.append(words % {"demand": demand.number})
        elif demand.id in placed:
            words = _("%(demand)s is on the agenda of meeting %(meeting)s already.")
            facts = {"demand": demand.number, "meeting": placed[demand.id].number}
            sentences.append(words % facts)
    if sentences:
        raise MoveError("\n".join(sentences))


def _number_anew(items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        item.place = place
    AgendaItem.objects.bulk_update(items, ["place"])
