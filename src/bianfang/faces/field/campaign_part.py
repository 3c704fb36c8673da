"""What running campaigns ask, as the phone page draws it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from bianfang.faces.field import places
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import STEP
from bianfang.outreach.campaigns.definition import Choice, Field
from bianfang.outreach.campaigns.models import Campaign, Spot
from bianfang.outreach.campaigns.queries import campaigns, spots
from bianfang.register.areas.models import Area

Part = dict[str, Any]


def campaigns_part(actor: Actor, hamlets: Sequence[Area], mine: set[UUID]) -> list[Part]:
    """Campaigns that cover one of the natural villages; spots only where the person answers."""
    covering = [
        (campaign, list(places.covered_by(paths, hamlets)))
        for campaign, paths in campaigns.list_running_anywhere(actor=actor)
    ]
    here = [(campaign, covered) for campaign, covered in covering if covered]
    asked = campaigns.list_definitions(actor=actor, campaigns=[one for one, _covered in here])
    own = [hamlet for hamlet in hamlets if hamlet.id in mine]
    at = _spots_by_campaign(actor, [one for one, _covered in here if one.has_spots], own)
    return [
        {
            "id": str(campaign.id),
            "name": campaign.name,
            "version": campaign.version,
            "hamlets": [str(hamlet.id) for hamlet in covered],
            "fields": [_field(one) for one in asked[campaign.id].fields],
            "spot_word": campaign.spot_word,
            "spots": list(_spots(at.get(campaign.id, []), own)),
        }
        for campaign, covered in here
    ]


def _spots_by_campaign(
    actor: Actor, looking: Sequence[Campaign], own: Sequence[Area]
) -> Mapping[UUID, list[Spot]]:
    """Spots lie in a natural village, or in the village around it."""
    paths = {path for hamlet in own for path in (hamlet.path, hamlet.path[:-STEP])}
    found: dict[UUID, list[Spot]] = {campaign.id: [] for campaign in looking}
    for spot in spots.list_at(actor=actor, campaigns=looking, area_paths=paths):
        found[spot.campaign_id].append(spot)
    return found


def _spots(found: Sequence[Spot], own: Sequence[Area]) -> Iterator[Part]:
    """Each under its natural village; one of a whole village under all of them."""
    for spot in found:
        for hamlet in own:
            if hamlet.path.startswith(spot.area_path):
                yield {
                    "id": str(spot.id),
                    "number": spot.number,
                    "place": spot.place,
                    "hamlet_id": str(hamlet.id),
                }


def _field(asked: Field) -> Part:
    return {
        "key": asked.key,
        "label": asked.label,
        "label_en": asked.label_en,
        "kind": asked.kind.value,
        "required": asked.required,
        "places": asked.places,
        "unit": asked.unit,
        "choices": [_choice(one) for one in asked.choices],
    }


def _choice(choice: Choice) -> Part:
    return {
        "value": choice.value,
        "label": choice.label,
        "label_en": choice.label_en,
        "urgent": choice.urgent_days is not None,
    }
