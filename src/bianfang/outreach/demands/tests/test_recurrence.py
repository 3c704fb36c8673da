"""What comes again at a place after its write-off; never a count of people."""

from datetime import date, timedelta
from typing import Any

import pytest

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling, review
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Theme
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.queries import recurrence
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown


def settled(town: SmallTown, days_ago: int, **changes: Any) -> Demand:
    """Registered, handled and written off on one day before today."""
    with clock.at(factories.morning(MONDAY - timedelta(days=days_ago))):
        return factories.written_off(town, **changes)


def latest(town: SmallTown, demand: Demand) -> recurrence.Recurrence | None:
    """As the page asks."""
    fresh = Demand.objects.in_town(town.town.id).select_related("category").get(id=demand.id)
    return recurrence.find_recurrence(actor=town.clerk, demand=fresh)


def test_same_problem_at_the_same_natural_village_is_counted_back(town: SmallTown) -> None:
    first, second = settled(town, 300), settled(town, 150, household_id=town.neighbour.id)
    third = factories.registered(town)

    found = latest(town, third)

    assert found is not None
    assert found.earlier == (second, first)
    assert (found.times, found.since) == (3, MONDAY - timedelta(days=300))


def test_first_time_and_other_places_and_problems_are_none(town: SmallTown) -> None:
    settled(town, 30, category_id=town.other_category.id)
    settled(town, 30, household_id=town.far_household.id)

    assert latest(town, factories.registered(town)) is None


def test_what_is_open_side_by_side_is_no_recurrence(town: SmallTown) -> None:
    factories.handling_state(town)

    assert latest(town, factories.registered(town)) is None


@pytest.mark.parametrize(("days", "is_again"), [(29, False), (30, True), (0, False)])
def test_days_of_the_category_decide(town: SmallTown, days: int, is_again: bool) -> None:
    settled(town, 30)
    Category.objects.in_town(town.town.id).filter(id=town.category.id).update(recurrence_days=days)

    assert (latest(town, factories.registered(town)) is not None) is is_again


def test_reopening_is_another_time(town: SmallTown) -> None:
    demand = settled(town, 20)
    review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了")

    found = latest(town, demand)

    assert found is not None
    assert (found.times, found.earlier) == (2, ())


def test_declined_and_merged_ones_repeat_nothing(town: SmallTown) -> None:
    settled(town, 30)

    assert latest(town, factories.declined(town)) is None
    assert latest(town, factories.merged(town)) is None


def test_what_concerns_persons_is_no_matter_of_a_place(town: SmallTown) -> None:
    """Two poor households of one village are no recurrence."""
    of_people = {"category_id": town.other_category.id}
    settled(town, 30, household_id=town.neighbour.id, **of_people)
    demand = factories.registered(town, **of_people)

    assert latest(town, demand) is None
    assert recurrence.list_recurring_places(actor=town.clerk) == []


def _from_household(town: SmallTown, demand: Demand) -> tuple[Demand, ...]:
    fresh = Demand.objects.in_town(town.town.id).select_related("category").get(id=demand.id)
    return recurrence.list_from_household(actor=town.clerk, demand=fresh)


def test_own_earlier_demand_of_a_household_is_shown_on_the_page_alone(town: SmallTown) -> None:
    of_people = {"category_id": town.other_category.id}
    earlier = settled(town, 30, **of_people)
    settled(town, 30, household_id=town.neighbour.id, **of_people)

    again = factories.registered(town, **of_people)

    assert _from_household(town, again) == (earlier,)
    assert recurrence.list_recurring_places(actor=town.clerk) == []


def test_nobodys_petitions_are_counted_up(town: SmallTown) -> None:
    Category.objects.in_town(town.town.id).filter(id=town.other_category.id).update(
        theme=Theme.PETITIONS
    )
    of_petitions = {"category_id": town.other_category.id}
    settled(town, 30, **of_petitions)

    assert _from_household(town, factories.registered(town, **of_petitions)) == ()


