from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY, SmallTown
from bianfang.outreach.visits.actions import checklists, rounds
from bianfang.outreach.visits.errors import (
    HouseholdsLeftError,
    RoundNotReadyError,
    RoundStateError,
)
from bianfang.outreach.visits.models import Checklist, Round, Target
from bianfang.outreach.visits.queries import rounds as queries
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import COUNTED, DUE, STARTED, Going
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.actions.households import set_living_status
from bianfang.register.households.enums import LivingStatus
from bianfang.register.people import actions as people_actions
from bianfang.register.people.enums import UnitKind


@pytest.fixture
def town(db: None) -> SmallTown:
    return towns.make_town()


@pytest.fixture
def ready(db: None) -> Going:
    return factories.make_ready()


def start(ready: Going) -> Round:
    return rounds.start_round(actor=ready.clerk, round_id=ready.round.id)


def missing(ready: Going) -> list[str]:
    with pytest.raises(RoundNotReadyError) as refused:
        start(ready)
    return list(refused.value.sentences)


def test_rounds_are_numbered_in_the_order_of_planning(town: SmallTown) -> None:
    first, second = factories.plan_round(town), factories.plan_round(town, "第二轮")

    assert (first.number, second.number, first.state) == (1, 2, RoundState.DRAFT)
    assert str(second) == "第二轮"


def test_a_cancelled_plan_gives_its_number_back(town: SmallTown) -> None:
    plan = factories.plan_round(town)
    rounds.cancel_round(actor=town.clerk, round_id=plan.id, reason="日期不合适")

    assert factories.plan_round(town).number == plan.number
    entry = Entry.objects.in_town(town.id).get(verb="round_cancelled")
    assert entry.reason == "日期不合适"


def test_a_round_needs_a_name_and_an_end_behind_its_beginning(town: SmallTown) -> None:
    with pytest.raises(FieldError) as nameless:
        factories.plan_round(town, " ")
    with pytest.raises(FieldError) as backwards:
        rounds.create_round(
            actor=town.clerk, name="第一轮", starts_on=TODAY, due_on=TODAY - timedelta(days=1)
        )

    assert (nameless.value.field, backwards.value.field) == ("name", "due_on")


def test_a_plan_can_be_changed(ready: Going) -> None:
    changed = rounds.edit_round(
        actor=ready.clerk, round_id=ready.round.id, name="春季遍访", starts_on=TODAY, due_on=DUE
    )

    assert (changed.name, changed.starts_on) == ("春季遍访", TODAY)


def test_a_round_that_goes_on_keeps_its_first_day_but_may_get_more_time(going: Going) -> None:
    later = DUE + timedelta(days=14)
    words = {"actor": going.clerk, "round_id": going.round.id, "name": "第一轮"}

    longer = rounds.edit_round(starts_on=STARTED, due_on=later, **words)  # type: ignore[arg-type]  # keywords of the action
    with pytest.raises(FieldError) as refused:
        rounds.edit_round(starts_on=TODAY, due_on=later, **words)  # type: ignore[arg-type]  # keywords of the action

    assert longer.due_on == later
    assert refused.value.field == "starts_on"


def test_a_finished_round_is_not_changed(db: None) -> None:
    done = factories.make_finished()

    with pytest.raises(RoundStateError):
        rounds.edit_round(
            actor=done.clerk, round_id=done.round.id, name="改", starts_on=STARTED, due_on=DUE
        )


def test_configure_takes_a_published_checklist_an_open_unit_and_some_days(
    town: SmallTown,
) -> None:
    plan, checklist = factories.plan_round(town), factories.make_checklist(town)
    draft = checklists.create_checklist(actor=town.clerk, name="未发布")
    closed = people_actions.create_unit(actor=town.system, name="旧办公室", kind=UnitKind.STATION)
    people_actions.close_unit(actor=town.system, unit_id=closed.id, on=STARTED)
    good = {"checklist_id": checklist.id, "coordinator_id": town.office.id, "timed_days": 8}
    wrong = {
        "checklist": {**good, "checklist_id": draft.id},
        "coordinator": {**good, "coordinator_id": closed.id},
        "timed_days": {**good, "timed_days": 0},
    }

    for field, words in wrong.items():
        with pytest.raises(FieldError) as refused:
            rounds.configure_round(actor=town.clerk, round_id=plan.id, **words)  # type: ignore[arg-type]  # keywords of the action
        assert refused.value.field == field
    configured = rounds.configure_round(actor=town.clerk, round_id=plan.id, **good)  # type: ignore[arg-type]  # keywords of the action

    assert (configured.checklist, configured.coordinator) == (checklist, town.office)


def test_what_and_how_of_a_round_that_goes_on_stay(going: Going) -> None:
    with pytest.raises(RoundStateError, match=going.round.name):
        factories.configure(going.town, going.round, going.checklist)


