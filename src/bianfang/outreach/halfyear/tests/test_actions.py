"""Months of an item, its description, the thresholds, the file."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import carry, handling, review
from bianfang.outreach.demands.enums import Outcome, ReplyMode
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import counts
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh, some_id
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.halfyear import actions, policies, queries
from bianfang.outreach.halfyear.actions import MonthInput, PlanInput
from bianfang.outreach.halfyear.models import ItemPlan, MonthEntry
from bianfang.outreach.halfyear.progress import Colour
from bianfang.outreach.halfyear.tests import factories
from bianfang.outreach.halfyear.tests.factories import NOVEMBER, OCTOBER, SEPTEMBER


def journaled(town: SmallTown, verb: str) -> list[dict[str, object]]:
    rows = Entry.objects.in_town(town.town.id).filter(verb=verb).order_by("id")
    return [entry.facts for entry in rows]


def test_a_month_is_entered_once_and_is_the_demands_progress_too(town: SmallTown) -> None:
    link = factories.item(town)

    entry = factories.enter(town, link, MONDAY, percent=30)

    assert (entry.month, str(entry)) == (NOVEMBER, "2026-11 30%")
    item = queries.get_item(actor=town.handler, carry_over_id=link.id)
    assert (item.percent, item.entry_of(NOVEMBER), item.entry_of(OCTOBER)) == (30, entry, None)
    assert fresh(item.demand).progress == "2026-11：30%。完成招标"
    assert journaled(town, "halfyear_month_entered") == [{"month": "2026-11", "percent": 30}]


def test_a_correction_keeps_the_former_words(town: SmallTown) -> None:
    link = factories.item(town)
    first = factories.enter(town, link, percent=30)
    with clock.at(demands.morning(MONDAY + timedelta(days=1))):
        second = factories.enter(town, link, percent=20, done="招标未完成", by="head")

    item = queries.get_item(actor=town.clerk, carry_over_id=link.id)
    assert list(item.entries) == [second]
    assert [each.id for each in queries.list_former(actor=town.clerk, link=link)] == [first.id]
    assert journaled(town, "halfyear_month_corrected") == [
        {"month": "2026-11", "percent": 20, "former": 30}
    ]
    assert fresh(item.demand).progress.endswith("完成招标")


def test_months_run_from_the_start_to_this_one(town: SmallTown) -> None:
    link = factories.begun(town, date(2026, 9, 20))
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        factories.enter(town, link, month)

    outside: list[date | None] = [date(2026, 8, 1), date(2026, 12, 1), None]
    for wrong in outside:
        given = MonthInput(month=wrong, percent=1, done="一")
        with pytest.raises(FieldErrors) as refused:
            actions.enter_month(actor=town.handler, carry_over_id=link.id, given=given)
        assert set(refused.value.errors) == {"month"}


def test_wrong_months_are_refused_by_field(town: SmallTown) -> None:
    link = factories.item(town)

    for percent in (None, -1, 101):
        given = MonthInput(month=NOVEMBER, percent=percent, done=" ")
        with pytest.raises(FieldErrors) as refused:
            actions.enter_month(actor=town.handler, carry_over_id=link.id, given=given)
        assert set(refused.value.errors) == {"percent", "done"}


def test_only_who_handles_it_enters_and_out_of_scope_it_does_not_exist(town: SmallTown) -> None:
    link = factories.item(town)

    with pytest.raises(NotAllowedError):
        factories.enter(town, link, by="leader")
    demand = Demand.objects.in_town(town.town.id).get(id=link.demand_id)
    actors = (town.handler, town.head, town.secretary, town.leader)
    may = [policies.can_enter_month(each, demand) for each in actors]
    assert may == [True, True, True, False]
    with pytest.raises(NotFoundError):
        factories.enter(town, link, by="far_secretary")
    with pytest.raises(NotFoundError):
        queries.get_item(actor=town.far_secretary, carry_over_id=link.id)
    for reading in (queries.get_item, queries.get_link_for_update):
        with pytest.raises(NotFoundError):
            reading(actor=town.clerk, carry_over_id=some_id())


def test_an_item_that_was_carried_on_is_entered_on_its_latest_list(town: SmallTown) -> None:
    first = factories.item(town)
    demand = Demand.objects.in_town(town.town.id).get(id=first.demand_id)
    second_list = demands.half_year(town, half=2)
    carry.carry_over(
        actor=town.clerk, demand_id=demand.id, list_id=second_list.id, reason="资金仍未到位"
    )

    with pytest.raises(MoveError):
        factories.enter(town, first)
    factories.enter(town, factories.link_of(town, demand))
    assert list(queries.list_to_enter(actor=town.handler)) == []


def test_finishing_goes_back_to_reply_and_write_off_and_the_old_total_stays(
    town: SmallTown,
) -> None:
    link = factories.item(town)
    old_period = DemandFilter(registered_from=MONDAY, registered_to=MONDAY)
    before = counts.count_by_state(actor=town.clerk, filters=old_period)
    factories.enter(town, link, percent=100)
    demand = Demand.objects.in_town(town.town.id).get(id=link.demand_id)
    round_of, number = demand.round_id, demand.number

    handling.submit_result(
        actor=town.handler,
        demand_id=demand.id,
        version=demand.version,
        outcome=Outcome.SOLVED,
        result="路灯已装",
        reply="已电话告知",
        reply_mode=ReplyMode.PHONE,
    )
    waiting = queries.get_item(actor=town.clerk, carry_over_id=link.id)
    with pytest.raises(NotAllowedError):
        review.write_off(actor=town.handler, demand_id=demand.id)
    review.write_off(actor=town.clerk, demand_id=demand.id)

    item = queries.get_item(actor=town.clerk, carry_over_id=link.id)
    assert (waiting.colour, item.colour, item.percent) == (Colour.GREEN, Colour.BLUE, 100)
    assert item.demand.state == DemandState.WRITTEN_OFF
    assert (item.demand.round_id, item.demand.number) == (round_of, number)
    after = counts.count_by_state(actor=town.clerk, filters=old_period)
    assert sum(after.values()) == sum(before.values()) == 1
    with pytest.raises((MoveError, NotAllowedError)):
        factories.enter(town, link)


def test_an_item_is_described_again(town: SmallTown) -> None:
    link = factories.item(town)
    given = PlanInput(
        title="上村路灯改造",
        leader_id=town.staff["leader"].id,
        funds_source="镇级财政",
        funds_amount=Decimal("20000.50"),
        beneficiaries="上村 60 户",
    )
    actions.describe_item(actor=town.clerk, carry_over_id=link.id, given=PlanInput(title="一"))
    actions.describe_item(actor=town.clerk, carry_over_id=link.id, given=given)

    plan = queries.get_item(actor=town.clerk, carry_over_id=link.id).plan
    assert (str(plan), plan.leader.name, plan.funds_amount) == (
        "上村路灯改造",
        "leader",
        Decimal("20000.50"),
    )
    assert ItemPlan.objects.in_town(town.town.id).count() == 1
    assert len(journaled(town, "halfyear_item_planned")) == 2
    with pytest.raises(NotAllowedError):
        actions.describe_item(actor=town.handler, carry_over_id=link.id, given=given)


def test_a_wrong_description_is_refused_by_field(town: SmallTown) -> None:
    link = factories.item(town)
    given = PlanInput(
        title="长" * 81,
        funds_source="长" * 81,
        beneficiaries="长" * 121,
        funds_amount=Decimal(-1),
        starts_on=date(2027, 6, 30),
    )

    with pytest.raises(FieldErrors) as refused:
        actions.describe_item(actor=town.clerk, carry_over_id=link.id, given=given)

    assert set(refused.value.errors) == {
        "title",
        "funds_source",
        "beneficiaries",
        "funds_amount",
        "starts_on",
    }


def test_thresholds_are_set_with_their_grounds(town: SmallTown) -> None:
    assert queries.colour_rule(town.town.id).source == ""
    for points in (10, 20):
        actions.set_colours(
            actor=town.clerk, behind_points=points, silent_months=1, source="镇督查办法"
        )

    rule = queries.colour_rule(town.town.id)
    assert (rule.behind_points, rule.silent_months, str(rule)) == (20, 1, "镇督查办法")
    assert len(journaled(town, "halfyear_colours_set")) == 2
    wrong: list[tuple[int | None, int | None]] = [(0, 0), (101, 13), (None, None)]
    for behind, months in wrong:
        with pytest.raises(FieldErrors) as refused:
            actions.set_colours(
                actor=town.clerk, behind_points=behind, silent_months=months, source=""
            )
        assert set(refused.value.errors) == {"behind_points", "silent_months", "source"}
    with pytest.raises(NotAllowedError):
        actions.set_colours(actor=town.leader, behind_points=1, silent_months=1, source="x")


def test_last_months_change_is_read_from_the_entries(town: SmallTown) -> None:
    link = factories.begun(town, SEPTEMBER)
    assert queries.get_item(actor=town.clerk, carry_over_id=link.id).change is None
    factories.enter(town, link, SEPTEMBER, 10)
    factories.enter(town, link, OCTOBER, 25)
    factories.enter(town, link, NOVEMBER, 40)
    first = factories.begun(town, SEPTEMBER)
    factories.enter(town, first, OCTOBER, 25)
    assert queries.get_item(actor=town.clerk, carry_over_id=first.id).change is None

    assert queries.get_item(actor=town.clerk, carry_over_id=link.id).change == 15


def test_only_the_owner_is_asked_for_this_month(town: SmallTown) -> None:
    link = factories.begun(town, SEPTEMBER)
    factories.enter(town, link, OCTOBER)
    assert list(queries.list_to_enter(actor=town.handler)) == [link]
    assert list(queries.list_to_enter(actor=town.head)) == []
    assert list(queries.list_to_enter(actor=town.clerk)) == []

    factories.enter(town, link, NOVEMBER)

    assert list(queries.list_to_enter(actor=town.handler)) == []
    with clock.at(demands.morning(date(2026, 12, 1))):
        assert list(queries.list_to_enter(actor=town.handler)) == [link]


def test_the_list_leaves_masked_and_is_journaled(town: SmallTown) -> None:
    link = factories.item(town, content="董大山来电13800000000反映路灯不亮")
    factories.enter(town, link, percent=30)
    item = queries.get_item(actor=town.clerk, carry_over_id=link.id)

    name, content = actions.export_list(actor=town.clerk, list_id=item.carry_over.half_year_list_id)

    sheet = openpyxl.load_workbook(BytesIO(content)).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    [row] = [each for each in cells if item.demand.number in each]
    assert name.endswith("_2026-11-16.xlsx")
    assert "董大山" not in str(cells)
    assert "13800000000" not in str(cells)
    assert row[10] == 30
    assert len(journaled(town, "halfyear_exported")) == 1
    with pytest.raises(NotAllowedError):
        actions.export_list(actor=town.handler, list_id=item.carry_over.half_year_list_id)


def test_queries_do_not_grow_with_items(town: SmallTown) -> None:
    for _one in range(5):
        factories.enter(town, factories.item(town))
    list_id = demands.half_year(town).id

    with CaptureQueriesContext(connection) as asked:
        assert len(queries.list_items(actor=town.clerk, list_id=list_id)) == 5

    assert len(asked) <= 5


def test_the_database_refuses_more_than_all(town: SmallTown) -> None:
    link = factories.item(town)

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthEntry.objects.create(
            town=town.town,
            carry_over=link,
            month=NOVEMBER,
            percent=101,
            done="x",
            entered_by=town.staff["handler"],
            entered_at=clock.now(),
        )
