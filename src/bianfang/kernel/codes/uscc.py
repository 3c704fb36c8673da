"""Unified social credit codes of organisations (GB 32100), with N… of rural collectives.

Early pilot codes are lawful although their check digit does not fit: that is a warning, no error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.errors import DomainError

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")
_LENGTH = 18


class UsccFault(StrEnum):
    """Why a text is no unified social credit code."""

    WRONG_LENGTH = "wrong_length"
    BAD_CHARACTERS = "bad_characters"


USCC_FAULT_MESSAGES: Mapping[UsccFault, Promise] = MappingProxyType(
    {
        UsccFault.WRONG_LENGTH: _("A unified social credit code has 18 characters."),
        UsccFault.BAD_CHARACTERS: _(
            "A unified social credit code holds digits and capitals without I, O, S, V, Z; "
            "its places 3 to 8 are digits."
        ),
    }
)


class UsccError(DomainError):
    """The text is no unified social credit code; `fault` says why."""

    def __init__(self, fault: UsccFault) -> None:
        super().__init__(USCC_FAULT_MESSAGES[fault])
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Uscc:
    """A well-formed code; show a warning when `is_check_digit_right` is false."""

    code: str
    is_check_digit_right: bool

    @property
    def registrar(self) -> str:
        """The letter of the registering department."""
        return self.code[0]

    @property
    def is_rural_collective(self) -> bool:
        """Whether the organisation is a rural collective economic organisation (N…)."""
        return self.registrar == "N"

    @property
    def area_prefix(self) -> str:
        """The six digits of the registering county."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        """The nine characters of the organisation code (GB 11714) inside."""
        return self.code[8:17]


def uscc_check_digit(first_seventeen: str) -> str:
    """The 18th character that belongs to 17 well-formed ones."""
    total = sum(
        weight * _VALUES[letter] for weight, letter in zip(_WEIGHTS, first_seventeen, strict=True)
    )
    return _ALPHABET[-total % 31]


def parse_uscc(raw: str) -> Uscc:
    """Read a typed code; refuses a wrong shape only, never a check digit that does not fit."""
    text = code_text(raw)
    if len(text) != _LENGTH:
        raise UsccError(UsccFault.WRONG_LENGTH)
    if _SHAPE.fullmatch(text) is None:
        raise UsccError(UsccFault.BAD_CHARACTERS)
    return Uscc(code=text, is_check_digit_right=uscc_check_digit(text[:17]) == text[17])
