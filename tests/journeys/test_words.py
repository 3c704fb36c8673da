"""What a resident says with the code from the slip, and what becomes of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.models import ReopenRequest
from bianfang.outreach.demands.workflow import DemandState, RequestState
from tests.journeys.conftest import OpenDesk
from tests.journeys.town import Lived

pytestmark = pytest.mark.browser


def test_not_satisfied_by_code_is_handled_again(lived: Lived, open_desk: OpenDesk) -> None:
    demand = lived.demands["awaiting"]
    review.write_off(actor=lived.town.actor("leader"), demand_id=demand.id)
    cadre, clerk = open_desk("cadre"), open_desk("clerk")

    cadre.go(reverse("demands:detail", args=[demand.id]))
    cadre.follow("登记回执")
    cadre.press("显示回执码并打印")
    code = cadre.page.locator("td b").inner_text()

    clerk.go(reverse("confirmations:code"))
    clerk.fill("code", code.lower())
    clerk.press("查找诉求")
    clerk.sees("已电话告知")
    clerk.tick("answer", "unsatisfied")
    clerk.fill("word", "灯杆又歪了")
    clerk.press("记录")
    clerk.page.wait_for_url(f"**{reverse('confirmations:code')}")
    clerk.sees(demand.number)

    clerk.go(reverse("desk:work"))
    clerk.sees("重开申请")
    clerk.go(reverse("confirmations:requests"))
    clerk.sees("灯杆又歪了")
    clerk.follow("重开")
    clerk.fill("reason", "到现场看过，情况属实")
    clerk.press("重开")
    clerk.page.wait_for_url(f"**{reverse('demands:detail', args=[demand.id])}#top")

    demand.refresh_from_db()
    assert (demand.state, demand.reopened_count) == (DemandState.HANDLING, 1)
    request = ReopenRequest.objects.in_town(lived.town.town.id).get()
    assert request.state == RequestState.ACCEPTED
    handler = open_desk("handler")
    handler.go(reverse("desk:work"))
    expect(handler.page.locator("main")).to_contain_text(demand.content)


def test_a_word_is_noted_without_a_script(lived: Lived, open_desk: OpenDesk) -> None:
    demand, worker = lived.demands["awaiting"], open_desk("clerk", script=False)

    worker.go(reverse("demands:detail", args=[demand.id]))
    worker.follow("记录")
    worker.tick("answer", "mostly")
    worker.tick("way", "phone")
    worker.press("记录")

    worker.page.wait_for_url(f"**{reverse('demands:detail', args=[demand.id])}")
    worker.sees("基本满意")
