from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.campaigns import figures, policies
from bianfang.outreach.campaigns.actions import visiting
from bianfang.outreach.campaigns.models import Finding
from bianfang.outreach.campaigns.queries import campaigns, findings, leaflets, progress, spots
from bianfang.outreach.campaigns.queries.findings import FindingFilter
from bianfang.outreach.campaigns.queries.leaflets import Block
from bianfang.outreach.campaigns.queries.spots import NOT_LOOKED_AT, SpotFilter
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.campaigns.tests.factories import GENERAL, SOUND, URGENT
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.areas.enums import AreaKind


def whole(town: SmallTown) -> tuple[PathRange, ...]:
    return (PathRange.under(town.place.town.path),)


def test_visits_carry_running_campaigns_that_cover_the_place(town: SmallTown) -> None:
    running = factories.running(town)
    factories.drafted(town, name="草稿")
    here, far = town.household.area_path, town.far_household.area_path

    assert campaigns.list_running(actor=town.secretary, area_path=here) == [running]
    assert campaigns.list_running(actor=town.secretary, area_path=far) == []
    assert len(campaigns.list_campaigns(actor=town.secretary)) == 2
    asked = campaigns.list_definitions(actor=town.secretary, campaigns=[running])
    assert asked[running.id].version == 1


def test_findings_are_scoped_and_filtered(town: SmallTown) -> None:
    campaign = factories.running(town, area_ids=(town.place.town.id,))
    near = factories.found(town, campaign, URGENT).findings[0]
    far = factories.found(
        town, campaign, GENERAL, by="far_secretary", household_id=town.far_household.id
    ).findings[0]

    def listed(**changes: object) -> set[Finding]:
        wanted = FindingFilter(**changes)  # type: ignore[arg-type]  # names are checked by the dataclass
        return set(findings.list_findings(actor=town.clerk, filters=wanted))

    assert listed() == {near, far}
    assert listed(urgent=True) == {near}
    assert listed(last=True, campaign_id=campaign.id) == {near, far}
    assert listed(household_id=town.far_household.id) == {far}
    assert listed(reach=PathRange.under(town.place.north.path)) == {near}
    mine = findings.list_findings(actor=town.secretary, filters=FindingFilter())
    assert list(mine) == [near]
    last = findings.last_of_household(
        actor=town.clerk, household_id=town.household.id, campaigns=[campaign]
    )
    assert last == {campaign.id: near}


def test_what_waits_for_another_look_leaves_with_a_later_finding(town: SmallTown) -> None:
    campaign = factories.running(town)
    one = factories.found(town, campaign, GENERAL).findings[0]
    day = MONDAY + timedelta(days=15)
    north = PathRange.under(town.place.north.path)

    assert list(findings.list_rechecks(actor=town.clerk)) == [one]
    assert list(
        findings.list_rechecks(actor=town.clerk, reach=north, campaign_id=campaign.id, due_by=day)
    ) == [one]
    assert not findings.list_rechecks(actor=town.clerk, due_by=day - timedelta(days=1)).exists()
    factories.found(town, campaign, SOUND)
    assert not findings.list_rechecks(actor=town.clerk).exists()


def test_spots_by_status_number_and_place(town: SmallTown) -> None:
    campaign = factories.patches(town)
    done = factories.spot(town, campaign)
    new = factories.spot(town, campaign, "X-2", area_id=town.place.lower.id)
    visiting.record_spot(
        actor=town.secretary, spot_id=done.id, version=1, answers={"status": "checked"}
    )

    def listed(**changes: object) -> list[str]:
        wanted = SpotFilter(**changes)  # type: ignore[arg-type]  # names are checked by the dataclass
        rows = spots.list_spots(actor=town.clerk, campaign=campaign, filters=wanted)
        return [one.number for one in rows]

    assert listed() == ["TB-1", "X-2"]
    assert listed(status="checked") == listed(done=True) == ["TB-1"]
    assert listed(status=NOT_LOOKED_AT) == listed(done=False) == ["X-2"]
    assert listed(text="X") == ["X-2"]
    assert listed(reach=PathRange.under(town.place.lower.path)) == ["X-2"]
    near = spots.list_near(actor=town.clerk, campaign=campaign, village_path=town.place.upper.path)
    assert near == [done]
    everywhere = spots.list_spots(actor=town.clerk, campaign=None, filters=SpotFilter())
    assert len(everywhere) == 2
    stored = spots.get_spot(actor=town.secretary, spot_id=done.id)
    assert stored.status == "checked"
    assert len(findings.list_of_spot(actor=town.secretary, spot=stored)) == 1
    with pytest.raises(NotFoundError):
        spots.get_spot(actor=town.secretary, spot_id=new.id)
    with pytest.raises(NotFoundError):
        spots.get_spot_for_update(actor=town.secretary, spot_id=new.id)


def test_progress_counts_households_by_village(town: SmallTown) -> None:
    campaign = factories.running(town)
    factories.found(town, campaign)

    rows = progress.progress(
        actor=town.clerk, campaign=campaign, reach=whole(town), level=AreaKind.VILLAGE
    )

    assert [(one.area, one.checked, one.to_check) for one in rows] == [(town.place.upper, 1, 2)]
    assert rows[0].share.text() == "50.0%"
    assert progress.total(rows).text() == "50.0%"


