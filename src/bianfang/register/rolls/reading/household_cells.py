"""The household's own cells of a block: number, place, house number, head and status."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bianfang.register.households.enums import LivingStatus
from bianfang.register.rolls.reading.areas import AreaIndex, AreaPath
from bianfang.register.rolls.reading.blocks import Block
from bianfang.register.rolls.reading.cells import (
    Finding,
    Parsed,
    Remembered,
    as_typed,
    clean_code,
    found,
)
from bianfang.register.rolls.reading.columns import AREA_COLUMNS, SPECS, Column
from bianfang.register.rolls.reading.kinds import SEVERITY, Kind, Severity
from bianfang.register.rolls.reading.numbers import parse_household_no
from bianfang.register.rolls.reading.sheets import OpenSheet
from bianfang.register.rolls.reading.values import (
    parse_at_home,
    parse_door,
    parse_head_name,
    parse_status,
)
from bianfang.register.rolls.reading.vocabulary import STATUS_WORDS, is_null_word
from bianfang.register.rolls.reading.workbook import Cell

T = TypeVar("T")
_AT_HOME = "是否"


@dataclass(kw_only=True, slots=True)
class HouseholdDraft:
    """A block's household while it is being read; `areas` are the names as cleaned."""

    sheet: OpenSheet
    block: Block
    areas: tuple[str, str, str]
    household_no: str
    door: str
    head_name: str
    status: LivingStatus
    path: AreaPath | None = None
    is_refused: bool = False

    @property
    def first_row(self) -> int:
        """The row where the household begins, from 0."""
        return self.block.rows[0]


def parse_area_name(cell: Cell) -> Parsed[str]:
    """The name of an area as typed, without blanks and signs that mean nothing."""
    text, findings = clean_code(as_typed(cell))
    if not text or is_null_word(text):
        return Parsed("")
    limit = SPECS[Column.HAMLET].max_length or 0
    if len(text) > limit:
        return Parsed("", (*findings, Finding(Kind.TOO_LONG, str(limit))))
    return Parsed(text, findings)


def read_households(sheet: OpenSheet, width: int | None) -> list[HouseholdDraft]:
    """The households of a sheet, block by block, with what is odd about their cells noted."""
    reader = _Reader(sheet, width)
    return [reader.read(block) for block in sheet.blocks.blocks]


