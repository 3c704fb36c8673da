from copy import copy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import (
    DemandKind,
    DemandSort,
    Outcome,
    Route,
    Source,
    StateGroup,
    Theme,
)
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission


def numbers(
    town: SmallTown, filters: DemandFilter = lists.EVERY_DEMAND, by: str = "clerk"
) -> set[str]:
    rows = lists.list_demands(actor=town.actors[by], filters=filters)
    return set(rows.values_list("number", flat=True))


@pytest.mark.parametrize(
    ("group", "states"),
    [
        (StateGroup.ALL, set(State)),
        (StateGroup.COUNTED, set(State) - {State.MERGED, State.DECLINED}),
        (
            StateGroup.OPEN,
            {
                State.REGISTERED,
                State.HANDLING,
                State.PAUSED,
                State.CARRIED_OVER,
                State.AWAITING_REVIEW,
            },
        ),
        (StateGroup.NEW, {State.REGISTERED}),
        (StateGroup.AWAITING_REVIEW, {State.AWAITING_REVIEW}),
        (StateGroup.CLOSED, {State.WRITTEN_OFF}),
        (StateGroup.CARRIED_OVER, {State.CARRIED_OVER}),
        (StateGroup.ASIDE, {State.MERGED, State.DECLINED}),
    ],
)
def test_groups_hold_their_states(town: SmallTown, group: StateGroup, states: set[State]) -> None:
    for make in factories.IN_STATE.values():
        make(town)

    rows = lists.list_demands(actor=town.clerk, filters=DemandFilter(group=group))

    assert {row.state for row in rows.order_by("id")} == states


def test_overdue_are_those_whose_clock_runs_after_the_deadline(town: SmallTown) -> None:
    late, done = factories.handling_state(town), factories.awaiting_review(town)
    assert late.due_on is not None

    with clock.at(factories.morning(late.due_on)):
        assert numbers(town, DemandFilter(group=StateGroup.OVERDUE)) == set()
    with clock.at(factories.morning(late.due_on + timedelta(days=1))):
        assert numbers(town, DemandFilter(group=StateGroup.OVERDUE)) == {late.number}
    assert done.number not in numbers(town, DemandFilter(group=StateGroup.OVERDUE))


def test_every_filter_narrows(town: SmallTown) -> None:
    plain = factories.registered(town)
    other = factories.registered(
        town,
        category_id=town.other_category.id,
        household_id=town.far_household.id,
        source=Source.HOTLINE,
        kind=DemandKind.SUGGESTION,
        content="想申请低保",
        said_at=factories.morning(MONDAY - timedelta(days=10)),
    )
    handled = factories.written_off(town, Outcome.EXPLAINED)
    Demand.objects.in_town(town.town.id).filter(id=other.id).update(round=town.round.id)

    only_other: list[DemandFilter] = [
        DemandFilter(theme=Theme.ASSISTANCE),
        DemandFilter(category_id=town.other_category.id),
        DemandFilter(source=Source.HOTLINE),
        DemandFilter(kind=DemandKind.SUGGESTION),
        DemandFilter(area=town.place.south.reach),
        DemandFilter(household_id=town.far_household.id),
        DemandFilter(round_id=town.round.id),
        DemandFilter(registered_to=MONDAY - timedelta(days=10)),
        DemandFilter(text="低保"),
        DemandFilter(text="秦远"),
    ]
    only_handled: list[DemandFilter] = [
        DemandFilter(route=Route.TIMED),
        DemandFilter(outcome=Outcome.EXPLAINED),
        DemandFilter(unit_id=town.units["civil"].id),
        DemandFilter(owner_id=town.staff["handler"].id),
    ]
    for filters in only_other:
        assert numbers(town, filters) == {other.number}, filters
    for filters in only_handled:
        assert numbers(town, filters) == {handled.number}, filters
    assert numbers(town, DemandFilter(registered_from=MONDAY)) == {plain.number, handled.number}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2026-00002", True),
        ("2026-2", True),
        ("2", True),
        (" 00002 ", True),
        ("20260002", True),
        ("2025-00002", False),
    ],
)
def test_a_typed_number_is_looked_up(town: SmallTown, typed: str, *, found: bool) -> None:
    factories.registered(town)
    second = factories.registered(town)

    assert numbers(town, DemandFilter(text=typed)) == ({second.number} if found else set())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("路灯", True),
        ("灯", True),
        ("大山 路灯", True),
        ("WiFi 100%", True),
        ("灯路", False),
        ("路灯 排水沟", False),
        # Both pairs stand there, but apart.
        ("灯不修", False),
    ],
)
def test_words_are_searched_for_in_content_and_proposer(
    town: SmallTown, typed: str, *, found: bool
) -> None:
    demand = factories.registered(town, content="路灯不亮，WiFi信号 100%没有，没人来，不修")

    assert numbers(town, DemandFilter(text=typed)) == ({demand.number} if found else set())


@pytest.mark.postgres
def test_words_are_found_through_their_index(town: SmallTown) -> None:
    demand = factories.registered(town, content="排水沟堵塞")
    others = [copy(demand) for _ in range(2000)]
    for place, other in enumerate(others):
        other.id, other.number, other.content = factories.some_id(), f"x-{place}", "村口路灯不亮"
    Demand.objects.bulk_create(others)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('demand_words')")  # else it depends on vacuum
        cursor.execute("ANALYZE demands_demand")

    rows = lists.narrowed(actor=town.clerk, filters=DemandFilter(text="排水沟"))

    assert "demand_words" in rows.order_by().explain()
    assert list(rows.order_by("id")) == [demand]


