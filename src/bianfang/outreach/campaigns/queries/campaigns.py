"""Campaigns, their areas, the questions they ask."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.campaigns.models import (
    Campaign,
    CampaignArea,
    CampaignQuerySet,
    Definition,
)
from bianfang.outreach.campaigns.workflow import CampaignState

NO_CAMPAIGN = _("There is no such campaign in your town.")


def list_campaigns(*, actor: Actor) -> "QuerySet[Campaign]":
    """All campaigns, the latest first; a town has a few dozen in years."""
    return Campaign.objects.visible_to(actor).order_by("-planned_at", "-id")


def get_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The campaign with its category, or NotFoundError."""
    rows: CampaignQuerySet = Campaign.objects.visible_to(actor).select_related("category")
    return _only(rows, campaign_id)


def get_campaign_for_update(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The campaign, locked: moves of one campaign follow each other."""
    rows = Campaign.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    return _only(rows, campaign_id)


def list_areas(*, actor: Actor, campaign: Campaign) -> "QuerySet[CampaignArea]":
    """The parts of the town that it covers, from the top down."""
    rows = CampaignArea.objects.in_town(actor.town_id).filter(campaign=campaign)
    return rows.select_related("area").order_by("area_path")


def get_definition(*, actor: Actor, campaign: Campaign) -> Definition:
    """The questions asked now."""
    rows = Definition.objects.in_town(actor.town_id).filter(campaign=campaign)
    found = rows.get(version=campaign.version)
    assert isinstance(found, Definition)
    return found


def list_definitions(*, actor: Actor, campaigns: Sequence[Campaign]) -> dict[UUID, Definition]:
    """The questions that each of these campaigns asks now, in one query."""
    versions = {campaign.id: campaign.version for campaign in campaigns}
    rows = Definition.objects.in_town(actor.town_id).filter(campaign__in=list(versions))
    return {
        one.campaign_id: one
        for one in rows.order_by("id")
        if one.version == versions[one.campaign_id]
    }


def list_running(*, actor: Actor, area_path: str) -> list[Campaign]:
    """Running campaigns that cover a place, the oldest first: what a visit there carries."""
    covering = CampaignArea.objects.in_town(actor.town_id).filter(
        area_path__in=[*parents(area_path), area_path],
        campaign__state=CampaignState.RUNNING,
    )
    wanted = covering.order_by().values("campaign_id")
    rows = Campaign.objects.in_town(actor.town_id).filter(id__in=wanted)
    return list(rows.select_related("category").order_by("planned_at", "id"))


def list_running_anywhere(*, actor: Actor) -> list[tuple[Campaign, list[str]]]:
    """All running campaigns, the oldest first, with the paths of the areas they cover."""
    running = Campaign.objects.visible_to(actor).filter(state=CampaignState.RUNNING)
    found = list(running.order_by("planned_at", "id"))
    covered = CampaignArea.objects.in_town(actor.town_id).filter(
        campaign__in=[one.id for one in found]
    )
    paths: dict[UUID, list[str]] = defaultdict(list)
    for campaign_id, path in covered.order_by("area_path").values_list("campaign_id", "area_path"):
        paths[campaign_id].append(path)
    return [(one, paths[one.id]) for one in found]


def _only(rows: CampaignQuerySet, campaign_id: UUID) -> Campaign:
    found = rows.filter(id=campaign_id).first()
    if found is None:
        raise NotFoundError(NO_CAMPAIGN)
    return found
