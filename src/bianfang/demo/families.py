"""What families look like: who lives together, how old they are, whose surname they carry.

Ages are years on the day of the roll. Line 0 carries the clan's surname; every other line is a
surname of its own, shared by those of the household who have the same number.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bianfang.demo.names import Sex

CLAN = 0
_WIFE = 1
_DAUGHTER_IN_LAW = 2
_SON_IN_LAW = 3
_MOTHER = 4
_GRANDMOTHER = 5
_MOTHER_IN_LAW = 6

LivingStatus = Literal["resident", "away", "vacant"]
Ages = tuple[float, float]


@dataclass(kw_only=True, slots=True)
class Member:
    """Somebody of a family before he or she has a number."""

    relation: str
    sex: Sex
    age: float
    line: int = CLAN
    name: str = ""
    away_place: str = ""
    is_dibao: bool = False
    is_tekun: bool = False
    disability: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(kw_only=True, slots=True)
class Family:
    """Members of one household, its head first."""

    kind: str
    members: list[Member]
    story: str = ""
    status: LivingStatus = "resident"

    @property
    def head(self) -> Member:
        return self.members[0]


class FamilyKind(NamedTuple):
    """A shape of family: how frequent, and its weights for going away and leaving a house empty."""

    code: str
    build: Callable[[random.Random], list[Member]]
    weight: float
    away: float
    vacant: float


def draw_kinds(rng: random.Random, count: int) -> Sequence[FamilyKind]:
    """So many shapes of family in the town's proportions."""
    return rng.choices(KINDS, weights=[kind.weight for kind in KINDS], k=count)


def _couple(rng: random.Random, ages: Ages, mode: float | None = None) -> list[Member]:
    age = rng.triangular(*ages, mode)
    head = Member(relation="户主", sex="男", age=age)
    wife_age = max(21.0, age - rng.gauss(1.5, 2.0))
    return [head, Member(relation="配偶", sex="女", age=wife_age, line=_WIFE)]


def _younger_parent(members: Sequence[Member]) -> float:
    return min(member.age for member in members[:2])


def _children(
    rng: random.Random, parent_age: float, weights: Sequence[float], line: int = CLAN
) -> list[Member]:
    """Brothers and sisters below 24; the first comes when the younger parent is about 26."""
    count = rng.choices(range(1, len(weights) + 1), weights=weights)[0]
    age = min(parent_age - rng.triangular(21.0, 33.0, 25.5), 23.5)
    children = []
    for _ in range(count):
        if age <= 0:
            break
        sex = _draw_sex(rng)
        relation = "子" if sex == "男" else "女"
        children.append(Member(relation=relation, sex=sex, age=age, line=line))
        age -= rng.uniform(1.4, 6.5)
    return children


def _draw_sex(rng: random.Random) -> Sex:
    return "男" if rng.random() < 0.52 else "女"


def _grandchildren(
    rng: random.Random, parent_age: float, words: tuple[str, str], line: int = CLAN
) -> list[Member]:
    grandchildren = _children(rng, parent_age, (0.5, 0.45, 0.05), line)
    for member in grandchildren:
        member.relation = words[0] if member.sex == "男" else words[1]
    return grandchildren


def _elder_couple(rng: random.Random) -> list[Member]:
    return _couple(rng, (61, 87), 68)


def _elder_single(rng: random.Random) -> list[Member]:
    age = rng.triangular(63, 93, 76)
    if rng.random() < 0.66:
        return [Member(relation="户主", sex="女", age=age, line=_MOTHER)]
    return [Member(relation="户主", sex="男", age=age)]


def _middle_couple(rng: random.Random) -> list[Member]:
    members = _couple(rng, (42, 62), 53)
    if rng.random() < 0.02:
        mother_in_law = Member(
            relation="岳母", sex="女", age=members[1].age + 25, line=_MOTHER_IN_LAW
        )
        members.append(mother_in_law)
    return members


def _grown_child(rng: random.Random) -> list[Member]:
    members = _couple(rng, (41, 58))
    age = min(rng.uniform(16, 30), _younger_parent(members) - 20.5)
    for _ in range(2 if rng.random() < 0.22 else 1):
        sex = _draw_sex(rng)
        relation = "子" if sex == "男" else "女"
        members.append(Member(relation=relation, sex=sex, age=age))
        age -= rng.uniform(2, 6)
    return members


def _parents_and_children(rng: random.Random) -> list[Member]:
    members = _couple(rng, (27, 49), 38)
    return members + _children(rng, _younger_parent(members), (0.36, 0.51, 0.13))


