"""A browser without scripts, and a person without a mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.visits.models import Visit
from tests.journeys.conftest import OpenDesk
from tests.journeys.town import Lived, a_moment_ago

pytestmark = pytest.mark.browser


def test_work_is_done_without_a_script(lived: Lived, open_desk: OpenDesk) -> None:
    cadre = open_desk("cadre", script=False)
    household = lived.town.households()[5]

    cadre.go(reverse("households:list"))
    cadre.fill("text", household.head_name)
    cadre.press("筛选")
    assert cadre.rows() == 1
    cadre.follow(household.number)
    cadre.sees(household.head_name)

    cadre.go(reverse("visits:record", args=[household.id]))
    cadre.tick("mode", "day")
    cadre.fill("happened_at", f"{a_moment_ago():%Y-%m-%dT%H:%M}")
    cadre.press("再加一项诉求")
    cadre.fill("demands-0-content", "村口路灯不亮")
    cadre.choose("demands-0-category", "道路照明")
    cadre.fill("demands-1-content", "桥头缺灯")
    cadre.choose("demands-1-category", "道路照明")
    cadre.inside.locator(".entry-acts .btn-primary").click()
    cadre.page.wait_for_url("**/saved/*")
    visit = Visit.objects.in_town(lived.town.town.id).get(household=household)
    assert visit.demand_count == 2


def test_demand_moves_without_a_script(lived: Lived, open_desk: OpenDesk) -> None:
    handler = open_desk("handler", script=False)
    demand = lived.demands["handling"]
    here = reverse("demands:detail", args=[demand.id])

    handler.go(here)
    handler.follow("报告结果")
    handler.fill("result", "已更换")
    handler.fill("reply", "已电话告知")
    handler.press("报告结果")
    handler.page.wait_for_url(f"**{here}#top")

    demand.refresh_from_db()
    assert demand.state == DemandState.AWAITING_REVIEW
    handler.sees("已电话告知")


def test_keys_lead_to_search_home_and_rows(lived: Lived, open_desk: OpenDesk) -> None:
    clerk = open_desk("clerk")
    page, first = clerk.page, lived.town.households()[0]
    clerk.go(reverse("households:list"))

    page.keyboard.press("/")
    expect(clerk.control("text")).to_be_focused()
    page.locator("h1").click()
    numbers = page.locator("table[data-bf-rows] tbody tr td.lead a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.is-current a")).to_have_text(numbers[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('households:detail', args=[first.id])}")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(f"{clerk.base}/")


def test_first_tab_leads_past_the_menu(lived: Lived, open_desk: OpenDesk) -> None:
    clerk = open_desk("clerk")
    clerk.go(reverse("households:list"))

    clerk.page.keyboard.press("Tab")
    expect(clerk.page.locator("a.skip")).to_be_focused()
    expect(clerk.page.locator("a.skip")).to_be_in_viewport()
    clerk.page.keyboard.press("Enter")

    assert clerk.page.url.endswith("#main")
    clerk.page.keyboard.press("Tab")
    assert clerk.page.evaluate("document.activeElement.closest('main') !== null")
