"""Names, identity numbers, phones and addresses at each level.

L0 handlers with need to know · L1 other staff · L2 the village board, by law · L3 web and print.
"""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from bianfang.kernel.names.surnames import MIDDLE_DOTS, split_name

_HIDDEN = "*"
_SOMEBODY = "某"
_MOST_SIGNS = 2
_FEWEST_HIDDEN = 4


class Level(IntEnum):
    """Who reads; a higher level shows less."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where somebody lives, from the administrative village to the door."""

    village: str
    hamlet: str = ""
    door: str = ""


def mask_name(name: str, level: Level) -> str:
    """The full name for staff; else the surname and 某 or 某某, which tells no more than that.

    Where a law wants a name on the village board, that publication gives the name itself.
    """
    if level <= Level.L1:
        return name
    plain = _spoken(name)
    if not plain:
        return ""
    surname, given = split_name(plain)
    if any(dot in plain[1:] for dot in MIDDLE_DOTS):
        return f"{surname}·{_SOMEBODY * _MOST_SIGNS}"
    return surname + _SOMEBODY * min(max(len(given), 1), _MOST_SIGNS)


def mask_id(number: str, level: Level) -> str:
    """The whole number at L0, six first and four last characters at L1, nothing beyond."""
    if level == Level.L0:
        return number
    return _mask_middle(number, 6, 4) if level == Level.L1 else ""


def mask_phone(number: str, level: Level) -> str:
    """The whole number at L0, its ends at L1, nothing beyond."""
    if level == Level.L0:
        return number
    if level != Level.L1:
        return ""
    area, dash, local = number.partition("-")
    return area + dash + _mask_middle(local, 0, 3) if dash else _mask_middle(number, 3, 4)


def mask_address(address: Address, level: Level) -> str:
    """To the door at L0, to the natural village at L1, the administrative village beyond."""
    if level >= Level.L2:
        return address.village
    place = address.hamlet if address.hamlet != address.village else ""
    door = address.door if level == Level.L0 else ""
    return address.village + place + door


def may_show_health_and_money(level: Level) -> bool:
    """Health and money are for the handler only."""
    return level == Level.L0


def _mask_middle(text: str, first: int, last: int) -> str:
    """Keep both ends; a text too short for that is hidden altogether."""
    hidden = len(text) - first - last
    if hidden < _FEWEST_HIDDEN:
        return _HIDDEN * len(text)
    return text[:first] + _HIDDEN * hidden + text[len(text) - last :]


def _spoken(name: str) -> str:
    """The name without blanks and invisible signs, so that each character counts once."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFC", name)
        if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf", "Mn"}
    )
