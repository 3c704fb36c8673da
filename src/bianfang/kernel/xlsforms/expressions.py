"""The value of an expression, as XPath has it: an empty answer is an empty text.

Numbers are those of the phone (IEEE 754), so that both ends agree; what has no place between
-10^15 and 10^15, such as a division by zero, is no number. A day counts as the number of days
since 1970-01-01 wherever a number is wanted.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bianfang.kernel.xlsforms import patterns
from bianfang.kernel.xlsforms.grammar import Binary, Call, Literal, Negation, Node, Reference

Value = str | float | bool

_LARGEST = 1e15
_PLACES = 10
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH = date(1970, 1, 1)
_SPACE = " \t\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What an expression can look at: values by name, entries of repeats, its own value, a day."""

    values: Mapping[str, Value] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    own: Value = ""
    today: date = _EPOCH


def evaluate(tree: Node, around: Surroundings) -> Value:
    """The value; never an error, whatever the answers are."""
    match tree:
        case Literal(value):
            return value
        case Reference(name):
            return around.values.get(name, "") if name else around.own
        case Negation(part):
            return _bounded(-to_number(evaluate(part, around)))
        case Binary(sign, left, right):
            return _binary(sign, left, right, around)
        case Call(name, arguments):
            return _call(name, arguments, around)


def to_text(value: Value) -> str:
    """A number without needless digits; true and false as words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return "NaN"
    if value == math.floor(value):
        return str(int(value))
    return f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")


def to_number(value: Value) -> float:
    """The number a text tells, or the days up to the date it tells; NaN for anything else."""
    if not isinstance(value, str):
        return float(value)
    text = value.strip(_SPACE)
    if _NUMBER.fullmatch(text):
        return _bounded(float(text))
    if _DAY.fullmatch(text):
        try:
            return float((date.fromisoformat(text) - _EPOCH).days)
        except ValueError:
            return math.nan
    return math.nan


def to_bool(value: Value) -> bool:
    """A text that is not empty, a number other than zero."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def words(value: Value) -> list[str]:
    """The chosen answers of a list."""
    return [word for word in re.split(f"[{_SPACE}]+", to_text(value)) if word]


def _binary(sign: str, left: Node, right: Node, around: Surroundings) -> Value:
    first = evaluate(left, around)
    if sign == "or":
        return to_bool(first) or to_bool(evaluate(right, around))
    if sign == "and":
        return to_bool(first) and to_bool(evaluate(right, around))
    second = evaluate(right, around)
    if sign in {"=", "!="}:
        return _are_equal(first, second) == (sign == "=")
    return _NUMERIC[sign](to_number(first), to_number(second))


def _are_equal(first: Value, second: Value) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return to_bool(first) == to_bool(second)
    if isinstance(first, float) or isinstance(second, float):
        return to_number(first) == to_number(second)
    return first == second


def _bounded(number: float) -> float:
    return number if abs(number) < _LARGEST else math.nan


def _divided(first: float, second: float) -> float:
    return math.nan if second == 0 else _bounded(first / second)


def _rest(first: float, second: float) -> float:
    if second == 0 or math.isnan(first) or math.isnan(second):
        return math.nan
    return math.fmod(first, second)


_NUMERIC: Mapping[str, Callable[[float, float], Value]] = {
    "<": lambda first, second: first < second,
    "<=": lambda first, second: first <= second,
    ">": lambda first, second: first > second,
    ">=": lambda first, second: first >= second,
    "+": lambda first, second: _bounded(first + second),
    "-": lambda first, second: _bounded(first - second),
    "*": lambda first, second: _bounded(first * second),
    "div": _divided,
    "mod": _rest,
}


def _call(name: str, arguments: Sequence[Node], around: Surroundings) -> Value:
    if name == "if":
        condition, then, otherwise = arguments
        return evaluate(then if to_bool(evaluate(condition, around)) else otherwise, around)
    if name == "count":
        return float(_count(arguments[0], around))
    if name == "today":
        return around.today.isoformat()
    return _PLAIN[name](*(evaluate(argument, around) for argument in arguments))


def _count(repeat: Node, around: Surroundings) -> int:
    return around.counts.get(repeat.name, 0) if isinstance(repeat, Reference) else 0


_PLAIN: Mapping[str, Callable[..., Value]] = {
    "true": lambda: True,
    "false": lambda: False,
    "not": lambda value: not to_bool(value),
    "count-selected": lambda value: float(len(words(value))),
    "string-length": lambda value: float(len(to_text(value))),
    "selected": lambda value, word: to_text(word).strip(_SPACE) in words(value),
    "coalesce": lambda first, second: to_text(first) or to_text(second),
    "regex": lambda value, pattern: patterns.fits(to_text(value), to_text(pattern)),
}
