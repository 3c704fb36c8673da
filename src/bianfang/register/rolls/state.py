"""The register as a comparison needs it: plain values of one town, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from bianfang.register.areas.models import Area
from bianfang.register.areas.queries import area_map
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.rolls.reading.areas import AreaPath

LEVEL = 4

Hamlets = dict[AreaPath, Area]


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
    area_path: str
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
    facts_as_of: date | None
    note: str
    order: int
    end_reason: str


@dataclass(frozen=True, kw_only=True)
class State:
    """What is known, found in the ways a roll asks for it; who has left is kept apart.

    `later` holds person and kind of every statement of a later day than the roll's.
    """

    as_of: date
    hamlets: Hamlets
    households: dict[UUID, KnownHousehold] = field(repr=False)
    numbers: dict[str, UUID] = field(repr=False)
    ended: dict[str, UUID] = field(repr=False)
    doors: dict[tuple[str, str, str], UUID] = field(repr=False)
    residents: dict[UUID, KnownResident] = field(repr=False)
    keys: dict[bytes, UUID] = field(repr=False)
    members: dict[UUID, list[UUID]] = field(repr=False)
    departed: dict[bytes, KnownResident] = field(repr=False)
    later: frozenset[tuple[UUID, str]] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the register never held a household."""
        return not (self.households or self.ended)


def load_state(town_id: UUID, *, as_of: date) -> State:
    """Read it now, to be compared with a roll of that day."""
    households = {row.id: row for row in _households(town_id)}
    everybody = list(_residents(town_id))
    residents = {row.id: row for row in everybody if not row.end_reason}
    departed = (row for row in everybody if row.end_reason)
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for person in residents.values():
        members[person.household_id].append(person.id)
    return State(
        as_of=as_of,
        hamlets=hamlets_of(town_id),
        households=households,
        numbers={home.number: home.id for home in households.values()},
        ended=_ended(town_id),
        doors={(h.area_path, h.door, h.head_name): h.id for h in households.values()},
        residents=residents,
        keys={p.id_key: p.id for p in residents.values() if p.id_key},
        members=members,
        departed={person.id_key: person for person in departed if person.id_key},
        later=frozenset(_later_statements(town_id, as_of)),
    )


def hamlets_of(town_id: UUID) -> Hamlets:
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
    """Everybody, household by household; of those who left, the latest last."""
    rows = Resident.objects.in_town(town_id).order_by("ended_on", "household_id", "order", "id")
    for values in rows.values_list(*KnownResident._fields).iterator(chunk_size=5000):
        yield KnownResident._make(map(_plain, values))


def _later_statements(town_id: UUID, as_of: date) -> Iterator[tuple[UUID, str]]:
    rows = Fact.objects.in_town(town_id).filter(as_of__gt=as_of).order_by("resident_id", "kind")
    yield from rows.values_list("resident_id", "kind")


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
