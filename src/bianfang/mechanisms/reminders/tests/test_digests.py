"""Who is reminded of what on which day; once a day, in work time, of nobody else's matters."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs.registry import KINDS, JobContext
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.reminders import actions, queries, workflow
from bianfang.mechanisms.reminders.models import Digest
from bianfang.outreach.demands.actions import clocks
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post, Staff

Told = dict[str, list[tuple[str, int, bool]]]


def due_on(town: SmallTown, demand: Demand, day: date) -> Demand:
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(due_on=day)
    return demand


def remind(town: SmallTown, day: date) -> Told:
    """By person: numbers of demands with their steps."""
    actions.make_digests(town_id=town.town.id, day=day)
    names = {staff.id: name for name, staff in town.staff.items()}
    rows = Digest.objects.in_town(town.town.id).filter(day=day).order_by("id")
    return {
        names[digest.staff_id]: [
            (line.demand.number, line.step, line.for_unit)
            for line in digest.lines.in_town(town.town.id).select_related("demand").order_by("id")
        ]
        for digest in rows
    }


@pytest.mark.parametrize(
    ("step", "told"),
    [(-4, ""), (-3, "o"), (-2, ""), (-1, "o"), (0, "o"), (1, "oh"), (2, ""), (5, "h"), (6, "")],
)
def test_the_ladder_names_the_owner_then_the_head_of_the_unit(
    town: SmallTown, step: int, told: str
) -> None:
    demand = due_on(town, factories.handling_state(town), date(2026, 11, 27))
    day = date(2026, 11, 27)
    for _one in range(abs(step)):
        day += timedelta(days=1 if step > 0 else -1)
        while day.weekday() > 4:
            day += timedelta(days=1 if step > 0 else -1)

    found = remind(town, day)

    wanted: Told = {}
    if "h" in told:
        wanted["head"] = [(demand.number, step, True)]
    if "o" in told:
        wanted["handler"] = [(demand.number, step, False)]
    assert found == wanted


def test_one_digest_a_day_however_often_the_job_runs(town: SmallTown) -> None:
    due_on(town, factories.handling_state(town), MONDAY)
    first = remind(town, MONDAY)
    due_on(town, factories.handling_state(town), MONDAY)

    assert actions.make_digests(town_id=town.town.id, day=MONDAY) == 0
    assert remind(town, MONDAY) == first


def test_nobody_is_reminded_on_a_day_off(town: SmallTown) -> None:
    due_on(town, factories.handling_state(town), MONDAY - timedelta(days=1))

    assert remind(town, MONDAY - timedelta(days=1)) == {}


def test_a_stopped_clock_and_an_answered_demand_remind_nobody(town: SmallTown) -> None:
    due_on(town, factories.paused(town), MONDAY)
    due_on(town, factories.awaiting_review(town), MONDAY)

    assert remind(town, MONDAY) == {}


def test_what_nobody_serves_for_any_more_goes_to_the_head(town: SmallTown) -> None:
    demand = due_on(town, factories.handling_state(town), MONDAY)
    Staff.objects.in_town(town.town.id).filter(id=town.staff["handler"].id).update(is_active=False)

    assert remind(town, MONDAY) == {"head": [(demand.number, 0, True)]}


def test_a_head_in_charge_is_told_once(town: SmallTown) -> None:
    demand = due_on(town, factories.handling_state(town), MONDAY - timedelta(days=3))
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(owner=town.staff["head"].id)

    assert remind(town, MONDAY) == {"head": [(demand.number, 1, False)]}


def test_without_a_unit_only_the_owner_is_told(town: SmallTown) -> None:
    demand = due_on(town, factories.handling_state(town), MONDAY - timedelta(days=3))
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(unit=None)

    assert list(remind(town, MONDAY)) == ["handler"]


def test_a_town_chooses_its_own_steps(town: SmallTown) -> None:
    actions.set_ladder(actor=town.clerk, owner_steps=[2, -2, 2], head_steps=[])
    due_on(town, factories.handling_state(town), MONDAY)
    assert remind(town, MONDAY) == {}

    actions.set_ladder(actor=town.clerk, owner_steps=[0], head_steps=[0])

    assert set(remind(town, MONDAY)) == {"handler", "head"}
    assert queries.ladder_of(town.town.id) == workflow.Ladder(frozenset({0}), frozenset({0}))
    entry = Entry.objects.in_town(town.town.id).filter(verb="reminder_ladder_set").first()
    assert entry is not None
    assert entry.facts == {"owner_steps": "-2,2", "head_steps": ""}


def test_without_steps_nobody_is_reminded(town: SmallTown) -> None:
    actions.set_ladder(actor=town.clerk, owner_steps=[], head_steps=[])
    due_on(town, factories.handling_state(town), MONDAY)

    assert remind(town, MONDAY) == {}


def test_wrong_steps_are_refused_by_field(town: SmallTown) -> None:
    with pytest.raises(FieldErrors) as refused:
        actions.set_ladder(actor=town.clerk, owner_steps=[99], head_steps=[-99])
    assert set(refused.value.errors) == {"owner_steps", "head_steps"}
    with pytest.raises(NotAllowedError):
        actions.set_ladder(actor=town.secretary, owner_steps=[], head_steps=[])


def test_a_substitute_is_told_in_place_of_the_head(town: SmallTown) -> None:
    head = people.current_posts(town_id=town.town.id, day=MONDAY, role=Role.UNIT_HEAD).get(
        staff=town.staff["head"].id
    )
    Post.objects.in_town(town.town.id).filter(id=head.id).update(
        substitute=town.staff["leader"].id,
        substitute_from=MONDAY,
        substitute_to=MONDAY + timedelta(days=3),
    )
    due_on(town, factories.handling_state(town), MONDAY - timedelta(days=3))

    assert set(remind(town, MONDAY)) == {"handler", "leader"}


def test_each_reads_the_own_digests_only_and_what_may_still_be_read(town: SmallTown) -> None:
    demand = due_on(town, factories.handling_state(town), MONDAY)
    remind(town, MONDAY)

    [own] = queries.list_digests(actor=town.handler)
    assert [line.demand_id for line in own.lines.all()] == [demand.id]
    assert list(queries.list_digests(actor=town.head)) == []
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(
        owner=town.staff["roads_handler"].id, unit=town.units["roads"].id
    )
    [own] = queries.list_digests(actor=town.handler)
    assert list(own.lines.all()) == []


def test_resuming_is_reminded_of_by_the_new_deadline(town: SmallTown) -> None:
    demand = factories.paused(town)
    with clock.at(factories.morning(MONDAY + timedelta(days=7))):
        resumed = clocks.resume(actor=town.handler, demand_id=demand.id)

    assert resumed.due_on is not None
    assert set(remind(town, resumed.due_on)) == {"handler"}


def test_the_daily_job_serves_every_town(town: SmallTown) -> None:
    due_on(town, factories.handling_state(town), MONDAY)
    other = factories.make_town("second", code="0002")
    due_on(other, factories.handling_state(other), MONDAY)
    job = JobContext(job_id=new_id(), town_id=None, requested_by=None, payload={}, attempt=1)

    with clock.at(factories.morning(MONDAY)):
        result = KINDS["reminders.daily"].handler(job)

    assert result == {"digests": 2}
    assert job.percent == 100


def test_queries_do_not_grow_with_demands(town: SmallTown) -> None:
    for _one in range(6):
        due_on(town, factories.handling_state(town), MONDAY)

    with CaptureQueriesContext(connection) as asked:
        actions.make_digests(town_id=town.town.id, day=MONDAY)

    assert len(asked) <= 12