def test_a_round_starts_with_one_target_for_each_resident_household(ready: Going) -> None:
    started = start(ready)

    targets = Target.objects.in_town(ready.id).select_related("household").order_by("id")
    assert [target.household.number for target in targets] == list(COUNTED)
    assert all(target.in_denominator and target.outcome == "open" for target in targets)
    assert (started.state, started.target_count, started.hamlet_count) == ("active", 5, 4)
    assert started.started_at == clock.now()
    first = targets[0]
    assert (first.priority, first.living_status) == (first.household.priority, "resident")


def test_a_round_does_not_start_before_who_what_and_how_are_complete(town: SmallTown) -> None:
    plan = factories.plan_round(town)

    with pytest.raises(RoundNotReadyError) as refused:
        rounds.start_round(actor=town.clerk, round_id=plan.id)

    sentences = refused.value.sentences
    assert len(sentences) == (1 + 3 * 3) + 1 + 2 + 1
    assert all(sentence in str(refused.value) for sentence in sentences)
    assert not Target.objects.in_town(town.id).exists()


def test_what_is_missing_when_the_checklist_or_the_unit_is_no_longer_good(ready: Going) -> None:
    Checklist.objects.in_town(ready.id).update(published_on=None)
    people = ready.town.office
    people.closed_on = TODAY
    people.save(update_fields=["closed_on"])

    unpublished = missing(ready)
    Checklist.objects.in_town(ready.id).update(published_on=TODAY)
    ready.checklist.topics.in_town(ready.id).delete()

    assert len(unpublished) == 2
    assert len(missing(ready)) == 2
    assert ready.checklist.name in missing(ready)[0]


def test_one_round_at_a_time(going: Going) -> None:
    second = factories.configure(
        going.town, factories.plan_round(going.town, "第二轮"), going.checklist
    )

    with pytest.raises(RoundNotReadyError, match="第一轮"):
        rounds.start_round(actor=going.clerk, round_id=second.id)


def test_a_round_without_households_does_not_start(ready: Going) -> None:
    for household in ready.households.values():
        set_living_status(
            actor=ready.town.system,
            household_id=household.id,
            status=LivingStatus.VACANT,
            reason="外迁",
        )

    assert len(missing(ready)) == 1


def test_households_of_unknown_status_are_a_hint_not_an_obstacle(ready: Going) -> None:
    towns.make_household(ready.town, "下庄", "2009", LivingStatus.UNKNOWN)

    readiness = queries.round_readiness(actor=ready.clerk, round=ready.round)

    assert readiness.is_ready
    assert len(readiness.hints) == 1


def test_a_round_starts_once(going: Going) -> None:
    with pytest.raises(RoundStateError):
        start(going)


def test_starting_takes_a_fixed_number_of_statements(ready: Going) -> None:
    with CaptureQueriesContext(connection) as few:
        start(ready)
    more = factories.make_ready("second")
    for number in range(60):
        towns.make_household(more.town, "下庄", f"22{number:02d}")
    with CaptureQueriesContext(connection) as many:
        start(more)

    assert len(few) == len(many)


def test_a_round_finishes_when_nobody_is_left(going: Going) -> None:
    for number in COUNTED[1:]:
        factories.meet(going, number)
    with pytest.raises(HouseholdsLeftError) as refused:
        rounds.finish_round(actor=going.clerk, round_id=going.round.id)
    assert refused.value.count == 1

    factories.meet(going, COUNTED[0])
    finished = rounds.finish_round(actor=going.clerk, round_id=going.round.id)

    assert (finished.state, finished.finished_at) == ("finished", clock.now())


def test_a_round_that_goes_on_is_not_cancelled(going: Going) -> None:
    with pytest.raises(RoundStateError):
        rounds.cancel_round(actor=going.clerk, round_id=going.round.id, reason="不办了")


def test_cancelling_needs_a_reason(ready: Going) -> None:
    with pytest.raises(FieldError) as refused:
        rounds.cancel_round(actor=ready.clerk, round_id=ready.round.id, reason=" ")

    assert refused.value.field == "reason"


def test_rounds_are_the_visiting_offices(ready: Going) -> None:
    worker = ready.town.actors["worker"]

    with pytest.raises(NotAllowedError):
        rounds.create_round(actor=worker, name="第二轮", starts_on=TODAY, due_on=DUE)
    with pytest.raises(NotAllowedError):
        rounds.start_round(actor=worker, round_id=ready.round.id)


def test_rounds_of_another_town_do_not_exist(ready: Going) -> None:
    other = towns.make_town("second")

    with pytest.raises(NotFoundError):
        queries.get_round(actor=other.clerk, round_id=ready.round.id)
    with pytest.raises(NotFoundError):
        rounds.start_round(actor=other.clerk, round_id=ready.round.id)


def test_rounds_are_listed_the_newest_first(ready: Going) -> None:
    factories.plan_round(ready.town, "第二轮")

    assert [row.number for row in queries.list_rounds(actor=ready.clerk)] == [2, 1]
    assert queries.list_round_numbers(town_id=ready.id) == []
    assert queries.active_round(ready.id) is None
    start(ready)
    assert queries.list_round_numbers(town_id=ready.id) == [1]
    assert queries.active_round(ready.id) == ready.round
    assert queries.get_round(actor=ready.clerk, round_id=ready.round.id).checklist is not None
