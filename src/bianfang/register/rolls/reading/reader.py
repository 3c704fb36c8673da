"""From a file to a reading: the one entry to this package."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bianfang.register.rolls.reading.areas import AreaIndex, AreaPath, RareName, tree_from
from bianfang.register.rolls.reading.blocks import Blocks
from bianfang.register.rolls.reading.cells import Finding
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.duplicates import check_duplicates, gather_families
from bianfang.register.rolls.reading.heads import FamilyDraft, check_family
from bianfang.register.rolls.reading.household_cells import (
    HouseholdDraft,
    locate_household,
    read_households,
)
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.numbers import common_width
from bianfang.register.rolls.reading.people import PersonDraft, ReadingRules, read_people
from bianfang.register.rolls.reading.problems import Problem
from bianfang.register.rolls.reading.report import RollReading, SheetReport
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.reading.sheet_xml import column_index
from bianfang.register.rolls.reading.sheets import OpenSheet
from bianfang.register.rolls.reading.understanding import SheetPlan, understand_sheets
from bianfang.register.rolls.reading.workbook import Cell, open_workbook

Progress = Callable[[int], None]

_OPENED, _SORTED, _PLACED, _READ, _DONE = 35, 45, 60, 85, 100


def read_roll(
    source: Path | bytes,
    *,
    areas: AreaIndex | Literal["from_file"],
    as_of: date,
    allow_invented_phones: bool = False,
    hidden_sheets: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> RollReading:
    """Read a household roll; raises UnreadableWorkbookError when the file is no workbook.

    `areas` is the town's tree, or "from_file" while the register has none: the tree is then what
    most households of the workbook say. No birth may lie after `as_of`. Invented phones are for the
    demonstration only. `progress` is told the percentage done.
    """
    tell = progress or _say_nothing
    raw_sheets = list(open_workbook(source, hidden=hidden_sheets))
    tell(_OPENED)
    index = None if areas == "from_file" else areas
    plans = understand_sheets(raw_sheets, index)
    tell(_SORTED)
    work = _Work(plans, ReadingRules(as_of=as_of, allow_invented_phones=allow_invented_phones))
    tree = work.place_households(index)
    tell(_PLACED)
    work.read_people()
    tell(_READ)
    reading = work.finish(tree)
    tell(_DONE)
    return reading


def _say_nothing(percent: int) -> None:
    """Nobody is watching."""


@dataclass(kw_only=True, slots=True)
class _Sheet:
    opened: OpenSheet
    plan: SheetPlan
    homes: list[HouseholdDraft]


class _Work:
    def __init__(self, plans: Sequence[SheetPlan], rules: ReadingRules) -> None:
        self.reports: list[SheetReport] = [plan.report for plan in plans]
        self.rules = rules
        self.sheets = list(self._opened(plans))
        self.people: list[PersonDraft] = []

    @staticmethod
    def _opened(plans: Sequence[SheetPlan]) -> Iterable[_Sheet]:
        opened = [
            (plan, OpenSheet(plan.raw, plan.header, plan.lines, plan.blocks))
            for plan in plans
            if plan.header and plan.lines and plan.blocks and plan.report.is_read
        ]
        width = common_width(cell for _, sheet in opened for cell in _number_cells(sheet.blocks))
        for plan, sheet in opened:
            yield _Sheet(opened=sheet, plan=plan, homes=read_households(sheet, width))

    def place_households(self, index: AreaIndex | None) -> AreaIndex:
        """Find every household in the tree; without one, the workbook itself describes it."""
        homes = [home for sheet in self.sheets for home in sheet.homes]
        rare: Sequence[RareName] = ()
        if index is None:
            index, rare = tree_from(_area_counts(homes))
        for sheet in self.sheets:
            fallback = sheet.plan.find_area(index)
            for home in sheet.homes:
                locate_household(home, index, fallback)
        _note_rare_names(homes, rare)
        return index

    def read_people(self) -> None:
        for sheet in self.sheets:
            self.people += read_people(sheet.opened, sheet.homes, self.rules)

    def finish(self, index: AreaIndex) -> RollReading:
        families = gather_families(self.people)
        check_duplicates(families, self.people)
        for family in families:
            check_family(family)
        rows = {
            id(person): _row_of(person, family) for family in families for person in family.members
        }
        return RollReading(
            sheets=tuple(self.reports),
            rows=tuple(rows[id(person)] for person in self.people),
            households=tuple(_household_of(family, rows) for family in families),
            problems=tuple(
                problem
                for sheet in self.sheets
                for problem in sorted(sheet.opened.problems, key=_problem_place)
            ),
            skipped=tuple(row for sheet in self.sheets for row in sheet.opened.lines.skipped),
            areas=index,
        )


def _number_cells(blocks: Blocks) -> list[Cell]:
    if Column.HOUSEHOLD_NO not in blocks.columns:
        return []
    at = blocks.columns.index(Column.HOUSEHOLD_NO)
    return [block.cells[at] for block in blocks.blocks]


def _area_counts(homes: Iterable[HouseholdDraft]) -> Counter[AreaPath]:
    """Households per place as written; a household without a hamlet lives in its village's own."""
    counts: Counter[AreaPath] = Counter()
    for home in homes:
        community, village, hamlet = home.areas
        if community and (village or hamlet):
            counts[AreaPath(community, village or hamlet, hamlet or village)] += 1
    return counts


def _note_rare_names(homes: Iterable[HouseholdDraft], rare: Iterable[RareName]) -> None:
    neighbours = {name.path: name.neighbour for name in rare}
    for home in homes:
        if home.path in neighbours:
            finding = Finding(Kind.AREA_RARE_NAME, neighbours[home.path])
            column = Column.HAMLET if Column.HAMLET in home.sheet.places else Column.VILLAGE
            home.sheet.note(home.first_row, column, finding, rows=home.block.rows)


def _problem_place(problem: Problem) -> tuple[int, int]:
    return problem.row, column_index(problem.cell.rstrip("0123456789"))


def _row_of(person: PersonDraft, family: FamilyDraft) -> RollRow:
    home, identity = family.home, person.identity
    return RollRow(
        sheet=person.sheet.name,
        row=person.row + 1,
        household_key=family.key,
        path=home.path,
        household_no=home.household_no,
        door=home.door,
        head_name=home.head_name,
        status=home.status,
        name=person.name,
        relation=person.relation,
        sex=person.sex,
        id_number=identity.number if identity else "",
        id_is_verified=identity is not None and identity.is_verified,
        birth_date=person.birth_date,
        phone=person.phone,
        away_place=person.away_place,
        dibao=person.dibao,
        tekun=person.tekun,
        disability=person.disability,
        note=person.note,
        is_importable=not person.is_refused,
    )


def _household_of(family: FamilyDraft, rows: dict[int, RollRow]) -> RollHousehold:
    home, head = family.home, family.head
    return RollHousehold(
        key=family.key,
        sheet=home.sheet.name,
        row=home.first_row + 1,
        path=home.path,
        household_no=home.household_no,
        door=home.door,
        head_name=home.head_name,
        status=home.status,
        head=rows[id(head)] if head is not None and not head.is_refused else None,
        members=tuple(rows[id(person)] for person in family.members),
    )
