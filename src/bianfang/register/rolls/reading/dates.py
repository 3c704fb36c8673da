"""Birth dates in all the forms that offices write them."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bianfang.register.rolls.reading.cells import Finding, as_typed, clean_code, found
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.vocabulary import is_null_word
from bianfang.register.rolls.reading.workbook import Cell

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"[ T]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_PARTS = re.compile(
    r"(?P<year>\d{4}|\d{2})(?P<sign>\s*[-./年\\,、_—–~]\s*|\s+)"
    r"(?P<month>\d{1,2})(?:\s*[-./月\\,、_—–~]\s*|\s+)(?P<day>\d{1,2})\s*[日号.]?"
)
_MONTH_ONLY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?|\d{4}\s*年?|\d{6}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{4,5}(?:\.0+)?")
_LUNAR = re.compile("[农阴]历|[正冬腊]月|初[一二三四五六七八九十]|廿|闰")
_HAN_DATE = re.compile(
    "([\u3007零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_HAN_DIGITS = {"\u3007": 0, "零": 0, "○": 0} | {
    sign: number for number, sign in enumerate("一二三四五六七八九", 1)
}
_KIND_OF_SIGN = {
    "-": None,
    ".": Kind.DATE_WITH_DOTS,
    "/": Kind.DATE_WITH_SLASHES,
    "年": Kind.DATE_CHINESE,
}
_EPOCH = date(1899, 12, 30)
_EARLIEST = date(1890, 1, 1)
_FIRST_SERIAL = 61
_SHORT_YEAR = 2
_LONGEST = 40
_YEARS = range(1890, 2200)


class BirthReading(NamedTuple):
    """A read date; `other` is the same day a century away where two-digit years leave a choice."""

    day: date | None
    findings: tuple[Finding, ...] = ()
    other: date | None = None


def parse_birth(cell: Cell, as_of: date) -> BirthReading:
    """The birth date, or None with the reason why the cell tells none."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return _checked(day, (), as_of)
    if isinstance(cell, float):
        return _from_number(as_typed(cell), as_of)
    text, findings = clean_code(as_typed(cell))
    if not text:
        return BirthReading(None)
    if is_null_word(text):
        return BirthReading(None, found(Kind.NULL_WORD))
    if _SERIAL.fullmatch(text) or _COMPACT.fullmatch(text):
        return _from_number(text, as_of, findings)
    return _from_text(_CLOCK.sub("", text[:_LONGEST]), findings, as_of)


def _from_number(text: str, as_of: date, findings: tuple[Finding, ...] = ()) -> BirthReading:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _from_parts(compact.groups(), findings + found(Kind.DATE_COMPACT), as_of)
    if _SERIAL.fullmatch(text) and int(text) not in _YEARS:
        days = int(text)
        day = _EPOCH + timedelta(days=days)
        if days >= _FIRST_SERIAL and day <= as_of:
            return BirthReading(day, findings + found(Kind.DATE_EXCEL_SERIAL))
    is_part = _MONTH_ONLY.fullmatch(text) is not None
    return BirthReading(None, found(Kind.DATE_INCOMPLETE if is_part else Kind.DATE_UNREADABLE))


def _from_text(text: str, findings: tuple[Finding, ...], as_of: date) -> BirthReading:
    if _LUNAR.search(text):
        return BirthReading(None, found(Kind.DATE_LUNAR))
    iso = _ISO.fullmatch(text)
    if iso:
        return _from_parts(iso.groups(), findings, as_of)
    han = _HAN_DATE.fullmatch(text)
    if han:
        parts = (
            "".join(str(_HAN_DIGITS[sign]) for sign in han[1]),
            _han_number(han[2]),
            _han_number(han[3]),
        )
        return _from_parts(parts, findings + found(Kind.DATE_CHINESE), as_of)
    parts_match = _PARTS.fullmatch(text)
    if parts_match:
        year, sign, month, day = parts_match.group("year", "sign", "month", "day")
        kind = _KIND_OF_SIGN.get(sign, Kind.DATE_OTHER_FORM)
        forms = found(kind) if kind else ()
        if len(year) == _SHORT_YEAR:
            return _from_short_year((year, month, day), findings, as_of)
        return _from_parts((year, month, day), findings + forms, as_of)
    is_part = _MONTH_ONLY.fullmatch(text) is not None
    return BirthReading(None, found(Kind.DATE_INCOMPLETE if is_part else Kind.DATE_UNREADABLE))


def _han_number(text: str) -> str:
    """A month or day in Chinese numerals: 十二 is 12, 二十 is 20, 三十一 is 31."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(str(_HAN_DIGITS[sign]) for sign in ones)
    return str((_HAN_DIGITS.get(tens, 0) if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0))


def _from_parts(parts: tuple[str, ...], findings: tuple[Finding, ...], as_of: date) -> BirthReading:
    day = _day(*map(int, parts))
    if day is None:
        return BirthReading(None, found(Kind.DATE_IMPOSSIBLE))
    return _checked(day, findings, as_of)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(day: date, findings: tuple[Finding, ...], as_of: date) -> BirthReading:
    if day > as_of:
        return BirthReading(None, found(Kind.DATE_FUTURE))
    if day < _EARLIEST:
        return BirthReading(None, found(Kind.DATE_IMPOSSIBLE))
    return BirthReading(day, findings)


def _from_short_year(
    parts: tuple[str, str, str], findings: tuple[Finding, ...], as_of: date
) -> BirthReading:
    year, month, day = map(int, parts)
    days = [_day(century + year, month, day) for century in (2000, 1900)]
    possible = [d for d in days if d is not None and d <= as_of]
    if not possible:
        return BirthReading(None, found(Kind.DATE_IMPOSSIBLE))
    if len(possible) == 1:
        return BirthReading(possible[0], findings + found(Kind.DATE_SHORT_YEAR))
    return BirthReading(possible[0], findings + found(Kind.DATE_SHORT_YEAR), possible[1])
