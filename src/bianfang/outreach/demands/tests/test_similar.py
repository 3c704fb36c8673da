from datetime import timedelta

from bianfang.kernel import clock
from bianfang.outreach.demands.queries import similar
from bianfang.outreach.demands.queries.similar import (
    ALIKE,
    SAME_HOUSEHOLD,
    SAME_PHONE,
    SAME_VILLAGE,
    VILLAGE,
    list_similar,
)
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown


def test_the_households_own_come_first_then_like_words_of_the_village(town: SmallTown) -> None:
    like = factories.registered(town, household_id=town.neighbour.id)
    own = factories.registered(town, content="想装自来水", category_id=town.other_category.id)
    factories.registered(town, household_id=town.neighbour.id, content="想学电焊技术")
    factories.registered(town, household_id=town.far_household.id)

    found = list_similar(
        actor=town.clerk,
        village=town.place.upper.reach,
        category_id=town.category.id,
        household_id=town.household.id,
        content="村口的路灯不亮了，晚上走路很不方便",
    )

    assert [(each.demand, each.reasons) for each in found] == [
        (own, (SAME_HOUSEHOLD,)),
        (like, (SAME_VILLAGE, ALIKE)),
    ]
    assert found[1].likeness > 55


def test_like_words_of_the_own_household_are_said_to_be_alike(town: SmallTown) -> None:
    own = factories.registered(town)

    [found] = list_similar(actor=town.clerk, household_id=town.household.id, content=own.content)

    assert found.reasons == (SAME_HOUSEHOLD, ALIKE)
    assert found.likeness == 100


def test_without_words_the_latest_of_the_village_are_shown_at_most_five(town: SmallTown) -> None:
    made = [factories.registered(town, household_id=town.neighbour.id) for _ in range(7)]

    found = list_similar(
        actor=town.clerk, village=town.place.upper.reach, category_id=town.category.id
    )

    assert [each.demand for each in found] == made[:1:-1]


def test_neither_itself_nor_old_merged_or_invisible_ones_are_suggested(town: SmallTown) -> None:
    factories.registered(town, said_at=factories.morning(MONDAY - timedelta(days=181)))
    factories.declined(town)
    self_ = factories.registered(town)
    where = {"village": town.place.upper.reach, "category_id": town.category.id}

    assert list_similar(actor=town.clerk, but_not=self_.id, **where) == []  # type: ignore[arg-type]  # a table of both
    assert list_similar(actor=town.far_secretary, **where) == []  # type: ignore[arg-type]  # a table of both
    assert clock.today() == MONDAY


def test_likeness_is_between_nothing_and_the_same() -> None:
    assert similar.likeness("路灯不亮", "路灯不亮") == 100
    assert similar.likeness("", "路灯") == 0
    assert similar.likeness("路", "路") == 100
    assert similar.likeness("！", "？") == 0
    assert similar.likeness("路灯不亮", "想学电焊") < 30


def test_same_phone_comes_after_the_household_and_before_the_village(town: SmallTown) -> None:
    phone = "10000001234"
    like = factories.registered(town, household_id=town.neighbour.id)
    called = factories.registered(
        town,
        household_id=town.far_household.id,
        category_id=town.other_category.id,
        content="想办低保",
        proposer_phone=phone,
    )
    own = factories.registered(town, proposer_phone=phone)

    found = list_similar(
        actor=town.clerk,
        village=town.place.upper.reach,
        category_id=town.category.id,
        household_id=town.household.id,
        phone=similar.phone_key_typed("1000 000 1234"),
        content=own.content,
    )

    assert [(each.demand, each.reasons) for each in found] == [
        (own, (SAME_HOUSEHOLD, ALIKE)),
        (called, (SAME_PHONE,)),
        (like, (SAME_VILLAGE, ALIKE)),
    ]


def test_like_words_under_another_category_come_last(town: SmallTown) -> None:
    other = factories.registered(town, category_id=town.other_category.id)
    same = factories.registered(town, content="村口路灯不亮，晚上走路很不方便，请修")
    where = {"village": town.place.upper.reach, "category_id": town.category.id}

    found = list_similar(actor=town.clerk, content=other.content, **where)  # type: ignore[arg-type]  # a table of both
    without = list_similar(actor=town.clerk, village=town.place.upper.reach, content=other.content)

    assert [(each.demand, each.reasons[0]) for each in found] == [
        (same, SAME_VILLAGE),
        (other, VILLAGE),
    ]
    assert {each.reasons[0] for each in without} == {VILLAGE}


def test_five_of_the_household_ask_no_further(town: SmallTown) -> None:
    for _place in range(6):
        factories.registered(town)
    factories.registered(town, household_id=town.neighbour.id)

    found = list_similar(
        actor=town.clerk,
        village=town.place.upper.reach,
        category_id=town.category.id,
        household_id=town.household.id,
    )

    assert {each.reasons for each in found} == {(SAME_HOUSEHOLD,)}
    assert len(found) == 5


def test_half_a_phone_is_no_key_and_a_phone_is_never_stored_open(town: SmallTown) -> None:
    demand = factories.registered(town, proposer_phone="10000001234")

    assert similar.phone_key_typed("100000") is None
    assert similar.phone_key("") is None
    assert demand.phone_key == similar.phone_key("10000001234")
    assert b"1234" not in bytes(demand.phone_key or b"")
    assert factories.registered(town).phone_key is None
