"""Telephones of the invented range 1000000xxxx: at most one to a household, fewer than households.

The first three hundred numbers belong to the staff.
"""

import random
from collections.abc import Sequence

from bianfang.demo.families import Family, Member
from bianfang.demo.texts.remarks import RELATIVES_PHONE

_PREFIX = "1000000"
_FIRST, _LAST = 300, 9999
_HOUSEHOLDS_WITH_PHONE = 9_260
_ON_A_RELATIVES_PHONE = 240
_MANAGES_A_PHONE = (18, 78)
_OLD_KINDS = frozenset({"elder_single", "elder_couple"})


def settle_phones(hamlets: Sequence[Sequence[Family]], rng: random.Random) -> None:
    """Whoever is away can be called; some of the old are reached through a relative nearby."""
    families = [family for hamlet in hamlets for family in hamlet]
    numbers = [f"{_PREFIX}{number:04}" for number in range(_FIRST, _LAST + 1)]
    rng.shuffle(numbers)
    first = [family for family in families if family.status == "away" or family.story]
    others = [family for family in families if family.status != "away" and not family.story]
    rng.shuffle(others)
    owners = (first + others)[:_HOUSEHOLDS_WITH_PHONE]
    for family, number in zip(owners, numbers, strict=False):
        _holder(family).phone = number
    _share(hamlets, rng)


def _holder(family: Family) -> Member:
    """The head, or whoever is away when the household is, or the first who manages a telephone."""
    managing = [
        member
        for member in family.members
        if _MANAGES_A_PHONE[0] <= member.age < _MANAGES_A_PHONE[1]
    ]
    if family.status == "away":
        managing = [member for member in managing if member.away_place] or managing
    return managing[0] if managing else family.head


def _share(hamlets: Sequence[Sequence[Family]], rng: random.Random) -> None:
    without = [
        (family, hamlet)
        for hamlet in hamlets
        for family in hamlet
        if family.kind in _OLD_KINDS and family.status == "resident" and not _phone_of(family)
    ]
    for family, hamlet in rng.sample(without, _ON_A_RELATIVES_PHONE):
        relatives = [other for other in hamlet if _could_be_relative(other, family)]
        if relatives and not family.head.remark:
            family.head.phone = _phone_of(rng.choice(relatives))
            family.head.remark = RELATIVES_PHONE


def _could_be_relative(other: Family, family: Family) -> bool:
    same_surname = other.head.name[0] == family.head.name[0]
    return same_surname and other.kind not in _OLD_KINDS and bool(_phone_of(other))


def _phone_of(family: Family) -> str:
    return next((member.phone for member in family.members if member.phone), "")