def test_matters_of_a_place_and_strangers_have_no_household_line(town: SmallTown) -> None:
    settled(town, 30)
    stranger = factories.registered(
        town,
        household_id=None,
        area_id=town.place.upper_hamlet.id,
        proposer_name="过路人",
        category_id=town.other_category.id,
    )

    assert _from_household(town, factories.registered(town)) == ()
    assert _from_household(town, stranger) == ()
    assert _from_household(town, factories.declined(town)) == ()


def test_recurring_places_tell_times_and_what_is_open(town: SmallTown) -> None:
    settled(town, 100)
    again = factories.registered(town)
    settled(town, 90, household_id=town.far_household.id)
    last = settled(town, 40, household_id=town.far_household.id)

    here, far = recurrence.list_recurring_places(actor=town.clerk)

    assert (here.area_path, here.category) == (town.place.upper_hamlet.path, town.category)
    assert (here.recurrence.times, here.open_demands) == (2, (again,))
    assert (far.recurrence.last, far.open_demands) == (last, ())


def test_recurring_places_keep_to_the_scope_and_the_area(town: SmallTown) -> None:
    settled(town, 100)
    factories.registered(town)

    assert len(recurrence.list_recurring_places(actor=town.secretary)) == 1
    assert recurrence.list_recurring_places(actor=town.far_secretary) == []
    north, south = town.place.north.reach, town.place.south.reach
    assert len(recurrence.list_recurring_places(actor=town.clerk, area=north)) == 1
    assert recurrence.list_recurring_places(actor=town.clerk, area=south) == []


def test_place_with_two_that_repeat_nothing_is_left_out(town: SmallTown) -> None:
    settled(town, 300)
    settled(town, 20)

    assert recurrence.list_recurring_places(actor=town.clerk) == []


def test_more_than_fifty_places_are_cut_to_the_latest(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrence, "MOST_PLACES", 1)
    settled(town, 100)
    factories.registered(town)
    settled(town, 90, household_id=town.far_household.id)
    settled(town, 40, household_id=town.far_household.id)

    [place] = recurrence.list_recurring_places(actor=town.clerk)

    assert place.area_path == town.place.upper_hamlet.path


def test_one_place_is_asked_for_by_itself_and_since_a_day(town: SmallTown) -> None:
    first = settled(town, 100)
    again = factories.registered(town)
    where: dict[str, Any] = {"area_path": again.area_path, "category_id": again.category_id}

    found = recurrence.find_at_place(actor=town.clerk, **where)

    assert found is not None
    assert found.demands == (again, first)
    since = MONDAY - timedelta(days=1)
    assert list(recurrence.list_since(actor=town.clerk, since=since, **where)) == [again]
    assert not recurrence.list_since(actor=town.clerk, since=MONDAY, **where)
    elsewhere = {**where, "area_path": town.place.far_hamlet.path}
    assert recurrence.find_at_place(actor=town.clerk, **elsewhere) is None


def test_late_result_moves_the_days_with_the_write_off(town: SmallTown) -> None:
    """Days count from the write-off, not from the registration."""
    with clock.at(factories.morning(date(2026, 1, 5))):
        demand = factories.handling_state(town)
    with clock.at(factories.morning(MONDAY - timedelta(days=10))):
        handling.submit_result(
            actor=town.handler,
            demand_id=demand.id,
            version=demand.version,
            outcome=Outcome.SOLVED,
            result="已修",
            reply="已告知",
            reply_mode=ReplyMode.PHONE,
        )
        review.write_off(actor=town.clerk, demand_id=demand.id)

    assert latest(town, factories.registered(town)) is not None


def test_places_of_other_problems_are_not_mixed_in(town: SmallTown) -> None:
    """Two places recur, each with its own problem; what the other place asked once is left out."""
    Category.objects.in_town(town.town.id).filter(id=town.other_category.id).update(
        theme=Theme.ENVIRONMENT
    )
    settled(town, 40)
    factories.registered(town)
    of_far = {"household_id": town.far_household.id, "category_id": town.other_category.id}
    settled(town, 40, **of_far)
    factories.registered(town, **of_far)
    factories.registered(town, household_id=town.far_household.id)

    found = recurrence.list_recurring_places(actor=town.clerk)

    assert {(each.area_path, each.category) for each in found} == {
        (town.place.upper_hamlet.path, town.category),
        (town.place.far_hamlet.path, town.other_category),
    }
