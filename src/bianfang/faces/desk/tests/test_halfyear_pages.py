"""Half-year lists on the desk: colours with words, a month entered, the paper and the file."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.halfyear import queries
from bianfang.outreach.halfyear.tests import factories
from bianfang.outreach.halfyear.tests.factories import OCTOBER, SEPTEMBER

COLOURS, WORK = reverse("halfyear:colours"), reverse("desk:work")
BUDGET = 14


@pytest.fixture
def handler(sign_in: SignIn) -> Client:
    return sign_in("handler")


def _list(town: SmallTown, name: str = "detail") -> str:
    return reverse(f"halfyear:{name}", args=[demands.half_year(town).id])


def test_a_list_shows_progress_plan_and_colour_with_words(sign_in: SignIn, town: SmallTown) -> None:
    link = factories.begun(town, SEPTEMBER)
    factories.enter(town, link, SEPTEMBER, 5)
    factories.enter(town, link, OCTOBER, 40)
    factories.begun(town, SEPTEMBER)

    page = sign_in("clerk").get(_list(town))

    first, second = page.context["rows"]
    assert (first.change, first.colour.kind) == ("+35", "green")
    assert (second.change, second.colour.kind) == ("未填报", "red")
    numbers = {badge.kind: number for badge, number in page.context["colours"]}
    assert numbers == {"red": 1, "orange": 0, "yellow": 0, "green": 1, "blue": 0}
    text = page.content.decode()
    assert "绿 · 按计划" in text
    assert "红 · 超期或未填报" in text


def test_a_list_keeps_its_budget(sign_in: SignIn, town: SmallTown) -> None:
    for _one in range(6):
        factories.enter(town, factories.item(town))
    clerk = sign_in("clerk")

    with CaptureQueriesContext(connection) as asked:
        assert clerk.get(_list(town)).status_code == 200

    assert len(asked) <= BUDGET


def test_the_owner_finds_the_month_to_enter_and_enters_it(
    handler: Client, sign_in: SignIn, town: SmallTown
) -> None:
    link = factories.begun(town, OCTOBER)
    here = reverse("halfyear:item", args=[link.id])
    assert here in handler.get(WORK).content.decode()
    assert here not in sign_in("head").get(WORK).content.decode()
    form = handler.get(here).context["form"]
    assert form["month"].value() == "2026-10-01"

    typed = {"month": "2026-11-01", "percent": "25", "done": "已进场", "next_step": "施工"}
    assert handler.post(here, typed).status_code == 302

    item = queries.get_item(actor=town.clerk, carry_over_id=link.id)
    assert [(each.percent, each.done) for each in item.entries] == [(25, "已进场")]
    assert here not in handler.get(WORK).content.decode()
    again = handler.post(here, {**typed, "percent": "20", "done": "更正"}, follow=True)
    assert [each.percent for each in again.context["former"]] == [25]
    wrong = handler.post(here, {"month": "2026-11-01", "percent": "120", "done": ""})
    assert set(wrong.context["form"].errors) == {"percent", "done"}


def test_when_all_months_are_entered_the_last_one_stands_ready_to_be_corrected(
    handler: Client, town: SmallTown
) -> None:
    link = factories.item(town)
    factories.enter(town, link, percent=30)

    form = handler.get(reverse("halfyear:item", args=[link.id])).context["form"]

    assert (form["percent"].value(), form["done"].value()) == (30, "完成招标")


def test_who_only_reads_has_no_form_and_may_not_send_one(sign_in: SignIn, town: SmallTown) -> None:
    here = reverse("halfyear:item", args=[factories.item(town).id])
    leader = sign_in("leader")

    page = leader.get(here)

    assert page.context["form"] is None
    assert page.context["finish_href"] == ""
    assert leader.post(here, {}).status_code == 403


def test_a_written_off_item_is_blue_and_closed(handler: Client, town: SmallTown) -> None:
    link = factories.item(town)
    demands.submitted(town, link.demand)

    page = handler.get(reverse("halfyear:item", args=[link.id]))

    assert page.context["form"] is None
    assert page.context["colour"].kind == "green"


def test_the_office_describes_an_item(sign_in: SignIn, town: SmallTown) -> None:
    clerk = sign_in("clerk")
    link = factories.item(town)
    here = reverse("halfyear:describe", args=[link.id])
    typed = {
        "title": "路灯改造",
        "leader_id": str(town.staff["leader"].id),
        "funds_source": "镇级财政",
        "funds_amount": "20000",
    }

    assert clerk.post(here, typed).status_code == 302

    assert clerk.get(here).context["form"].initial["title"] == "路灯改造"
    page = clerk.get(reverse("halfyear:item", args=[link.id])).content.decode()
    assert "20000.00 元" in page.replace(",", "")
    wrong = clerk.post(here, {**typed, "funds_amount": "-1"})
    assert set(wrong.context["form"].errors) == {"funds_amount"}


def test_colours_are_set_with_grounds(sign_in: SignIn, town: SmallTown) -> None:
    clerk = sign_in("clerk")
    typed = {"behind_points": "10", "silent_months": "1", "source": "镇督查办法"}

    assert clerk.post(COLOURS, typed).status_code == 302

    assert queries.colour_rule(town.town.id).behind_points == 10
    assert clerk.get(COLOURS).context["form"].initial == {
        "behind_points": 10,
        "silent_months": 1,
        "source": "镇督查办法",
    }
    assert set(clerk.post(COLOURS, {"source": ""}).context["form"].errors) == {*typed}


def test_the_paper_and_the_file_hold_the_columns_of_the_list(
    sign_in: SignIn, town: SmallTown
) -> None:
    link = factories.item(town, content="董大山来电13800000000反映路灯不亮")
    clerk = sign_in("clerk")

    page = clerk.get(_list(town, "paper"))
    file = clerk.post(_list(town, "export"))

    titles = [column.title for column in page.context["columns"]]
    assert titles == [
        "序号", "项目", "内容与目标", "来源诉求", "牵头领导", "责任单位", "资金来源",
        "金额（元）", "开始日期", "完成时限", "进度%", "状态", "受益范围",
    ]  # fmt: skip
    assert "董大山" not in page.content.decode()
    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    number = queries.get_item(actor=town.clerk, carry_over_id=link.id).demand.number
    assert {number, *titles} <= cells


def test_the_demand_leads_to_its_item(handler: Client, town: SmallTown) -> None:
    link = factories.item(town)

    page = handler.get(reverse("demands:detail", args=[link.demand_id]))

    assert reverse("halfyear:item", args=[link.id]) in page.content.decode()
