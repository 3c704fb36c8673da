"""Lists of meetings, and the resolutions that somebody has to carry out."""

from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import Page, take_page
from bianfang.outreach.meetings.models import AgendaItem, Meeting, MeetingQuerySet, Resolution
from bianfang.outreach.meetings.workflow import OPEN, MeetingState

ORDER = ("-held_on", "-id")


def page_meetings(*, actor: Actor, token: str = "", size: int = 50) -> Page[Meeting]:
    """Meetings of the town, the latest first, with how much was on them and how much is left."""
    rows = Meeting.objects.visible_to(actor).select_related("chair")
    items = AgendaItem.objects.filter(town_id=OuterRef("town_id"), meeting=OuterRef("id"))
    made = Resolution.objects.filter(town_id=OuterRef("town_id"), item__meeting=OuterRef("id"))
    counted = rows.annotate(
        item_count=_count(items, "meeting"),
        resolution_count=_count(made, "item__meeting"),
        left_count=_count(made.filter(done_on__isnull=True), "item__meeting"),
    )
    return take_page(counted, order=ORDER, token=token, size=size)


def list_open_meetings(*, actor: Actor) -> MeetingQuerySet:
    """Meetings whose agenda is still open, the next one first."""
    return (
        Meeting.objects.visible_to(actor).filter(state__in=sorted(OPEN)).order_by("held_on", "id")
    )


def list_own_resolutions(*, actor: Actor, staff_id: UUID) -> "QuerySet[Resolution]":
    """What closed meetings gave this person to do and is not done, the nearest deadline first."""
    rows = _own(actor, staff_id).filter(done_on__isnull=True)
    return rows.order_by("due_on", "id")


def list_own_done(*, actor: Actor, staff_id: UUID, since: date) -> "QuerySet[Resolution]":
    """What was carried out of it since that day, the latest first."""
    return _own(actor, staff_id).filter(done_on__gte=since).order_by("-done_on", "-id")


def _own(actor: Actor, staff_id: UUID) -> "QuerySet[Resolution]":
    rows = Resolution.objects.in_town(actor.town_id).filter(
        owner=staff_id, item__meeting__state=MeetingState.CLOSED
    )
    return rows.select_related("item__meeting", "item__demand", "owner", "unit")


def _count(rows: "QuerySet[AgendaItem] | QuerySet[Resolution]", by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("id")).values("number")
    return Coalesce(Subquery(counted), 0)
