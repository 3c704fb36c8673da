"""The register as a comparison needs it: plain values of one town, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from bianfang.register.areas.models import Area
from bianfang.register.areas.queries import area_map
from bianfang.register.households.models import Household, Resident
from bianfang.register.rolls.reading.areas import AreaIndex, AreaPath

LEVEL = 4


class KnownHousehold(NamedTuple):
    """A household on the register."""

    id: UUID
    number: str
    area_path: str
    door: str
    living_status: str
    head_name: str


class KnownResident(NamedTuple):
    """A person on the register; keys are the blind indexes."""

    id: UUID
    household_id: UUID
    name: str
    relation: str
    sex: str
    birth_date: date | None
    id_key: bytes | None
    phone_key: bytes | None
    away_place: str
    dibao: str
    tekun: str
    disability: str
    note: str
    order: int


@dataclass(frozen=True, kw_only=True)
class State:
    """What is known, found in the ways a roll asks for it."""

    hamlets: dict[AreaPath, Area]
    households: dict[UUID, KnownHousehold] = field(repr=False)
    numbers: dict[str, UUID] = field(repr=False)
    ended: dict[str, UUID] = field(repr=False)
    doors: dict[tuple[str, str, str], UUID] = field(repr=False)
    residents: dict[UUID, KnownResident] = field(repr=False)
    keys: dict[bytes, UUID] = field(repr=False)
    members: dict[UUID, list[UUID]] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the register holds no household yet."""
        return not self.households

    @property
    def index(self) -> AreaIndex:
        """The tree by name, for the reader."""
        return AreaIndex.build(self.hamlets)


def load_state(town_id: UUID) -> State:
    """Read it now."""
    households = {row.id: row for row in _households(town_id)}
    residents = {row.id: row for row in _residents(town_id)}
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for person in residents.values():
        members[person.household_id].append(person.id)
    return State(
        hamlets=hamlets_of(town_id),
        households=households,
        numbers={home.number: home.id for home in households.values()},
        ended=_ended(town_id),
        doors={(h.area_path, h.door, h.head_name): h.id for h in households.values()},
        residents=residents,
        keys={p.id_key: p.id for p in residents.values() if p.id_key},
        members=members,
    )


def hamlets_of(town_id: UUID) -> dict[AreaPath, Area]:
    """The open hamlets of a town by their names."""
    areas = area_map(town_id=town_id)
    return {
        AreaPath(areas[path[: -2 * LEVEL]].name, areas[path[:-LEVEL]].name, area.name): area
        for path, area in areas.items()
        if area.kind == "hamlet" and area.valid_to is None
    }


def _households(town_id: UUID) -> Iterator[KnownHousehold]:
    rows = Household.objects.in_town(town_id).on_register().order_by("number")
    for values in rows.values_list(*KnownHousehold._fields).iterator(chunk_size=5000):
        yield KnownHousehold(*values)


def _ended(town_id: UUID) -> dict[str, UUID]:
    """A number is used once in a town: the household that comes back is the one that left."""
    rows = Household.objects.in_town(town_id).filter(ended_on__isnull=False).order_by("number")
    return dict(rows.values_list("number", "id"))


def _residents(town_id: UUID) -> Iterator[KnownResident]:
    rows = Resident.objects.in_town(town_id).on_register().order_by("household", "order", "id")
    for values in rows.values_list(*KnownResident._fields).iterator(chunk_size=5000):
        yield KnownResident(*(_plain(value) for value in values))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
