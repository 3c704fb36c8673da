"""What a roll says otherwise than the register: a plan for merging; nothing is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.crypto.current import blind_index
from bianfang.register.households.enums import LivingStatus, ResidentEnd, YesNo
from bianfang.register.households.queries import ID_PURPOSE, PHONE_PURPOSE
from bianfang.register.rolls.enums import DiffKind
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.problems import mask_numbers
from bianfang.register.rolls.reading.report import RollReading, SheetReport
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.reading.structure import ColumnUse
from bianfang.register.rolls.state import KnownHousehold, KnownResident, State

Change = tuple[str, str]
"""A field's old and new text, fit to be stored: numbers show their last digits only."""

_CLAUSE = "(?:^|[,，.。;；、\\s])[0-9年月日./-]*已{}(?=$|[,，.。;；、\\s(（])"
MARKS = (
    (re.compile(_CLAUSE.format("去世")), ResidentEnd.DIED),
    (re.compile(_CLAUSE.format("迁出")), ResidentEnd.MOVED_OUT),
)
"""Notes that end a membership; they speak of the person, so “父亲已去世” is none of them."""


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
    """A row of the roll and the person it is; `ends` says that the note tells of leaving."""

    row: RollRow
    id_key: bytes | None
    phone_key: bytes | None
    known: KnownResident | None = None
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
            return DiffKind.POSSIBLE_DUPLICATE if self.namesake else DiffKind.RESIDENT_NEW
        if self.is_moved:
            return DiffKind.RESIDENT_MOVED
        return DiffKind.RESIDENT_CHANGED if self.changes or self.ends else None

    @property
    def resident(self) -> UUID | None:
        """The person on the register, or the one of the same name and birth."""
        return self.known.id if self.known else self.namesake

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
        """What merging would do with the household itself; None where nothing differs."""
        if self.known is None:
            return DiffKind.HOUSEHOLD_NEW
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
    """All plans, and who of the covered hamlets stands on the register but not on the roll."""

    households: list[HouseholdPlan] = field(default_factory=list)
    gone_residents: list[KnownResident] = field(default_factory=list)
    gone_households: list[KnownHousehold] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """What merging would do, in numbers."""
        counted: Counter[str] = Counter()
        counted.update(home.kind.value for home in self.households if home.kind)
        for home in self.households:
            counted.update(person.kind.value for person in home.people if person.kind)
        counted[DiffKind.RESIDENT_GONE.value] = len(self.gone_residents)
        counted[DiffKind.HOUSEHOLD_GONE.value] = len(self.gone_households)
        return {kind: number for kind, number in counted.items() if number}


def compare(reading: RollReading, state: State) -> Comparison:
    """Match households by number (or place, door and head), people by identity number or name."""
    comparison = Comparison()
    for home in reading.households:
        if home.is_importable:
            plan = _plan_household(home, state)
            plan.people = [_plan_person(row) for row in home.importable_members]
            comparison.households.append(plan)
    if not state.is_empty:
        matching = _Matching(state, reading.sheets, comparison.households)
        for plan in comparison.households:
            for person in plan.people:
                matching.match(person, plan)
        _find_gone(comparison, reading, state, matching.claimed)
    return comparison


def _plan_household(home: RollHousehold, state: State) -> HouseholdPlan:
    known = _find_household(home, state)
    if known is None:
        returning = state.ended.get(home.household_no)
        return HouseholdPlan(roll=home, number=home.household_no, known=None, returning=returning)
    plan = HouseholdPlan(roll=home, number=known.number, known=known)
    area = state.hamlets.get(home.path) if home.path else None
    if area is not None and area.path != known.area_path:
        plan.changes["hamlet"] = ("", area.name)
    if home.door and home.door != known.door:
        plan.changes["door"] = (known.door, home.door)
    if home.status != LivingStatus.UNKNOWN and home.status != known.living_status:
        plan.changes["living_status"] = (known.living_status, home.status.value)
    return plan


def _find_household(home: RollHousehold, state: State) -> KnownHousehold | None:
    """By its number; without one by hamlet, door and head, or where its head is known to live."""
    if home.household_no:
        found = state.numbers.get(home.household_no)
        return state.households[found] if found else None
    area = state.hamlets.get(home.path) if home.path else None
    if area is None:
        return None
    heads = [home.head.name if home.head else "", home.head_name]
    for head in filter(None, heads):
        found = state.doors.get((area.path, home.door, head))
        if found is not None:
            return state.households[found]
    return _find_by_people(home, area.path, state)


def _find_by_people(home: RollHousehold, area_path: str, state: State) -> KnownHousehold | None:
    """Where its head lives as head; where no head is named, where anybody of it lives."""
    for row in (home.head,) if home.head else home.importable_members:
        key = _id_key(row)
        found = state.keys.get(key) if key else None
        if found is None:
            continue
        person = state.residents[found]
        known = state.households[person.household_id]
        is_same = (known.area_path, known.door) == (area_path, home.door)
        if is_same and (home.head is None or person.relation == Relation.HEAD):
            return known
    return None


def _id_key(row: RollRow) -> bytes | None:
    return blind_index(row.id_number, purpose=ID_PURPOSE) if row.id_number else None


def _plan_person(row: RollRow) -> PersonPlan:
    return PersonPlan(
        row=row,
        id_key=_id_key(row),
        phone_key=blind_index(row.phone, purpose=PHONE_PURPOSE) if row.phone else None,
        ends=next((end for mark, end in MARKS if mark.search(row.note)), None),
    )