def test_progress_counts_spots_by_status(town: SmallTown) -> None:
    campaign = factories.patches(town)
    for number, status in (("1", "checked"), ("2", "going_on"), ("3", "")):
        spot = factories.spot(town, campaign, number)
        if status:
            visiting.record_spot(
                actor=town.secretary, spot_id=spot.id, version=1, answers={"status": status}
            )

    [row] = progress.progress(
        actor=town.clerk, campaign=campaign, reach=whole(town), level=AreaKind.VILLAGE
    )

    assert (row.to_check, row.checked) == (3, 1)
    assert row.statuses == {"checked": 1, "going_on": 1, "": 1}


def test_progress_takes_as_many_queries_for_few_as_for_many(town: SmallTown) -> None:
    campaign = factories.running(town)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            progress.progress(
                actor=town.clerk, campaign=campaign, reach=whole(town), level=AreaKind.VILLAGE
            )
        return len(queries)

    before = asked()
    factories.found(town, campaign)
    factories.found(town, campaign, household_id=town.neighbour.id)
    assert asked() == before


@pytest.mark.parametrize("figure", figures.FIGURES, ids=lambda figure: figure.key)
def test_a_figure_counts_its_rows(town: SmallTown, figure: Figure) -> None:
    campaign = factories.running(town)
    factories.found(town, campaign, URGENT)
    factories.found(town, campaign, GENERAL, household_id=town.neighbour.id)
    patches = factories.patches(town)
    spot = factories.spot(town, patches)
    factories.spot(town, patches, "TB-2")
    visiting.record_spot(
        actor=town.secretary, spot_id=spot.id, version=1, answers={"status": "checked"}
    )
    expected = {
        "campaign_findings": (3, None),
        "campaign_urgent": (1, None),
        "campaign_rechecks_due": (1, None),
        "campaign_spots_done": (1, 2),
    }
    scope = FigureScope(town_id=town.town.id, ranges=whole(town), as_of=MONDAY + timedelta(days=5))

    value = figure.value(scope)

    assert (value.numerator, value.denominator) == expected[figure.key]
    assert len(figure.rows(scope)) == value.numerator


def test_leaflets_by_topic_as_long_as_they_are_in_force(town: SmallTown) -> None:
    one = factories.leaflet(town)
    factories.leaflet(
        town, title="旧", valid_from=MONDAY - timedelta(days=9), valid_to=MONDAY - timedelta(days=1)
    )
    factories.leaflet(town, title="新", valid_from=MONDAY + timedelta(days=1))

    found = leaflets.leaflets_of(actor=town.secretary, topics=["燃气安全", "别的"])

    assert found == {"燃气安全": [one]}
    assert leaflets.list_leaflets(actor=town.secretary).count() == 3
    assert str(leaflets.get_leaflet(actor=town.secretary, leaflet_id=one.id)) == "三看"
    with pytest.raises(NotFoundError):
        leaflets.get_leaflet(actor=town.secretary, leaflet_id=new_id())


def test_a_text_becomes_paragraphs_and_questions_with_answers() -> None:
    body = "第一段\n\n问:甲?\n答:乙。\n问：丙？\n第二段\n答:散\n问:末?"

    assert leaflets.blocks_of(body) == [
        Block(text="第一段"),
        Block(question="甲?", text="乙。"),
        Block(question="丙？", text=""),
        Block(text="第二段"),
        Block(text="答:散"),
        Block(question="末?", text=""),
    ]
    assert leaflets.blocks_of("问:一?\n问:二?\n答:好") == [
        Block(question="一?", text=""),
        Block(question="二?", text="好"),
    ]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"topic": ""}, "topic"),
        ({"title": "长" * 61}, "title"),
        ({"title": "三看"}, "title"),
        ({"source": " "}, "source"),
        ({"body": "打 10000000813 找他"}, "body"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_to": MONDAY - timedelta(days=1)}, "valid_to"),
    ],
)
def test_a_wrong_leaflet_is_refused_by_field(
    town: SmallTown, changes: dict[str, object], wrong: str
) -> None:
    factories.leaflet(town)

    with pytest.raises(FieldErrors) as refused:
        factories.leaflet(town, **{"title": "别的", **changes})

    assert set(refused.value.errors) == {wrong}


def test_rights_to_findings_spots_and_leaflets(town: SmallTown) -> None:
    campaign = factories.patches(town)
    spot = factories.spot(town, campaign)

    assert policies.can_record_spot(town.secretary, campaign, spot)
    assert not policies.can_record_spot(town.far_secretary, campaign, spot)
    assert not policies.can_record_spot(town.secretary, factories.drafted(town), spot)
    with pytest.raises(NotAllowedError):
        policies.check_can_record_finding(town.far_secretary, spot.area_path)
    with pytest.raises(NotAllowedError):
        policies.check_can_manage_campaigns(town.secretary)
    with pytest.raises(NotAllowedError):
        policies.check_can_export_spots(town.handler)


def test_the_database_holds_one_last_finding_of_a_household(town: SmallTown) -> None:
    campaign = factories.running(town)
    one = factories.found(town, campaign).findings[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(
            town_id=one.town_id,
            campaign=campaign,
            definition=one.definition,
            household=town.household,
            area_path=one.area_path,
            found_at=clock.now(),
            recorded_at=clock.now(),
            recorded_by=town.staff["clerk"],
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.in_town(one.town_id).update(urgent=True)
