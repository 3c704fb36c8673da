from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from bianfang.kernel.errors import FieldErrors, NotAllowedError
from bianfang.outreach.campaigns import exports, spotsheet
from bianfang.outreach.campaigns.actions import planning, spots, visiting
from bianfang.outreach.campaigns.actions.inputs import SpotInput
from bianfang.outreach.campaigns.actions.spots import ImportReport
from bianfang.outreach.campaigns.errors import CampaignMoveError
from bianfang.outreach.campaigns.models import Campaign, Spot
from bianfang.outreach.campaigns.queries.spots import SpotFilter
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown

GOOD = ("TB-1", "上村", "", "桥头", Decimal("1.25"))


def taken(town: SmallTown, campaign: Campaign, *rows: tuple[object, ...]) -> ImportReport:
    content = factories.workbook(rows)
    return spots.import_spots(actor=town.clerk, campaign_id=campaign.id, content=content)


def stored(campaign: Campaign) -> dict[str, Spot]:
    return {one.number: one for one in Spot.objects.in_town(campaign.town_id).order_by("id")}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


def test_a_spot_is_written_down_and_changed(town: SmallTown) -> None:
    campaign = factories.patches(town)
    spot = factories.spot(town, campaign)

    spots.save_spot(
        actor=town.clerk,
        campaign_id=campaign.id,
        spot=SpotInput(number="TB-9", area_id=town.place.upper.id),
        spot_id=spot.id,
    )

    one = stored(campaign)["TB-9"]
    assert (one.id, one.area_path, one.size) == (spot.id, town.place.upper.path, None)
    assert str(one) == "TB-9"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"number": " "}, "number"),
        ({"number": "9" * 31}, "number"),
        ({"number": "TB-1"}, "number"),
        ({"place": "长" * 121}, "place"),
        ({"area_id": None}, "area"),
        ({"size": Decimal("-1")}, "size"),
        ({"size": Decimal("1.005")}, "size"),
    ],
)
def test_a_wrong_spot_is_refused_by_field(
    town: SmallTown, changes: dict[str, object], wrong: str
) -> None:
    campaign = factories.patches(town)
    factories.spot(town, campaign)

    with pytest.raises(FieldErrors) as refused:
        factories.spot(town, campaign, "TB-2", **changes)

    assert set(refused.value.errors) == {wrong}


def test_a_spot_lies_in_a_village_that_the_campaign_covers(town: SmallTown) -> None:
    campaign = factories.patches(town)

    for area in (town.place.north, town.place.far):
        with pytest.raises(FieldErrors) as refused:
            factories.spot(town, campaign, area_id=area.id)
        assert set(refused.value.errors) == {"area"}


def test_households_have_no_spots_and_closed_campaigns_take_none(town: SmallTown) -> None:
    campaign = factories.patches(town)
    planning.close_campaign(actor=town.clerk, campaign_id=campaign.id)

    with pytest.raises(CampaignMoveError):
        factories.spot(town, campaign)
    with pytest.raises(FieldErrors):
        factories.spot(town, factories.running(town))


def test_only_the_visiting_office_takes_spots_in(town: SmallTown) -> None:
    campaign = factories.patches(town)

    with pytest.raises(NotAllowedError):
        spots.import_spots(
            actor=town.secretary, campaign_id=campaign.id, content=factories.workbook([GOOD])
        )


