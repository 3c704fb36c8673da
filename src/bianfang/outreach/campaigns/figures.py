"""The figures counted from campaigns, each with its formula in words and the list it opens."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.tenancy.paths import within
from bianfang.outreach.campaigns.models import Finding, Spot
from bianfang.outreach.campaigns.workflow import CampaignState


def findings(scope: FigureScope) -> "QuerySet[Finding]":
    """What was found up to that day."""
    rows = Finding.objects.in_town(scope.town_id).filter(
        within(scope.ranges), found_at__lt=_end_of(scope)
    )
    return rows.order_by("-found_at", "-id")


def urgent_findings(scope: FigureScope) -> "QuerySet[Finding]":
    """Those that raised an urgent demand."""
    return findings(scope).filter(urgent=True)


def rechecks_due(scope: FigureScope) -> "QuerySet[Finding]":
    """Last findings of running campaigns whose day of another look has come."""
    rows: QuerySet[Any] = findings(scope).filter(
        is_last=True, recheck_on__lte=scope.as_of, campaign__state=CampaignState.RUNNING
    )
    return rows.order_by("recheck_on", "id")


def spots(scope: FigureScope) -> "QuerySet[Spot]":
    """All spots of all campaigns."""
    rows = Spot.objects.in_town(scope.town_id).filter(within(scope.ranges))
    return rows.order_by("area_path", "number", "id")


def spots_done(scope: FigureScope) -> "QuerySet[Spot]":
    """Spots whose last finding says that nothing is left to do."""
    return spots(scope).filter(is_done=True)


def _end_of(scope: FigureScope) -> datetime:
    return clock.in_town(scope.as_of + timedelta(days=1), 0)


FIGURES = (
    Figure(
        key="campaign_findings",
        label=_("Findings of campaigns"),
        unit=_("findings"),
        formula=_("Findings written down, later ones of the same household or spot included"),
        rows=findings,
        page="campaigns:findings",
    ),
    Figure(
        key="campaign_urgent",
        label=_("Urgent findings"),
        unit=_("findings"),
        formula=_("Findings that raised an urgent demand"),
        rows=urgent_findings,
        page="campaigns:findings",
        page_query={"urgent": "yes"},
    ),
    Figure(
        key="campaign_rechecks_due",
        label=_("Another look due"),
        unit=_("findings"),
        formula=_("Last findings in running campaigns whose day of another look has come"),
        rows=rechecks_due,
        page="campaigns:rechecks",
        page_query={"due": "yes"},
    ),
    Figure(
        key="campaign_spots_done",
        label=_("Spots settled"),
        unit="",
        formula=_("Spots whose last finding leaves nothing to do ÷ all spots"),
        rows=spots_done,
        out_of=spots,
        page="campaigns:all_spots",
        page_query={"done": "yes"},
    ),
)
