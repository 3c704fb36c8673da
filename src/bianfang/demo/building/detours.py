"""Three demands that do not go straight: a wrong unit, a clock that stops, more time asked for.

All 127 demands are solved or carried over on the day of the showing. So the return and the stopped
clock stand in the history of solved ones; the request waits on one of those carried over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from bianfang.demo.building.rounds import CLERK
from bianfang.demo.building.script import Act, moment
from bianfang.demo.building.stories import Stories
from bianfang.demo.demands import DemandBook, DemoDemand
from bianfang.demo.texts import detours as texts
from bianfang.kernel import clock
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands.actions import clocks, deadline_rules, handling
from bianfang.outreach.demands.enums import DayUnit, Route
from bianfang.outreach.demands.queries import one

SENT_WRONGLY, RETURNED = time(7, 50), time(8, 10)
RULE_SET, STOPPED, ASKED = time(7, 40), time(10, 0), time(9, 15)
PAUSED_AFTER, RUNS_AFTER, LONG = 3, 6, 10
EXTRA_DAYS = 20


@dataclass(kw_only=True)
class Detours:
    """Plans them beside the stories; no outcome and no day of closing changes."""

    stories: Stories

    def plan(self, book: DemandBook, *, as_of: date) -> None:
        """Choose the demands by the plan alone, so that a seed always gives the same."""
        returned, other = _of_two_units(book.demands)
        self._plan_return(returned, other)
        paused = next(each for each in _long_ones(book.demands) if each.key != returned.key)
        self._plan_pause(paused)
        open_ones = [each for each in book.demands if each.is_open]
        self._at(as_of, ASKED, partial(self._ask, open_ones))

    def _plan_return(self, demand: DemoDemand, other: DemoDemand) -> None:
        day = demand.heard_on + timedelta(days=1)
        self._at(day, SENT_WRONGLY, partial(self._accept_wrongly, demand, other))
        self._at(day, RETURNED, partial(self._return, demand, other))

    def _plan_pause(self, demand: DemoDemand) -> None:
        self.stories.by_rule.add(demand.key)
        heard = demand.heard_on
        self._at(heard + timedelta(days=1), RULE_SET, partial(self._set_rule, demand))
        for days, act in ((PAUSED_AFTER, self._pause), (RUNS_AFTER, self._resume)):
            self._at(heard + timedelta(days=days), STOPPED, partial(act, demand))

    def _at(self, day: date, at: time, act: Act) -> None:
        self.stories.script.plan(moment(day, at), act)

    def _accept_wrongly(self, demand: DemoDemand, other: DemoDemand) -> None:
        ground = self.stories.ground
        actor, stored = self.stories.get(CLERK, demand.key)
        handling.accept(
            actor=actor,
            demand_id=stored.id,
            version=stored.version,
            measures=texts.WRONG_MEASURES,
            unit_id=ground.units[other.unit],
            owner_id=ground.staff[other.owner].id,
            route=Route(demand.route),
        )

    def _return(self, demand: DemoDemand, other: DemoDemand) -> None:
        actor, stored = self.stories.get(other.owner, demand.key)
        clocks.give_back(
            actor=actor,
            demand_id=stored.id,
            version=stored.version,
            suggested_unit_id=self.stories.ground.units[demand.unit],
            reason=texts.RETURNED,
        )

    def _set_rule(self, demand: DemoDemand) -> None:
        ground = self.stories.ground
        deadline_rules.set_rule(
            actor=ground.actor(CLERK),
            category_id=ground.categories[demand.category],
            days=demand.sla_days,
            unit=DayUnit.WORKDAY,
            source=texts.RULE,
            may_pause=True,
        )

    def _pause(self, demand: DemoDemand) -> None:
        actor, stored = self.stories.get(demand.approver, demand.key)
        clocks.pause(actor=actor, demand_id=stored.id, reason=texts.PAUSED)

    def _resume(self, demand: DemoDemand) -> None:
        actor, stored = self.stories.get(demand.owner, demand.key)
        clocks.resume(actor=actor, demand_id=stored.id)

    def _ask(self, open_ones: Iterable[DemoDemand]) -> None:
        """Of those carried over, the first that is still in time asks for more."""
        for demand in open_ones:
            actor, stored = self.stories.get(demand.owner, demand.key)
            is_free = one.find_open_extension(actor=actor, demand=stored) is None
            if is_free and stored.due_on and stored.due_on >= clock.today():
                later = load_calendar().add_workdays(stored.due_on, EXTRA_DAYS)
                handling.ask_extension(
                    actor=actor, demand_id=stored.id, new_due_on=later, reason=texts.MORE_TIME
                )
                return


def _of_two_units(demands: Iterable[DemoDemand]) -> tuple[DemoDemand, DemoDemand]:
    """A solved demand of a unit, and one whose unit it was sent to by mistake."""
    timed = [each for each in demands if each.route == "timed" and not each.is_open]
    first = next(each for each in timed if not each.extension_asked_on)
    return first, next(each for each in timed if each.unit != first.unit)


def _long_ones(demands: Iterable[DemoDemand]) -> Iterator[DemoDemand]:
    """Solved within the deadline, with room for a pause before."""
    for demand in demands:
        if demand.route != "timed" or demand.closed_on is None or demand.extension_asked_on:
            continue
        if (demand.closed_on - demand.heard_on).days >= LONG:
            yield demand
