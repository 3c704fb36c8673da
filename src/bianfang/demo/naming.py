"""Names for a whole family: the clan's surname, the surnames married in, given names by age."""

import random
from collections.abc import Sequence
from datetime import date

from bianfang.demo.families import CLAN, Family, Member
from bianfang.demo.names import Sex, draw_given, draw_shared, draw_surname
from bianfang.demo.texts.names import DOTTED_NAMES

_FIRST_CLAN, _SECOND_CLAN = 0.46, 0.16
_SHARED_CHARACTER = 0.4
_SAME_SURNAME = 0.06
_SIBLINGS = frozenset({"子", "女", "孙子", "孙女", "外孙子", "外孙女"})


def draw_clan(rng: random.Random, clans: Sequence[str]) -> str:
    """A surname for a household of the village: most belong to its two clans."""
    draw = rng.random()
    if draw < _FIRST_CLAN:
        return clans[0]
    if draw < _FIRST_CLAN + _SECOND_CLAN:
        return clans[1]
    return draw_surname(rng)


def name_family(rng: random.Random, family: Family, *, clans: Sequence[str], as_of: date) -> None:
    """Give everybody without a name one that nobody else of the household has."""
    surnames = {CLAN: draw_clan(rng, clans)}
    shared: dict[tuple[str, Sex], str] = {}
    taken = {member.name for member in family.members}
    for member in family.members:
        if not member.name:
            member.name = _draw_name(rng, member, surnames, shared, taken, as_of.year)
            taken.add(member.name)


def give_far_names(families: Sequence[Family]) -> None:
    """A few women from far away keep their names with the middle dot."""
    wives = [
        member
        for family in families
        for member in family.members[1:2]
        if member.relation == "配偶" and 24 < member.age < 45 and not family.story
    ]
    step = len(wives) // len(DOTTED_NAMES)
    for place, name in enumerate(DOTTED_NAMES):
        wives[place * step + step // 2].name = name


def _draw_name(
    rng: random.Random,
    member: Member,
    surnames: dict[int, str],
    shared: dict[tuple[str, Sex], str],
    taken: set[str],
    this_year: int,
) -> str:
    if member.line not in surnames:
        surnames[member.line] = _draw_married_in(rng, surnames[CLAN])
    year = this_year - int(member.age)
    common = _common_character(rng, member, shared, year)
    while True:
        given = draw_given(rng, sex=member.sex, year=year, shared=common)
        name = surnames[member.line] + given
        if name not in taken:
            return name
        common = ""


def _draw_married_in(rng: random.Random, clan: str) -> str:
    """People of one surname seldom marry in the countryside."""
    surname = draw_surname(rng)
    while surname == clan and rng.random() > _SAME_SURNAME:
        surname = draw_surname(rng)
    return surname


def _common_character(
    rng: random.Random, member: Member, shared: dict[tuple[str, Sex], str], year: int
) -> str:
    if member.relation not in _SIBLINGS:
        return ""
    group = (member.relation, member.sex)
    if group not in shared:
        wanted = rng.random() < _SHARED_CHARACTER
        shared[group] = draw_shared(rng, sex=member.sex, year=year) if wanted else ""
    return shared[group]