def _with_old_parents(rng: random.Random) -> list[Member]:
    members = _couple(rng, (29, 46), 38)
    members += _children(rng, _younger_parent(members), (0.42, 0.5, 0.08))
    age = members[0].age + rng.triangular(22, 33, 25)
    father = Member(relation="父亲", sex="男", age=age + rng.uniform(0, 3))
    mother = Member(relation="母亲", sex="女", age=age, line=_MOTHER)
    draw = rng.random()
    if draw < 0.62:
        members += [father, mother]
    else:
        members.append(mother if draw < 0.87 else father)
    if rng.random() < 0.07 and age + 23 < 96:
        grandmother = Member(relation="祖母", sex="女", age=age + 23, line=_GRANDMOTHER)
        members.append(grandmother)
    return members


def _with_grown_son(rng: random.Random) -> list[Member]:
    members = _couple(rng, (51, 70), 59)
    age = max(21.5, _younger_parent(members) - rng.uniform(22.5, 27))
    wife = Member(
        relation="儿媳", sex="女", age=max(20.5, age - rng.gauss(0.8, 1.5)), line=_DAUGHTER_IN_LAW
    )
    members += [Member(relation="子", sex="男", age=age), wife]
    return members + _grandchildren(rng, min(age, wife.age), ("孙子", "孙女"))


def _with_grown_daughter(rng: random.Random) -> list[Member]:
    members = _couple(rng, (52, 69))
    age = max(22.0, _younger_parent(members) - rng.uniform(22.5, 27))
    members += [
        Member(relation="女", sex="女", age=age),
        Member(relation="女婿", sex="男", age=age + rng.uniform(0, 3), line=_SON_IN_LAW),
    ]
    return members + _grandchildren(rng, age, ("外孙子", "外孙女"), _SON_IN_LAW)


def _grandparents(rng: random.Random) -> list[Member]:
    members = _couple(rng, (55, 73))
    for _ in range(1 if rng.random() < 0.55 else 2):
        sex = _draw_sex(rng)
        relation = "孙子" if sex == "男" else "孙女"
        age = rng.uniform(1.5, min(14, _younger_parent(members) - 44))
        members.append(Member(relation=relation, sex=sex, age=age))
    return members


def _alone(rng: random.Random) -> list[Member]:
    sex: Sex = "男" if rng.random() < 0.86 else "女"
    return [Member(relation="户主", sex=sex, age=rng.triangular(24, 62, 44))]


def _young_couple(rng: random.Random) -> list[Member]:
    return _couple(rng, (23.5, 32))


def _one_parent(rng: random.Random) -> list[Member]:
    age = rng.triangular(31, 48, 39)
    if rng.random() < 0.5:
        head = Member(relation="户主", sex="女", age=age, line=_WIFE)
    else:
        head = Member(relation="户主", sex="男", age=age)
    return [head, *_children(rng, age - 1, (0.62, 0.38))]


def _brothers(rng: random.Random) -> list[Member]:
    head = Member(relation="户主", sex="男", age=rng.uniform(38, 66))
    relation, sex, gap = rng.choice(_BY_THE_SIDE)
    return [head, Member(relation=relation, sex=sex, age=head.age + gap * rng.uniform(0.7, 1.3))]


_BY_THE_SIDE: tuple[tuple[str, Sex, float], ...] = (
    ("弟", "男", -4),
    ("兄", "男", 4),
    ("妹", "女", -5),
    ("姐", "女", 4),
    ("侄子", "男", -26),
    ("侄女", "女", -26),
    ("其他", "男", 3),
)

KINDS: tuple[FamilyKind, ...] = (
    FamilyKind("elder_couple", _elder_couple, 0.160, 0.00, 0.5),
    FamilyKind("elder_single", _elder_single, 0.106, 0.00, 0.9),
    FamilyKind("middle_couple", _middle_couple, 0.150, 0.8, 1.3),
    FamilyKind("grown_child", _grown_child, 0.135, 0.9, 0.6),
    FamilyKind("parents_and_children", _parents_and_children, 0.216, 1.7, 0.9),
    FamilyKind("with_old_parents", _with_old_parents, 0.074, 1.1, 0.1),
    FamilyKind("with_grown_son", _with_grown_son, 0.054, 0.7, 0.1),
    FamilyKind("with_grown_daughter", _with_grown_daughter, 0.007, 0.5, 0.1),
    FamilyKind("grandparents", _grandparents, 0.024, 0.0, 0.1),
    FamilyKind("alone", _alone, 0.042, 0.9, 2.0),
    FamilyKind("young_couple", _young_couple, 0.020, 1.8, 1.5),
    FamilyKind("one_parent", _one_parent, 0.014, 0.5, 0.4),
    FamilyKind("brothers", _brothers, 0.003, 0.3, 0.3),
)
