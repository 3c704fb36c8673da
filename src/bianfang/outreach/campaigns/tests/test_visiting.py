from datetime import date, timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.outreach.campaigns.actions import asking, planning, visiting
from bianfang.outreach.campaigns.actions.inputs import FindingInput
from bianfang.outreach.campaigns.definition import Choice, Field
from bianfang.outreach.campaigns.enums import FieldKind
from bianfang.outreach.campaigns.models import Finding, Spot
from bianfang.outreach.campaigns.queries import campaigns, findings
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.campaigns.tests.factories import (
    GENERAL,
    SOUND,
    URGENT,
    finding,
    fresh,
    visit,
)
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput, UrgentInput
from bianfang.outreach.demands.enums import Route, Source
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.models import Visit

HAZARD = Field(
    key="",
    label="险情",
    kind=FieldKind.CHOICE,
    is_status=True,
    choices=(
        Choice(value="none", label="无", done=True),
        Choice(value="danger", label="险", urgent_days=0),
    ),
)


def test_a_visit_without_findings_is_a_plain_visit(town: SmallTown) -> None:
    both = visiting.record_visit(actor=town.secretary, visit=visit(town))

    assert not both.findings
    assert not both.demands


def test_a_finding_keeps_version_household_visit_who_and_when(town: SmallTown) -> None:
    campaign = factories.running(town)

    both = factories.found(town, campaign, GENERAL)

    [one] = both.findings
    assert one.definition.version == 1
    assert (one.household_id, one.spot_id) == (town.household.id, None)
    assert one.visit_id == both.visit.id
    assert one.area_path == town.household.area_path
    assert one.recorded_by_id == town.staff["secretary"].id
    assert one.found_at == both.visit.happened_at
    assert one.recheck_on == MONDAY + timedelta(days=15)
    assert one.demand is None
    assert "软管老化" in one.text
    assert str(one) == "2026-11-16"


def test_later_findings_do_not_overwrite_and_the_last_counts(town: SmallTown) -> None:
    campaign = factories.running(town)
    with clock.at(clock.now() + timedelta(hours=2)):
        later = factories.found(town, campaign, SOUND).findings[0]
        earlier = factories.found(
            town, campaign, GENERAL, happened_at=clock.now() - timedelta(hours=1)
        ).findings[0]
        last = factories.found(town, campaign, GENERAL).findings[0]

    assert [fresh(one).is_last for one in (later, earlier, last)] == [False, False, True]
    assert fresh(later).answers == SOUND


def test_an_urgent_answer_raises_a_demand_with_the_unit_at_once(town: SmallTown) -> None:
    campaign = factories.running(town)

    both = factories.found(town, campaign, URGENT)

    [demand], [one] = both.demands, both.findings
    stored = demands.fresh(demand)
    assert stored.urgent
    assert (stored.state, stored.route) == (DemandState.HANDLING, Route.TIMED)
    assert stored.unit_id == town.units["roads"].id
    assert stored.owner_id == town.staff["roads_handler"].id
    assert stored.due_on == date(2026, 11, 17)
    assert stored.measures == "先关阀"
    assert stored.source == Source.VISIT
    assert stored.visit_id == both.visit.id
    assert stored.household_id == town.household.id
    assert "阀门漏气" in stored.content
    assert fresh(one).demand_id == demand.id
    assert both.visit.demand_count == 1
    assert findings.list_of_demand(actor=town.clerk, demand_id=demand.id) == [one]


def test_a_leader_who_accepts_no_demands_raises_an_urgent_one(town: SmallTown) -> None:
    campaign = factories.running(town)

    [demand] = factories.found(town, campaign, URGENT, by="leader").demands

    assert demand.state == DemandState.HANDLING