class _Matching:
    """Finds the people of a roll on the register; a person is found once."""

    def __init__(
        self, state: State, sheets: Iterable[SheetReport], homes: Iterable[HouseholdPlan]
    ) -> None:
        self.state = state
        self.columns = {
            sheet.name: {column.column for column in sheet.columns_used(ColumnUse.READ)}
            for sheet in sheets
        }
        keys = (person.id_key for home in homes for person in home.people)
        self.claimed = {state.keys[key] for key in keys if key in state.keys}
        self.namesakes: dict[tuple[str, object], list[KnownResident]] = {}
        for person in state.residents.values():
            self.namesakes.setdefault((person.name, person.birth_date), []).append(person)

    def match(self, plan: PersonPlan, home: HouseholdPlan) -> None:
        """By identity number; else by name in the same household; else look for a namesake."""
        known_id = self.state.keys.get(plan.id_key) if plan.id_key else None
        if known_id is None:
            known_id = self._same_in_household(plan, home)
        if known_id is None:
            plan.namesake = self._namesake(plan)
            return
        self.claimed.add(known_id)
        plan.known = self.state.residents[known_id]
        plan.is_moved = home.known is None or plan.known.household_id != home.known.id
        plan.changes = dict(_person_changes(plan, plan.known, self.columns[plan.row.sheet]))

    def _same_in_household(self, plan: PersonPlan, home: HouseholdPlan) -> UUID | None:
        """The same name in the same household, if neither number nor birth contradicts."""
        members = self.state.members.get(home.known.id, ()) if home.known else ()
        for member_id in members:
            member = self.state.residents[member_id]
            numbers_fit = member.id_key is None or plan.id_key is None
            births = {member.birth_date, plan.row.birth_date} - {None}
            is_same = member.name == plan.row.name and numbers_fit and len(births) < 2
            if is_same and member_id not in self.claimed:
                return member_id
        return None

    def _namesake(self, plan: PersonPlan) -> UUID | None:
        """Same name and birth, and no number on one of the sides that would tell them apart."""
        born = plan.row.birth_date
        for person in self.namesakes.get((plan.row.name, born), ()) if born else ():
            if plan.id_key is None or person.id_key is None:
                return person.id
        return None


def _person_changes(
    plan: PersonPlan, known: KnownResident, columns: set[Column | None]
) -> Iterator[tuple[str, Change]]:
    """An empty cell clears words where the sheet has their column, and nothing else."""
    row = plan.row
    words = (
        ("away_place", Column.AWAY, known.away_place, row.away_place),
        ("disability", Column.DISABILITY, known.disability, row.disability),
        ("note", Column.NOTE, known.note, row.note),
    )
    stated = (
        ("name", known.name, row.name),
        ("relation", known.relation, row.relation.value if row.relation else ""),
        ("sex", known.sex, "" if row.sex == Sex.UNKNOWN else row.sex.value),
        ("birth_date", _day(known.birth_date), _day(row.birth_date)),
        ("dibao", known.dibao, "" if row.dibao == YesNo.UNKNOWN else row.dibao.value),
        ("tekun", known.tekun, "" if row.tekun == YesNo.UNKNOWN else row.tekun.value),
    )
    yield from ((name, (old, new)) for name, old, new in stated if new and old != new)
    for name, column, old, new in words:
        if column in columns and old != new:
            yield name, (mask_numbers(old), mask_numbers(new))
    if plan.id_key is not None and known.id_key != plan.id_key:
        yield "id_number", ("", f"…{row.id_number[-4:]}")
    if plan.phone_key is not None and known.phone_key != plan.phone_key:
        yield "phone", ("…" if known.phone_key else "", f"…{row.phone[-4:]}")


def _day(day: object) -> str:
    return str(day) if day else ""


def _find_gone(
    comparison: Comparison, reading: RollReading, state: State, matched: set[UUID]
) -> None:
    """Only hamlets that stand on the roll are covered: nobody elsewhere is called missing.

    Neither is who stands there in a row that was refused, nor a house without people, which no
    roll can name.
    """
    named = {home.path for home in reading.households if home.path}
    covered = {state.hamlets[path].path for path in named if path in state.hamlets}
    comparison.covers = sorted(covered)
    present = {home.known.id for home in comparison.households if home.known}
    refused = _Refused(reading, state)
    for household in state.households.values():
        people = [state.residents[each] for each in state.members.get(household.id, ())]
        if household.area_path not in covered or household.id in refused.households or not people:
            continue
        gone = [each for each in people if each.id not in matched and not refused.holds(each)]
        comparison.gone_residents += gone
        if household.id not in present:
            comparison.gone_households.append(household)


class _Refused:
    """Who stands on a roll in rows that cannot be taken in."""

    def __init__(self, reading: RollReading, state: State) -> None:
        self.households: set[UUID] = set()
        self.names: set[tuple[UUID, str]] = set()
        self.keys: set[bytes] = set()
        for home in reading.households:
            known = _find_household(home, state)
            if known is not None and not home.is_importable:
                self.households.add(known.id)
            for row in home.members:
                if row.is_importable:
                    continue
                key = _id_key(row)
                self.keys |= {key} if key else set()
                self.names |= {(known.id, row.name)} if known else set()

    def holds(self, person: KnownResident) -> bool:
        """By the number, or by the name in the same household."""
        is_named = (person.household_id, person.name) in self.names
        return is_named or person.id_key in self.keys
