"""The same person twice in one file, and the same household number in two places."""

from collections.abc import Iterable, Sequence

from bianfang.register.rolls.reading.cells import Finding
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.heads import FamilyDraft, ref_of
from bianfang.register.rolls.reading.household_cells import HouseholdDraft
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.people import PersonDraft
from bianfang.register.rolls.reading.vocabulary import STATUS_WORDS


def gather_families(people: Sequence[PersonDraft]) -> list[FamilyDraft]:
    """Join the rows of each household: by its number, else by hamlet, house number and head.

    A number that stands in two hamlets names two households: the later one is refused.
    """
    families: dict[str, FamilyDraft] = {}
    home: HouseholdDraft | None = None
    family: FamilyDraft | None = None
    for person in people:
        if family is None or person.home is not home:
            home = person.home
            family = _family_of(home, families)
        family.members.append(person)
        person.is_refused = person.is_refused or person.home.is_refused
    return list(families.values())


def _family_of(home: HouseholdDraft, families: dict[str, FamilyDraft]) -> FamilyDraft:
    key = _key(home)
    family = families.get(key)
    if family is not None and _is_elsewhere(family.home, home):
        _refuse_number(home, family.home)
        key = _place_key(home)
        family = families.get(key)
    if family is None:
        family = families[key] = FamilyDraft(key=key, home=home, members=[])
    elif family.home.is_refused:
        family.home = home
    else:
        _compare_homes(family.home, home)
    return family


def _key(home: HouseholdDraft) -> str:
    if home.household_no:
        return f"no:{home.household_no}"
    if home.door or home.head_name:
        place = "/".join(home.path or home.areas)
        return f"at:{place}/{home.door}/{home.head_name}"
    return _place_key(home)


def _place_key(home: HouseholdDraft) -> str:
    return f"row:{home.sheet.name}!{home.first_row + 1}"


def _is_elsewhere(first: HouseholdDraft, home: HouseholdDraft) -> bool:
    return first.path is not None and home.path is not None and first.path != home.path


def _refuse_number(home: HouseholdDraft, first: HouseholdDraft) -> None:
    home.is_refused = True
    address = first.sheet.address(first.first_row, Column.HOUSEHOLD_NO)
    home.sheet.note(
        home.first_row,
        Column.HOUSEHOLD_NO,
        Finding(Kind.HOUSEHOLD_NO_REUSED, address),
        rows=home.block.rows,
    )


def _compare_homes(first: HouseholdDraft, home: HouseholdDraft) -> None:
    """Later blocks of a household must say what the first says; the first is taken."""
    pairs = (
        (Column.DOOR, first.door, home.door),
        (Column.HEAD_NAME, first.head_name, home.head_name),
        (Column.STATUS, STATUS_WORDS[first.status], STATUS_WORDS[home.status]),
    )
    for column, ours, theirs in pairs:
        if ours and theirs and ours != theirs:
            finding = Finding(Kind.HOUSEHOLD_CELL_DIFFERS)
            rows = home.block.rows
            home.sheet.note(home.first_row, column, finding, value=ours, rows=rows)


def check_duplicates(families: Iterable[FamilyDraft], people: Iterable[PersonDraft]) -> None:
    """Refuse the second row of an identity number, and warn of two of one name without number."""
    by_number: dict[str, list[PersonDraft]] = {}
    for person in people:
        if person.identity is not None and not person.is_refused:
            by_number.setdefault(person.identity.number, []).append(person)
    homes = {id(person): family.key for family in families for person in family.members}
    for same in by_number.values():
        if len(same) > 1:
            _refuse_later(same, homes)
    for family in families:
        _warn_of_namesakes(family)


def _refuse_later(same: Sequence[PersonDraft], homes: dict[int, str]) -> None:
    first = same[0]
    is_first_flagged = False
    for person in same[1:]:
        person.is_refused = True
        if homes[id(person)] == homes[id(first)]:
            _refer(person, Kind.DUPLICATE_IN_HOUSEHOLD, first)
            continue
        _refer(person, Kind.DUPLICATE_IN_TWO_HOUSEHOLDS, first)
        if not is_first_flagged:
            is_first_flagged = True
            _refer(first, Kind.DUPLICATE_IN_TWO_HOUSEHOLDS, person, Severity.WARNING)


def _refer(
    person: PersonDraft, kind: Kind, other: PersonDraft, severity: Severity | None = None
) -> None:
    person.sheet.note(
        person.row,
        Column.ID,
        Finding(kind, other.sheet.address(other.row, Column.ID)),
        severity=severity,
        related=ref_of(other),
    )


def _warn_of_namesakes(family: FamilyDraft) -> None:
    by_name: dict[str, PersonDraft] = {}
    for person in family.members:
        if person.is_refused or not person.name:
            continue
        other = by_name.setdefault(person.name, person)
        if other is person or (other.identity and person.identity):
            continue
        births = {other.birth_date, person.birth_date} - {None}
        if len(births) == 1 or not births:
            address = other.sheet.address(other.row, Column.NAME)
            finding = Finding(Kind.DUPLICATE_WITHOUT_ID, address)
            person.sheet.note(person.row, Column.NAME, finding, related=ref_of(other))