def test_a_demand_that_the_visit_brings_itself_is_taken_instead(town: SmallTown) -> None:
    campaign = factories.running(town)
    said = DemandInput(content="灶上漏气", category_id=town.category.id)
    other = DemandInput(content="低保", category_id=town.other_category.id)

    both = visiting.record_visit(
        actor=town.secretary,
        visit=visit(town),
        demands=[other, said],
        given=[finding(campaign, URGENT)],
    )

    [one] = both.findings
    assert len(both.demands) == 2
    assert one.demand_id == both.demands[1].id
    assert demands.fresh(both.demands[1]).state == DemandState.HANDLING
    assert not demands.fresh(both.demands[0]).urgent


@pytest.mark.parametrize("is_onsite", [True, False])
def test_what_was_settled_on_the_spot_stays_so_and_is_marked(
    town: SmallTown, is_onsite: bool
) -> None:
    campaign = factories.running(town)
    said = DemandInput(content="灶上漏气", category_id=town.category.id)
    given = (
        OnsiteInput(demand=said, result="换了软管", reply="当面告知")
        if is_onsite
        else UrgentInput(demand=said, measures="先停用", days=3)
    )

    both = visiting.record_visit(
        actor=town.secretary,
        visit=visit(town),
        demands=[given],
        given=[finding(campaign, URGENT)],
    )

    [demand] = both.demands
    assert demand.urgent
    assert (demand.state == DemandState.AWAITING_REVIEW) is is_onsite
    assert both.findings[0].demand_id == demand.id


def test_a_danger_that_is_still_open_is_not_raised_twice(town: SmallTown) -> None:
    campaign = factories.running(town)
    first = factories.found(town, campaign, URGENT)

    second = factories.found(town, campaign, URGENT)

    assert second.demands == ()
    assert second.findings[0].demand_id == first.demands[0].id


def test_once_it_is_settled_a_new_danger_is_a_new_demand(town: SmallTown) -> None:
    campaign = factories.running(town)
    [first] = factories.found(town, campaign, URGENT).demands
    demands.submitted(town, demands.fresh(first), by="roads_handler")
    review.write_off(actor=town.clerk, demand_id=first.id)

    assert len(factories.found(town, campaign, URGENT).demands) == 1


def test_a_repeated_visit_has_no_second_effect(town: SmallTown) -> None:
    campaign = factories.running(town)
    sent = visit(town, visit_id=new_id())
    act = {"actor": town.secretary, "visit": sent, "given": [finding(campaign, URGENT)]}
    first = visiting.record_visit(**act)  # type: ignore[arg-type]  # the same call twice

    second = visiting.record_visit(**act)  # type: ignore[arg-type]  # the same call twice

    assert second.visit.is_repeat
    assert [one.id for one in second.findings] == [one.id for one in first.findings]
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_a_repeated_plain_visit_gives_its_findings_back(town: SmallTown) -> None:
    sent = visit(town, visit_id=new_id())
    visiting.record_visit(actor=town.secretary, visit=sent)

    assert visiting.record_visit(actor=town.secretary, visit=sent).findings == ()


def test_wrong_answers_are_named_and_nothing_is_stored(town: SmallTown) -> None:
    first, second = factories.running(town), factories.running(town, name="第二")

    with pytest.raises(FieldErrors) as refused:
        visiting.record_visit(
            actor=town.secretary,
            visit=visit(town),
            given=[finding(first), finding(second, {"level": "else"})],
        )

    assert set(refused.value.errors) == {"findings-1-result", "findings-1-level"}
    assert not Visit.objects.in_town(town.town.id).exists()


def test_findings_need_somebody_met_a_running_campaign_and_its_version(town: SmallTown) -> None:
    campaign = factories.running(town)
    far = factories.running(town, area_ids=(town.place.south.id,), name="南片")
    old = FindingInput(campaign_id=campaign.id, version=7, answers=SOUND)

    cases = [
        (visit(town, outcome=VisitOutcome.CLOSED_DOOR), [finding(campaign)]),
        (visit(town), [finding(far)]),
        (visit(town), [old]),
        (visit(town), [finding(campaign), finding(campaign)]),
    ]
    for said, given in cases:
        with pytest.raises(FieldErrors):
            visiting.record_visit(actor=town.secretary, visit=said, given=given)


