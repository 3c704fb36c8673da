"""Typed text brought to one form, with a finding for every liberty taken."""

import re
import unicodedata
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.workbook import Cell

T = TypeVar("T")

_APOSTROPHES = "'\u2018\u2019`\u00b4"
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ESCAPED_RETURN = re.compile("_x000D_", re.IGNORECASE)
_BREAKS = re.compile("[\r\n\u2028\u2029\x0b\x0c]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_WIDE_SIGN = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_MAX_EXACT = 2**53


class Finding(NamedTuple):
    """What was noticed in a cell; `hint` fills the sentence where the cell alone is not enough."""

    kind: Kind
    hint: str = ""


class Parsed(NamedTuple, Generic[T]):
    """What a cell became, and what had to be noticed on the way."""

    value: T
    findings: tuple[Finding, ...] = ()


def found(*kinds: Kind) -> tuple[Finding, ...]:
    """Findings that need no hint."""
    return tuple(map(Finding, kinds))


class Remembered(Generic[T]):
    """A parser that reads no text twice: names of villages and relations come by the thousand."""

    def __init__(self, parse: Callable[[Cell], Parsed[T]]) -> None:
        self._parse = parse
        self._known: dict[str, Parsed[T]] = {}

    def __call__(self, cell: Cell) -> Parsed[T]:
        """What the parser says of the cell."""
        if type(cell) is not str:
            return self._parse(cell)
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._parse(cell)
        return known


def clean_text(raw: str) -> Parsed[str]:
    """The text without what nobody meant to type: blanks around it, breaks, unseen characters."""
    if not raw or (raw.isprintable() and raw == raw.strip() and raw[0] not in _APOSTROPHES):
        return Parsed(raw)
    kinds = []
    text = _CONTROLS.sub("", _ZERO_WIDTH.sub("", _ESCAPED_RETURN.sub("\n", raw)))
    if len(text) != len(_ESCAPED_RETURN.sub("\n", raw)):
        kinds.append(Kind.INVISIBLE_CHARACTER)
    joined = _BREAKS.sub("", text)
    if joined != text:
        kinds.append(Kind.LINE_BREAK_IN_CELL)
    stripped = joined.strip()
    if stripped != joined:
        kinds.append(Kind.SURROUNDING_SPACE)
    if len(stripped) > 1 and stripped[0] in _APOSTROPHES:
        kinds.append(Kind.LEADING_APOSTROPHE)
        stripped = stripped[1:].strip()
    return Parsed(stripped, found(*kinds))


def clean_code(raw: str) -> Parsed[str]:
    """A code's text: as `clean_text`, and full-width signs made half-width."""
    text, findings = clean_text(raw)
    if text.isascii():
        return Parsed(text, findings)
    narrow = unicodedata.normalize("NFKC", text)
    if _WIDE_SIGN.search(text):
        findings += found(Kind.FULLWIDTH_DIGITS)
    return Parsed(narrow, findings)


def as_typed(cell: Cell) -> str:
    """The text of a cell of any type, numbers without the .0 that Excel never shows."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MAX_EXACT:
        return str(int(cell))
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that a person can see."""
    return cell == "" or (isinstance(cell, str) and not clean_text(cell).value)
