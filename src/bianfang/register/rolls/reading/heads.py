"""The household as a whole: who is its head, and whether relations and people agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from bianfang.kernel.codes.people_codes import SEX_WORDS, Relation, Sex
from bianfang.register.rolls.reading.cells import Finding
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.household_cells import HouseholdDraft
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.people import PersonDraft
from bianfang.register.rolls.reading.problems import RowRef
from bianfang.register.rolls.reading.vocabulary import FEMALE_RELATIONS, MALE_RELATIONS


@dataclass(kw_only=True, slots=True)
class FamilyDraft:
    """All rows of one household, wherever they stand; the first block speaks for it."""

    key: str
    home: HouseholdDraft
    members: list[PersonDraft]
    head: PersonDraft | None = None


def check_family(family: FamilyDraft) -> None:
    """Find the head, name what is odd about it, and compare relations with sexes."""
    _take_head_from_column(family)
    heads = [person for person in family.members if person.relation is Relation.HEAD]
    if heads:
        head = family.head = _chosen(heads, family.home.head_name)
        _open_further_heads(head, heads)
        _compare_head_name(family, head)
    else:
        _note_missing_head(family)
    for person in family.members:
        _compare_sex(person)


def _take_head_from_column(family: FamilyDraft) -> None:
    """Where no relation is given, the head column itself says who the head is."""
    name = family.home.head_name
    if not name or any(person.relation is Relation.HEAD for person in family.members):
        return
    for person in family.members:
        if person.relation is None and person.name == name:
            person.relation = Relation.HEAD
            if Column.RELATION in person.sheet.places:
                finding = Finding(Kind.RELATION_FROM_HEAD_NAME)
                person.sheet.note(person.row, Column.RELATION, finding, value="户主")
            return


def _chosen(heads: Sequence[PersonDraft], head_name: str) -> PersonDraft:
    return next((head for head in heads if head.name == head_name), heads[0])


def _open_further_heads(head: PersonDraft, heads: Sequence[PersonDraft]) -> None:
    address = head.sheet.address(head.row, Column.RELATION)
    finding = Finding(Kind.TWO_HEADS, f"{head.name} {address}".strip())
    for person in heads:
        if person is not head:
            person.relation = None
            person.sheet.note(person.row, Column.RELATION, finding, related=ref_of(head))


def ref_of(person: PersonDraft) -> RowRef:
    """The row of a person as problems name it."""
    return RowRef(sheet=person.sheet.name, row=person.row + 1)


def _compare_head_name(family: FamilyDraft, head: PersonDraft) -> None:
    home = family.home
    if home.head_name and head.name and head.name != home.head_name:
        row = _origin(home, Column.HEAD_NAME)
        finding = Finding(Kind.HEAD_NAME_MISMATCH, head.name)
        home.sheet.note(row, Column.HEAD_NAME, finding)
    others = [person for person in family.members if not person.is_refused]
    if head.is_refused and others:
        address = head.sheet.address(head.row, Column.NAME)
        rows = [person.row for person in others if person.sheet is others[0].sheet]
        others[0].sheet.note(
            rows[0], Column.RELATION, Finding(Kind.HEAD_ROW_REFUSED, address), rows=rows
        )


def _origin(home: HouseholdDraft, column: Column) -> int:
    columns = home.sheet.blocks.columns
    return home.block.origins[columns.index(column)] if column in columns else home.first_row


def _note_missing_head(family: FamilyDraft) -> None:
    home = family.home
    places = home.sheet.places
    column = Column.RELATION if Column.RELATION in places else Column.HEAD_NAME
    finding = Finding(Kind.HOUSEHOLD_WITHOUT_HEAD, home.head_name or "—")
    home.sheet.note(home.first_row, column, finding, rows=home.block.rows)


def _compare_sex(person: PersonDraft) -> None:
    is_wrong = (person.sex is Sex.FEMALE and person.relation in MALE_RELATIONS) or (
        person.sex is Sex.MALE and person.relation in FEMALE_RELATIONS
    )
    if is_wrong and Column.RELATION in person.sheet.places:
        finding = Finding(Kind.RELATION_CONTRADICTS_SEX, SEX_WORDS[person.sex])
        person.sheet.note(person.row, Column.RELATION, finding)
