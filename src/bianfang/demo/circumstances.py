"""How the families live: at home, away or gone; disability and aid; remarks and telephones."""

import random
from collections.abc import Callable, Sequence

from bianfang.demo.families import KINDS, Family, Member
from bianfang.demo.texts import remarks

_KINDS = {kind.code: kind for kind in KINDS}
_DISABILITY_BY_AGE = ((18, 0.006), (40, 0.012), (60, 0.023), (70, 0.045), (200, 0.066))
_SEVERE = ("一级", "二级")
_DIBAO_HOUSEHOLDS = 431
_TEKUN_PERSONS = 57
_WORKING_AGE = (18.0, 60.0)
_GROWN_UP = 16
_OLD = 60


def settle_statuses(
    families: Sequence[Family], rng: random.Random, *, away: int, vacant: int
) -> None:
    """Exactly so many households are away or have left their house empty."""
    for family in _pick(rng, families, vacant, _vacant_weight):
        family.status = "vacant"
    for family in _pick(rng, families, away, _away_weight):
        family.status = "away"


def settle_absences(families: Sequence[Family], rng: random.Random) -> None:
    """Who is away, and where; children stay with grandparents or go along."""
    for family in families:
        if family.status == "vacant":
            _leave_house(family, rng)
        elif family.status == "away":
            _go_away(family, rng)
        elif not family.story:
            _send_one(family, rng)


def settle_disabilities(families: Sequence[Family], rng: random.Random) -> None:
    """Certificates of disability, more of them among the old."""
    kinds, kind_weights = zip(*remarks.DISABILITY_KINDS, strict=True)
    degrees, degree_weights = zip(*remarks.DISABILITY_DEGREES, strict=True)
    for family in families:
        for member in family.members if not family.story else ():
            if rng.random() < _disability_rate(member.age):
                kind = rng.choices(kinds, kind_weights)[0]
                member.disability = kind + rng.choices(degrees, degree_weights)[0]


def settle_aid(families: Sequence[Family], rng: random.Random) -> None:
    """Destitute support for people alone, the minimum allowance for households; nobody has both."""
    for family in _pick(rng, families, _TEKUN_PERSONS, _tekun_weight):
        family.head.is_tekun = True
    for family in _pick(rng, families, _DIBAO_HOUSEHOLDS, _dibao_weight):
        single = len(family.members) > 1 and rng.random() < 0.15
        severe = [member for member in family.members if _is_severe(member)]
        for member in severe[:1] if single and severe else family.members:
            member.is_dibao = True


def settle_remarks(families: Sequence[Family], rng: random.Random) -> None:
    """What a village writes beside a name, for few people only."""
    for family in families:
        head = family.head
        if head.remark or family.status != "resident":
            continue
        if head.disability.endswith("一级"):
            head.remark = remarks.HARD_TO_MOVE
        elif family.kind == "elder_single" and rng.random() < 0.42:
            head.remark = rng.choice(remarks.ALONE_REMARKS)
        elif head.age < _WORKING_AGE[1] and rng.random() < 0.024:
            head.remark = rng.choice(remarks.WORK_REMARKS)
        if family.kind == "grandparents":
            for member in family.members[2:]:
                member.remark = remarks.LEFT_BEHIND


def _pick(
    rng: random.Random, families: Sequence[Family], count: int, weigh: Callable[[Family], float]
) -> list[Family]:
    """So many families, the heavier ones rather; a weight of nothing is never picked."""
    weighed = [(family, weigh(family)) for family in families]
    drawn = [
        (rng.random() ** (1 / weight), place)
        for place, (_, weight) in enumerate(weighed)
        if weight > 0
    ]
    drawn.sort(reverse=True)
    return [families[place] for _, place in sorted(drawn[:count], key=_place_of)]


def _place_of(drawn: tuple[float, int]) -> int:
    return drawn[1]


def _vacant_weight(family: Family) -> float:
    return 0 if family.story else _KINDS[family.kind].vacant


def _away_weight(family: Family) -> float:
    settled = family.story or family.status != "resident"
    return 0 if settled else _KINDS[family.kind].away


def _leave_house(family: Family, rng: random.Random) -> None:
    place = _draw_place(rng, remarks.VACANT_PLACES)
    for member in family.members:
        member.away_place = place
    family.head.remark = rng.choice(remarks.VACANT_REMARKS)


def _go_away(family: Family, rng: random.Random) -> None:
    place = _draw_place(rng, remarks.AWAY_PLACES)
    has_elder = any(member.age >= _OLD for member in family.members)
    children_stay = has_elder and rng.random() < 0.7
    for member in family.members:
        if _is_working_age(member) or (member.age < _GROWN_UP and not children_stay):
            member.away_place = place
        elif member.age < _GROWN_UP:
            member.remark = remarks.LEFT_BEHIND
        elif member.age < _OLD:
            member.away_place = place  # sixteen and seventeen: at school where the parents work
    if not any(member.away_place for member in family.members):
        family.head.away_place = place


def _send_one(family: Family, rng: random.Random) -> None:
    """In many households that live here one person works elsewhere."""
    chosen = _ONE_AWAY.get(family.kind)
    if chosen is None:
        return
    place, share = chosen
    if place < len(family.members) and rng.random() < share:
        member = family.members[place]
        if _is_working_age(member):
            member.away_place = _draw_place(rng, remarks.AWAY_PLACES)


_ONE_AWAY: dict[str, tuple[int, float]] = {
    "grown_child": (2, 0.5),
    "parents_and_children": (0, 0.1),
    "with_old_parents": (0, 0.12),
    "with_grown_son": (2, 0.16),
    "brothers": (1, 0.2),
}


def _draw_place(rng: random.Random, places: Sequence[tuple[str, int]]) -> str:
    return rng.choices([name for name, _ in places], [weight for _, weight in places])[0]


def _is_working_age(member: Member) -> bool:
    return _WORKING_AGE[0] <= member.age < _WORKING_AGE[1]


def _disability_rate(age: float) -> float:
    return next(rate for limit, rate in _DISABILITY_BY_AGE if age < limit)


def _is_severe(member: Member) -> bool:
    return member.disability.endswith(_SEVERE)


def _tekun_weight(family: Family) -> float:
    """People alone without children: old unmarried men, sometimes somebody severely disabled."""
    if family.status != "resident" or len(family.members) > 1 or family.story:
        return 0
    head = family.head
    if head.age >= _OLD:
        return 6 if head.sex == "男" else 1
    return 4 if _is_severe(head) else 0


_DIBAO_BY_KIND = {"elder_single": 2.4, "one_parent": 3.0, "elder_couple": 1.2, "brothers": 2.0}


def _dibao_weight(family: Family) -> float:
    if family.status != "resident" or family.story or family.head.is_tekun:
        return 0
    severe = 5.0 * sum(_is_severe(member) for member in family.members)
    return severe + _DIBAO_BY_KIND.get(family.kind, 0.22)
