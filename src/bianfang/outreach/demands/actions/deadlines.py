"""Deadlines in working days by the work calendar, and counting them anew when it changes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import CLOCK_RUNS


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A deadline, and how it came about: counted in working days, or chosen."""

    due_on: date
    workdays: int | None = None
    counted_from: date | None = None
    is_provisional: bool = False

    def set_on(self, demand: Demand) -> list[str]:
        """Write it on the demand; the first promise is kept. Returns the fields to be saved."""
        demand.due_on = self.due_on
        demand.due_workdays, demand.due_counted_from = self.workdays, self.counted_from
        demand.due_is_provisional = self.is_provisional
        demand.first_due_on = demand.first_due_on or self.due_on
        return [
            "due_on", "due_workdays", "due_counted_from", "due_is_provisional", "first_due_on",
        ]  # fmt: skip


def count_deadline(start: date, workdays: int) -> Deadline:
    """So many working days after `start`; provisional where that year's holidays are unknown."""
    calendar = load_calendar()
    due_on = calendar.add_workdays(start, workdays)
    return Deadline(
        due_on=due_on,
        workdays=workdays,
        counted_from=start,
        is_provisional=not calendar.covers(due_on),
    )


def usual_workdays(demand: Demand) -> int:
    """The round's days for timed handling, else the usual days of the category."""
    round_days = demand.round.timed_days if demand.round else None
    return int(round_days or demand.category.usual_days)


@transaction.atomic
def recompute_provisional(*, actor: Actor) -> int:
    """Count provisional deadlines of running demands anew; the first promise stays. Tells how many.

    Called after the holidays of a year were imported.
    """
    policies.check_can_manage_deadlines(actor)
    waiting = Demand.objects.in_town(actor.town_id).filter(
        state__in=sorted(CLOCK_RUNS), due_is_provisional=True, due_workdays__isnull=False
    )
    moved = []
    for demand in waiting.select_for_update(of=("self",), no_key=True).order_by("id"):
        assert demand.due_counted_from is not None
        assert demand.due_workdays is not None
        old = demand.due_on
        fields = count_deadline(demand.due_counted_from, demand.due_workdays).set_on(demand)
        demand.changed_at = clock.now()
        demand.version += 1
        demand.save(update_fields=[*fields, "changed_at", "version"])
        if demand.due_on != old:
            moved.append((demand, {"from": f"{old}", "due_on": f"{demand.due_on}"}))
    journal.record_many(actor=actor, verb=Verb.DEADLINE_RECOMPUTED, targets=moved)
    return len(moved)
