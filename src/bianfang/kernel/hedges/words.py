"""The five ways to state a number, in Chinese and in English; exact decimals in, words out.

余 floor to the step, strictly more than stated, the next step not reached · 约 rounded to the step
either way · 突破 strictly more than stated · 达 as much as stated or more · exact otherwise.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum

from django.utils.translation import gettext as _

from bianfang.kernel.errors import DomainError

_TEN = Decimal(10)
_ONE = Decimal(1)


class HedgeRule(StrEnum):
    """How a number is stated."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    EXCEEDS = "exceeds"
    REACHES = "reaches"


class Scale(IntEnum):
    """The Chinese counting word the number is written in."""

    ONE = 1
    WAN = 10_000
    YI = 100_000_000


_SCALE_WORDS = {Scale.ONE: "", Scale.WAN: "万", Scale.YI: "亿"}
_BEFORE = {HedgeRule.ABOUT: "约", HedgeRule.EXCEEDS: "突破", HedgeRule.REACHES: "达"}
_ENGLISH = {
    HedgeRule.EXACT: "{}",
    HedgeRule.OVER: "over {}",
    HedgeRule.ABOUT: "about {}",
    HedgeRule.EXCEEDS: "more than {}",
    HedgeRule.REACHES: "at least {}",
}


class HedgeError(DomainError):
    """The hedge would say something that the number does not bear out."""


def hedge(
    value: Decimal | int,
    rule: HedgeRule,
    unit: str = "",
    *,
    step: Decimal | int = 1,
    scale: Scale = Scale.ONE,
    mark: Decimal | int | None = None,
) -> str:
    """The value in Chinese words: 12847 (OVER, 户, step 100) → 12800余户.

    `step` is the precision shown, in units of the value; `scale` writes it in 万 or 亿; `mark`
    names the very number to state instead of the one the step gives.
    """
    stated = stated_number(value, rule, step=step, mark=mark)
    digits = stated / Decimal(scale)
    words = _SCALE_WORDS[scale]
    if rule is HedgeRule.OVER:
        return f"{_over(digits, words)}{unit}"
    return f"{_BEFORE.get(rule, '')}{_plain(digits)}{words}{unit}"


def hedge_english(
    value: Decimal | int,
    rule: HedgeRule,
    unit: str = "",
    *,
    step: Decimal | int = 1,
    mark: Decimal | int | None = None,
) -> str:
    """The value in English words: 12847 (OVER, households, step 100) → over 12,800 households."""
    stated = stated_number(value, rule, step=step, mark=mark)
    if rule is HedgeRule.OVER:
        _check_round(stated)
    number = f"{stated.normalize():,f}"
    return " ".join(filter(None, (_ENGLISH[rule].format(number), unit)))


def stated_number(
    value: Decimal | int,
    rule: HedgeRule,
    *,
    step: Decimal | int = 1,
    mark: Decimal | int | None = None,
) -> Decimal:
    """The number that will be printed; refuses one that the rule could not state truthfully."""
    exact, width = _decimal(value), _decimal(step)
    if width <= 0:
        raise HedgeError(_("The step of a hedge must be more than nought."))
    if rule is HedgeRule.EXACT:
        return exact
    stated = _decimal(mark) if mark is not None else _on_step(exact, rule, width)
    if stated <= 0:
        raise HedgeError(
            _("%(value)s is too small to be stated in steps of %(step)s.")
            % {"value": exact, "step": width}
        )
    if not _is_true(exact, rule, stated, width):
        raise HedgeError(
            _("“%(stated)s” would not be true of %(value)s (rule “%(rule)s”, step %(step)s).")
            % {"stated": stated, "value": exact, "rule": rule.value, "step": width}
        )
    return stated


def _is_true(exact: Decimal, rule: HedgeRule, stated: Decimal, step: Decimal) -> bool:
    if rule is HedgeRule.OVER:
        return stated < exact < stated + step
    if rule is HedgeRule.ABOUT:
        return abs(exact - stated) * 2 <= step
    if rule is HedgeRule.EXCEEDS:
        return exact > stated
    return exact >= stated


def _on_step(exact: Decimal, rule: HedgeRule, step: Decimal) -> Decimal:
    rounding = ROUND_HALF_UP if rule is HedgeRule.ABOUT else ROUND_FLOOR
    return (exact / step).quantize(_ONE, rounding=rounding) * step


def _over(digits: Decimal, words: str) -> str:
    """余 stands behind a round number (60余万); behind 万 or 亿 when the number is not round."""
    if not words:
        _check_round(digits)
    if digits % _TEN == 0:
        return f"{_plain(digits)}余{words}"
    return f"{_plain(digits)}{words}余"


def _check_round(stated: Decimal) -> None:
    if stated % _TEN != 0:
        raise HedgeError(
            _("“Over %(stated)s” needs a round number: choose a step of ten or more.")
            % {"stated": stated}
        )


def _decimal(value: Decimal | int) -> Decimal:
    if isinstance(value, float):
        msg = "hedges take Decimal or int: a float is not exact"
        raise TypeError(msg)
    number = Decimal(value)
    if not number.is_finite():
        raise HedgeError(_("Only a finite number can be stated."))
    return number


def _plain(digits: Decimal) -> str:
    """Digits without exponent, without separators and without idle noughts."""
    return f"{digits.normalize():f}"
