"""Identity numbers, phones and household numbers as offices type them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from bianfang.kernel.codes.identity import (
    IdentityError,
    IdentityFault,
    IdentityNumber,
    parse_identity,
)
from bianfang.kernel.codes.phones import PhoneError, PhoneFault, PhoneKind, parse_phone
from bianfang.register.rolls.reading.cells import Finding, Parsed, as_typed, clean_code, found
from bianfang.register.rolls.reading.columns import SPECS, Column
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.vocabulary import is_null_word
from bianfang.register.rolls.reading.workbook import Cell

_PLAIN_ID = re.compile(r"[0-9]{17}[0-9X]")
_PLAIN_PHONE = re.compile(r"1[0-9]{10}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?1[0-9]", re.IGNORECASE)
_INSIDE = re.compile(r"[\s\-_.·/]+")
_FIRST_NUMBER = re.compile(r"[0-9(+][0-9()\- +]{5,}[0-9]")
_LOST_FROM = 10**15
_LONGEST_PHONE = 80
_MIN_TAUGHT = 2
_MIN_SHARE = 0.8
_MIN_WIDTH = 6

_FAULTS = {
    IdentityFault.WRONG_LENGTH: Kind.ID_WRONG_LENGTH,
    IdentityFault.BAD_CHARACTERS: Kind.ID_BAD_CHARACTERS,
    IdentityFault.IMPOSSIBLE_DATE: Kind.ID_IMPOSSIBLE_DATE,
    IdentityFault.CHECK_DIGIT: Kind.ID_CHECK_DIGIT,
}


def parse_id(cell: Cell, as_of: date) -> Parsed[IdentityNumber | None]:
    """An identity number; lost or wrong digits are never repaired, a missing one never invented."""
    if isinstance(cell, str) and _PLAIN_ID.fullmatch(cell):
        return _read_identity(cell, (), as_of)
    if not isinstance(cell, str):
        return _id_from_number(cell, as_of)
    text, findings = clean_code(cell)
    if not any(sign.isdigit() for sign in text):
        return Parsed(None, found(Kind.ID_MISSING))
    if _SCIENTIFIC.fullmatch(text):
        return Parsed(None, found(Kind.ID_TYPED_AS_NUMBER))
    dense = _INSIDE.sub("", text)
    if dense != text:
        findings += found(Kind.ID_SEPARATORS)
    if dense.endswith("x"):
        findings += found(Kind.LOWERCASE_X)
    return _read_identity(dense.upper(), findings, as_of)


def _id_from_number(cell: Cell, as_of: date) -> Parsed[IdentityNumber | None]:
    if isinstance(cell, float) and cell >= _LOST_FROM:
        return Parsed(None, found(Kind.ID_TYPED_AS_NUMBER))
    return _read_identity(as_typed(cell), (), as_of)


def _read_identity(
    text: str, findings: tuple[Finding, ...], as_of: date
) -> Parsed[IdentityNumber | None]:
    try:
        identity = parse_identity(text)
    except IdentityError as error:
        return Parsed(None, (*findings, Finding(_FAULTS[error.fault], str(len(text)))))
    if identity.birth_date > as_of:
        return Parsed(None, findings + found(Kind.ID_FUTURE_DATE))
    if not identity.is_verified:
        findings += found(Kind.ID_15_DIGITS)
    return Parsed(identity, findings)


def parse_phone_cell(cell: Cell, *, allow_invented: bool) -> Parsed[str]:
    """A phone in its stored form; what reaches nobody is left empty and shown."""
    if cell == "":
        return Parsed("")
    text, findings = clean_code(as_typed(cell)[:_LONGEST_PHONE])
    if not text:
        return Parsed("")
    if is_null_word(text):
        return Parsed("", found(Kind.NULL_WORD))
    if not isinstance(cell, str):
        findings += found(Kind.PHONE_TYPED_AS_NUMBER)
    try:
        phone = parse_phone(text, allow_invented=allow_invented)
    except PhoneError as error:
        return _faulty_phone(text, error.fault, findings, allow_invented=allow_invented)
    if phone.kind is PhoneKind.LANDLINE:
        findings += found(Kind.PHONE_LANDLINE)
    elif phone.number != text:
        findings += found(Kind.PHONE_SEPARATORS)
    return Parsed(phone.number, findings)


def _faulty_phone(
    text: str, fault: PhoneFault, findings: tuple[Finding, ...], *, allow_invented: bool
) -> Parsed[str]:
    digits = sum(sign.isdigit() for sign in text)
    if fault is PhoneFault.WRONG_LENGTH:
        return Parsed("", (Finding(Kind.PHONE_WRONG_LENGTH, str(digits)),))
    if fault is PhoneFault.SEVERAL_NUMBERS:
        first = _FIRST_NUMBER.search(text)
        number = first[0] if first else ""
        try:
            kept = parse_phone(number, allow_invented=allow_invented).number
        except PhoneError:
            kept = ""
        return Parsed(kept, findings + found(Kind.PHONE_SEVERAL))
    return Parsed("", found(Kind.PHONE_UNREADABLE))


def common_width(cells: Iterable[Cell]) -> int | None:
    """The length that household numbers typed as text agree on; None when they do not.

    Only what offices typed as text can teach it: number cells have lost their zeros in front.
    """
    widths = Counter(
        len(text)
        for text in (clean_code(c).value for c in cells if isinstance(c, str))
        if text.isdigit()
    )
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    total = sum(widths.values())
    is_taught = count >= max(_MIN_TAUGHT, _MIN_SHARE * total) and width >= _MIN_WIDTH
    return width if is_taught else None


def parse_household_no(cell: Cell, width: int | None) -> Parsed[str]:
    """A household's number; a number cell shorter than the others has lost its zeros in front."""
    text, findings = clean_code(as_typed(cell))
    if not text or is_null_word(text):
        return Parsed("")
    limit = SPECS[Column.HOUSEHOLD_NO].max_length
    if limit is not None and len(text) > limit:
        return Parsed("", (*findings, Finding(Kind.TOO_LONG, str(limit))))
    if width is None or len(text) == width:
        return Parsed(text, findings)
    if isinstance(cell, float) and text.isdigit() and len(text) < width:
        return Parsed(text.zfill(width), (*findings, Finding(Kind.HOUSEHOLD_NO_ZERO_LOST)))
    return Parsed(text, (*findings, Finding(Kind.HOUSEHOLD_NO_LENGTH, str(width))))
