"""The clock of a demand: pauses, returns, and the naive model that every deadline agrees with."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError
from bianfang.kernel.workcalendar.queries import Calendar
from bianfang.outreach.demands.actions import clocks, handling
from bianfang.outreach.demands.enums import DayUnit, ExtensionDecision, Route, StateGroup
from bianfang.outreach.demands.models import Demand, Pause, Return
from bianfang.outreach.demands.queries import days as counting
from bianfang.outreach.demands.queries.days import Still
from bianfang.outreach.demands.queries.lists import DemandFilter, count_demands
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State

DAYS = st.integers(min_value=0, max_value=120)
OFFSETS = st.integers(min_value=-10, max_value=150)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared by their words."""
    with translation.override("en"):
        yield


def plus(days: int) -> date:
    return MONDAY + timedelta(days=days)


def naive(start: date, days: int, unit: DayUnit, calendar: Calendar, stills: list[Still]) -> date:
    """All days of two years written down, the uncounted ones struck out, the n-th taken."""
    row = [start + timedelta(days=place) for place in range(1, 800)]
    counting_days = [
        day
        for day in row
        if (unit is DayUnit.CALENDAR or calendar.is_workday(day))
        and all(not still.from_day <= day < still.to_day for still in stills)
    ]
    return counting_days[days - 1] if days else start


@given(
    days=DAYS,
    unit=st.sampled_from(DayUnit),
    changed=st.dictionaries(OFFSETS, st.booleans(), max_size=40),
    spans=st.lists(st.tuples(OFFSETS, st.integers(min_value=0, max_value=30)), max_size=4),
)
def test_counting_agrees_with_days_written_down_one_by_one(
    days: int, unit: DayUnit, changed: dict[int, bool], spans: list[tuple[int, int]]
) -> None:
    calendar = Calendar(
        overrides={plus(offset): worked for offset, worked in changed.items()}, years=frozenset()
    )
    stills = [Still(plus(first), plus(first + length)) for first, length in spans]

    found = counting.due_date(MONDAY, days, unit=unit, calendar=calendar, stills=stills)

    assert found == naive(MONDAY, days, unit, calendar, stills)


@given(ahead=DAYS, unit=st.sampled_from(DayUnit))
def test_days_left_lead_from_the_day_to_the_deadline(ahead: int, unit: DayUnit) -> None:
    calendar = Calendar(overrides={}, years=frozenset())
    due_on = counting.due_date(MONDAY, ahead, unit=unit, calendar=calendar)

    left = counting.days_left(MONDAY, due_on, unit=unit, calendar=calendar)

    again = counting.due_date(counting.day_before(MONDAY), left, unit=unit, calendar=calendar)
    assert again == due_on


def test_nothing_is_left_after_the_deadline() -> None:
    calendar = Calendar(overrides={}, years=frozenset())

    assert counting.days_left(plus(3), MONDAY, unit=DayUnit.CALENDAR, calendar=calendar) == 0


def test_a_stopped_clock_is_not_overdue_and_gives_its_days_back(town: SmallTown) -> None:
    demand = factories.paused(town)
    promised = demand.due_on
    late = DemandFilter(group=StateGroup.OVERDUE)

    with clock.at(factories.morning(plus(28))):
        assert count_demands(actor=town.clerk, filters=late) == 0
        resumed = clocks.resume(actor=town.handler, demand_id=demand.id)

    assert promised == plus(14)
    assert resumed.state == State.HANDLING
    assert resumed.due_on == plus(28 + 14 - 3)
    assert resumed.first_due_on == promised
    pause = Pause.objects.in_town(town.town.id).get(demand=demand.id)
    assert (pause.from_day, pause.to_day) == (MONDAY, plus(28))
    assert pause.resumed_by_id == town.staff["handler"].id


def test_stopped_and_started_the_same_day_changes_nothing(town: SmallTown) -> None:
    demand = factories.paused(town)

    assert clocks.resume(actor=town.handler, demand_id=demand.id).due_on == demand.due_on


def test_a_chosen_deadline_keeps_the_days_that_were_left(town: SmallTown) -> None:
    factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)
    extension = handling.ask_extension(
        actor=town.handler, demand_id=demand.id, new_due_on=plus(16), reason="配件未到"
    )
    handling.decide_extension(
        actor=town.head,
        extension_id=extension.id,
        grant=ExtensionDecision.GRANT,
        told_resident="已说明",
    )
    clocks.pause(actor=town.head, demand_id=demand.id, reason="等待上级批复")

    with clock.at(factories.morning(plus(7))):
        resumed = clocks.resume(actor=town.handler, demand_id=demand.id)

    assert resumed.due_on == plus(23)
    assert resumed.due_days is None


