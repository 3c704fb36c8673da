"""The phone page on the real server: without a signal, in two tabs' time, and on a lost phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.models import Visit
from bianfang.register.phones.models import FieldPhone
from tests.journeys.conftest import OpenDesk
from tests.journeys.pages import Desk
from tests.journeys.town import Lived

pytestmark = pytest.mark.browser

PIN = "270815"
CONTENT = "村口照明坏了，晚上看不见路"


def test_a_visit_without_a_signal_arrives_when_there_is_one(
    lived: Lived, open_desk: OpenDesk
) -> None:
    phone = _phone_in_use(open_desk)
    page, household = phone.page, lived.town.households()[3]

    page.context.set_offline(True)
    page.reload()
    _type_pin(page)
    page.goto(f"{phone.base}/field/?h={household.number}")
    _type_pin(page)
    page.get_by_role("button", name="开始走访").click()
    page.get_by_role("button", name="记一件诉求").click()
    page.get_by_label("需求内容").fill(CONTENT)
    page.get_by_role("button", name="道路照明").click()
    page.get_by_role("radio", name="限时办结").check(force=True)
    page.wait_for_timeout(1_000)  # a moment's pause, as anybody makes; it keeps itself meanwhile
    page.reload()
    _type_pin(page)
    expect(page.get_by_label("需求内容")).to_have_value(CONTENT)
    page.get_by_role("button", name="写好了").click()
    expect(page.locator("body")).to_contain_text("已存在本机")
    assert not Visit.objects.filter(channel=EntryChannel.FIELD).exists()

    page.context.set_offline(False)
    page.goto(f"{phone.base}/field/#/records")
    expect(page.locator("body")).to_contain_text(re.compile(r"回执 S\d{4}-000001"))

    visit = Visit.objects.get(channel=EntryChannel.FIELD)
    demand = Demand.objects.get(visit=visit)
    assert visit.household_id == household.id
    assert (demand.content, demand.suggested_route) == (CONTENT, Route.TIMED)
    expect(page.locator("body")).to_contain_text(demand.number)


def test_a_lost_phone_is_emptied_by_order(lived: Lived, open_desk: OpenDesk) -> None:
    phone = _phone_in_use(open_desk)
    row = FieldPhone.objects.get(staff=lived.town.staff["cadre"])

    desk = open_desk("cadre")
    desk.go(reverse("desk:account"))
    desk.page.locator(f'a[href*="{row.id}"]').first.click()
    desk.inside.locator("form .btn-serious, form .btn-primary").last.click()
    phone.page.goto(f"{phone.base}/field/")

    expect(phone.page.locator("body")).to_contain_text("本机内容已清空")
    phone.page.wait_for_timeout(500)
    row.refresh_from_db()
    assert row.wiped_on is not None


def _phone_in_use(open_desk: OpenDesk) -> Desk:
    """Signed in, a PIN set, one's own natural villages taken along."""
    phone = open_desk("cadre", width=390)
    page = phone.page
    page.goto(f"{phone.base}/field/")
    page.get_by_role("button", name="设置密码").click()
    _type_pin(page)
    _type_pin(page)
    page.get_by_role("button", name="带走所选").click()
    expect(page.locator("a.hamlet")).to_have_count(3)
    expect(page.locator("a.hamlet").first).to_contain_text("更新于")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return phone


def _type_pin(page: Page) -> None:
    expect(page.get_by_role("button", name="1", exact=True)).to_be_enabled()
    page.wait_for_timeout(300)
    page.keyboard.type(PIN)
