from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.hedges.words import (
    HedgeError,
    HedgeRule,
    Scale,
    hedge,
    hedge_english,
)

VALUES = st.decimals(0, 10**9, places=2)
STEPS = st.sampled_from([1, 10, 100, 1000, 10_000, 100_000, 10_000_000])
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


@pytest.mark.parametrize(
    ("value", "rule", "unit", "given", "words"),
    [
        (12847, HedgeRule.OVER, "户", {"step": 100}, "12800余户"),
        (604_300, HedgeRule.OVER, "元", {"step": 10_000, "scale": Scale.WAN}, "60余万元"),
        (612_000, HedgeRule.OVER, "元", {"step": 10_000, "scale": Scale.WAN}, "61万余元"),
        (15_300, HedgeRule.OVER, "亩", {"step": 1_000, "scale": Scale.WAN}, "1.5万余亩"),
        (23, HedgeRule.OVER, "场", {"step": 10}, "20余场"),
        (2_047, HedgeRule.OVER, "", {"step": 1_000}, "2000余"),
        (1_600_000, HedgeRule.ABOUT, "元", {"step": 10_000, "scale": Scale.WAN}, "约160万元"),
        (1_596_000, HedgeRule.ABOUT, "元", {"step": 100_000, "scale": Scale.WAN}, "约160万元"),
        (83_400, HedgeRule.EXCEEDS, "元", {"step": 10_000, "scale": Scale.WAN}, "突破8万元"),
        (83_400, HedgeRule.EXCEEDS, "元", {"mark": 80_000, "scale": Scale.WAN}, "突破8万元"),
        (
            Decimal("15000.00"),
            HedgeRule.REACHES,
            "亩",
            {"step": 1_000, "scale": Scale.WAN},
            "达1.5万亩",
        ),
        (
            Decimal("15999.99"),
            HedgeRule.REACHES,
            "亩",
            {"step": 1_000, "scale": Scale.WAN},
            "达1.5万亩",
        ),
        (127, HedgeRule.EXACT, "件", {}, "127件"),
        (Decimal("91.30"), HedgeRule.EXACT, "%", {}, "91.3%"),
        (24_000, HedgeRule.EXACT, "元", {"scale": Scale.WAN}, "2.4万元"),
        (250_000_000, HedgeRule.ABOUT, "元", {"step": 10_000_000, "scale": Scale.YI}, "约2.5亿元"),
        (0, HedgeRule.EXACT, "处", {}, "0处"),
        (Decimal("-3.5"), HedgeRule.EXACT, "万元", {}, "-3.5万元"),
    ],
)
def test_hedge_states_the_number_in_chinese(
    value: Decimal | int, rule: HedgeRule, unit: str, given: dict[str, Any], words: str
) -> None:
    assert hedge(value, rule, unit, **given) == words


@pytest.mark.parametrize(
    ("value", "rule", "unit", "given", "words"),
    [
        (12847, HedgeRule.OVER, "households", {"step": 100}, "over 12,800 households"),
        (1_600_000, HedgeRule.ABOUT, "yuan", {"step": 10_000}, "about 1,600,000 yuan"),
        (83_400, HedgeRule.EXCEEDS, "yuan", {"mark": 80_000}, "more than 80,000 yuan"),
        (15_000, HedgeRule.REACHES, "mu", {"step": 1_000}, "at least 15,000 mu"),
        (Decimal("3023.40"), HedgeRule.EXACT, "", {}, "3,023.4"),
    ],
)
def test_hedge_english_states_the_number_in_english(
    value: Decimal | int, rule: HedgeRule, unit: str, given: dict[str, Any], words: str
) -> None:
    assert hedge_english(value, rule, unit, **given) == words


@pytest.mark.parametrize(
    ("value", "rule", "given"),
    [
        (12_800, HedgeRule.OVER, {"step": 100}),
        (600_000, HedgeRule.OVER, {"step": 10_000}),
        (12_900, HedgeRule.OVER, {"step": 100, "mark": 12_800}),
        (12_801, HedgeRule.OVER, {"step": 100, "mark": 12_900}),
        (80_000, HedgeRule.EXCEEDS, {"step": 10_000}),
        (80_000, HedgeRule.EXCEEDS, {"mark": 80_000}),
        (14_999, HedgeRule.REACHES, {"mark": 15_000}),
        (1_700_000, HedgeRule.ABOUT, {"step": 10_000, "mark": 1_600_000}),
        (99, HedgeRule.OVER, {"step": 100}),
        (49, HedgeRule.ABOUT, {"step": 100}),
        (-5, HedgeRule.REACHES, {"step": 1}),
        (0, HedgeRule.EXCEEDS, {"step": 1}),
        (5, HedgeRule.ABOUT, {"step": 0}),
        (Decimal("NaN"), HedgeRule.EXACT, {}),
        (Decimal("Infinity"), HedgeRule.REACHES, {}),
    ],
)
def test_hedge_that_would_lie_is_refused(
    value: Decimal | int, rule: HedgeRule, given: dict[str, Any]
) -> None:
    with pytest.raises(HedgeError):
        hedge(value, rule, "户", **given)
    with pytest.raises(HedgeError):
        hedge_english(value, rule, "households", **given)


def test_hedge_over_needs_a_round_number() -> None:
    with pytest.raises(HedgeError, match="127"):
        hedge(Decimal("127.5"), HedgeRule.OVER, "件")
    with pytest.raises(HedgeError, match="127"):
        hedge_english(Decimal("127.5"), HedgeRule.OVER, "items")


def test_hedge_takes_no_float() -> None:
    with pytest.raises(TypeError, match="float"):
        hedge(0.1, HedgeRule.EXACT)  # type: ignore[arg-type]  # what the test is about


def read_back(words: str) -> Decimal:
    bare = words.strip("约突破达元").replace("余", "")
    word = bare.lstrip("0123456789.")
    return Decimal(bare.removesuffix(word)) * SCALES[word]


@given(value=VALUES, rule=st.sampled_from(HedgeRule), step=STEPS, scale=st.sampled_from(Scale))
def test_hedge_never_lies(value: Decimal, rule: HedgeRule, step: int, scale: Scale) -> None:
    try:
        stated = read_back(hedge(value, rule, "元", step=step, scale=scale))
    except HedgeError:
        assert rule is not HedgeRule.EXACT
        return

    assert {
        HedgeRule.EXACT: stated == value,
        HedgeRule.OVER: stated < value < stated + step,
        HedgeRule.ABOUT: abs(stated - value) * 2 <= step,
        HedgeRule.EXCEEDS: stated < value,
        HedgeRule.REACHES: stated <= value,
    }[rule]
