"""Campaigns of the small town: a gas check of its households, farmland patches with numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID

from openpyxl import Workbook

from bianfang.kernel import clock
from bianfang.outreach.campaigns import spotsheet
from bianfang.outreach.campaigns.actions import leaflets, planning, spots, visiting
from bianfang.outreach.campaigns.actions.inputs import (
    CampaignInput,
    FindingInput,
    LeafletInput,
    SpotInput,
)
from bianfang.outreach.campaigns.actions.visiting import VisitWithAll
from bianfang.outreach.campaigns.models import Campaign, Finding, Leaflet, Spot
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome

SOUND: Mapping[str, str] = {"result": "sound", "level": "none"}
GENERAL: Mapping[str, str] = {"result": "hazard", "level": "general", "what": "软管老化"}
URGENT: Mapping[str, str] = {"result": "hazard", "level": "urgent", "what": "阀门漏气"}


def plan(town: SmallTown, **changes: object) -> CampaignInput:
    given = CampaignInput(
        name="燃气排查",
        theme=Theme.ENVIRONMENT,
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=60),
        area_ids=(town.place.north.id,),
        category_id=town.category.id,
        urgent_measures="先关阀",
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def drafted(town: SmallTown, template: str = "gas_safety", /, **changes: object) -> Campaign:
    return planning.plan_campaign(
        actor=town.clerk, campaign=plan(town, **changes), template=template
    )


def running(town: SmallTown, template: str = "gas_safety", **changes: object) -> Campaign:
    campaign = drafted(town, template, **changes)
    return planning.start_campaign(actor=town.clerk, campaign_id=campaign.id)


def patches(town: SmallTown, **changes: object) -> Campaign:
    return running(town, "farmland_patches", **{"name": "图斑", **changes})


def spot(town: SmallTown, campaign: Campaign, number: str = "TB-1", /, **changes: object) -> Spot:
    given = SpotInput(
        number=number, area_id=town.place.upper_hamlet.id, place="桥头", size=Decimal("1.25")
    )
    given = replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass
    return spots.save_spot(actor=town.clerk, campaign_id=campaign.id, spot=given)


def visit(town: SmallTown, **changes: object) -> VisitInput:
    given = VisitInput(
        household_id=town.household.id,
        mode=VisitMode.DAY,
        outcome=VisitOutcome.MET,
        happened_at=clock.now(),
        visitor_ids=(town.staff["secretary"].id,),
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def finding(
    campaign: Campaign, answers: Mapping[str, str] = SOUND, spot_id: UUID | None = None
) -> FindingInput:
    return FindingInput(
        campaign_id=campaign.id, version=campaign.version, answers=answers, spot_id=spot_id
    )


def found(
    town: SmallTown,
    campaign: Campaign,
    answers: Mapping[str, str] = SOUND,
    *,
    spot_id: UUID | None = None,
    by: str = "secretary",
    **changes: object,
) -> VisitWithAll:
    return visiting.record_visit(
        actor=town.actors[by],
        visit=visit(town, **changes),
        given=[finding(campaign, answers, spot_id)],
    )


def fresh(one: Finding) -> Finding:
    rows = Finding.objects.in_town(one.town_id).select_related("demand", "campaign")
    stored = rows.get(id=one.id)
    assert isinstance(stored, Finding)
    return stored


def leaflet(town: SmallTown, **changes: object) -> Leaflet:
    given = LeafletInput(
        topic="燃气安全",
        title="三看",
        body="看软管。\n问:有味怎么办?\n答:先关阀。",
        source="应急办",
        valid_from=MONDAY,
    )
    given = replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass
    return leaflets.save_leaflet(actor=town.clerk, leaflet=given)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """As an office types it: any kind of cell in any column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "图斑"
    sheet.append([names[0] for names in spotsheet.TITLES.values()])
    for row in rows:
        sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()
