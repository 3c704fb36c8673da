"""Items with their plan, months and colour, in a handful of queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.demands.models import CarryOver, Demand
from bianfang.outreach.demands.queries import lists
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.halfyear import progress
from bianfang.outreach.halfyear.models import ColourRule, ItemPlan, MonthEntry
from bianfang.outreach.halfyear.progress import Colour, Stage, Standing

_STAGES = {
    DemandState.WRITTEN_OFF: Stage.DONE,
    DemandState.AWAITING_REVIEW: Stage.ANSWERED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A carried-over demand as an item of its list."""

    carry_over: CarryOver
    demand: Demand
    plan: ItemPlan
    entries: Sequence[MonthEntry]
    colour: Colour
    planned: int

    @property
    def starts_on(self) -> date:
        """As described, else when the demand was accepted."""
        return starts_on(self.plan, self.demand, self.carry_over)

    @property
    def last(self) -> MonthEntry | None:
        """The latest month that was entered."""
        return self.entries[-1] if self.entries else None

    @property
    def percent(self) -> int:
        """How far it is: all of it once written off, else what was entered last."""
        if self.colour is Colour.BLUE:
            return progress.WHOLE
        return self.last.percent if self.last else 0

    @property
    def change(self) -> int | None:
        """By how many points last month's entry moved it; None without it or an earlier one."""
        month = progress.before(clock.today())
        pairs = zip(self.entries, self.entries[1:], strict=False)
        moved = (later.percent - each.percent for each, later in pairs if later.month == month)
        return next(moved, None)

    def entry_of(self, month: date) -> MonthEntry | None:
        """What was entered for the month."""
        return next((each for each in self.entries if each.month == month), None)


def colour_rule(town_id: UUID) -> ColourRule:
    """The thresholds in force; without a row the usual ones, without grounds."""
    found = ColourRule.objects.in_town(town_id).first() or ColourRule(town_id=town_id)
    assert isinstance(found, ColourRule)
    return found


def list_items(*, actor: Actor, list_id: UUID) -> list[Item]:
    """The items of a list in scope, by the number of their demands."""
    demands = list(lists.list_carried(actor=actor, list_id=list_id).select_related("owner", "unit"))
    rows = CarryOver.objects.in_town(actor.town_id).filter(half_year_list=list_id)
    links = {row.demand_id: row for row in rows.filter(demand__in=[each.id for each in demands])}
    return _items(actor, [(links[each.id], each) for each in demands])


def get_item(*, actor: Actor, carry_over_id: UUID) -> Item:
    """One item; out of scope it does not exist."""
    rows = CarryOver.objects.in_town(actor.town_id).select_related("half_year_list")
    link = rows.filter(id=carry_over_id).first()
    seen = Demand.objects.visible_to(actor).select_related("owner", "unit", "area")
    demand = seen.filter(id=link.demand_id).first() if link else None
    if link is None or demand is None:
        raise NotFoundError(_("There is no such item in your area."))
    [item] = _items(actor, [(link, demand)])
    return item


def get_link_for_update(*, actor: Actor, carry_over_id: UUID) -> CarryOver:
    """The item's row, locked, whoever's; its demand is asked for in scope beside it."""
    rows = CarryOver.objects.in_town(actor.town_id).select_for_update(of=("self",), no_key=True)
    found = rows.filter(id=carry_over_id).first()
    if found is None:
        raise NotFoundError(_("There is no such item in your area."))
    assert isinstance(found, CarryOver)
    return found


def is_latest(link: CarryOver) -> bool:
    """Whether the demand was not carried on to a later list."""
    rows = CarryOver.objects.in_town(link.town_id).filter(demand=link.demand_id)
    return not rows.filter(id__gt=link.id).exists()


def list_to_enter(*, actor: Actor) -> "QuerySet[CarryOver, CarryOver]":
    """The actor's own items of which this month is not entered yet; nobody else is told."""
    month = progress.first_of(clock.today())
    entered = MonthEntry.objects.filter(
        town_id=OuterRef("town_id"), carry_over=OuterRef("id"), month=month, is_current=True
    )
    later = CarryOver.objects.filter(
        town_id=OuterRef("town_id"), demand=OuterRef("demand_id"), id__gt=OuterRef("id")
    )
    rows: QuerySet[CarryOver, CarryOver] = CarryOver.objects.in_town(actor.town_id).filter(
        ~Exists(entered),
        ~Exists(later),
        demand__owner=actor.staff_id,
        demand__state=DemandState.CARRIED_OVER,
    )
    return rows.select_related("demand", "half_year_list").order_by("demand__number")


def list_former(*, actor: Actor, link: CarryOver) -> "QuerySet[Any]":
    """What was corrected, the latest first."""
    rows = MonthEntry.objects.in_town(actor.town_id).filter(carry_over=link.id, is_current=False)
    return rows.select_related("entered_by").order_by("-id")


def _items(actor: Actor, pairs: Iterable[tuple[CarryOver, Demand]]) -> list[Item]:
    pairs = list(pairs)
    ids = [link.id for link, _demand in pairs]
    described = ItemPlan.objects.in_town(actor.town_id).filter(carry_over__in=ids)
    plans = {plan.carry_over_id: plan for plan in described.select_related("leader")}
    entries: dict[UUID, list[MonthEntry]] = defaultdict(list)
    rows = MonthEntry.objects.in_town(actor.town_id).filter(carry_over__in=ids, is_current=True)
    for entry in rows.select_related("entered_by").order_by("month", "id"):
        entries[entry.carry_over_id].append(entry)
    rule = colour_rule(actor.town_id)
    return [
        _item(link, demand, plans.get(link.id) or ItemPlan(), entries[link.id], rule)
        for link, demand in pairs
    ]


def _item(
    link: CarryOver,
    demand: Demand,
    plan: ItemPlan,
    entries: Sequence[MonthEntry],
    rule: ColourRule,
) -> Item:
    today, begins = clock.today(), starts_on(plan, demand, link)
    last = entries[-1] if entries else None
    assert demand.due_on is not None
    standing = Standing(
        stage=_STAGES.get(DemandState(demand.state), Stage.OPEN),
        starts_on=begins,
        due_on=demand.due_on,
        month=last.month if last else None,
        percent=last.percent if last else 0,
    )
    return Item(
        carry_over=link,
        demand=demand,
        plan=plan,
        entries=entries,
        colour=progress.colour_of(standing, today, rule.thresholds),
        planned=progress.planned_percent(
            progress.measured_on(today, standing.month),
            starts_on=begins,
            due_on=demand.due_on,
        ),
    )


def starts_on(plan: ItemPlan, demand: Demand, link: CarryOver) -> date:
    """The day an item begins: as described, else when its demand was accepted."""
    if plan.starts_on:
        return plan.starts_on
    return clock.local(demand.accepted_at).date() if demand.accepted_at else link.carried_on
