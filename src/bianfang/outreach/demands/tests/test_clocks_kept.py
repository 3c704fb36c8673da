"""Brought to light by the comparison with paper: a pause takes no time and makes nobody late."""

from datetime import date, timedelta

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import clocks, handling
from bianfang.outreach.demands.enums import DayUnit, ExtensionDecision, Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh

SATURDAY = MONDAY + timedelta(days=5)


def _on(day: date, act: str, town: SmallTown, demand: Demand) -> None:
    with clock.at(factories.morning(day)):
        if act == "pause":
            clocks.pause(actor=town.head, demand_id=demand.id, reason="等待批复")
        else:
            clocks.resume(actor=town.handler, demand_id=demand.id)


def test_days_of_a_pause_are_kept_when_the_demand_is_returned_and_given_out_anew(
    town: SmallTown,
) -> None:
    factories.rule(town, days=10)
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    _on(MONDAY, "pause", town, demand)
    _on(MONDAY + timedelta(days=1), "resume", town, demand)
    paused = fresh(demand)

    with clock.at(factories.morning(MONDAY + timedelta(days=1))):
        clocks.give_back(
            actor=town.handler,
            demand_id=demand.id,
            version=paused.version,
            suggested_unit_id=town.units["roads"].id,
            reason="属道路管理",
        )
        handling.accept(
            actor=town.clerk,
            demand_id=demand.id,
            version=fresh(demand).version,
            measures="更换灯具",
            unit_id=town.units["roads"].id,
            owner_id=town.staff["roads_handler"].id,
            route=Route.TIMED,
        )

    assert fresh(demand).due_on == paused.due_on


def test_a_rule_that_grew_shorter_makes_nobody_late_after_a_pause(town: SmallTown) -> None:
    factories.rule(town, days=10)
    demand = factories.handling_state(town)
    friday = MONDAY + timedelta(days=4)
    with clock.at(factories.morning(friday)):
        factories.rule(town, days=1, unit=DayUnit.CALENDAR, applies_to_open=True)
    assert fresh(demand).due_on == friday
    _on(friday, "pause", town, demand)

    _on(friday + timedelta(days=10), "resume", town, demand)

    assert fresh(demand).due_on == friday + timedelta(days=10)


def test_a_chosen_day_off_makes_nobody_late_after_a_pause(town: SmallTown) -> None:
    factories.rule(town, days=1)
    demand = factories.handling_state(town)
    extension = handling.ask_extension(
        actor=town.handler, demand_id=demand.id, new_due_on=SATURDAY, reason="配件未到"
    )
    handling.decide_extension(
        actor=town.head,
        extension_id=extension.id,
        grant=ExtensionDecision.GRANT,
        told_resident="已电话说明",
    )
    _on(SATURDAY, "pause", town, demand)

    _on(SATURDAY + timedelta(days=9), "resume", town, demand)

    assert fresh(demand).due_on == SATURDAY + timedelta(days=9)
