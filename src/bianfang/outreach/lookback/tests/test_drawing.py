from datetime import timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.lookback.actions import drawing
from bianfang.outreach.lookback.enums import SampleMethod, StrataBy, Verb
from bianfang.outreach.lookback.models import LookBack
from bianfang.outreach.lookback.queries import one, plan
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import FIRST_DAY, SEED
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState


def test_a_sample_is_kept_with_rule_seed_and_numbers(town: SmallTown) -> None:
    closed = factories.closed(town)
    demands.handling_state(town)

    look_back = factories.drawn(town)

    checks = factories.checks_of(look_back)
    assert (look_back.state, look_back.seed) == (LookBackState.DRAWN, SEED)
    assert (look_back.population, look_back.sample_size) == (5, 2)
    assert look_back.drawn_by_id == town.staff["clerk"].id
    assert look_back.strata == [
        {"key": town.place.north.path, "name": "北社区", "population": 3, "sample": 1},
        {"key": town.place.south.path, "name": "南社区", "population": 2, "sample": 1},
    ]
    assert sorted(chain(*look_back.frame.values())) == sorted(each.number for each in closed)
    assert {check.stratum for check in checks} == {town.place.north.path, town.place.south.path}
    assert {check.result for check in checks} == {CheckResult.WAITING}
    about = Entry.objects.about(town_id=town.town.id, kind="lookback", target_id=look_back.id)
    [entry] = about
    assert entry.verb == Verb.DRAWN
    assert entry.facts == {
        "title": "十一月回头看", "seed": SEED, "population": 5, "sample": 2,
    }  # fmt: skip


def test_the_same_seed_and_population_give_the_same_sample(town: SmallTown) -> None:
    factories.closed(town, near=12, far=9)

    first, second = factories.drawn(town, of_each=3), factories.drawn(town, of_each=3)
    other = factories.drawn(town, of_each=3, seed=SEED + 1)

    numbers = [factories.numbers(factories.checks_of(each)) for each in (first, second, other)]
    assert numbers[0] == numbers[1]
    assert sorted(numbers[2]) != sorted(numbers[0])


def test_a_kept_sample_can_be_drawn_again_whatever_happened_since(town: SmallTown) -> None:
    closed = factories.closed(town, near=6)
    look_back = factories.drawn(town, of_each=2)
    for demand in closed[:4]:
        review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了")
    demands.written_off(town)

    stored = LookBack.objects.in_town(town.town.id).get(id=look_back.id)

    again = [number for found in one.draw_again(stored).values() for number in found]
    assert again == factories.numbers(factories.checks_of(look_back))


def test_without_a_seed_one_is_made_and_kept(town: SmallTown) -> None:
    factories.closed(town)

    seeds = {factories.drawn(town, seed=None).seed for _ in range(3)}

    assert len(seeds) == 3
    assert all(1 <= seed <= drawing.LARGEST_SEED for seed in seeds)


def test_days_and_area_bound_the_population(town: SmallTown) -> None:
    factories.closed(town, near=2, far=1)
    with clock.at(demands.morning(MONDAY + timedelta(days=3))):
        demands.written_off(town)
        early = plan.plan_sample(actor=town.clerk, wish=factories.wish(town))
        late = plan.plan_sample(
            actor=town.clerk,
            wish=factories.wish(town, from_day=factories.day(1), to_day=factories.day(3)),
        )
        south = plan.plan_sample(
            actor=town.clerk, wish=factories.wish(town, area_id=town.place.south.id)
        )

    assert (early.population, late.population, south.population) == (3, 1, 1)


def test_themes_are_groups_as_well(town: SmallTown) -> None:
    factories.closed(town, near=2, far=1)
    demands.written_off(town, category_id=town.other_category.id)

    look_back = factories.drawn(town, strata_by=StrataBy.THEME)

    assert look_back.strata == [
        {"key": "assistance", "name": "", "population": 1, "sample": 1},
        {"key": "projects", "name": "", "population": 3, "sample": 1},
    ]


