"""How many are drawn, from which group, and which: plain arithmetic that anybody can repeat.

Sizes are numbers of demands, confidence is in percent, margins are in percentage points.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from types import MappingProxyType

Z: Mapping[int, Decimal] = MappingProxyType(
    {90: Decimal("1.645"), 95: Decimal("1.960"), 99: Decimal("2.576")}
)
"""The normal quantile (two-sided, no unit) of each confidence in percent."""
_VARIANCE = Decimal("0.25")
"""p·(1 - p) for p = 0.5, the share of which the sample has to be largest."""
_TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True, slots=True)
class ByConfidence:
    """As many as the confidence (90, 95 or 99 %) and the margin (percentage points) ask for."""

    confidence: int
    margin: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class OfEach:
    """So many demands of each group, all of a smaller one."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A share of all in percent, and at least so many demands in total."""

    percent: int
    at_least: int


Rule = ByConfidence | OfEach | Share


def sample_size(population: int, *, confidence: int, margin: Decimal) -> int:
    """How many demands to draw of `population`, with the correction for a finite population.

    n₀ = z²·p(1 - p) ÷ e² with p = 0.5 and e the margin as a fraction;
    n = n₀ ÷ (1 + (n₀ - 1) ÷ N), rounded up, never more than N.
    """
    if population <= 0:
        return 0
    unlimited = Z[confidence] ** 2 * _VARIANCE / (margin / 100) ** 2
    exact = unlimited / (1 + (unlimited - 1) / population)
    return min(population, max(1, int(exact.to_integral_value(rounding=ROUND_CEILING))))


def margin_of(population: int, sample: int, *, confidence: int) -> Decimal | None:
    """How far, in percentage points, the share in all may lie from that in the sample.

    e = z·√(p(1 - p) ÷ n · (N - n) ÷ (N - 1)) with p = 0.5, one decimal; 0 where all are drawn,
    None where none is.
    """
    if sample <= 0:
        return None
    if sample >= population:
        return Decimal("0.0")
    spread = _VARIANCE / sample * (population - sample) / (population - 1)
    return (Z[confidence] * spread.sqrt() * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)


def sizes_for(rule: Rule, strata: Mapping[str, int]) -> dict[str, int]:
    """How many to draw of each group by the rule; groups by key with their populations."""
    population = sum(strata.values())
    if isinstance(rule, OfEach):
        return {key: min(number, rule.number) for key, number in strata.items()}
    if isinstance(rule, Share):
        share = -(-population * rule.percent // 100)
        return allocate(max(share, rule.at_least), strata)
    wanted = sample_size(population, confidence=rule.confidence, margin=rule.margin)
    return allocate(wanted, strata)


def allocate(total: int, strata: Mapping[str, int]) -> dict[str, int]:
    """Share `total` demands out among the groups in proportion to their populations Nᵢ.

    Quotas are total·Nᵢ ÷ N; what their whole parts leave goes to the largest remainders, of equal
    ones to the smaller key. A group that holds anything gets at least one, if need be from the
    group that is most above its quota; with more groups than `total` each gets one.
    """
    population = sum(strata.values())
    filled = {key: number for key, number in strata.items() if number > 0}
    total = max(min(total, population), len(filled))
    given = dict.fromkeys(strata, 0)
    for key, number in filled.items():
        given[key] = total * number // population
    by_remainder = sorted(filled, key=lambda key: (-(total * filled[key] % population), key))
    for key in by_remainder[: total - sum(given.values())]:
        given[key] += 1
    for key in sorted(key for key in filled if given[key] == 0):
        richest = min(
            (other for other in filled if given[other] > 1),
            key=lambda other: (total * filled[other] - given[other] * population, other),
        )
        given[richest] -= 1
        given[key] = 1
    return given


def draw_order(numbers: Sequence[str], *, seed: int, stratum: str) -> list[str]:
    """All demand numbers of a group in the order in which they are drawn.

    `random.Random("seed:stratum")` over the sorted numbers: the same seed and the same numbers give
    the same order. The sample is its beginning; replacements are what follows.
    """
    drawn = sorted(numbers)
    random.Random(f"{seed}:{stratum}").shuffle(drawn)  # noqa: S311 - has to be repeatable, not secret
    return drawn


def draw(
    frame: Mapping[str, Sequence[str]], sizes: Mapping[str, int], *, seed: int
) -> dict[str, list[str]]:
    """The sample: of each group the first so many demand numbers in the order of drawing."""
    return {
        key: draw_order(numbers, seed=seed, stratum=key)[: sizes[key]]
        for key, numbers in frame.items()
    }
