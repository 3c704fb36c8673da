"""A visit that finds an urgent gas hazard: the unit has it before the visitor is back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bianfang.kernel import clock
from bianfang.outreach.campaigns.actions import planning
from bianfang.outreach.campaigns.actions.inputs import CampaignInput
from bianfang.outreach.campaigns.models import Campaign
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.workflow import DemandState
from tests.journeys.conftest import OpenDesk
from tests.journeys.town import JourneyTown, Lived

pytestmark = pytest.mark.browser


def run_campaign(town: JourneyTown) -> Campaign:
    """The gas check of the catalogue over the whole town."""
    actor, today = town.actor("clerk"), clock.today()
    category = Category.objects.in_town(town.town.id).filter(usual_unit=town.unit).first()
    assert isinstance(category, Category)
    campaign = planning.plan_campaign(
        actor=actor,
        campaign=CampaignInput(
            name="燃气安全隐患排查",
            theme=Theme.ENVIRONMENT,
            starts_on=today,
            ends_on=today + timedelta(days=30),
            area_ids=(town.areas["石桥村"].id,),
            category_id=category.id,
            urgent_measures="当场关阀停用",
        ),
        template="gas_safety",
    )
    return planning.start_campaign(actor=actor, campaign_id=campaign.id)


def test_an_urgent_hazard_is_with_the_unit_at_once(lived: Lived, open_desk: OpenDesk) -> None:
    town = lived.town
    campaign = run_campaign(town)
    household = next(
        one for one in town.households() if one.area_path.startswith(town.areas["石桥村"].path)
    )
    part = f"campaign-{campaign.id.hex}"
    cadre = open_desk("cadre")

    cadre.go(reverse("visits:record", args=[household.id]))
    cadre.page.locator("summary", has_text="燃气安全隐患排查").click()
    cadre.tick(f"{part}-result", "hazard")
    cadre.tick(f"{part}-level", "urgent")
    cadre.fill(f"{part}-what", "阀门漏气")
    cadre.press("保存")
    cadre.page.wait_for_url("**/saved/*")

    demand = Demand.objects.in_town(town.town.id).get(urgent=True)
    assert demand.state == DemandState.HANDLING
    assert demand.unit_id == town.unit.id
    assert demand.owner_id == town.staff["head"].id
    cadre.sees("阀门漏气")
    cadre.sees(demand.number)
    head = open_desk("head")
    head.go(reverse("demands:list"))
    head.sees(demand.number)
    head.sees("紧急")
    head.go(reverse("demands:detail", args=[demand.id]))
    head.sees("当场关阀停用")
