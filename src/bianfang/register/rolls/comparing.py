"""What a roll says otherwise than the register: a plan for merging; nothing is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from bianfang.kernel.crypto.current import blind_index
from bianfang.register.households.enums import LivingStatus, ResidentEnd, YesNo
from bianfang.register.households.queries import ID_PURPOSE, PHONE_PURPOSE
from bianfang.register.rolls.enums import DiffKind
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.state import KnownHousehold, KnownResident, State

Change = tuple[str, str]
"""A field's old and new text, fit to be stored: numbers show their last digits only."""

MARKS = (("已去世", ResidentEnd.DIED), ("已迁出", ResidentEnd.MOVED_OUT))


class DiffKey(NamedTuple):
    """What a decision was made about; it is found again when the roll is compared anew."""

    kind: str
    household_number: str
    resident: str
    name: str


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


@dataclass(kw_only=True, slots=True)
class HouseholdPlan:
    """A household of the roll, what it is on the register, and its people."""

    roll: RollHousehold
    number: str
    known: KnownHousehold | None
    changes: dict[str, Change] = field(default_factory=dict)
    people: list[PersonPlan] = field(default_factory=list)


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
        for home in self.households:
            if home.known is None:
                counted[DiffKind.HOUSEHOLD_NEW] += 1
            elif home.changes:
                counted[DiffKind.HOUSEHOLD_CHANGED] += 1
            counted.update(person.kind.value for person in home.people if person.kind)
        counted[DiffKind.RESIDENT_GONE] = len(self.gone_residents)
        counted[DiffKind.HOUSEHOLD_GONE] = len(self.gone_households)
        return {str(kind): number for kind, number in counted.items() if number}


def compare(reading: RollReading, state: State) -> Comparison:
    """Match households by number (or place, door and head), people by identity number or name."""
    comparison = Comparison()
    matched: set[UUID] = set()
    names = _names_of(state) if not state.is_empty else {}
    for home in reading.households:
        if not home.is_importable:
            continue
        plan = _plan_household(home, state)
        plan.people = [_plan_person(row, plan, state, names) for row in home.importable_members]
        matched.update(person.known.id for person in plan.people if person.known)
        comparison.households.append(plan)
    if not state.is_empty:
        _find_gone(comparison, reading, state, matched)
    return comparison


def _plan_household(home: RollHousehold, state: State) -> HouseholdPlan:
    known = _known_household(home, state)
    plan = HouseholdPlan(
        roll=home, number=known.number if known else home.household_no, known=known
    )
    if known is None:
        return plan
    area = state.hamlets.get(home.path) if home.path else None
    if area is not None and area.path != known.area_path:
        plan.changes["hamlet"] = ("", area.name)
    if home.door and home.door != known.door:
        plan.changes["door"] = (known.door, home.door)
    if home.status != LivingStatus.UNKNOWN and home.status != known.living_status:
        plan.changes["living_status"] = (known.living_status, home.status.value)
    return plan


def _known_household(home: RollHousehold, state: State) -> KnownHousehold | None:
    if home.household_no:
        found = state.numbers.get(home.household_no)
        return state.households[found] if found else None
    area = state.hamlets.get(home.path) if home.path else None
    if area is None:
        return None
    found = state.doors.get((area.path, home.door, home.head_name))
    return state.households[found] if found else None


def _plan_person(
    row: RollRow, home: HouseholdPlan, state: State, names: dict[tuple[str, str], UUID]
) -> PersonPlan:
    plan = PersonPlan(
        row=row,
        id_key=blind_index(row.id_number, purpose=ID_PURPOSE) if row.id_number else None,
        phone_key=blind_index(row.phone, purpose=PHONE_PURPOSE) if row.phone else None,
        ends=next((end for mark, end in MARKS if mark in row.note), None),
    )
    if state.is_empty:
        return plan
    known_id = state.keys.get(plan.id_key) if plan.id_key else None
    if known_id is None:
        known_id = _same_in_household(plan, home, state)
    if known_id is None:
        born = row.birth_date.isoformat() if row.birth_date else ""
        plan.namesake = names.get((row.name, born)) if born and not row.id_number else None
        return plan
    plan.known = state.residents[known_id]
    plan.is_moved = home.known is None or plan.known.household_id != home.known.id
    plan.changes = dict(_person_changes(plan, plan.known))
    return plan


def _same_in_household(plan: PersonPlan, home: HouseholdPlan, state: State) -> UUID | None:
    """Without a known number: the same name in the same household, if no number contradicts."""
    if home.known is None:
        return None
    for member_id in state.members.get(home.known.id, ()):
        member = state.residents[member_id]
        numbers_fit = member.id_key is None or plan.id_key is None
        births = {member.birth_date, plan.row.birth_date} - {None}
        if member.name == plan.row.name and numbers_fit and len(births) < 2:
            return member_id
    return None


def _person_changes(plan: PersonPlan, known: KnownResident) -> Iterable[tuple[str, Change]]:
    """An empty cell clears words, but never a number, a phone or an answer: it is not a "no"."""
    row = plan.row
    pairs = (
        ("name", known.name, row.name),
        ("relation", known.relation, row.relation.value if row.relation else ""),
        ("sex", known.sex, row.sex.value),
        ("birth_date", _day(known.birth_date), _day(row.birth_date)),
        ("away_place", known.away_place, row.away_place),
        ("disability", known.disability, row.disability),
        ("note", known.note, row.note),
    )
    yield from ((name, (old, new)) for name, old, new in pairs if old != new)
    for name, old, answer in (
        ("dibao", known.dibao, row.dibao),
        ("tekun", known.tekun, row.tekun),
    ):
        if answer != YesNo.UNKNOWN and answer != old:
            yield name, (old, answer.value)
    if known.id_key != plan.id_key and plan.id_key is not None:
        yield "id_number", ("", f"…{row.id_number[-4:]}")
    if plan.phone_key is not None and known.phone_key != plan.phone_key:
        yield "phone", ("…" if known.phone_key else "", f"…{row.phone[-4:]}")


def _day(day: object) -> str:
    return str(day) if day else ""


def _names_of(state: State) -> dict[tuple[str, str], UUID]:
    return {(p.name, _day(p.birth_date)): p.id for p in state.residents.values() if p.birth_date}


def _find_gone(
    comparison: Comparison, reading: RollReading, state: State, matched: set[UUID]
) -> None:
    """Only hamlets that stand on the roll are covered: nobody elsewhere is called missing."""
    named = {home.path for home in reading.households if home.path}
    covered = {state.hamlets[path].path for path in named if path in state.hamlets}
    comparison.covers = sorted(covered)
    present = {home.known.id for home in comparison.households if home.known}
    refused = {home.household_no for home in reading.households if not home.is_importable}
    for household in state.households.values():
        if household.area_path not in covered or household.number in refused:
            continue
        people = [state.residents[each] for each in state.members.get(household.id, ())]
        comparison.gone_residents += [person for person in people if person.id not in matched]
        if household.id not in present:
            comparison.gone_households.append(household)
