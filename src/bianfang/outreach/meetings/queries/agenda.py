"""The agenda of a meeting: what earlier meetings left unfinished comes first."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from bianfang.kernel.actor import Actor
from bianfang.outreach.meetings.models import (
    AgendaItem,
    AgendaItemQuerySet,
    Meeting,
    Resolution,
)
from bianfang.outreach.meetings.queries.one import with_demand
from bianfang.outreach.meetings.workflow import MeetingState


def list_agenda(*, actor: Actor, meeting: Meeting) -> AgendaItemQuerySet:
    """The items in scope in the order of the agenda, each with `follows_up`."""
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting.id)
    return with_demand(in_order(rows, meeting))


def list_whole_agenda(*, meeting: Meeting) -> AgendaItemQuerySet:
    """All items in the same order, for changes that concern the whole."""
    rows = AgendaItem.objects.in_town(meeting.town_id).filter(meeting=meeting.id)
    return in_order(rows, meeting)


def in_order(rows: AgendaItemQuerySet, meeting: Meeting) -> AgendaItemQuerySet:
    """First the demands with resolutions of earlier meetings that were not carried out by then."""
    earlier = Resolution.objects.filter(
        _left_by_earlier(meeting), town_id=OuterRef("town_id"), item__demand=OuterRef("demand_id")
    )
    ranked = rows.annotate(follows_up=Exists(earlier))
    return ranked.order_by("-follows_up", "place", "id")


def list_left_resolutions(*, actor: Actor, meeting: Meeting) -> "QuerySet[Resolution]":
    """What earlier meetings resolved and was not carried out before this one, by deadline.

    Of demands out of scope nothing is told.
    """
    seen = AgendaItem.objects.visible_to(actor).filter(id=OuterRef("item_id"))
    rows = Resolution.objects.in_town(actor.town_id).filter(_left_by_earlier(meeting), Exists(seen))
    rows = rows.select_related("item__meeting", "item__demand", "owner", "unit")
    return rows.order_by("due_on", "id")


def resolutions_of(*, actor: Actor, items: Sequence[AgendaItem]) -> dict[UUID, list[Resolution]]:
    """What was resolved of each of these items, in one query."""
    rows = Resolution.objects.in_town(actor.town_id).filter(item__in=[each.id for each in items])
    found: dict[UUID, list[Resolution]] = defaultdict(list)
    for resolution in rows.select_related("owner", "unit", "done_by").order_by("id"):
        found[resolution.item_id].append(resolution)
    return found


def _left_by_earlier(meeting: Meeting) -> Q:
    """Resolutions of closed meetings before this one, not carried out before its day."""
    before = Q(item__meeting__held_on__lt=meeting.held_on) | Q(
        item__meeting__held_on=meeting.held_on, item__meeting__id__lt=meeting.id
    )
    left = Q(done_on__isnull=True) | Q(done_on__gte=meeting.held_on)
    return Q(item__meeting__state=MeetingState.CLOSED) & before & left