def test_a_half_year_list_holds_what_was_carried_to_it(town: SmallTown) -> None:
    demand, _other = factories.carried_over(town), factories.handling_state(town)
    half_year = factories.half_year(town)

    assert numbers(town, DemandFilter(half_year_list_id=half_year.id)) == {demand.number}


def test_scope_is_the_same_for_list_count_and_one(town: SmallTown) -> None:
    mine = factories.handling_state(town)
    far = factories.registered(town, household_id=town.far_household.id)

    assert numbers(town, by="far_secretary") == {far.number}
    assert numbers(town, by="handler") == {mine.number}
    assert numbers(town, by="officer") == set()
    assert lists.count_demands(actor=town.worker, filters=lists.EVERY_DEMAND) == 1
    assert one.get_demand(actor=town.handler, demand_id=mine.id) == mine
    job = people.system_actor(town_id=town.town.id, name="nightly")
    assert lists.count_demands(actor=job, filters=lists.EVERY_DEMAND) == 2
    part = replace(job, grants={Permission.VIEW_DEMANDS: (town.place.north.reach,)})
    assert lists.count_demands(actor=part, filters=lists.EVERY_DEMAND) == 1


def test_another_town_is_invisible(town: SmallTown) -> None:
    other = factories.make_town("second", code="0002")
    factories.registered(other)

    assert numbers(town) == set()


def test_counting_stops_where_it_is_told(town: SmallTown) -> None:
    for _ in range(3):
        factories.registered(town)

    assert lists.count_demands(actor=town.clerk, filters=lists.EVERY_DEMAND, up_to=2) == 2


def test_a_row_carries_its_names_in_one_query(town: SmallTown) -> None:
    for _ in range(3):
        factories.handling_state(town)

    with CaptureQueriesContext(connection) as captured:
        page = lists.page_demands(actor=town.clerk, filters=lists.EVERY_DEMAND)
        named = {
            (row.category_name, row.category_name_en, row.unit_name, row.owner_name)  # type: ignore[attr-defined]  # annotated
            for row in page.rows
        }

    assert len(captured) == 1
    assert named == {("类别lighting", "lighting", town.units["civil"].name, "handler")}


@pytest.mark.parametrize("sort", DemandSort)
def test_pages_follow_each_other_in_every_order(town: SmallTown, sort: DemandSort) -> None:
    for day in range(3):
        with clock.at(factories.morning(MONDAY + timedelta(days=day))):
            factories.handling_state(town)
            factories.registered(town)

    seen: list[str] = []
    token = ""
    while True:
        page = lists.page_demands(
            actor=town.clerk,
            filters=DemandFilter(group=StateGroup.OPEN),
            sort=sort,
            token=token,
            size=2,
        )
        seen += [row.number for row in page.rows]
        token = page.next_token
        if not token:
            break

    in_order = sorted(seen)
    expected = {
        DemandSort.OLDEST: in_order,
        DemandSort.NEWEST: in_order[::-1],
        DemandSort.NUMBER: in_order[::-1],
        DemandSort.DUE: in_order[::2] + in_order[1::2],
    }
    assert seen == expected[sort]


def test_urgency_is_asked_only_of_what_is_open(town: SmallTown) -> None:
    factories.handling_state(town)
    newest = factories.registered(town)

    page = lists.page_demands(actor=town.clerk, filters=lists.EVERY_DEMAND, sort=DemandSort.DUE)

    assert page.rows[0] == newest
    assert DemandSort.DUE not in lists.sorts_for(StateGroup.CLOSED)
    assert DemandSort.DUE in lists.sorts_for(StateGroup.OVERDUE)


def test_the_meeting_pool_is_what_meetings_have_to_solve(town: SmallTown) -> None:
    factories.handling_state(town)
    hard = factories.handling_state(town)
    hard = handling.reassign(
        actor=town.clerk,
        demand_id=hard.id,
        version=hard.version,
        owner_id=town.staff["handler"].id,
        unit_id=None,
        reason="一时难以解决",
        route=Route.MEETING,
    )

    assert list(lists.meeting_pool(actor=town.clerk)) == [hard]


def test_what_was_merged_is_listed_with_what_it_went_into(town: SmallTown) -> None:
    demand = factories.merged(town)
    assert demand.merged_into is not None

    [absorbed] = one.list_absorbed(actor=town.clerk, demand=demand.merged_into)
    assert (absorbed.demand, absorbed.is_in_scope) == (demand, True)


def test_what_falls_due_is_listed_with_what_is_overdue(town: SmallTown) -> None:
    near, far = factories.handling_state(town), factories.carried_over(town)
    factories.awaiting_review(town)
    assert near.due_on is not None

    with clock.at(factories.morning(near.due_on - timedelta(days=5))):
        for days, expected in ((4, []), (5, [near]), (400, [near, far])):
            rows = lists.list_due(actor=town.clerk, filters=lists.EVERY_DEMAND, days=days)
            assert list(rows) == expected
    with clock.at(factories.morning(near.due_on + timedelta(days=1))):
        rows = lists.list_due(actor=town.clerk, filters=lists.EVERY_DEMAND, days=0)
        assert list(rows) == [near]
