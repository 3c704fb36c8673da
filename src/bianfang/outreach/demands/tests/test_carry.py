from datetime import date, timedelta

import pytest

from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.outreach.demands.actions import carry, review
from bianfang.outreach.demands.models import CarryOver
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState as State


def test_carry_over_keeps_number_and_first_promise_and_links_both_ways(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    number, promised = demand.number, demand.first_due_on
    half_year = factories.half_year(town)

    carry.carry_over(
        actor=town.clerk, demand_id=demand.id, list_id=half_year.id, reason="资金未到位"
    )

    stored = factories.fresh(demand)
    assert stored.state == State.CARRIED_OVER
    assert (stored.number, stored.first_due_on) == (number, promised)
    assert stored.due_on == date(2027, 6, 30)
    [link] = one.list_carry_overs(actor=town.clerk, demand=stored)
    assert link.half_year_list == half_year
    assert link.reason == "资金未到位"
    assert str(link) == str(half_year.id)
    assert list(lists.list_carried(actor=town.clerk, list_id=half_year.id)) == [stored]


def test_a_carried_demand_is_handled_on_and_stays_on_its_list(town: SmallTown) -> None:
    demand = factories.submitted(town, factories.carried_over(town))

    review.write_off(actor=town.clerk, demand_id=demand.id)

    half_year = factories.half_year(town)
    [row] = lists.list_carried(actor=town.clerk, list_id=half_year.id)
    assert row.state == State.WRITTEN_OFF


def test_a_demand_may_move_on_to_the_next_half_year_but_not_twice_to_one(
    town: SmallTown,
) -> None:
    demand = factories.carried_over(town)
    first, second = factories.half_year(town), factories.half_year(town, half=2)

    with pytest.raises(MoveError):
        carry.carry_over(actor=town.clerk, demand_id=demand.id, list_id=first.id, reason="再延")
    carry.carry_over(
        actor=town.clerk,
        demand_id=demand.id,
        list_id=second.id,
        reason="再延",
        due_on=date(2027, 9, 30),
    )

    assert factories.fresh(demand).due_on == date(2027, 9, 30)
    assert CarryOver.objects.in_town(town.town.id).filter(demand=demand.id).count() == 2


def test_reason_and_a_list_that_is_not_over_are_asked_for(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    past = factories.half_year(town, year=2026, half=1)

    with pytest.raises(FieldErrors) as refused:
        carry.carry_over(
            actor=town.clerk,
            demand_id=demand.id,
            list_id=past.id,
            reason="",
            due_on=MONDAY - timedelta(days=1),
        )
    assert set(refused.value.errors) == {"reason", "half_year_list", "due_on"}
    with pytest.raises(NotFoundError):
        carry.carry_over(
            actor=town.clerk, demand_id=demand.id, list_id=factories.some_id(), reason="资金"
        )


def test_carrying_over_is_the_offices(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(NotAllowedError):
        carry.carry_over(
            actor=town.secretary,
            demand_id=demand.id,
            list_id=factories.half_year(town).id,
            reason="资金",
        )


def test_half_year_lists_are_one_for_each_half(town: SmallTown) -> None:
    factories.half_year(town)

    for year, half, title, fields in (
        (2027, 1, "又一个", {"half"}),
        (2027, 3, "", {"half", "title"}),
    ):
        with pytest.raises(FieldErrors) as refused:
            carry.create_half_year_list(actor=town.clerk, year=year, half=half, title=title)
        assert set(refused.value.errors) == fields
    with pytest.raises(NotAllowedError):
        carry.create_half_year_list(actor=town.secretary, year=2028, half=1, title="x")


def test_half_year_lists_come_newest_first(town: SmallTown) -> None:
    first, second = factories.half_year(town), factories.half_year(town, half=2)

    assert list(one.list_half_year_lists(actor=town.clerk)) == [second, first]
    assert str(second) == "2027年第2半年实事清单"
