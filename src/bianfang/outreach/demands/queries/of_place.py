"""The demands of the households of one natural village, as a visitor takes them along."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import UNSETTLED

DAYS = 180
TAKEN = (
    "town",
    "household",
    "number",
    "content",
    "category",
    "state",
    "due_on",
    "registered_at",
    "area_path",
    "unit",
    "owner",
    "proposer_name",
)
"""What a phone shows, and what decides whether it may be shown."""


def list_recent_of_place(*, actor: Actor, area_path: str) -> "QuerySet[Demand]":
    """What is open or was said in the last half-year, by household, the newest first."""
    since = clock.now() - timedelta(days=DAYS)
    rows = Demand.objects.visible_to(actor).filter(
        Q(state__in=sorted(UNSETTLED)) | Q(registered_at__gte=since),
        household__area_path=area_path,
        household__ended_on__isnull=True,
    )
    return rows.only(*TAKEN).order_by("household", "-registered_at", "-id")
