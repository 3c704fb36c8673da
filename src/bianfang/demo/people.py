"""The households and residents of the invented town, as the roll of its founding day lists them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bianfang.demo import circumstances, naming, stories, telephones
from bianfang.demo.families import Family, LivingStatus, Member, draw_kinds
from bianfang.demo.identities import IdentityNumbers
from bianfang.demo.names import Sex
from bianfang.demo.seeds import DEFAULT_SEED, stream
from bianfang.demo.town import DemoArea, build_areas

RESIDENT_HOUSEHOLDS = 10_888
AWAY_HOUSEHOLDS = 1_958
VACANT_HOUSEHOLDS = 896
# Resident in the sense of the mission: those who are to be visited, at home or away for work.
TO_BE_VISITED = RESIDENT_HOUSEHOLDS + AWAY_HOUSEHOLDS
HOUSEHOLDS = TO_BE_VISITED + VACANT_HOUSEHOLDS

STATUS_WORDS: dict[LivingStatus, str] = {
    "resident": "常住",
    "away": "外出务工",
    "vacant": "空户",
}
_SMALLEST_HAMLET = 38
_DOORS_PER_LANE = (9, 16)


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoResident:
    """A person of the roll, in the roll's own Chinese words."""

    name: str
    relation: str
    sex: Sex
    id_number: str
    birth_date: date
    phone: str
    away_place: str
    is_dibao: bool
    is_tekun: bool
    disability: str
    remark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoHousehold:
    """A household, its head first; `story` is set for the three that `stories` describes."""

    number: str
    hamlet_key: str
    community: str
    village: str
    hamlet: str
    door: str
    status: LivingStatus
    residents: tuple[DemoResident, ...]
    story: str

    @property
    def head(self) -> DemoResident:
        return self.residents[0]

    @property
    def community_key(self) -> str:
        return f"c{self.number[:2]}"

    @property
    def village_key(self) -> str:
        return f"v{self.number[:4]}"


def build_households(*, as_of: date, seed: int = DEFAULT_SEED) -> tuple[DemoHousehold, ...]:
    """Everybody on the roll drawn up on `as_of`, hamlet by hamlet; counts are the same always."""
    areas = {area.key: area for area in build_areas()}
    hamlets = [area for area in areas.values() if area.kind == "hamlet"]
    settled = _build_families(hamlets, as_of=as_of, seed=seed)
    numbers = IdentityNumbers(rng=stream(seed, "identities"))
    households = tuple(
        household
        for hamlet, families in zip(hamlets, settled, strict=True)
        for household in _freeze_hamlet(areas, hamlet, families, numbers, as_of)
    )
    assert len(households) == HOUSEHOLDS
    return households


def _build_families(hamlets: Sequence[DemoArea], *, as_of: date, seed: int) -> list[list[Family]]:
    rng = stream(seed, "families")
    settled = [
        _draw_hamlet(rng, hamlet, size)
        for hamlet, size in zip(hamlets, _hamlet_sizes(rng, len(hamlets)), strict=True)
    ]
    families = [family for hamlet in settled for family in hamlet]
    circumstances.settle_statuses(
        families, stream(seed, "statuses"), away=AWAY_HOUSEHOLDS, vacant=VACANT_HOUSEHOLDS
    )
    circumstances.settle_absences(families, stream(seed, "absences"))
    circumstances.settle_disabilities(families, stream(seed, "disabilities"))
    circumstances.settle_aid(families, stream(seed, "aid"))
    circumstances.settle_remarks(families, stream(seed, "remarks"))
    naming.give_far_names(families)
    for hamlet, members in zip(hamlets, settled, strict=True):
        for family in members:
            naming.name_family(rng, family, clans=hamlet.clans, as_of=as_of)
    telephones.settle_phones(settled, stream(seed, "phones"))
    return settled


def _draw_hamlet(rng: random.Random, hamlet: DemoArea, size: int) -> list[Family]:
    kinds = draw_kinds(rng, size)
    families = [Family(kind=kind.code, members=kind.build(rng)) for kind in kinds]
    stories.place_stories(hamlet.key, families)
    return families


def _hamlet_sizes(rng: random.Random, count: int) -> list[int]:
    """Households of every hamlet: most near a hundred, few large ones, in total HOUSEHOLDS."""
    weights = [rng.gammavariate(3.6, 1.0) for _ in range(count)]
    free = HOUSEHOLDS - count * _SMALLEST_HAMLET
    sizes = [_SMALLEST_HAMLET + int(free * weight / sum(weights)) for weight in weights]
    for place in range(HOUSEHOLDS - sum(sizes)):
        sizes[place] += 1
    return sizes


def _freeze_hamlet(
    areas: dict[str, DemoArea],
    hamlet: DemoArea,
    families: Sequence[Family],
    numbers: IdentityNumbers,
    as_of: date,
) -> Iterator[DemoHousehold]:
    village = areas[hamlet.parent_key]
    community = areas[village.parent_key]
    lane = _DOORS_PER_LANE[0] + int(hamlet.key[1:]) % (_DOORS_PER_LANE[1] - _DOORS_PER_LANE[0])
    for place, family in enumerate(families):
        yield DemoHousehold(
            number=f"{hamlet.key[1:]}{place + 1:04}",
            hamlet_key=hamlet.key,
            community=community.zh,
            village=village.zh,
            hamlet=hamlet.zh,
            door=f"{place // lane + 1}巷{place % lane + 1}号",
            status=family.status,
            residents=tuple(_freeze(member, numbers, as_of) for member in family.members),
            story=family.story,
        )


def _freeze(member: Member, numbers: IdentityNumbers, as_of: date) -> DemoResident:
    birth_date = as_of - timedelta(days=int(member.age * 365.25))
    return DemoResident(
        name=member.name,
        relation=member.relation,
        sex=member.sex,
        id_number=numbers.draw(birth_date=birth_date, sex=member.sex),
        birth_date=birth_date,
        phone=member.phone,
        away_place=member.away_place,
        is_dibao=member.is_dibao,
        is_tekun=member.is_tekun,
        disability=member.disability,
        remark=member.remark,
    )
