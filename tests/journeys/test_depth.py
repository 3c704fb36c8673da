"""Off the straight way: a clock that stops, a wrong unit, a meeting, a look-back that fails."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import deadline_rules, handling, review
from bianfang.outreach.demands.enums import DayUnit, Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.meetings.models import Meeting
from bianfang.outreach.meetings.workflow import MeetingState
from bianfang.register.people import actions as people
from bianfang.register.people.enums import UnitKind
from tests.journeys.conftest import OpenDesk
from tests.journeys.pages import Desk
from tests.journeys.town import Lived

pytestmark = pytest.mark.browser


def test_clock_is_stopped_by_the_head_and_runs_again(lived: Lived, open_desk: OpenDesk) -> None:
    deadline_rules.set_rule(
        actor=lived.town.actor("clerk"),
        category_id=lived.town.category.id,
        days=10,
        unit=DayUnit.WORKDAY,
        source="镇限时办结制度",
        may_pause=True,
    )
    demand = accept(lived, "registered")
    head, handler = open_desk("head"), open_desk("handler")

    move(head, demand, "暂停计时", reason="等待县里批复")
    head.sees("已暂停计时")
    assert stored(demand).state == DemandState.PAUSED
    move(handler, demand, "恢复计时")

    assert stored(demand).state == DemandState.HANDLING
    assert stored(demand).due_on == demand.due_on


def test_wrong_unit_returns_it_and_the_head_of_the_right_one_hands_it_out(
    lived: Lived, open_desk: OpenDesk
) -> None:
    roads = people.create_unit(actor=lived.town.system, name="公路站", kind=UnitKind.STATION)
    demand = accept(lived, "registered", unit_id=roads.id)
    handler = open_desk("handler")
    handler.go(reverse("demands:detail", args=[demand.id]))
    handler.follow("退回")
    handler.choose("suggested_unit_id", lived.town.unit.name)
    handler.fill("reason", "属民政职责")
    handler.press("退回")
    handler.page.wait_for_load_state()
    assert stored(demand).state == DemandState.REGISTERED

    head = open_desk("head")
    head.go(reverse("desk:work"))
    head.follow("本单位看板")
    head.sees("属民政职责")
    head.page.locator("[data-bf-pick-all]").check()
    head.choose("owner_id", "办小员")
    head.fill("measures", "上门核实后办理")
    head.press("派发")
    head.sees("诉求都有责任人")

    assert stored(demand).owner_id == lived.town.staff["handler"].id
    assert stored(demand).due_on == demand.due_on


def test_meeting_from_the_pool_to_the_demand(lived: Lived, open_desk: OpenDesk) -> None:
    demand = accept(lived, "registered", route=Route.MEETING)
    clerk = open_desk("clerk")
    clerk.go(reverse("demands:pool"))
    clerk.page.locator(f'[name="demand"][value="{demand.id}"]').check()
    clerk.press("以所选诉求安排会议")
    clerk.fill("location", "二楼会议室")
    clerk.choose("chair_id", "程主任")
    clerk.inside.locator("form:has([name=location]) .btn-primary").last.click()
    clerk.page.wait_for_url("**/meetings/*-*/")
    clerk.press("开始会议")
    clerk.follow("记录和议定事项")
    clerk.fill("minutes", "各单位发言")
    clerk.press("保存记录")
    clerk.sees("各单位发言")
    clerk.fill("text", "由民政办更换线路")
    clerk.choose("owner_id", "司所长")
    clerk.fill("due_on", (clock.today() + timedelta(days=1)).isoformat())
    clerk.press("添加")
    clerk.sees("由民政办更换线路")
    clerk.go(reverse("meetings:detail", args=[the_meeting(lived).id]))
    clerk.press("结束会议")
    expect(clerk.inside.get_by_role("button", name="结束会议", exact=True)).to_have_count(0)

    assert the_meeting(lived).state == MeetingState.CLOSED
    assert stored(demand).owner_id == lived.town.staff["head"].id
    clerk.go(reverse("demands:detail", args=[demand.id]))
    clerk.sees("由民政办更换线路")


def test_look_back_that_fails_opens_the_demand_again(lived: Lived, open_desk: OpenDesk) -> None:
    demand = lived.demands["awaiting"]
    review.write_off(actor=lived.town.actor("leader"), demand_id=demand.id)
    clerk, today = open_desk("clerk"), clock.today().isoformat()
    clerk.go(reverse("lookbacks:draw"))
    clerk.fill("from_day", today)
    clerk.fill("to_day", today)
    clerk.press("查看数字")
    clerk.press("抽取样本")
    clerk.page.wait_for_url("**/look-backs/*-*/")
    clerk.page.locator("[data-bf-pick-all]").check()
    clerk.choose("checker", "佟社工")
    clerk.press("分派勾选的")
    clerk.sees("佟社工")
    check = Check.objects.in_town(lived.town.town.id).get()
    worker = open_desk("worker")
    worker.go(reverse("lookbacks:check", args=[check.id]))
    worker.tick("way", "phone")
    worker.tick("result", "failed")
    worker.fill("found", "灯又不亮了")
    worker.press("保存抽查结果")
    worker.page.wait_for_load_state()

    assert stored(demand).state == DemandState.HANDLING
    assert stored(demand).reopened_count == 1
    assert LookBack.objects.in_town(lived.town.town.id).get().finished_on == clock.today()
    worker.go(reverse("demands:detail", args=[demand.id]))
    worker.sees("灯又不亮了")


def accept(lived: Lived, name: str, **changes: object) -> Demand:
    given = {
        "unit_id": lived.town.unit.id,
        "owner_id": lived.town.staff["handler"].id,
        "route": Route.TIMED,
        **changes,
    }
    demand = lived.demands[name]
    return handling.accept(
        actor=lived.town.actor("clerk"),
        demand_id=demand.id,
        version=demand.version,
        measures="更换灯具",
        **given,  # type: ignore[arg-type]  # names are checked by the action
    )


def move(desk: Desk, demand: Demand, label: str, **typed: str) -> None:
    """One move of a demand on its page."""
    here = reverse("demands:detail", args=[demand.id])
    desk.go(here)
    desk.follow(label)
    for name, text in typed.items():
        desk.fill(name, text)
    desk.press(label)
    desk.page.wait_for_url(f"**{here}#top")


def stored(demand: Demand) -> Demand:
    return Demand.objects.in_town(demand.town_id).get(id=demand.id)


def the_meeting(lived: Lived) -> Meeting:
    return Meeting.objects.in_town(lived.town.town.id).get()