@pytest.mark.parametrize("may_pause", [True, False])
def test_the_clock_stops_only_where_the_rule_lets_it(town: SmallTown, *, may_pause: bool) -> None:
    factories.rule(town, category_id=town.category.id, may_pause=may_pause)
    demand = factories.handling_state(town)

    if may_pause:
        assert clocks.pause(actor=town.head, demand_id=demand.id, reason="x").state == State.PAUSED
        return
    with pytest.raises(MoveError, match="No deadline rule"):
        clocks.pause(actor=town.head, demand_id=demand.id, reason="x")


def test_without_a_rule_the_clock_does_not_stop(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(MoveError, match="No deadline rule"):
        clocks.pause(actor=town.head, demand_id=demand.id, reason="x")


def test_a_missed_deadline_is_not_mended_by_stopping_the_clock(town: SmallTown) -> None:
    factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)

    with clock.at(factories.morning(plus(30))), pytest.raises(MoveError, match="has passed"):
        clocks.pause(actor=town.head, demand_id=demand.id, reason="x")


def give_back(town: SmallTown, demand: Demand, by: str = "handler") -> Demand:
    return clocks.give_back(
        actor=town.actors[by],
        demand_id=demand.id,
        version=demand.version,
        suggested_unit_id=town.units["roads"].id,
        reason="属道路管理",
    )


def accept(town: SmallTown, demand: Demand) -> Demand:
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="更换灯具",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )


def test_a_return_names_whose_it_is_and_the_clock_runs_on(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    promised = demand.due_on

    returned = give_back(town, demand)
    with clock.at(factories.morning(plus(1))):
        again = accept(town, fresh(returned))

    assert (returned.state, returned.owner_id) == (State.REGISTERED, None)
    assert returned.unit_id == town.units["roads"].id
    assert (again.due_on, again.first_due_on) == (promised, promised)
    assert again.assigned_on == plus(1)
    kept = Return.objects.in_town(town.town.id).get(demand=demand.id)
    assert kept.from_unit_id == town.units["civil"].id
    assert kept.suggested_unit_id == town.units["roads"].id


def test_after_two_returns_the_unit_that_holds_it_sees_it_through(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    for _time in range(clocks.MOST_RETURNS):
        demand = accept(town, fresh(give_back(town, demand)))

    with pytest.raises(MoveError, match="twice"):
        give_back(town, demand)


def test_a_return_comes_within_a_working_day_of_the_assignment(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with clock.at(factories.morning(plus(2))):
        with pytest.raises(MoveError, match="until 2026-11-17"):
            give_back(town, demand)
        handed = handling.reassign(
            actor=town.clerk,
            demand_id=demand.id,
            version=demand.version,
            owner_id=town.staff["handler"].id,
            unit_id=town.units["civil"].id,
            reason="换人",
        )
        assert give_back(town, handed).state == State.REGISTERED


def test_a_return_to_oneself_is_none(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(FieldErrors) as refused:
        clocks.give_back(
            actor=town.handler,
            demand_id=demand.id,
            version=demand.version,
            suggested_unit_id=town.units["civil"].id,
            reason="x",
        )

    assert set(refused.value.errors) == {"suggested_unit"}


def test_what_was_never_assigned_has_no_last_day(town: SmallTown) -> None:
    assert clocks.last_day_to_return(factories.registered(town)) is None


def test_more_time_is_asked_for_before_the_deadline(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with clock.at(factories.morning(plus(30))), pytest.raises(MoveError, match="it passed on"):
        handling.ask_extension(
            actor=town.handler, demand_id=demand.id, new_due_on=plus(40), reason="配件未到"
        )


def test_more_time_asked_for_before_a_pause_never_shortens_the_deadline(town: SmallTown) -> None:
    factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)
    extension = handling.ask_extension(
        actor=town.handler, demand_id=demand.id, new_due_on=plus(16), reason="配件未到"
    )
    clocks.pause(actor=town.head, demand_id=demand.id, reason="等待上级批复")
    with clock.at(factories.morning(plus(28))):
        resumed = clocks.resume(actor=town.handler, demand_id=demand.id)
        handling.decide_extension(
            actor=town.head,
            extension_id=extension.id,
            grant=ExtensionDecision.GRANT,
            told_resident="已说明",
        )

    assert resumed.due_on is not None
    assert resumed.due_on > plus(16)
    assert fresh(demand).due_on == resumed.due_on


def test_whoever_has_no_right_stops_no_clock(town: SmallTown) -> None:
    factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)

    for name in ("handler", "secretary"):
        with pytest.raises(NotAllowedError):
            clocks.pause(actor=town.actors[name], demand_id=demand.id, reason="x")
