"""The items of the half-year list: described by the office, entered month by month by owners."""

from datetime import time
from decimal import Decimal

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK, Rounds
from bianfang.demo.building.script import Script, moment
from bianfang.demo.texts.halfyear import ITEM_TEXTS, ItemText
from bianfang.kernel import clock
from bianfang.outreach.demands.queries import one
from bianfang.outreach.halfyear import actions, progress, queries
from bianfang.outreach.halfyear.actions import MonthInput, PlanInput
from bianfang.outreach.halfyear.queries import Item

ENTERED = time(9, 40)
LEADER = "leader01"


def plan_half_year(ground: Ground, rounds: Rounds, script: Script) -> None:
    """On the day of the showing, after what stays open was carried over."""
    script.plan(moment(rounds.timeline.as_of, ENTERED), lambda: enter_items(ground))


def enter_items(ground: Ground) -> None:
    """Each item by its text; the months since its demand was accepted are made good."""
    actor = ground.actor(CLERK)
    [half_year_list] = one.list_half_year_lists(actor=actor)
    for item in queries.list_items(actor=actor, list_id=half_year_list.id):
        text = next((each for each in ITEM_TEXTS if each.word in item.demand.content), None)
        if text is not None:
            _describe(ground, item, text)
            _enter_months(ground, item, text)


def _describe(ground: Ground, item: Item, text: ItemText) -> None:
    given = PlanInput(
        title=text.title,
        goal=text.goal,
        leader_id=ground.staff[LEADER].id,
        funds_source=text.funds_source,
        funds_amount=Decimal(text.yuan) if text.yuan else None,
        beneficiaries=text.serves,
    )
    actions.describe_item(actor=ground.actor(CLERK), carry_over_id=item.carry_over.id, given=given)


def _enter_months(ground: Ground, item: Item, text: ItemText) -> None:
    today, owner, due_on = clock.today(), item.demand.owner, item.demand.due_on
    assert owner is not None
    assert due_on is not None
    months = list(progress.months(item.starts_on, today))[-len(text.months) :]
    for month, told in zip(months, text.months[-len(months) :], strict=False):
        day = min(today, progress.last_of(month))
        plan = progress.planned_percent(day, starts_on=item.starts_on, due_on=due_on)
        given = MonthInput(
            month=month,
            percent=max(0, plan - told.behind),
            done=told.done,
            next_step=told.next_step,
        )
        actions.enter_month(
            actor=ground.actor(owner.username), carry_over_id=item.carry_over.id, given=given
        )