def test_each_rule_keeps_only_its_own_numbers(town: SmallTown) -> None:
    factories.closed(town, near=4)
    own: dict[str, Any] = {"margin": Decimal(20), "of_each": 2, "percent": 50, "at_least": 4}

    kept = {method: factories.drawn(town, method=method, **own) for method in SampleMethod}

    def numbers(method: SampleMethod) -> tuple[object, ...]:
        row = kept[method]
        return row.margin, row.of_each, row.percent, row.at_least, row.sample_size

    assert numbers(SampleMethod.CONFIDENCE) == (Decimal(20), None, None, None, 5)
    assert numbers(SampleMethod.OF_EACH) == (None, 2, None, None, 4)
    assert numbers(SampleMethod.SHARE) == (None, None, 50, 4, 4)


def test_a_share_needs_no_least_number(town: SmallTown) -> None:
    factories.closed(town, near=4)

    look_back = factories.drawn(town, method=SampleMethod.SHARE, of_each=None, percent=50)

    assert (look_back.at_least, look_back.sample_size) == (0, 3)


def test_a_plan_tells_its_margin(town: SmallTown) -> None:
    factories.closed(town, near=8, far=2)

    planned = plan.plan_sample(actor=town.clerk, wish=factories.by_confidence(town, "30"))

    assert (planned.population, planned.sample_size) == (10, 6)
    assert planned.margin == Decimal("26.7")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"area_id": None}, {"area_id"}),
        ({"from_day": None, "to_day": None}, {"from_day", "to_day"}),
        ({"from_day": MONDAY, "to_day": FIRST_DAY}, {"to_day"}),
        ({"to_day": MONDAY + timedelta(days=1)}, {"to_day"}),
        ({"of_each": None}, {"of_each"}),
        ({"of_each": 501}, {"of_each"}),
        ({"method": SampleMethod.CONFIDENCE}, {"margin"}),
        ({"method": SampleMethod.CONFIDENCE, "margin": Decimal("0.5")}, {"margin"}),
        ({"method": SampleMethod.SHARE}, {"percent"}),
        ({"method": SampleMethod.SHARE, "percent": 101, "at_least": -1}, {"percent", "at_least"}),
        ({"from_day": FIRST_DAY, "to_day": FIRST_DAY}, {"to_day"}),
    ],
)
def test_what_is_wrong_with_a_wish_is_named(
    town: SmallTown, changes: dict[str, object], wrong: set[str]
) -> None:
    factories.closed(town)

    with pytest.raises(FieldErrors) as refused:
        drawing.draw(actor=town.clerk, title=" ", wish=factories.wish(town, **changes))

    assert set(refused.value.errors) == wrong | {"title"}


@pytest.mark.parametrize(
    ("title", "seed", "wrong"),
    [("", 1, {"title"}), ("长" * 61, 1, {"title"}), ("回头看", 0, {"seed"})],
)
def test_title_and_seed_have_bounds(
    town: SmallTown, title: str, seed: int, wrong: set[str]
) -> None:
    factories.closed(town)

    with pytest.raises(FieldErrors) as refused:
        drawing.draw(actor=town.clerk, title=title, wish=factories.wish(town), seed=seed)

    assert set(refused.value.errors) == wrong
    assert not LookBack.objects.in_town(town.town.id).exists()


@pytest.mark.parametrize("who", ["leader", "worker", "secretary", "head", "officer", "admin"])
def test_only_the_visiting_office_draws(town: SmallTown, who: str) -> None:
    factories.closed(town)

    with pytest.raises(NotAllowedError):
        drawing.draw(actor=town.actors[who], title="回头看", wish=factories.wish(town))


def test_an_area_of_another_town_does_not_exist(town: SmallTown) -> None:
    other = demands.make_town("second", code="0002")

    with pytest.raises(NotFoundError):
        factories.drawn(town, area_id=other.place.north.id)


def test_a_demand_of_the_town_itself_is_a_group_of_its_own(town: SmallTown) -> None:
    demands.written_off(town, household_id=None, area_id=town.place.town.id, proposer_name="过路人")

    look_back = factories.drawn(town)

    [stratum] = look_back.strata
    assert (stratum["key"], stratum["name"]) == (town.place.town.path, "top")
