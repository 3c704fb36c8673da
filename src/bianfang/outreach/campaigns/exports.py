"""Spots as workbooks: the empty template, and what is known of them."""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.outreach.campaigns import definition, spotsheet
from bianfang.outreach.campaigns.models import Campaign
from bianfang.outreach.campaigns.queries import campaigns, spots
from bianfang.outreach.campaigns.queries.spots import SpotFilter
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind

EMPTY_ROWS = 500


def spots_template(*, actor: Actor, campaign: Campaign) -> bytes:
    """An empty table with our heads; villages and natural villages can be picked."""
    covered = [one.area_path for one in campaigns.list_areas(actor=actor, campaign=campaign)]
    names: dict[str, list[str]] = {"village": [], "hamlet": []}
    for path, area in areas.area_map(town_id=actor.town_id).items():
        if not any(path.startswith(top) or top.startswith(path) for top in covered):
            continue
        if area.kind in {AreaKind.VILLAGE, AreaKind.HAMLET} and area.valid_to is None:
            names[str(area.kind)].append(area.name)
    table = Table(
        name=campaign.name,
        columns=spotsheet.columns(campaign.size_unit),
        rows=(),
        choices={key: list(dict.fromkeys(found)) for key, found in names.items() if found},
        empty_rows=EMPTY_ROWS,
        paper=Paper.A4,
    )
    return _written(table)


def spots_workbook(*, actor: Actor, campaign: Campaign, filters: SpotFilter) -> bytes:
    """All spots in scope that the filters leave, in the columns of the template, with status."""
    table = Table(
        name=campaign.name,
        title=campaign.name,
        columns=[
            *spotsheet.columns(campaign.size_unit),
            Column(key="status", title=_("Status"), width=16),
            Column(key="found", title=_("Last looked at"), width=14, kind=ColumnKind.DATE),
        ],
        rows=_rows(actor, campaign, filters),
        paper=Paper.A4,
    )
    return _written(table)


def file_name(campaign: Campaign) -> str:
    """Name and day; without anything about a person."""
    return f"{campaign.name.replace('/', '-')}_{clock.today()}.xlsx"


def _rows(actor: Actor, campaign: Campaign, filters: SpotFilter) -> Iterator[list[CellValue]]:
    tree = areas.area_map(town_id=actor.town_id)
    asked = campaigns.get_definition(actor=actor, campaign=campaign).fields
    words = {one.value: one.name for one in definition.status_choices(asked)}
    for spot in spots.list_spots(actor=actor, campaign=campaign, filters=filters):
        is_hamlet = spot.area.kind == AreaKind.HAMLET
        village = tree[spot.area_path[:-4]] if is_hamlet else spot.area
        yield [
            spot.number,
            village.name,
            spot.area.name if is_hamlet else "",
            spot.place,
            spot.size,
            words.get(spot.status, spot.status) or _("Not looked at yet"),
            spot.last_found_on,
        ]


def _written(table: Table) -> bytes:
    target = BytesIO()
    write_workbook(target, [table])
    return target.getvalue()
