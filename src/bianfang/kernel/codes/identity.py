"""Citizen identity numbers (GB 11643): 6 area, 8 birth date, 3 serial, 1 check digit.

The area prefix is never checked: prefixes of abolished counties stay valid for life.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.codes.people_codes import Sex
from bianfang.kernel.errors import DomainError

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_ZERO = ord("0")
_ZERO_SUM = _ZERO * sum(_WEIGHTS)
_NEW = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_NEW_LENGTH = 18
_OLD_LENGTH = 15


class IdentityFault(StrEnum):
    """Why a text is no identity number."""

    WRONG_LENGTH = "wrong_length"
    BAD_CHARACTERS = "bad_characters"
    IMPOSSIBLE_DATE = "impossible_date"
    CHECK_DIGIT = "check_digit"


IDENTITY_FAULT_MESSAGES: Mapping[IdentityFault, Promise] = MappingProxyType(
    {
        IdentityFault.WRONG_LENGTH: _(
            "An identity number has 18 characters (old ones 15); ask for the right number."
        ),
        IdentityFault.BAD_CHARACTERS: _(
            "An identity number holds digits only, and X at most in its last place."
        ),
        IdentityFault.IMPOSSIBLE_DATE: _(
            "The identity number holds a birth date that does not exist; ask for the right number."
        ),
        IdentityFault.CHECK_DIGIT: _(
            "The last character does not fit the identity number: a digit is mistyped somewhere."
        ),
    }
)


class IdentityError(DomainError):
    """The text is no identity number; `fault` says why."""

    def __init__(self, fault: IdentityFault) -> None:
        super().__init__(IDENTITY_FAULT_MESSAGES[fault])
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityNumber:
    """A number whose date and check digit fit; `is_verified` is false when made from 15 digits."""

    number: str
    birth_date: date
    sex: Sex
    is_verified: bool


def normalise_identity(raw: str) -> str:
    """The number as it is stored and compared; invalid text comes back normalised as well."""
    return code_text(raw)


def check_digit(first_seventeen: str) -> str:
    """The 18th character that belongs to 17 digits."""
    total = sum(map(mul, _WEIGHTS, first_seventeen.encode("ascii"))) - _ZERO_SUM
    return _CHECK_DIGITS[total % 11]


def find_identity_fault(raw: str) -> IdentityFault | None:
    """What is wrong with the number, or None; the date is judged before the check digit."""
    reading = _read(normalise_identity(raw))
    return reading if isinstance(reading, IdentityFault) else None


def parse_identity(raw: str) -> IdentityNumber:
    """Read a typed number of 18 or 15 characters; a future birth date is left to the caller."""
    reading = _read(normalise_identity(raw))
    if isinstance(reading, IdentityFault):
        raise IdentityError(reading)
    return reading


def _read(text: str) -> IdentityNumber | IdentityFault:
    if len(text) == _NEW_LENGTH:
        return _read_new(text)
    if len(text) == _OLD_LENGTH:
        return _read_old(text)
    return IdentityFault.WRONG_LENGTH


def _read_new(text: str) -> IdentityNumber | IdentityFault:
    if _NEW.fullmatch(text) is None:
        return IdentityFault.BAD_CHARACTERS
    born = _birth_date(text)
    if born is None:
        return IdentityFault.IMPOSSIBLE_DATE
    if check_digit(text[:17]) != text[17]:
        return IdentityFault.CHECK_DIGIT
    return IdentityNumber(number=text, birth_date=born, sex=_sex(text), is_verified=True)


def _read_old(text: str) -> IdentityNumber | IdentityFault:
    """Old numbers carry no check digit and two-digit years of the 20th century."""
    if _OLD.fullmatch(text) is None:
        return IdentityFault.BAD_CHARACTERS
    widened = f"{text[:6]}19{text[6:]}"
    born = _birth_date(widened)
    if born is None:
        return IdentityFault.IMPOSSIBLE_DATE
    number = widened + check_digit(widened)
    return IdentityNumber(number=number, birth_date=born, sex=_sex(number), is_verified=False)


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _sex(number: str) -> Sex:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