class _Reader:
    def __init__(self, sheet: OpenSheet, width: int | None) -> None:
        self.sheet = sheet
        self.has_error = False
        self.at = {column: at for at, column in enumerate(sheet.blocks.columns)}
        header = next((c.header for c in sheet.header.columns if c.column is Column.STATUS), "")
        self.parse_area = Remembered(parse_area_name)
        self.parse_number = partial(parse_household_no, width=width)
        self.parse_door = Remembered(parse_door)
        self.parse_head = Remembered(parse_head_name)
        self.parse_status = Remembered(parse_at_home if _AT_HOME in header else parse_status)

    def read(self, block: Block) -> HouseholdDraft:
        self.has_error = False
        community, village, hamlet = (
            self.value(block, column, self.parse_area, "", str) for column in AREA_COLUMNS
        )
        draft = HouseholdDraft(
            sheet=self.sheet,
            block=block,
            areas=(community, village, hamlet),
            household_no=self.value(block, Column.HOUSEHOLD_NO, self.parse_number, "", str),
            door=self.value(block, Column.DOOR, self.parse_door, "", str),
            head_name=self.value(block, Column.HEAD_NAME, self.parse_head, "", str),
            status=self.value(
                block,
                Column.STATUS,
                self.parse_status,
                LivingStatus.UNKNOWN,
                STATUS_WORDS.__getitem__,
            ),
        )
        draft.is_refused = self.has_error
        self._check_belonging(draft)
        return draft

    def value(
        self,
        block: Block,
        column: Column,
        parse: Callable[[Cell], Parsed[T]],
        absent: T,
        show: Callable[[T], str],
    ) -> T:
        """One household cell, filled down; what later rows say differently is noted, not taken."""
        at = self.at.get(column)
        if at is None:
            return absent
        origin = block.origins[at]
        value, findings = self.sheet.parse_cell(origin, column, block.cells[at], parse)
        others = [(row, cell) for place, row, cell in block.others if place == at]
        if findings:
            differing = {row for row, _ in others}
            rows = [row for row in block.rows if row not in differing]
            self._note(origin, column, findings, show(value), rows)
        if others:
            self._note_others(column, parse, value, others, show)
        return value

    def _note(
        self, row: int, column: Column, findings: Iterable[Finding], value: str, rows: Sequence[int]
    ) -> None:
        for finding in findings:
            self.has_error |= SEVERITY[finding.kind] is Severity.ERROR
            self.sheet.note(row, column, finding, value=value, rows=rows)

    def _note_others(
        self,
        column: Column,
        parse: Callable[[Cell], Parsed[T]],
        value: T,
        others: Sequence[tuple[int, Cell]],
        show: Callable[[T], str],
    ) -> None:
        by_cell: dict[Cell, list[int]] = {}
        for row, cell in others:
            by_cell.setdefault(cell, []).append(row)
        for rows in by_cell.values():
            other = self.sheet.parse(rows[0], column, parse)
            findings = other.findings
            if other.value != value:
                findings += found(Kind.HOUSEHOLD_CELL_DIFFERS)
            for finding in findings:
                self.sheet.note(rows[0], column, finding, value=show(value), rows=rows)

    def _check_belonging(self, draft: HouseholdDraft) -> None:
        block = draft.block
        if block.is_orphan:
            draft.is_refused = True
            self._note_block(draft, Column.HOUSEHOLD_NO, Finding(Kind.HOUSEHOLD_UNKNOWN))
        elif not draft.household_no and Column.HOUSEHOLD_NO in self.sheet.places:
            self._note_block(draft, Column.HOUSEHOLD_NO, Finding(Kind.HOUSEHOLD_NO_MISSING))

    def _note_block(self, draft: HouseholdDraft, column: Column, finding: Finding) -> None:
        self.sheet.note(draft.first_row, column, finding, rows=draft.block.rows)


def locate_household(draft: HouseholdDraft, index: AreaIndex, fallback: tuple[str, str]) -> None:
    """Find the household's hamlet; where its own cells are empty, the section or sheet tells it.

    A place that is not in the tree refuses the household's rows: no area is ever made up.
    """
    if draft.block.is_orphan:
        return
    community, village, hamlet = draft.areas
    if not village and not hamlet:
        section = index.find_in_text(draft.block.section) if draft.block.section else None
        village, hamlet = section or fallback
    located = index.locate(community, village, hamlet)
    draft.path = located.path
    if located.fault is not None:
        draft.is_refused = True
        column = _shown_column(draft.sheet, located.fault.column)
        finding = Finding(located.fault.kind, located.fault.hint)
        _note_area(draft, column, finding, None)
    for note in located.notes:
        if located.path is not None and note.column in draft.sheet.places:
            value = located.path[AREA_COLUMNS.index(note.column)]
            _note_area(draft, note.column, Finding(note.kind), value)


def _shown_column(sheet: OpenSheet, column: Column) -> Column:
    """The area column at fault, or another one that the sheet has."""
    wanted = (column, Column.HAMLET, Column.VILLAGE, Column.COMMUNITY)
    return next((c for c in wanted if c in sheet.places), column)


def _note_area(draft: HouseholdDraft, column: Column, finding: Finding, value: str | None) -> None:
    row = draft.first_row
    if column in draft.sheet.blocks.columns:
        row = draft.block.origins[draft.sheet.blocks.columns.index(column)]
    draft.sheet.note(row, column, finding, value=value, rows=draft.block.rows)
