from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.outreach.lookback import sampling
from bianfang.outreach.lookback.sampling import ByConfidence, OfEach, Rule, Share

CONFIDENCES = st.sampled_from(sorted(sampling.Z))
MARGINS = st.integers(min_value=10, max_value=300).map(lambda tenths: Decimal(tenths) / 10)
POPULATIONS = st.integers(min_value=1, max_value=1_000_000)
STRATA = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4), st.integers(min_value=0, max_value=5000), max_size=15
)
NUMBERS = st.lists(st.integers(1, 99_999).map("2026-{:05d}".format), unique=True, max_size=60)
RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(ByConfidence, confidence=CONFIDENCES, margin=MARGINS),
    st.builds(OfEach, number=st.integers(1, 500)),
    st.builds(Share, percent=st.integers(1, 100), at_least=st.integers(0, 500)),
)


@pytest.mark.parametrize(
    ("population", "confidence", "margin", "size"),
    [
        (1_000_000, 95, "5", 385),
        (1000, 95, "5", 278),
        (127, 95, "5", 96),
        (116, 95, "10", 53),
        (116, 90, "10", 43),
        (116, 99, "10", 69),
        (10, 95, "30", 6),
        (1, 95, "5", 1),
        (0, 95, "5", 0),
    ],
)
def test_sizes_are_those_of_the_tables(
    population: int, confidence: int, margin: str, size: int
) -> None:
    found = sampling.sample_size(population, confidence=confidence, margin=Decimal(margin))

    assert found == size


@given(population=POPULATIONS, confidence=CONFIDENCES, margin=MARGINS)
def test_a_sample_lies_between_one_and_all_and_keeps_its_margin(
    population: int, confidence: int, margin: Decimal
) -> None:
    size = sampling.sample_size(population, confidence=confidence, margin=margin)
    kept = sampling.margin_of(population, size, confidence=confidence)

    assert 1 <= size <= population
    assert kept is not None
    assert kept <= margin


@given(population=POPULATIONS, margin=MARGINS)
def test_more_confidence_asks_for_no_fewer(population: int, margin: Decimal) -> None:
    sizes = [
        sampling.sample_size(population, confidence=confidence, margin=margin)
        for confidence in sorted(sampling.Z)
    ]

    assert sizes == sorted(sizes)


def test_the_margin_of_all_is_zero_and_of_none_unknown() -> None:
    assert sampling.margin_of(20, 20, confidence=95) == Decimal("0.0")
    assert sampling.margin_of(20, 0, confidence=95) is None
    assert sampling.margin_of(116, 53, confidence=95) == Decimal("10.0")


@given(strata=STRATA, total=st.integers(min_value=0, max_value=40_000))
def test_shares_add_up_leave_no_group_out_and_never_exceed_it(
    strata: dict[str, int], total: int
) -> None:
    given_out = sampling.allocate(total, strata)

    filled = [key for key, number in strata.items() if number]
    assert set(given_out) == set(strata)
    assert sum(given_out.values()) == max(min(total, sum(strata.values())), len(filled))
    for key, number in strata.items():
        assert (1 if number else 0) <= given_out[key] <= number


@given(strata=STRATA, total=st.integers(min_value=0, max_value=40_000))
def test_a_share_lies_within_one_of_its_quota_unless_it_made_room(
    strata: dict[str, int], total: int
) -> None:
    given_out = sampling.allocate(total, strata)

    population = sum(strata.values())
    total = sum(given_out.values())
    lifted = sum(
        given_out[key] == 1 and total * number < population for key, number in strata.items()
    )
    for key, number in strata.items():
        assert given_out[key] * population <= total * number + population
        assert given_out[key] * population >= total * number - (1 + lifted) * population


def test_largest_remainders_win_and_ties_go_by_key() -> None:
    assert sampling.allocate(10, {"a": 47, "b": 33, "c": 20}) == {"a": 5, "b": 3, "c": 2}
    assert sampling.allocate(3, {"b": 10, "a": 10}) == {"b": 1, "a": 2}
    assert sampling.allocate(4, {"big": 98, "one": 1, "two": 1}) == {"big": 2, "one": 1, "two": 1}
    assert sampling.allocate(1, {"a": 5, "b": 5}) == {"a": 1, "b": 1}
    assert sampling.allocate(5, {"empty": 0}) == {"empty": 0}


@pytest.mark.parametrize(
    ("rule", "sizes"),
    [
        (OfEach(number=3), {"a": 3, "b": 2, "c": 0}),
        (Share(percent=10, at_least=0), {"a": 4, "b": 1, "c": 0}),
        (Share(percent=10, at_least=10), {"a": 9, "b": 1, "c": 0}),
        (ByConfidence(confidence=95, margin=Decimal(10)), {"a": 29, "b": 1, "c": 0}),
    ],
)
def test_each_rule_gives_its_sizes(rule: Rule, sizes: dict[str, int]) -> None:
    assert sampling.sizes_for(rule, {"a": 40, "b": 2, "c": 0}) == sizes


@given(rule=RULES, strata=STRATA)
def test_whatever_the_rule_every_group_that_holds_anything_is_drawn_from(
    rule: Rule, strata: dict[str, int]
) -> None:
    sizes = sampling.sizes_for(rule, strata)

    assert all((number > 0) <= sizes[key] <= number for key, number in strata.items())


@given(numbers=NUMBERS, seed=st.integers(1, 10**9))
def test_the_same_seed_and_numbers_give_the_same_order_whatever_order_they_come_in(
    numbers: list[str], seed: int
) -> None:
    order = sampling.draw_order(numbers, seed=seed, stratum="north")

    assert sampling.draw_order(numbers[::-1], seed=seed, stratum="north") == order
    assert sorted(order) == sorted(numbers)


def test_seed_and_group_both_turn_the_order() -> None:
    numbers = [f"2026-{number:05d}" for number in range(1, 41)]
    first = sampling.draw_order(numbers, seed=1, stratum="north")

    assert sampling.draw_order(numbers, seed=2, stratum="north") != first
    assert sampling.draw_order(numbers, seed=1, stratum="south") != first


def test_an_order_stays_what_it_was_when_it_was_kept() -> None:
    """A change of the arithmetic would make kept seeds worthless."""
    numbers = [f"2026-{number:05d}" for number in range(1, 9)]

    drawn = sampling.draw({"north": numbers}, {"north": 3}, seed=42)

    assert drawn == {"north": PINNED}


PINNED = ["2026-00007", "2026-00005", "2026-00006"]
