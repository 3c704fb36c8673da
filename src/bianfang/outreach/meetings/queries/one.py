"""One meeting, one item of an agenda, one resolution; and locking them for a change."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import ChangedError, NotFoundError
from bianfang.outreach.meetings.models import (
    AgendaItem,
    AgendaItemQuerySet,
    Attendance,
    FormerMinutes,
    Meeting,
    Resolution,
)
from bianfang.register.people.models import Staff

NO_MEETING = _("There is no such meeting in your town.")
NO_ITEM = _("There is no such item on an agenda in your area.")
NO_RESOLUTION = _("There is no such resolution in your area.")


def get_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """A meeting with chair and recorder; NotFoundError out of scope."""
    rows = Meeting.objects.visible_to(actor).select_related("chair", "recorder")
    found = rows.filter(id=meeting_id).first()
    if found is None:
        raise NotFoundError(NO_MEETING)
    return found


def get_meeting_for_update(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """The meeting, locked: one lock for it and all that hangs on it."""
    rows = Meeting.objects.visible_to(actor).filter(id=meeting_id)
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFoundError(NO_MEETING)
    return found


def get_item(*, actor: Actor, item_id: UUID) -> AgendaItem:
    """An item with its meeting and demand; NotFoundError where the demand is out of scope."""
    found = with_demand(AgendaItem.objects.visible_to(actor)).filter(id=item_id).first()
    if found is None:
        raise NotFoundError(NO_ITEM)
    return found


def get_item_for_update(
    *, actor: Actor, item_id: UUID, version: int | None = None
) -> tuple[AgendaItem, Meeting]:
    """The item and its meeting, the meeting locked; refused if it is no longer at `version`."""
    known = get_item(actor=actor, item_id=item_id)
    meeting = get_meeting_for_update(actor=actor, meeting_id=known.meeting_id)
    item = AgendaItem.objects.in_town(actor.town_id).select_related("demand").get(id=item_id)
    if version is not None and item.version != version:
        raise ChangedError(
            _("Somebody else wrote on this item meanwhile. Look at it anew, then try again.")
        )
    return item, meeting


def get_resolution(*, actor: Actor, resolution_id: UUID) -> Resolution:
    """A resolution in scope: its item is, or the actor is in charge of it."""
    rows = Resolution.objects.in_town(actor.town_id).filter(id=resolution_id)
    found = rows.select_related("item__meeting", "item__demand", "owner", "unit").first()
    if found is None or not _is_seen(actor, found):
        raise NotFoundError(NO_RESOLUTION)
    assert isinstance(found, Resolution)
    return found


def get_resolution_for_update(*, actor: Actor, resolution_id: UUID) -> tuple[Resolution, Meeting]:
    """The resolution and its meeting, the meeting locked; NotFoundError out of scope."""
    known = get_resolution(actor=actor, resolution_id=resolution_id)
    rows = Meeting.objects.in_town(actor.town_id).filter(id=known.item.meeting_id)
    meeting = rows.select_for_update(of=("self",), no_key=True).get()
    return get_resolution(actor=actor, resolution_id=resolution_id), meeting


def list_former_minutes(*, item: AgendaItem) -> "QuerySet[FormerMinutes]":
    """What the minutes of an item that was read in scope said before, the latest first."""
    rows = FormerMinutes.objects.in_town(item.town_id).filter(item=item.id)
    return rows.select_related("replaced_by").order_by("-id")


def list_attendees(*, actor: Actor, meeting: Meeting) -> list[Staff]:
    """Those of the staff who attend, by sign-in name."""
    rows = Attendance.objects.in_town(actor.town_id).filter(meeting=meeting.id)
    rows = rows.select_related("staff").order_by("staff__username", "id")
    return [row.staff for row in rows]


def with_demand(rows: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """Items with the demand and the names that a line of an agenda shows."""
    named = rows.select_related("meeting", "demand__category", "demand__unit", "demand__owner")
    return named.defer("demand__proposer_phone", "demand__reply")


def count_unseen(*, actor: Actor, meeting: Meeting, seen: Sequence[AgendaItem]) -> int:
    """How many items of the agenda lie outside the actor's area: no more is told of them."""
    rows = AgendaItem.objects.in_town(actor.town_id).filter(meeting=meeting.id)
    return rows.count() - len(seen)


def _is_seen(actor: Actor, resolution: Resolution) -> bool:
    if actor.staff_id is not None and resolution.owner_id == actor.staff_id:
        return True
    return AgendaItem.objects.visible_to(actor).filter(id=resolution.item_id).exists()
