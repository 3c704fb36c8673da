"""Deadlines counted by rule and work calendar, and counted anew when one of them changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import DayUnit, Route, Verb
from bianfang.outreach.demands.models import DeadlineRule, Demand
from bianfang.outreach.demands.queries import days as days_of
from bianfang.outreach.demands.queries import deadline_rules
from bianfang.outreach.demands.queries.days import Still
from bianfang.outreach.demands.workflow import CLOCK_RUNS


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A deadline, and how it came about: counted by a rule, or chosen."""

    due_on: date
    days: int | None = None
    unit: DayUnit = DayUnit.WORKDAY
    rule: DeadlineRule | None = None
    counted_from: date | None = None
    is_provisional: bool = False

    def set_on(self, demand: Demand) -> list[str]:
        """Write it on the demand; the first promise is kept. Returns the fields to be saved.

        A chosen day leaves the rule on the demand: it still tells whether the clock may stop.
        """
        demand.due_on, demand.due_days = self.due_on, self.days
        demand.due_counted_from = self.counted_from
        demand.due_is_provisional = self.is_provisional
        if self.days is not None:
            demand.due_unit, demand.due_rule = self.unit, self.rule
        demand.first_due_on = demand.first_due_on or self.due_on
        return [
            "due_on", "due_days", "due_unit", "due_rule", "due_counted_from", "due_is_provisional",
            "first_due_on",
        ]  # fmt: skip


def count_deadline(
    start: date,
    days: int,
    *,
    unit: DayUnit = DayUnit.WORKDAY,
    rule: DeadlineRule | None = None,
    stills: Iterable[Still] = (),
) -> Deadline:
    """So many days after `start`; provisional where that year's holidays are unknown."""
    calendar = load_calendar()
    due_on = days_of.due_date(start, days, unit=unit, calendar=calendar, stills=stills)
    return Deadline(
        due_on=due_on,
        days=days,
        unit=unit,
        rule=rule,
        counted_from=start,
        is_provisional=unit is DayUnit.WORKDAY and not calendar.covers(due_on),
    )


def usual_deadline(demand: Demand, start: date, *, route: str = "") -> Deadline:
    """By the rule of the category, else the days of the round, else a rule for all categories.

    Where there is none of these, the usual days of the category. Days on which the clock of a
    demand that was accepted before stood still do not count.
    """
    rules = deadline_rules.rules_for(
        town_id=demand.town_id,
        category_id=demand.category_id,
        route=route or demand.route or Route.TIMED,
    )
    closest = rules[0] if rules else None
    round_days = demand.round.timed_days if demand.round else None
    stills = _stills_before(demand)
    if closest and (closest.category_id or not round_days):
        unit = DayUnit(closest.unit)
        return count_deadline(start, closest.days, unit=unit, rule=closest, stills=stills)
    return count_deadline(start, int(round_days or demand.category.usual_days), stills=stills)


def _stills_before(demand: Demand) -> Sequence[Still]:
    if demand.accepted_at is None:
        return ()
    return deadline_rules.stills_of(town_id=demand.town_id, demands=[demand])[demand.id]


@transaction.atomic
def recount_deadlines(*, actor: Actor) -> int:
    """Count the deadlines of running demands anew; the first promise stays. Tells how many moved.

    Called after the work calendar changed; days that somebody chose are left alone.
    """
    policies.check_can_manage_deadlines(actor)
    rows = Demand.objects.in_town(actor.town_id)
    counted = rows.filter(state__in=sorted(CLOCK_RUNS), due_days__isnull=False)
    locked = counted.select_related("due_rule").select_for_update(of=("self",), no_key=True)
    demands = list(locked.order_by("id"))
    return len(recount(actor, demands, Verb.DEADLINE_RECOMPUTED))


def recount(
    actor: Actor, demands: Sequence[Demand], verb: Verb, *, rule: DeadlineRule | None = None
) -> list[Demand]:
    """Count locked demands anew, by another rule if given; gives those whose deadline moved."""
    stills = deadline_rules.stills_of(town_id=actor.town_id, demands=demands)
    moved: list[tuple[Demand, Mapping[str, Any]]] = []
    for demand in demands:
        before = _standing(demand)
        fields = _count_anew(demand, rule or demand.due_rule, stills[demand.id]).set_on(demand)
        if _standing(demand) == before:
            continue
        demand.changed_at = clock.now()
        demand.version += 1
        demand.save(update_fields=[*fields, "changed_at", "version"])
        if demand.due_on != before[0]:
            moved.append((demand, {"from": f"{before[0]}", "due_on": f"{demand.due_on}"}))
    journal.record_many(actor=actor, verb=verb, targets=moved)
    return [demand for demand, _facts in moved]


def _standing(demand: Demand) -> tuple[object, ...]:
    return (demand.due_on, demand.due_is_provisional, demand.due_rule_id)


def _count_anew(demand: Demand, rule: DeadlineRule | None, stills: Iterable[Still]) -> Deadline:
    """By a rule that changed, its days; else by the days that were promised."""
    assert demand.due_counted_from is not None
    assert demand.due_days is not None
    assert demand.due_on is not None
    is_new = rule is not None and rule.id != demand.due_rule_id
    deadline = count_deadline(
        demand.due_counted_from,
        rule.days if rule and is_new else demand.due_days,
        unit=DayUnit(rule.unit if rule and is_new else demand.due_unit),
        rule=rule,
        stills=stills,
    )
    # Nobody is late by a change that was made over their heads.
    return replace(deadline, due_on=max(deadline.due_on, min(demand.due_on, clock.today())))
