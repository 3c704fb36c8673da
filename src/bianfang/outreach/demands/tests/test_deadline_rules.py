"""Rules of deadlines: which one holds, versions, and what happens to open demands."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import clocks, deadline_rules, handling, review
from bianfang.outreach.demands.enums import DayUnit, Route, Verb
from bianfang.outreach.demands.models import DeadlineRule
from bianfang.outreach.demands.queries import deadline_rules as rules
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh


def plus(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_the_closest_rule_holds(town: SmallTown) -> None:
    category = town.category.id
    assert factories.handling_state(town).due_days == 12

    for days, wanted in ((30, {}), (20, {"route": Route.TIMED}), (15, {"category_id": category}),
                         (5, {"category_id": category, "route": Route.TIMED})):  # fmt: skip
        rule = factories.rule(town, days, **wanted)
        demand = factories.handling_state(town)
        assert (demand.due_days, demand.due_rule_id) == (days, rule.id)

    other = factories.handling_state(town, category_id=town.other_category.id)
    assert other.due_days == 20


def test_the_days_of_the_round_go_before_a_rule_for_everything(town: SmallTown) -> None:
    factories.rule(town, 30)
    demand = factories.registered(town)
    type(demand).objects.in_town(town.town.id).filter(id=demand.id).update(round=town.round)

    accepted = handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="更换灯具",
        unit_id=None,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )

    assert accepted.due_days == town.round.timed_days
    assert accepted.due_rule_id is None


def test_calendar_days_count_every_day(town: SmallTown) -> None:
    factories.rule(town, 10, unit=DayUnit.CALENDAR)

    demand = factories.handling_state(town)

    assert (demand.due_on, demand.due_unit) == (plus(10), DayUnit.CALENDAR)
    assert not demand.due_is_provisional


def test_a_change_is_a_new_version_and_promises_stand(town: SmallTown) -> None:
    first = factories.rule(town, 10)
    demand = factories.handling_state(town)

    second = factories.rule(town, 5)

    first.refresh_from_db()
    assert (first.ended_on, first.version, second.version) == (MONDAY, 1, 2)
    assert fresh(demand).due_on == demand.due_on
    assert factories.handling_state(town).due_on == plus(7)


def test_open_demands_follow_a_change_when_told_so_and_history_tells(town: SmallTown) -> None:
    factories.rule(town, 10)
    demand = factories.handling_state(town)
    chosen = factories.registered(town)
    chosen = handling.accept(
        actor=town.clerk,
        demand_id=chosen.id,
        version=chosen.version,
        measures="x",
        unit_id=None,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
        due_on=plus(3),
    )

    longer = factories.rule(town, 15, applies_to_open=True)

    moved = fresh(demand)
    assert (moved.due_on, moved.first_due_on) == (plus(21), demand.due_on)
    assert (moved.due_rule_id, moved.version) == (longer.id, demand.version + 1)
    assert fresh(chosen).due_on == plus(3)
    entry = Entry.objects.in_town(town.town.id).get(verb=Verb.DEADLINE_BY_RULE)
    assert entry.facts == {"from": f"{demand.due_on}", "due_on": f"{moved.due_on}"}


def test_a_shorter_rule_makes_nobody_late(town: SmallTown) -> None:
    factories.rule(town, 10)
    demand = factories.handling_state(town)

    with clock.at(factories.morning(plus(10))):
        factories.rule(town, 2, applies_to_open=True)

    assert fresh(demand).due_on == plus(10)


def test_pauses_are_kept_when_a_rule_changes(town: SmallTown) -> None:
    """What other systems forget: a change of the rule counts around the days that stood still."""
    factories.rule(town, 10, category_id=town.category.id)
    demand = factories.handling_state(town)
    clocks.pause(actor=town.head, demand_id=demand.id, reason="等待上级批复")
    with clock.at(factories.morning(plus(7))):
        clocks.resume(actor=town.handler, demand_id=demand.id)
        factories.rule(town, 12, category_id=town.category.id, applies_to_open=True)

    # Tuesday, the day after the acceptance, to Friday of that week stood still.
    assert fresh(demand).due_on == plus(22)


def test_reopening_counts_by_the_rule_of_that_day(town: SmallTown) -> None:
    demand = factories.written_off(town)
    rule = factories.rule(town, 3)

    reopened = review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了")

    assert (reopened.due_on, reopened.due_rule_id) == (plus(3), rule.id)


def test_an_ended_rule_holds_no_longer_and_takes_nothing_back(town: SmallTown) -> None:
    rule = factories.rule(town, 10)
    demand = factories.handling_state(town)

    deadline_rules.end_rule(actor=town.clerk, rule_id=rule.id)
    deadline_rules.end_rule(actor=town.clerk, rule_id=rule.id)

    assert fresh(demand).due_on == demand.due_on
    assert factories.handling_state(town).due_days == 12
    assert Entry.objects.in_town(town.town.id).filter(verb=Verb.RULE_ENDED).count() == 1
    assert factories.rule(town, 10).version == 2
    assert [each.version for each in rules.list_rules(actor=town.clerk)] == [2]
    former = rules.list_rules(actor=town.clerk, in_force=False)
    assert [each.version for each in former] == [1]


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"days": None, "source": ""}, {"days", "source"}),
        ({"days": 0}, {"days"}),
        ({"days": 400}, {"days"}),
        ({"source": "长" * 201}, {"source"}),
        ({"category_id": factories.some_id()}, {"category"}),
        ({"route": Route.ONSITE}, {"route"}),
    ],
)
def test_a_wrong_rule_is_refused_by_field(
    town: SmallTown, wanted: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(FieldErrors) as refused:
        factories.rule(town, **{"days": 5, **wanted})  # type: ignore[arg-type]  # as typed by hand

    assert set(refused.value.errors) == fields


def test_rules_are_kept_by_whoever_keeps_the_calendar(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        deadline_rules.set_rule(actor=town.secretary, days=5, unit=DayUnit.WORKDAY, source="自定")
    with pytest.raises(NotAllowedError):
        deadline_rules.end_rule(actor=town.secretary, rule_id=factories.rule(town).id)
    with pytest.raises(NotFoundError):
        deadline_rules.end_rule(actor=town.clerk, rule_id=factories.some_id())


@pytest.mark.parametrize("of_category", [True, False])
def test_the_database_holds_one_rule_in_force(town: SmallTown, *, of_category: bool) -> None:
    category = town.category.id if of_category else None
    factories.rule(town, 10, category_id=category)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineRule.objects.create(
            town=town.town,
            category_id=category,
            days=3,
            unit=DayUnit.WORKDAY,
            source="x",
            valid_from=MONDAY,
            made_by=town.staff["clerk"],
        )
