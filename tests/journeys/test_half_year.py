"""What could not be finished: a month is entered, it is finished, a second person writes it off."""

import pytest
from django.urls import reverse

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import carry
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState
from tests.journeys.conftest import OpenDesk
from tests.journeys.town import Lived

pytestmark = pytest.mark.browser


def test_an_item_gets_its_month_is_finished_and_written_off(
    lived: Lived, open_desk: OpenDesk
) -> None:
    clerk, demand = lived.town.actor("clerk"), lived.demands["handling"]
    half_year_list = carry.create_half_year_list(
        actor=clerk, year=clock.today().year + 1, half=1, title="明年上半年实事清单"
    )
    carry.carry_over(
        actor=clerk, demand_id=demand.id, list_id=half_year_list.id, reason="资金未到位"
    )
    [link] = one.list_carry_overs(actor=clerk, demand=demand)

    handler = open_desk("handler")
    handler.go(reverse("desk:work"))
    handler.sees("本月进展待填报")
    handler.page.locator(f'a[href*="{link.id}"]').first.click()
    handler.fill("percent", "100")
    handler.fill("done", "路灯已全部装好")
    handler.press("填报")
    handler.sees("路灯已全部装好")
    handler.sees("绿 · 按计划")
    handler.follow("已完成，提交办理结果")
    handler.fill("result", "已更换")
    handler.fill("reply", "已电话告知")
    handler.press("报告结果")
    handler.page.wait_for_url(f"**{reverse('demands:detail', args=[demand.id])}#top")
    leader = open_desk("leader")
    leader.go(reverse("demands:detail", args=[demand.id]))
    leader.press("销号")
    leader.sees("已销号")

    demand.refresh_from_db()
    assert demand.state == DemandState.WRITTEN_OFF
    leader.go(reverse("halfyear:detail", args=[half_year_list.id]))
    leader.sees("蓝 · 已完成")
