"""Findings: the list, those due for another look, those of one thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.campaigns.models import Campaign, Finding, Spot
from bianfang.outreach.campaigns.workflow import CampaignState

NEWEST = ("-found_at", "-id")
SOONEST = ("recheck_on", "id")
OF_ONE_SPOT = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingFilter:
    """What a list of findings is narrowed to; empty fields leave all."""

    campaign_id: UUID | None = None
    urgent: bool | None = None
    last: bool | None = None
    household_id: UUID | None = None
    reach: PathRange | None = None


def list_findings(*, actor: Actor, filters: FindingFilter) -> "QuerySet[Finding]":
    """Findings in scope, the newest first (`take_page` with NEWEST)."""
    rows = _with_names(Finding.objects.visible_to(actor))
    wanted = {
        "campaign": filters.campaign_id,
        "urgent": filters.urgent,
        "is_last": filters.last,
        "household": filters.household_id,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if filters.reach is not None:
        rows = rows.filter(within([filters.reach]))
    return rows.order_by(*NEWEST)


def list_rechecks(
    *,
    actor: Actor,
    reach: PathRange | None = None,
    campaign_id: UUID | None = None,
    due_by: date | None = None,
) -> "QuerySet[Finding]":
    """What waits for another look in running campaigns, the soonest first (SOONEST).

    A later finding takes it off the list, unless that asks for another look in its turn.
    """
    rows = _with_names(Finding.objects.visible_to(actor)).filter(
        is_last=True, recheck_on__isnull=False, campaign__state=CampaignState.RUNNING
    )
    if reach is not None:
        rows = rows.filter(within([reach]))
    if campaign_id is not None:
        rows = rows.filter(campaign=campaign_id)
    if due_by is not None:
        rows = rows.filter(recheck_on__lte=due_by)
    return rows.order_by(*SOONEST)


def list_of_spot(*, actor: Actor, spot: Spot) -> list[Finding]:
    """What was found at a spot, the latest first."""
    rows = _with_names(Finding.objects.in_town(actor.town_id)).filter(spot=spot)
    return list(rows.order_by(*NEWEST)[:OF_ONE_SPOT])


def list_of_visit(*, actor: Actor, visit_id: UUID) -> list[Finding]:
    """What a visit in scope found, in the order of writing."""
    rows = _with_names(Finding.objects.visible_to(actor)).filter(visit=visit_id)
    return list(rows.order_by("id"))


def list_of_demand(*, actor: Actor, demand_id: UUID) -> list[Finding]:
    """The findings that a demand comes from, as far as the actor reads visits there."""
    rows = _with_names(Finding.objects.visible_to(actor)).filter(demand=demand_id)
    return list(rows.order_by("id"))


def find_last(
    *, town_id: UUID, campaign: Campaign, household_id: UUID | None, spot: Spot | None
) -> Finding | None:
    """The finding that counts so far, with its demand."""
    rows = Finding.objects.in_town(town_id).filter(
        campaign=campaign, household=household_id, spot=spot, is_last=True
    )
    found = rows.select_related("demand").first()
    assert found is None or isinstance(found, Finding)
    return found


def last_of_household(
    *, actor: Actor, household_id: UUID, campaigns: Iterable[Campaign]
) -> dict[UUID, Finding]:
    """What counts of a household in these campaigns, by campaign."""
    rows = Finding.objects.visible_to(actor).filter(
        household=household_id, is_last=True, campaign__in=[one.id for one in campaigns]
    )
    return {one.campaign_id: one for one in rows.select_related("definition").order_by("id")}


def _with_names(rows: "QuerySet[Finding]") -> "QuerySet[Finding]":
    linked = rows.select_related(
        "campaign", "definition", "household", "spot", "demand", "recorded_by"
    )
    return linked.defer("demand__proposer_phone")
