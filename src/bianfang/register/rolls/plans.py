"""What is to become of each household and person of a roll, and what is shown of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bianfang.register.households.enums import FactKind, ResidentEnd, YesNo
from bianfang.register.rolls.enums import LEFT_TO_PEOPLE, DiffDecision, DiffKind
from bianfang.register.rolls.reading.areas import AreaPath
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.state import KnownHousehold, KnownResident

Change = tuple[str, str]
"""A field's old and new text, fit to be stored: numbers show their last digits only."""

GONE_FOR_GOOD = frozenset({ResidentEnd.DIED, ResidentEnd.ENTERED_BY_MISTAKE})
"""Who left so does not come back by a roll alone: a person decides."""


class DiffKey(NamedTuple):
    """What a decision was made about; it is found again when the roll is compared anew."""

    kind: str
    household_number: str
    resident: str
    name: str
    place: str = ""


def key_from(
    *,
    kind: str,
    number: str,
    resident: UUID | None,
    name: str,
    changes: dict[str, Change],
) -> DiffKey:
    """The key of a difference; a new household without a number is known by its place."""
    place = ""
    if kind == DiffKind.HOUSEHOLD_NEW and not number:
        place = "/".join(changes[name][1] for name in ("hamlet", "door"))
    return DiffKey(str(kind), number, str(resident or ""), name, place)


@dataclass(kw_only=True, slots=True)
class PersonPlan:
    """A row of the roll and the person it is; `ends` says that the note tells of leaving.

    `returning` had left the register; `namesake` is somebody who may be the same person.
    """

    row: RollRow
    id_key: bytes | None
    phone_key: bytes | None
    known: KnownResident | None = None
    returning: KnownResident | None = None
    is_moved: bool = False
    ends: ResidentEnd | None = None
    changes: dict[str, Change] = field(default_factory=dict)
    namesake: UUID | None = None

    @property
    def kind(self) -> DiffKind | None:
        """What merging would do with the person; None where nothing differs."""
        if self.known is None:
            if self.ends:
                return None
            if self.returning:
                return DiffKind.RESIDENT_BACK
            return DiffKind.POSSIBLE_DUPLICATE if self.namesake else DiffKind.RESIDENT_NEW
        if self.is_moved:
            return DiffKind.RESIDENT_MOVED
        return DiffKind.RESIDENT_CHANGED if self.changes or self.ends else None

    @property
    def resident(self) -> UUID | None:
        """The person on the register, the one who left it, or the one of the same name."""
        found = self.known or self.returning
        return found.id if found else self.namesake

    @property
    def proposal(self) -> DiffDecision:
        """What happens unless a person says otherwise."""
        is_doubtful = self.returning and self.returning.end_reason in GONE_FOR_GOOD
        is_left = is_doubtful or self.kind in LEFT_TO_PEOPLE
        return DiffDecision.SKIP if is_left else DiffDecision.APPLY

    @property
    def told(self) -> dict[str, Change]:
        """What is shown of the difference."""
        return {**self.changes, "ends": ("", self.ends.value)} if self.ends else self.changes


@dataclass(kw_only=True, slots=True)
class HouseholdPlan:
    """A household of the roll, what it is or was on the register, and its people."""

    roll: RollHousehold
    number: str
    known: KnownHousehold | None
    returning: UUID | None = None
    changes: dict[str, Change] = field(default_factory=dict)
    people: list[PersonPlan] = field(default_factory=list)

    @property
    def kind(self) -> DiffKind | None:
        """What merging would do with the household itself; None where nothing differs.

        Nobody founds a household of people who have left.
        """
        if self.known is None:
            return None if all(person.ends for person in self.people) else DiffKind.HOUSEHOLD_NEW
        return DiffKind.HOUSEHOLD_CHANGED if self.changes else None

    @property
    def head_name(self) -> str:
        """Under which name it is shown."""
        return self.roll.head_name or self.people[0].row.name

    @property
    def told(self) -> dict[str, Change]:
        """What is shown of the difference; of a new household where and how it lives."""
        if self.known is not None:
            return self.changes
        assert self.roll.path is not None
        told = {"hamlet": self.roll.path.hamlet, "door": self.roll.door}
        told["living_status"] = self.roll.status.value
        return {name: ("", value) for name, value in told.items()}


@dataclass(kw_only=True)
class Comparison:
    """All plans, and who of the covered hamlets stands on the register but not on the roll.

    `places` are the covered hamlets by path. In the empty households everybody has left, by the
    notes of the roll.
    """

    households: list[HouseholdPlan] = field(default_factory=list)
    gone_residents: list[KnownResident] = field(default_factory=list)
    gone_households: list[KnownHousehold] = field(default_factory=list)
    empty_households: list[KnownHousehold] = field(default_factory=list)
    places: dict[str, AreaPath] = field(default_factory=dict)

    @property
    def covers(self) -> list[str]:
        """The paths of the hamlets that stand on the roll."""
        return sorted(self.places)

    def counts(self) -> dict[str, int]:
        """What merging would do, in numbers."""
        counted: Counter[str] = Counter()
        counted.update(home.kind.value for home in self.households if home.kind)
        for home in self.households:
            counted.update(person.kind.value for person in home.people if person.kind)
        counted[DiffKind.RESIDENT_GONE.value] = len(self.gone_residents)
        counted[DiffKind.HOUSEHOLD_GONE.value] = len(self.gone_households)
        counted[DiffKind.HOUSEHOLD_EMPTY.value] = len(self.empty_households)
        return {kind: number for kind, number in counted.items() if number}

    def confirmed(self, as_of: date) -> Iterator[UUID]:
        """Whose answers the roll repeats, of a later day than they were known of."""
        for person in (person for home in self.households for person in home.people):
            known, row = person.known, person.row
            if known is None or YesNo.UNKNOWN in (row.dibao, row.tekun):
                continue
            is_older = known.facts_as_of is None or known.facts_as_of < as_of
            if is_older and not any(kind.value in person.changes for kind in FactKind):
                yield known.id
