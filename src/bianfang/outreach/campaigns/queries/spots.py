"""Spots of a campaign, one or many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.campaigns.models import Campaign, Spot

NO_SPOT = _("There is no such spot in your area.")
NOT_LOOKED_AT = "none"
"""Asks for spots without a finding."""
PLACE_ORDER = ("area_path", "number", "id")
OFFERED = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotFilter:
    """What a list of spots is narrowed to; empty fields leave all."""

    status: str = ""
    done: bool | None = None
    text: str = ""
    reach: PathRange | None = None


def list_spots(*, actor: Actor, campaign: Campaign | None, filters: SpotFilter) -> "QuerySet[Spot]":
    """Spots in scope, of one campaign or of all (`take_page` with PLACE_ORDER)."""
    rows = Spot.objects.visible_to(actor).select_related("area", "campaign")
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    if filters.status:
        rows = rows.filter(status="" if filters.status == NOT_LOOKED_AT else filters.status)
    if filters.done is not None:
        rows = rows.filter(is_done=filters.done)
    if text := filters.text.strip():
        rows = rows.filter(number__startswith=text)
    if filters.reach is not None:
        rows = rows.filter(within([filters.reach]))
    return rows.order_by(*PLACE_ORDER)


def get_spot(*, actor: Actor, spot_id: UUID) -> Spot:
    """The spot with its campaign and area, or NotFoundError."""
    rows = Spot.objects.visible_to(actor).select_related("campaign", "area")
    found = rows.filter(id=spot_id).first()
    if found is None:
        raise NotFoundError(NO_SPOT)
    assert isinstance(found, Spot)
    return found


def get_spot_for_update(*, actor: Actor, spot_id: UUID) -> Spot:
    """The spot, locked: its findings follow each other."""
    rows = Spot.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    found = rows.filter(id=spot_id).first()
    if found is None:
        raise NotFoundError(NO_SPOT)
    assert isinstance(found, Spot)
    return found


def list_near(*, actor: Actor, campaign: Campaign, village_path: str) -> list[Spot]:
    """Spots of a village that a visit there may be about; those still to do come first."""
    rows = Spot.objects.visible_to(actor).filter(
        within([PathRange.under(village_path)]), campaign=campaign
    )
    return list(rows.order_by("is_done", *PLACE_ORDER)[:OFFERED])


def list_at(
    *, actor: Actor, campaigns: Sequence[Campaign], area_paths: Iterable[str]
) -> "QuerySet[Spot]":
    """Spots of these campaigns at exactly these places; those still to do come first."""
    rows = Spot.objects.visible_to(actor).filter(
        campaign__in=[one.id for one in campaigns], area_path__in=sorted(area_paths)
    )
    return rows.order_by("is_done", *PLACE_ORDER)


def spots_by_number(*, actor: Actor, campaign: Campaign) -> dict[str, Spot]:
    """All spots of a campaign, locked, by number: what an import compares with."""
    rows = Spot.objects.in_town(actor.town_id).filter(campaign=campaign)
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("id")
    return {spot.number: spot for spot in locked}
