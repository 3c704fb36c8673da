"""Telephone numbers as offices type them: mobiles, land lines with area number, service numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.errors import DomainError

# Brackets, and all the dots and dashes people really type between digits.
_SEPARATORS = re.compile("[()\\[\\]\\-_.\u00b7\u2010-\u2015\u2212]")
_BETWEEN_NUMBERS = re.compile(r"[/,;、|和或]+")
_EXTENSION = re.compile(r"(?:转|EXT\.?|#|(?<=[0-9]{7})-)([0-9]{1,6})$")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)|^(?:\+|00)86(?=0?[1-9])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_INVENTED_MOBILE = re.compile(r"1000000[0-9]{4}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_INVENTED_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})(0[0-9]{6})")
_SERVICE = re.compile(r"11[0-9]|12[0-9]|12[0-9]{3}|9[56][0-9]{3,4}|[48]00[0-9]{7}")
_MOBILE_LENGTH = 11
_LOCAL_LENGTHS = (7, 8)
_LANDLINE_LENGTHS = range(10, 13)
_TWO_NUMBERS = 18


class PhoneKind(StrEnum):
    """What sort of line a number reaches."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"


class PhoneFault(StrEnum):
    """Why a text is no telephone number."""

    EMPTY = "empty"
    SEVERAL_NUMBERS = "several_numbers"
    BAD_CHARACTERS = "bad_characters"
    NO_AREA_NUMBER = "no_area_number"
    WRONG_LENGTH = "wrong_length"
    UNKNOWN_RANGE = "unknown_range"


PHONE_FAULT_MESSAGES: Mapping[PhoneFault, Promise] = MappingProxyType(
    {
        PhoneFault.EMPTY: _("No telephone number was typed."),
        PhoneFault.SEVERAL_NUMBERS: _("Several telephone numbers stand here; type one only."),
        PhoneFault.BAD_CHARACTERS: _("A telephone number holds digits only."),
        PhoneFault.NO_AREA_NUMBER: _(
            "A land line needs its area number, for example 0536-1234567."
        ),
        PhoneFault.WRONG_LENGTH: _(
            "A mobile number has 11 digits, a land line with area number 10 to 12."
        ),
        PhoneFault.UNKNOWN_RANGE: _("No telephone number begins like this."),
    }
)


class PhoneError(DomainError):
    """The text is no telephone number; `fault` says why."""

    def __init__(self, fault: PhoneFault) -> None:
        super().__init__(PHONE_FAULT_MESSAGES[fault])
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone:
    """A number in its stored form: 11 digits, area number-number, or the service number."""

    number: str
    kind: PhoneKind


def parse_phone(raw: str, *, allow_invented: bool = False) -> Phone:
    """Read a typed number; `allow_invented` admits the demonstration range nobody can dial."""
    reading = _read(raw, allow_invented=allow_invented)
    if isinstance(reading, PhoneFault):
        raise PhoneError(reading)
    return reading


def find_phone_fault(raw: str, *, allow_invented: bool = False) -> PhoneFault | None:
    """What is wrong with the number, or None."""
    reading = _read(raw, allow_invented=allow_invented)
    return reading if isinstance(reading, PhoneFault) else None


def _read(raw: str, *, allow_invented: bool) -> Phone | PhoneFault:
    text = code_text(raw)
    if not text:
        return PhoneFault.EMPTY
    text, extension = _split_extension(text)
    digits = _without_country(_SEPARATORS.sub("", text))
    if _are_several(digits):
        return PhoneFault.SEVERAL_NUMBERS
    if not (digits.isascii() and digits.isdigit()):
        return PhoneFault.BAD_CHARACTERS
    phone = _find_phone(digits, extension, allow_invented=allow_invented)
    return phone or _fault_of(digits)


def _are_several(text: str) -> bool:
    counts = [sum(map(str.isdigit, part)) for part in _BETWEEN_NUMBERS.split(text)]
    numbers = [count for count in counts if count >= min(_LOCAL_LENGTHS)]
    return len(numbers) > 1 or (text.isdigit() and len(text) >= _TWO_NUMBERS)


def _split_extension(text: str) -> tuple[str, str]:
    """Take a land line's extension off; without an area number before it, it is part of one."""
    match = _EXTENSION.search(text)
    if match is None or not text.lstrip("(").startswith("0"):
        return text, ""
    return text[: match.start()], match[1]


def _without_country(digits: str) -> str:
    """Take +86 off; a land line written that way has lost the zero of its area number."""
    rest = _COUNTRY.sub("", digits)
    is_mobile = rest.startswith("1") and len(rest) == _MOBILE_LENGTH
    if rest == digits or rest.startswith("0") or is_mobile:
        return rest
    return f"0{rest}"


def _find_phone(digits: str, extension: str, *, allow_invented: bool) -> Phone | None:
    if _MOBILE.fullmatch(digits) or (allow_invented and _INVENTED_MOBILE.fullmatch(digits)):
        return Phone(number=digits, kind=PhoneKind.MOBILE)
    landline = _LANDLINE.fullmatch(digits) or (
        _INVENTED_LANDLINE.fullmatch(digits) if allow_invented else None
    )
    if landline:
        number = "-".join(filter(None, (landline[1], landline[2], extension)))
        return Phone(number=number, kind=PhoneKind.LANDLINE)
    if _SERVICE.fullmatch(digits):
        return Phone(number=digits, kind=PhoneKind.SERVICE)
    return None


def _fault_of(digits: str) -> PhoneFault:
    if len(digits) in _LOCAL_LENGTHS and digits[0] in "2345678":
        return PhoneFault.NO_AREA_NUMBER
    expected = _LANDLINE_LENGTHS if digits.startswith("0") else (_MOBILE_LENGTH,)
    if len(digits) not in expected:
        return PhoneFault.WRONG_LENGTH
    return PhoneFault.UNKNOWN_RANGE
