"""Writing down spots, by a form or from an office's workbook; taking them away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.campaigns import exports, policies, spotsheet, workflow
from bianfang.outreach.campaigns.actions.inputs import SpotInput
from bianfang.outreach.campaigns.definition import Errors
from bianfang.outreach.campaigns.enums import Verb
from bianfang.outreach.campaigns.models import Campaign, Spot
from bianfang.outreach.campaigns.queries import campaigns, spots
from bianfang.outreach.campaigns.queries.spots import SpotFilter
from bianfang.outreach.campaigns.spotsheet import RowError, SpotRow
from bianfang.outreach.campaigns.workflow import Move
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area

LARGEST_SIZE = Decimal(10) ** 9


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did; with errors it did nothing at all."""

    created: int = 0
    changed: int = 0
    same: int = 0
    errors: Sequence[RowError] = field(default=())


@transaction.atomic
def save_spot(
    *, actor: Actor, campaign_id: UUID, spot: SpotInput, spot_id: UUID | None = None
) -> Spot:
    """Write down a new spot, or change one; its number is there once in the campaign."""
    campaign = _begin(actor, campaign_id)
    area = areas.get_area(actor=actor, area_id=spot.area_id) if spot.area_id else None
    errors = _errors(spot, area)
    clash = Spot.objects.in_town(actor.town_id).filter(
        campaign=campaign, number=spot.number.strip()
    )
    if (clash.exclude(id=spot_id) if spot_id else clash).exists():
        errors["number"] = _("This number is there already.")
    if area and not _covers(actor, campaign, area):
        errors["area"] = _("The campaign does not cover this area.")
    if errors:
        raise FieldErrors(errors)
    assert area is not None
    stored = (
        spots.get_spot_for_update(actor=actor, spot_id=spot_id)
        if spot_id
        else Spot(town_id=actor.town_id, campaign=campaign)
    )
    _write(stored, spot, area)
    stored.save()
    facts = {"name": campaign.name, "number": stored.number}
    journal.record(actor=actor, verb=Verb.SPOT_SAVED, target=campaign, facts=facts)
    return stored


@transaction.atomic
def import_spots(*, actor: Actor, campaign_id: UUID, content: bytes) -> ImportReport:
    """Take in a workbook: a number that is known is changed, a new one added, none is lost.

    With a wrong row nothing is stored; each is told by sheet, row and column with how to mend it.
    """
    campaign = _begin(actor, campaign_id)
    tree = areas.area_map(town_id=actor.town_id)
    covered = [one.area_path for one in campaigns.list_areas(actor=actor, campaign=campaign)]
    read = spotsheet.read_spots(content, areas=tree, covered=covered)
    if read.errors:
        return ImportReport(errors=read.errors)
    known = spots.spots_by_number(actor=actor, campaign=campaign)
    new, changed, same = [], [], 0
    for row in read.rows:
        stored = known.get(row.number)
        if stored is None:
            new.append(_new(campaign, row, tree[row.area_path]))
        elif _is_same(stored, row):
            same += 1
        else:
            _write(stored, _as_input(row, tree[row.area_path]), tree[row.area_path])
            changed.append(stored)
    Spot.objects.bulk_create(new)
    if changed:
        Spot.objects.bulk_update(changed, ["area", "area_path", "place", "size"])
    report = ImportReport(created=len(new), changed=len(changed), same=same)
    facts = {"name": campaign.name, "created": len(new), "changed": len(changed)}
    journal.record(actor=actor, verb=Verb.SPOTS_IMPORTED, target=campaign, facts=facts)
    return report


@transaction.atomic
def export_spots(*, actor: Actor, campaign_id: UUID, filters: SpotFilter) -> tuple[str, bytes]:
    """Name and content of the workbook with the spots in scope; who took it is kept."""
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    policies.check_can_export_spots(actor)
    facts = {"name": campaign.name}
    journal.record(actor=actor, verb=Verb.SPOTS_EXPORTED, target=campaign, facts=facts)
    content = exports.spots_workbook(actor=actor, campaign=campaign, filters=filters)
    return exports.file_name(campaign), content


def _begin(actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = campaigns.get_campaign_for_update(actor=actor, campaign_id=campaign_id)
    policies.check_can_manage_campaigns(actor)
    workflow.check_move(campaign.state, Move.TAKE_SPOTS)
    if not campaign.has_spots:
        raise FieldErrors({"": _("This campaign looks at households, not at spots.")})
    return campaign


def _errors(given: SpotInput, area: Area | None) -> Errors:
    errors: Errors = {}
    number = given.number.strip()
    if not number:
        errors["number"] = _("Write down the number.")
    elif len(number) > spotsheet.LONGEST_NUMBER:
        errors["number"] = _("At most 30 characters.")
    if len(given.place.strip()) > spotsheet.LONGEST_PLACE:
        errors["place"] = _("At most 120 characters.")
    if area is None or area.kind not in {AreaKind.VILLAGE, AreaKind.HAMLET}:
        errors["area"] = _("Choose a village or natural village.")
    size = given.size
    if size is not None and not 0 <= size < LARGEST_SIZE:
        errors["size"] = _("A size is not negative, and not this large.")
    elif size is not None and size != round(size, 2):
        errors["size"] = _("At most two decimals.")
    return errors


def _covers(actor: Actor, campaign: Campaign, area: Area) -> bool:
    covered = campaigns.list_areas(actor=actor, campaign=campaign)
    return any(area.path.startswith(one.area_path) for one in covered)


def _new(campaign: Campaign, row: SpotRow, area: Area) -> Spot:
    spot = Spot(town_id=campaign.town_id, campaign=campaign)
    _write(spot, _as_input(row, area), area)
    return spot


def _as_input(row: SpotRow, area: Area) -> SpotInput:
    return SpotInput(number=row.number, area_id=area.id, place=row.place, size=row.size)


def _write(spot: Spot, given: SpotInput, area: Area) -> None:
    spot.number, spot.place, spot.size = given.number.strip(), given.place.strip(), given.size
    spot.area, spot.area_path = area, area.path


def _is_same(spot: Spot, row: SpotRow) -> bool:
    return (spot.area_path, spot.place, spot.size) == (row.area_path, row.place, row.size)
