"""From a workbook of names to the closed list, every step by hand."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from bianfang.kernel import clock
from bianfang.kernel.jobs import worker
from bianfang.outreach.assignments.actions import groups
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.demands.enums import Outcome, Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.visits.actions import recording
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.workflow import RoundState
from tests.journeys.conftest import OpenDesk
from tests.journeys.pages import Desk
from tests.journeys.town import HEADS, JourneyTown, a_moment_ago, roll_workbook, visit

pytestmark = pytest.mark.browser
HOUSEHOLDS = sum(map(len, HEADS))
FORM = "%Y-%m-%dT%H:%M"


def test_from_roll_to_closed_list(town: JourneyTown, open_desk: OpenDesk) -> None:
    clerk = open_desk("clerk")

    bring_roll(clerk, town)
    name_everybody(clerk, town)
    publish_checklist(clerk)
    start_round(clerk, town)
    cadre = open_desk("cadre")
    record_solved_on_the_spot(cadre, town)
    record_for_later(cadre, town)
    handle(clerk, open_desk("handler"), later(town))
    write_off_both(open_desk("leader"), town)
    visit_the_others(town)
    finish(clerk, town)

    lists = {kind: rows_and_file(clerk, kind) for kind in ("visits", "demands", "closed")}
    assert lists == {
        "visits": (HOUSEHOLDS, HOUSEHOLDS),
        "demands": (2, 2),
        "closed": (2, 2),
    }
    open_ones = 0
    assert mechanisms_at_home(clerk) == [HOUSEHOLDS, open_ones, 2]
    clerk.sees("100.0%")


def bring_roll(clerk: Desk, town: JourneyTown) -> None:
    clerk.go(reverse("rolls:list"))
    clerk.follow("上传花名册")
    name = "花名册.xlsx"
    clerk.control("file").set_input_files({"name": name, "mimeType": "", "buffer": roll_workbook()})
    clerk.press("上传")
    clerk.page.wait_for_url("**/rolls/*-*/")
    run_jobs()
    clerk.page.reload()
    clerk.press("合并入户册")
    clerk.page.wait_for_load_state()
    run_jobs()

    clerk.go(reverse("households:list"))
    assert clerk.rows() == HOUSEHOLDS == len(town.households())


def name_everybody(clerk: Desk, town: JourneyTown) -> None:
    group = groups.create_group(actor=town.actor("clerk"), name="第一组")
    groups.set_members(
        actor=town.actor("clerk"),
        group_id=group.id,
        members=[MemberInput(staff_id=town.staff["member"].id, is_head=True)],
        valid_from=clock.today(),
    )
    clerk.go(reverse("assignments:gaps"))
    gaps = clerk.rows()
    assert gaps > 3
    for left in range(gaps - 1, -1, -1):
        clerk.follow("指定")
        clerk.inside.locator('select[name="staff"], select[name="group"]').select_option(index=1)
        clerk.press("保存")
        clerk.page.wait_for_url("**/who/gaps/*")
        assert clerk.rows() == left
    clerk.sees("这里户户有人负责")


def publish_checklist(clerk: Desk) -> None:
    clerk.go(reverse("checklists:list"))
    clerk.follow("新建工作清单")
    clerk.fill("name", "走访清单")
    clerk.inside.locator("form:has([name=name]) .btn-primary").last.click()
    clerk.page.wait_for_url("**/checklists/*-*/")
    clerk.tick("kind", "explain")
    clerk.fill("text", "医保缴费")
    clerk.press("添加")
    clerk.sees("医保缴费")
    clerk.press("发布")
    expect(clerk.inside.get_by_role("button", name="发布", exact=True)).to_have_count(0)


def start_round(clerk: Desk, town: JourneyTown) -> None:
    today = clock.today()
    clerk.go(reverse("rounds:list"))
    clerk.follow("计划新一轮")
    clerk.fill("name", "第一轮")
    clerk.fill("starts_on", today.isoformat())
    clerk.fill("due_on", (today + timedelta(days=30)).isoformat())
    clerk.press("计划")
    clerk.page.wait_for_url("**/rounds/*-*/")
    clerk.follow("选择清单")
    clerk.choose("checklist", "走访清单")
    clerk.choose("coordinator", town.unit.name)
    clerk.fill("timed_days", "8")
    clerk.inside.locator("form:has([name=timed_days]) .btn-primary").click()
    clerk.page.wait_for_url("**/rounds/*-*/")
    clerk.press("开始本轮")
    clerk.sees("0.0%")
    assert the_round(town).state == RoundState.ACTIVE


def record_solved_on_the_spot(cadre: Desk, town: JourneyTown) -> None:
    open_form(cadre, "高远")
    cadre.tick("mode", "day")
    cadre.fill("happened_at", moment())
    cadre.tick("demands-0-route", "onsite")
    fill_demand(cadre, "院门口灯泡坏了")
    cadre.open_fold()
    cadre.fill("demands-0-result", "换了灯泡")
    cadre.fill("demands-0-reply", "当面告知")
    cadre.press("保存")
    cadre.page.wait_for_url("**/saved/*")

    brought = Demand.objects.in_town(town.town.id).get(route=Route.ONSITE)
    assert brought.state == DemandState.AWAITING_REVIEW
    cadre.sees(brought.number)


def record_for_later(cadre: Desk, town: JourneyTown) -> None:
    open_form(cadre, "林芳")
    cadre.tick("mode", "evening")
    cadre.fill("happened_at", moment())
    fill_demand(cadre, "村口路灯不亮")
    cadre.press("保存")
    cadre.page.wait_for_url("**/saved/*")

    assert later(town).state == DemandState.REGISTERED
    cadre.sees(later(town).number)


def handle(clerk: Desk, handler: Desk, demand: Demand) -> None:
    here = reverse("demands:detail", args=[demand.id])
    clerk.go(here)
    clerk.follow("受理")
    clerk.fill("measures", "更换灯具")
    clerk.choose("owner_id", "办小员")
    clerk.press("受理")
    clerk.page.wait_for_url(f"**{here}#top")
    handler.go(here)
    handler.follow("填写进展")
    handler.fill("note", "已联系电工")
    handler.press("填写进展")
    handler.page.wait_for_url(f"**{here}#top")
    handler.sees("已联系电工")
    handler.follow("报告结果")
    handler.fill("result", "已更换")
    handler.fill("reply", "已电话告知")
    handler.press("报告结果")
    handler.page.wait_for_url(f"**{here}#top")
    handler.sees("已电话告知")


def write_off_both(leader: Desk, town: JourneyTown) -> None:
    leader.go(reverse("demands:review"))
    assert leader.rows() == 2
    leader.page.locator("[data-bf-pick-all]").check()
    leader.press("勾选项销号")
    leader.sees("已销号")

    demands = Demand.objects.in_town(town.town.id).order_by("id")
    ends = [(one.state, one.outcome) for one in demands]
    assert ends == [(DemandState.WRITTEN_OFF, Outcome.SOLVED)] * 2


def visit_the_others(town: JourneyTown) -> None:
    """What ten more evenings bring, in one go."""
    results = recording.bulk_record_visits(
        actor=town.actor("cadre"), visits=[visit(town, place) for place in range(2, HOUSEHOLDS)]
    )
    assert [dict(result.errors) for result in results] == [{}] * (HOUSEHOLDS - 2)


def finish(clerk: Desk, town: JourneyTown) -> None:
    clerk.go(reverse("rounds:detail", args=[the_round(town).id]))
    clerk.press("结束本轮")
    expect(clerk.inside.get_by_role("button", name="结束本轮", exact=True)).to_have_count(0)
    assert the_round(town).state == RoundState.FINISHED


def rows_and_file(clerk: Desk, kind: str) -> tuple[int, int]:
    """Lines of a list on its page, and on all sheets of the workbook that leaves."""
    clerk.go(reverse(f"ledger:{kind}") + "?state=counted")
    with clerk.page.expect_download() as waiting:
        clerk.press("导出 Excel")
    book = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    numbered = [row for row in rows if isinstance(row[0], int)]
    return clerk.rows(), len(numbered)


def mechanisms_at_home(clerk: Desk) -> list[int]:
    clerk.go(reverse("desk:home"))
    figures = clerk.page.locator('[aria-labelledby="mechanisms"] .tile')
    return [int("".join(filter(str.isdigit, text))) for text in figures.all_inner_texts()]


def open_form(cadre: Desk, head: str) -> None:
    """Through the search of the page on which a household is picked."""
    cadre.go(reverse("visits:add"))
    cadre.fill("text", head)
    cadre.page.locator("#found").get_by_role("link").filter(has_text=head).first.click()
    cadre.page.wait_for_url("**/visits/add/*-*/")


def fill_demand(cadre: Desk, content: str) -> None:
    cadre.fill("demands-0-content", content)
    cadre.choose("demands-0-category", "道路照明")


def later(town: JourneyTown) -> Demand:
    return Demand.objects.in_town(town.town.id).exclude(route=Route.ONSITE).get()


def the_round(town: JourneyTown) -> Round:
    return Round.objects.in_town(town.town.id).get()


def moment() -> str:
    shown: datetime = a_moment_ago()
    return shown.strftime(FORM)


def run_jobs() -> None:
    while worker.run_next():
        pass
