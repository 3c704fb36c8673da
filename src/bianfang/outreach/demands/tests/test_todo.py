from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling, review
from bianfang.outreach.demands.enums import TodoKind
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists, todo
from bianfang.outreach.demands.queries.todo import TodoGlance
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.people import queries as people


def groups(town: SmallTown, name: str) -> dict[TodoKind, set[str]]:
    return {
        group.kind: {row.number for row in group.rows} for group in todo.todo_for(town.actors[name])
    }


def asked(town: SmallTown) -> Demand:
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    handling.ask_extension(
        actor=town.handler,
        demand_id=demand.id,
        new_due_on=demand.due_on + timedelta(days=3),
        reason="配件未到",
    )
    return demand


def sent_back(town: SmallTown) -> Demand:
    demand = factories.awaiting_review(town)
    return review.send_back(actor=town.clerk, demand_id=demand.id, reason="补充结果")


@pytest.mark.parametrize(
    ("make", "kind", "concerned", "not_concerned"),
    [
        (
            factories.registered,
            TodoKind.TO_ACCEPT,
            {"clerk", "worker", "secretary"},
            {"leader", "far_secretary", "handler", "officer"},
        ),
        (
            factories.awaiting_review,
            TodoKind.TO_REVIEW,
            {"clerk", "worker", "leader", "head"},
            {"secretary", "handler", "roads_handler"},
        ),
        (asked, TodoKind.EXTENSIONS, {"head", "leader"}, {"handler", "clerk", "far_secretary"}),
        (sent_back, TodoKind.RETURNED, {"handler"}, {"clerk", "head"}),
    ],
)
def test_what_waits_is_shown_to_whom_it_waits_for(
    town: SmallTown,
    make: Callable[[SmallTown], Demand],
    kind: TodoKind,
    concerned: set[str],
    not_concerned: set[str],
) -> None:
    demand = make(town)

    for name in concerned:
        assert groups(town, name).get(kind) == {demand.number}, name
    for name in not_concerned:
        assert kind not in groups(town, name), name


def test_own_work_is_not_offered_for_review(town: SmallTown) -> None:
    own = factories.submitted(town, factories.handling_state(town), by="clerk")
    spot = factories.on_site(town)

    assert groups(town, "clerk")[TodoKind.TO_REVIEW] == {spot.number}
    assert groups(town, "second_clerk")[TodoKind.TO_REVIEW] == {own.number, spot.number}


def test_deadlines_come_near_and_pass(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None

    def kinds_on(day_offset: int) -> set[TodoKind]:
        assert demand.due_on is not None
        with clock.at(factories.morning(demand.due_on + timedelta(days=day_offset))):
            return set(groups(town, "handler"))

    assert kinds_on(-7) == {TodoKind.IN_HAND}
    assert kinds_on(-1) == {TodoKind.DUE_SOON}
    assert kinds_on(0) == {TodoKind.DUE_SOON}
    assert kinds_on(1) == {TodoKind.OVERDUE}
    with clock.at(factories.morning(demand.due_on + timedelta(days=1))):
        assert groups(town, "head") == {TodoKind.UNIT_OVERDUE: {demand.number}}
        assert groups(town, "roads_handler") == {}


def test_the_count_goes_beyond_the_rows_shown(town: SmallTown) -> None:
    made = [factories.registered(town) for _ in range(4)]

    [group] = todo.todo_for(town.secretary, first=2)

    assert group.count == 4
    assert [row.id for row in group.rows] == [demand.id for demand in made[:2]]
    rows = todo.list_todo(actor=town.secretary, kind=TodoKind.TO_ACCEPT)
    assert rows.count() == 4


def test_each_group_that_may_concern_somebody_costs_one_query(town: SmallTown) -> None:
    for _ in range(3):
        factories.registered(town)

    with CaptureQueriesContext(connection) as captured:
        todo.todo_for(town.clerk)

    assert len(captured) <= len(TodoKind)


def test_a_glance_takes_one_query_and_names_each_thing_once(town: SmallTown) -> None:
    new, result = factories.registered(town), factories.awaiting_review(town)

    with CaptureQueriesContext(connection) as captured:
        glance = todo.todo_glance(town.clerk)

    assert len(captured) == 1
    assert glance.count == 2
    assert glance.rows == ((TodoKind.TO_ACCEPT, new), (TodoKind.TO_REVIEW, result))
    assert todo.todo_glance(town.officer).count == 0
    assert todo.todo_glance(town.clerk, first=1).count == 2


def test_a_job_has_nothing_to_do(town: SmallTown) -> None:
    factories.registered(town)

    job = people.system_actor(town_id=town.town.id, name="nightly")

    assert todo.todo_for(job) == []
    assert todo.todo_glance(job) == TodoGlance(count=0, rows=())
    assert clock.today() == MONDAY


def test_hazards_come_first_for_dispatcher_owner_and_head(town: SmallTown) -> None:
    new = factories.registered(town, urgent=True)
    assert groups(town, "clerk")[TodoKind.URGENT] == {new.number}
    assert TodoKind.URGENT not in groups(town, "handler")

    taken = factories.handling_state(town, urgent=True)

    for name in ("handler", "head"):
        assert groups(town, name)[TodoKind.URGENT] == {taken.number}
    assert TodoKind.URGENT not in groups(town, "roads_handler")
    assert todo.todo_glance(town.handler).rows == ((TodoKind.URGENT, taken),)


def test_the_queue_begins_with_hazards_then_the_oldest(town: SmallTown) -> None:
    old, hazard, late = (
        factories.registered(town),
        factories.registered(town, urgent=True),
        factories.registered(town),
    )
    factories.handling_state(town)

    page = lists.page_waiting(actor=town.clerk, filters=lists.EVERY_DEMAND, size=2)
    assert page.rows == [hazard, old]
    following = lists.page_waiting(
        actor=town.clerk, filters=lists.EVERY_DEMAND, token=page.next_token, size=2
    )
    assert following.rows == [late]