def test_an_import_adds_changes_and_leaves_by_number(town: SmallTown) -> None:
    campaign = factories.patches(town)
    taken(town, campaign, GOOD, ("TB-2", "上村", town.place.upper_hamlet.name, "", ""))

    report = taken(
        town, campaign, GOOD, ("TB-2", "上村", "", "新位置", 2), (17, "下村", "", "", "0.5")
    )

    assert (report.created, report.changed, report.same) == (1, 1, 1)
    found = stored(campaign)
    assert found["TB-2"].place == "新位置"
    assert found["TB-2"].size == Decimal("2.00")
    assert found["17"].size == Decimal("0.50")
    assert found["TB-1"].area_path == town.place.upper.path


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "上村", "", "", ""), "编号"),
        (("9" * 31, "上村", "", "", ""), "编号"),
        (("TB-1", "上村", "", "", ""), "编号"),
        (("TB-2", "无此村", "", "", ""), "行政村"),
        (("TB-2", "远村", "", "", ""), "行政村"),
        (("TB-2", "上村", "无此庄", "", ""), "自然村"),
        (("TB-2", "上村", "", "长" * 121, ""), "位置"),
        (("TB-2", "上村", "", "", "多少"), "面积"),
        (("TB-2", "上村", "", "", "-1"), "面积"),
        (("TB-2", "上村", "", "", "1.234"), "面积"),
    ],
)
def test_a_wrong_row_is_told_by_sheet_row_and_column_and_nothing_is_stored(
    town: SmallTown, row: tuple[object, ...], column: str
) -> None:
    campaign = factories.patches(town)

    report = taken(town, campaign, GOOD, row)

    [error] = report.errors
    assert (error.sheet, error.row, error.column) == ("图斑", 3, column)
    assert str(error.what)
    assert str(error.mend)
    assert stored(campaign) == {}


def test_a_campaign_over_a_part_of_a_village_takes_that_part(town: SmallTown) -> None:
    campaign = factories.patches(town, area_ids=(town.place.upper_hamlet.id,))
    hamlet = town.place.upper_hamlet.name

    assert taken(town, campaign, GOOD).errors[0].column == "自然村"
    assert taken(town, campaign, ("TB-1", "上村", hamlet, "", "")).created == 1


def test_villages_of_one_name_cannot_be_told_apart(town: SmallTown) -> None:
    town.place.lower.name = town.place.upper.name
    towns = {one.path: one for one in (town.place.upper, town.place.lower)}

    read = spotsheet.read_spots(
        factories.workbook([GOOD]), areas=towns, covered=[town.place.north.path]
    )

    assert read.errors[0].column == "行政村"


@pytest.mark.parametrize("rows", [[], [("", "", "", "", "")]])
def test_an_empty_table_is_told(town: SmallTown, rows: list[tuple[object, ...]]) -> None:
    assert taken(town, factories.patches(town), *rows).errors[0].row == 0


def test_too_many_rows_are_told(town: SmallTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spotsheet, "MOST_ROWS", 1)

    report = taken(town, factories.patches(town), GOOD, ("TB-2", "上村", "", "", ""))

    assert report.errors[0].row == 0


def test_other_files_are_told(town: SmallTown) -> None:
    campaign = factories.patches(town)
    with override("en"):
        heads = exports.spots_template(actor=town.clerk, campaign=campaign)
    strange = load_workbook(BytesIO(heads))
    strange.active["A1"] = "else"
    target = BytesIO()
    strange.save(target)

    for content in (b"", b"text, text\n", target.getvalue()):
        report = spots.import_spots(actor=town.clerk, campaign_id=campaign.id, content=content)
        assert report.errors[0].row == 0


def test_the_template_is_what_the_import_reads(town: SmallTown) -> None:
    campaign = factories.patches(town)
    book = load_workbook(BytesIO(exports.spots_template(actor=town.clerk, campaign=campaign)))
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["编号", "行政村", "自然村", "位置", "面积 (亩)"]


def test_the_export_has_status_and_day_and_is_read_again(town: SmallTown) -> None:
    campaign = factories.patches(town)
    first = factories.spot(town, campaign)
    factories.spot(town, campaign, "TB-2", area_id=town.place.upper.id, size=None)
    visiting.record_spot(
        actor=town.secretary, spot_id=first.id, version=1, answers={"status": "checked"}
    )

    name, content = spots.export_spots(
        actor=town.clerk, campaign_id=campaign.id, filters=SpotFilter()
    )

    rows = [
        [cell.value for cell in row]
        for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows()
    ]
    written = {row[0]: row for row in rows}
    assert name.startswith("图斑_2026-11-16")
    assert written["TB-1"][5] == "已验收"
    assert written["TB-2"][5] == "未查看"
    report = spots.import_spots(actor=town.clerk, campaign_id=campaign.id, content=content)
    assert (report.same, report.errors) == (2, ())


def test_only_who_takes_ledgers_away_takes_spots_away(town: SmallTown) -> None:
    campaign = factories.patches(town)

    with pytest.raises(NotAllowedError):
        spots.export_spots(actor=town.handler, campaign_id=campaign.id, filters=SpotFilter())
