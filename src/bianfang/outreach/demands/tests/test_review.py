from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.enums import Satisfaction, Verb
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState as State


def test_write_off_needs_a_second_person(town: SmallTown) -> None:
    demand = factories.submitted(town, factories.handling_state(town), by="clerk")

    with pytest.raises(NotAllowedError):
        review.write_off(actor=town.clerk, demand_id=demand.id)
    with clock.at(factories.morning(MONDAY + timedelta(days=2))):
        review.write_off(actor=town.second_clerk, demand_id=demand.id)

    stored = factories.fresh(demand)
    assert stored.state == State.WRITTEN_OFF
    assert stored.reviewed_by_id == town.staff["second_clerk"].id
    assert stored.closed_on == MONDAY
    assert stored.written_off_on == MONDAY + timedelta(days=2)


def test_whoever_registered_on_the_spot_cannot_write_off(town: SmallTown) -> None:
    demand = factories.on_site(town)

    with pytest.raises(NotAllowedError):
        review.write_off(actor=town.secretary, demand_id=demand.id)
    review.write_off(actor=town.worker, demand_id=demand.id, satisfaction=Satisfaction.SATISFIED)

    stored = factories.fresh(demand)
    assert stored.state == State.WRITTEN_OFF
    assert stored.satisfaction == Satisfaction.SATISFIED


def test_bulk_write_off_tells_of_each_what_became_of_it(town: SmallTown) -> None:
    good, spot = factories.awaiting_review(town), factories.on_site(town)
    own = factories.submitted(town, factories.handling_state(town), by="clerk")
    open_one = factories.handling_state(town)
    unknown = factories.some_id()
    ids = [own.id, good.id, unknown, spot.id, open_one.id]

    results = review.write_off_many(actor=town.clerk, demand_ids=ids)

    assert [result.demand_id for result in results] == ids
    assert [bool(result.refusal) for result in results] == [True, False, True, False, True]
    assert [result.number for result in results] == [
        own.number, good.number, "", spot.number, open_one.number,
    ]  # fmt: skip
    states = [factories.fresh(each).state for each in (own, good, spot, open_one)]
    assert states == [
        State.AWAITING_REVIEW, State.WRITTEN_OFF, State.WRITTEN_OFF, State.HANDLING,
    ]  # fmt: skip
    stored = factories.fresh(good)
    assert stored.reviewed_by_id == town.staff["clerk"].id
    assert stored.version == good.version + 1
    about = Entry.objects.about(town_id=town.town.id, kind="demand", target_id=good.id)
    assert [entry.verb for entry in about][-1] == Verb.WRITTEN_OFF


def test_bulk_write_off_of_nothing_does_nothing(town: SmallTown) -> None:
    assert review.write_off_many(actor=town.clerk, demand_ids=[]) == []


def test_send_back_returns_it_to_the_handler_with_a_reason(town: SmallTown) -> None:
    demand = factories.awaiting_review(town)

    with pytest.raises(FieldErrors) as refused:
        review.send_back(actor=town.clerk, demand_id=demand.id, reason=" ")
    assert set(refused.value.errors) == {"reason"}
    review.send_back(actor=town.clerk, demand_id=demand.id, reason="缺照明效果说明")

    stored = factories.fresh(demand)
    assert stored.state == State.HANDLING
    assert stored.closed_on is None
    assert stored.handled_by_id is None
    assert stored.result == "已更换"


def test_send_back_keeps_a_carried_demand_on_its_list(town: SmallTown) -> None:
    demand = factories.submitted(town, factories.carried_over(town))

    review.send_back(actor=town.clerk, demand_id=demand.id, reason="再核实")

    assert factories.fresh(demand).state == State.CARRIED_OVER


def test_reopen_counts_and_sets_a_new_deadline(town: SmallTown) -> None:
    demand = factories.written_off(town)
    promised = demand.first_due_on
    with pytest.raises(FieldErrors) as refused:
        review.reopen(
            actor=town.clerk,
            demand_id=demand.id,
            reason="",
            due_on=MONDAY - timedelta(days=1),
        )
    assert set(refused.value.errors) == {"reason", "due_on"}

    with clock.at(factories.morning(MONDAY + timedelta(days=28))):
        review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了")

    stored = factories.fresh(demand)
    assert stored.state == State.HANDLING
    assert stored.reopened_count == 1
    assert stored.first_due_on == promised
    assert stored.due_counted_from == MONDAY + timedelta(days=28)
    assert stored.due_on is not None
    assert stored.due_on > MONDAY + timedelta(days=28)
    assert (stored.written_off_on, stored.reviewed_by_id, stored.closed_on) == (None, None, None)


def test_reopen_may_choose_the_day(town: SmallTown) -> None:
    demand = factories.written_off(town)
    day = MONDAY + timedelta(days=5)

    assert (
        review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了", due_on=day).due_on
        == day
    )


def test_write_off_of_an_open_demand_is_refused_by_the_state(town: SmallTown) -> None:
    with pytest.raises(MoveError):
        review.write_off(actor=town.clerk, demand_id=factories.handling_state(town).id)
