"""What a roll says otherwise than the register: a plan for merging; nothing is written."""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.crypto.current import blind_index
from bianfang.register.households.enums import FactKind, LivingStatus, ResidentEnd, YesNo
from bianfang.register.households.queries import ID_PURPOSE, PHONE_PURPOSE
from bianfang.register.rolls.plans import Change, Comparison, HouseholdPlan, PersonPlan
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.problems import mask_numbers
from bianfang.register.rolls.reading.report import RollReading, SheetReport
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.reading.structure import ColumnUse
from bianfang.register.rolls.state import KnownHousehold, KnownResident, State

Columns = set[Column | None]

_CLAUSE = "(?:^|[,，.。;；、\\s])[0-9年月日./-]*已{}(?=$|[,，.。;；、\\s(（])"
MARKS = (
    (re.compile(_CLAUSE.format("去世")), ResidentEnd.DIED),
    (re.compile(_CLAUSE.format("迁出")), ResidentEnd.MOVED_OUT),
)
"""Notes that end a membership; they speak of the person, so “父亲已去世” is none of them."""


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
        if known_id is not None:
            self.claimed.add(known_id)
            plan.known = self.state.residents[known_id]
            plan.is_moved = home.known is None or plan.known.household_id != home.known.id
        else:
            plan.returning = self.state.departed.get(plan.id_key) if plan.id_key else None
        known = plan.known or plan.returning
        if known is not None:
            columns = self.columns[plan.row.sheet]
            plan.changes = dict(_person_changes(plan, known, columns, self.state))
        else:
            plan.namesake = self._renumbered(plan, home) or self._namesake(plan)

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

    def _renumbered(self, plan: PersonPlan, home: HouseholdPlan) -> UUID | None:
        """The same name in the same household under a number that the roll does not hold.

        A corrected number looks like this: one new person, and one missing.
        """
        members = self.state.members.get(home.known.id, ()) if home.known and plan.id_key else ()
        for member_id in members:
            member = self.state.residents[member_id]
            if member.name == plan.row.name and member.id_key and member_id not in self.claimed:
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
    plan: PersonPlan, known: KnownResident, columns: Columns, state: State
) -> Iterator[tuple[str, Change]]:
    """An empty cell clears words where the sheet has their column, and nothing else."""
    row = plan.row
    stated = (
        ("name", known.name, row.name),
        ("relation", known.relation, row.relation.value if row.relation else ""),
        ("sex", known.sex, "" if row.sex == Sex.UNKNOWN else row.sex.value),
        ("birth_date", _day(known.birth_date), _day(row.birth_date)),
    )
    yield from ((name, (old, new)) for name, old, new in stated if new and old != new)
    yield from _answer_changes(row, known, columns, state)
    for name, column, old, new in (
        ("away_place", Column.AWAY, known.away_place, row.away_place),
        ("note", Column.NOTE, known.note, row.note),
    ):
        if column in columns and old != new:
            yield name, (mask_numbers(old), mask_numbers(new))
    if plan.id_key is not None and known.id_key != plan.id_key:
        yield "id_number", ("", f"…{row.id_number[-4:]}")
    if plan.phone_key is not None and known.phone_key != plan.phone_key:
        yield "phone", ("…" if known.phone_key else "", f"…{row.phone[-4:]}")


def _answer_changes(
    row: RollRow, known: KnownResident, columns: Columns, state: State
) -> Iterator[tuple[str, Change]]:
    """Answers of the roll, unless the register has heard of a later day."""
    told = {
        FactKind.DIBAO: (known.dibao, "" if row.dibao == YesNo.UNKNOWN else row.dibao.value),
        FactKind.TEKUN: (known.tekun, "" if row.tekun == YesNo.UNKNOWN else row.tekun.value),
        FactKind.DISABILITY: (known.disability, row.disability),
    }
    if known.facts_as_of is not None and known.facts_as_of > state.as_of:
        return
    for kind, (old, new) in told.items():
        may_clear = kind == FactKind.DISABILITY and Column.DISABILITY in columns
        is_other = old != new and (new or may_clear)
        if is_other and (known.id, kind.value) not in state.later:
            yield kind.value, (mask_numbers(old), mask_numbers(new))


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
    covered = {state.hamlets[path].path: path for path in named if path in state.hamlets}
    comparison.places = covered
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
    comparison.empty_households = list(_find_empty(comparison, state))


def _find_empty(comparison: Comparison, state: State) -> Iterator[KnownHousehold]:
    """Households all of whose people have left, by what the notes of the roll say."""
    for home in comparison.households:
        if home.known is None or not all(person.ends for person in home.people):
            continue
        ending = {person.known.id for person in home.people if person.known}
        if ending.issuperset(state.members.get(home.known.id, ())):
            yield home.known


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
