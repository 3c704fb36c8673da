"""Area codes for statistics: 2 province, 2 city, 2 county, 3 town, 3 village; 3 more for a hamlet.

The first twelve digits are national; the last three are the county's own numbers of its hamlets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.errors import DomainError

_WIDTHS = (2, 2, 2, 3, 3, 3)
_ENDS = tuple(accumulate(_WIDTHS))
_NATIONAL_LENGTH = _ENDS[4]
_LENGTHS = (_NATIONAL_LENGTH, _ENDS[5])
_DIGITS = re.compile(r"[0-9]+")


class AreaLevel(StrEnum):
    """The level an area code names, from above."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"
    HAMLET = "hamlet"


class AreaKind(StrEnum):
    """What the digits say about the body that governs a town or a village."""

    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    ENTERPRISE = "enterprise"
    RESIDENTS_COMMITTEE = "residents_committee"
    VILLAGE_COMMITTEE = "village_committee"
    OTHER = "other"


class AreaCodeFault(StrEnum):
    """Why a text is no area code."""

    WRONG_LENGTH = "wrong_length"
    BAD_CHARACTERS = "bad_characters"
    NO_PROVINCE = "no_province"
    GAP = "gap"


AREA_CODE_FAULT_MESSAGES: Mapping[AreaCodeFault, Promise] = MappingProxyType(
    {
        AreaCodeFault.WRONG_LENGTH: _("An area code has 12 digits, or 15 for a natural village."),
        AreaCodeFault.BAD_CHARACTERS: _("An area code holds digits only."),
        AreaCodeFault.NO_PROVINCE: _("The first two digits of an area code name the province."),
        AreaCodeFault.GAP: _(
            "The area code names a lower level, but the level above it is all zeros."
        ),
    }
)

_LEVELS = tuple(AreaLevel)
_TOWN_KINDS = (
    (range(1, 100), AreaKind.STREET),
    (range(100, 200), AreaKind.TOWN),
    (range(200, 400), AreaKind.TOWNSHIP),
    (range(400, 600), AreaKind.ENTERPRISE),
)
_VILLAGE_KINDS = (
    (range(1, 200), AreaKind.RESIDENTS_COMMITTEE),
    (range(200, 400), AreaKind.VILLAGE_COMMITTEE),
)


class AreaCodeError(DomainError):
    """The text is no area code; `fault` says why."""

    def __init__(self, fault: AreaCodeFault) -> None:
        super().__init__(AREA_CODE_FAULT_MESSAGES[fault])
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCode:
    """A well-formed code; whether the area exists is a matter of the register."""

    code: str
    level: AreaLevel

    @property
    def parent(self) -> str | None:
        """The code of the area above, in twelve digits; None for a province."""
        depth = _LEVELS.index(self.level)
        if depth == 0:
            return None
        parts = _parts(self.code)
        above = depth - 1
        while above > 0 and not int(parts[above]):
            above -= 1
        return self.code[: _ENDS[above]].ljust(_NATIONAL_LENGTH, "0")

    @property
    def kind(self) -> AreaKind | None:
        """Street, town or township; residents' or village committee; None on other levels."""
        parts = _parts(self.code)
        if self.level is AreaLevel.TOWN:
            return _kind_in(_TOWN_KINDS, int(parts[3]))
        if self.level is AreaLevel.VILLAGE:
            return _kind_in(_VILLAGE_KINDS, int(parts[4]))
        return None

    def is_within(self, other: "AreaCode") -> bool:
        """Whether this area is the other one or lies below it."""
        end = _ENDS[_LEVELS.index(other.level)]
        return self.code[:end] == other.code[:end]


def parse_area_code(raw: str) -> AreaCode:
    """Read a code of 12 or 15 digits; a city without counties may hold towns directly."""
    text = code_text(raw)
    if len(text) not in _LENGTHS:
        raise AreaCodeError(AreaCodeFault.WRONG_LENGTH)
    if _DIGITS.fullmatch(text) is None:
        raise AreaCodeError(AreaCodeFault.BAD_CHARACTERS)
    is_filled = [bool(int(part)) for part in _parts(text)]
    if not is_filled[0]:
        raise AreaCodeError(AreaCodeFault.NO_PROVINCE)
    depth = max(place for place, filled in enumerate(is_filled) if filled)
    county = _LEVELS.index(AreaLevel.COUNTY)
    if not all(is_filled[place] for place in range(depth) if place != county):
        raise AreaCodeError(AreaCodeFault.GAP)
    code = text if depth == len(_LEVELS) - 1 else text[:_NATIONAL_LENGTH]
    return AreaCode(code=code, level=_LEVELS[depth])


def _parts(code: str) -> list[str]:
    starts = (0, *_ENDS)
    pairs = zip(starts, _ENDS, strict=False)
    return [code[start:end] for start, end in pairs if end <= len(code)]


def _kind_in(kinds: tuple[tuple[range, AreaKind], ...], number: int) -> AreaKind:
    return next((kind for numbers, kind in kinds if number in numbers), AreaKind.OTHER)