def test_whoever_records_no_visits_there_finds_nothing(town: SmallTown) -> None:
    campaign = factories.running(town, area_ids=(town.place.town.id,))

    with pytest.raises((NotAllowedError, NotFoundError)):
        factories.found(town, campaign, by="far_secretary")
    with pytest.raises(NotFoundError):
        visiting.record_spot(
            actor=town.far_secretary,
            spot_id=factories.spot(town, factories.patches(town)).id,
            version=1,
            answers={},
        )


def test_a_spot_takes_the_status_of_its_last_finding(town: SmallTown) -> None:
    campaign = factories.patches(town)
    spot = factories.spot(town, campaign)

    both = factories.found(town, campaign, {"status": "going_on"}, spot_id=spot.id)
    one = visiting.record_spot(
        actor=town.secretary, spot_id=spot.id, version=1, answers={"status": "checked"}
    )

    stored = Spot.objects.in_town(town.town.id).get(id=spot.id)
    assert both.findings[0].spot_id == spot.id
    assert both.findings[0].household_id is None
    assert (stored.status, stored.is_done, stored.last_found_on) == ("checked", True, MONDAY)
    assert (one.visit_id, one.is_last) == (None, True)
    assert not fresh(both.findings[0]).is_last


def test_an_earlier_finding_leaves_the_spot_as_it_is(town: SmallTown) -> None:
    campaign = factories.patches(town)
    spot = factories.spot(town, campaign)
    with clock.at(clock.now() + timedelta(hours=3)):
        visiting.record_spot(
            actor=town.secretary, spot_id=spot.id, version=1, answers={"status": "checked"}
        )
        factories.found(
            town,
            campaign,
            {"status": "going_on"},
            spot_id=spot.id,
            happened_at=clock.now() - timedelta(hours=1),
        )

    assert Spot.objects.in_town(town.town.id).get(id=spot.id).status == "checked"


def test_a_campaign_of_spots_asks_which_one(town: SmallTown) -> None:
    campaign, other = factories.patches(town), factories.patches(town, name="另一批")
    foreign = factories.spot(town, other)

    for spot_id in (None, foreign.id):
        with pytest.raises(FieldErrors) as refused:
            factories.found(town, campaign, {"status": "checked"}, spot_id=spot_id)
        assert set(refused.value.errors) == {"findings-0-spot"}


def test_a_danger_at_a_spot_is_a_demand_of_its_place(town: SmallTown) -> None:
    campaign = factories.patches(town)
    asking.remove_field(actor=town.clerk, campaign_id=campaign.id, key="status", version=1)
    asking.put_field(actor=town.clerk, campaign_id=campaign.id, field=HAZARD, version=2)
    spot = factories.spot(town, campaign)
    answers = {"q1": "danger"}

    one = visiting.record_spot(actor=town.secretary, spot_id=spot.id, version=3, answers=answers)
    again = visiting.record_spot(actor=town.secretary, spot_id=spot.id, version=3, answers=answers)
    both = factories.found(
        town,
        campaigns.get_campaign(actor=town.clerk, campaign_id=campaign.id),
        answers,
        spot_id=factories.spot(town, campaign, "TB-2").id,
    )

    assert one.demand is not None
    assert one.demand.due_on == MONDAY
    assert one.demand.area_path == spot.area_path
    assert one.demand.household_id is None
    assert "图斑 TB-1" in one.demand.content
    assert again.demand_id == one.demand_id
    assert len(both.demands) == 1


def test_a_closed_campaign_takes_no_finding(town: SmallTown) -> None:
    campaign = factories.patches(town)
    spot = factories.spot(town, campaign)
    planning.close_campaign(actor=town.clerk, campaign_id=campaign.id)

    with pytest.raises(MoveError):
        visiting.record_spot(
            actor=town.secretary, spot_id=spot.id, version=1, answers={"status": "checked"}
        )
    assert not Finding.objects.in_town(town.town.id).exists()
