"""Sheet by sheet: what it is, whether it can be read, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.blocks import Blocks
from bianfang.register.rolls.reading.cells import is_blank
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.lines import Lines, sort_lines
from bianfang.register.rolls.reading.report import (
    AreaSource,
    HouseholdCells,
    SheetOutcome,
    SheetReport,
)
from bianfang.register.rolls.reading.structure import Header, find_header
from bianfang.register.rolls.reading.workbook import RawSheet

_OF_PEOPLE = (Column.NAME, Column.ID, Column.HEAD_NAME)
_PLACE = (Column.VILLAGE, Column.HAMLET)


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPlan:
    """A sheet with its report and, where people can be read, the table in it."""

    raw: RawSheet
    report: SheetReport
    header: Header | None = None
    lines: Lines | None = None
    blocks: Blocks | None = None

    def find_area(self, index: AreaIndex) -> tuple[str, str]:
        """The (village, hamlet) that the sheet's name or its title names, if its columns do not."""
        if self.header is None:
            return "", ""
        for text in (self.raw.name, *self.header.titles):
            place = index.find_in_text(text)
            if place is not None:
                return place
        return "", ""


def understand_sheets(sheets: Iterable[RawSheet], index: AreaIndex | None) -> list[SheetPlan]:
    """Understand every sheet; `index` is None while the tree is to come from the file."""
    return [_understand(sheet, index) for sheet in sheets]


def _understand(sheet: RawSheet, index: AreaIndex | None) -> SheetPlan:
    if not sheet.is_read:
        return _unread(sheet, SheetOutcome.HIDDEN)
    if not any(not is_blank(cell) for row in sheet.rows for cell in row):
        return _unread(sheet, SheetOutcome.EMPTY)
    header = find_header(sheet)
    if header is None or not any(column in header.places for column in _OF_PEOPLE):
        return _unread(sheet, SheetOutcome.NO_HEADER)
    missing = header.missing
    lines = sort_lines(sheet, header)
    source = _area_source(sheet, header, lines, index)
    if source is AreaSource.NOWHERE:
        missing += (_PLACE,)
    if index is None and Column.COMMUNITY not in header.places:
        missing += ((Column.COMMUNITY,),)
    outcome = _outcome(missing, lines)
    blocks = Blocks(sheet, header, lines) if outcome is SheetOutcome.READ else None
    report = _report(sheet, header, outcome, missing, source, lines, blocks)
    return SheetPlan(raw=sheet, report=report, header=header, lines=lines, blocks=blocks)


def _unread(sheet: RawSheet, outcome: SheetOutcome) -> SheetPlan:
    report = SheetReport(name=sheet.name, state=sheet.state, outcome=outcome)
    return SheetPlan(raw=sheet, report=report)


def _outcome(missing: tuple[tuple[Column, ...], ...], lines: Lines) -> SheetOutcome:
    if missing:
        return SheetOutcome.COLUMNS_MISSING
    return SheetOutcome.READ if lines.people else SheetOutcome.NO_ROWS


def _area_source(
    sheet: RawSheet, header: Header, lines: Lines, index: AreaIndex | None
) -> AreaSource:
    if any(column in header.places for column in _PLACE):
        return AreaSource.COLUMNS
    if index is None:
        return AreaSource.NOWHERE
    if any(section and index.find_in_text(section) for _, section in lines.breaks):
        return AreaSource.SECTIONS
    if index.find_in_text(sheet.name):
        return AreaSource.SHEET_NAME
    if any(index.find_in_text(title) for title in header.titles):
        return AreaSource.TITLE
    return AreaSource.NOWHERE


def _report(
    sheet: RawSheet,
    header: Header,
    outcome: SheetOutcome,
    missing: tuple[tuple[Column, ...], ...],
    source: AreaSource,
    lines: Lines,
    blocks: Blocks | None,
) -> SheetReport:
    return SheetReport(
        name=sheet.name,
        state=sheet.state,
        outcome=outcome,
        title_rows=header.title_rows,
        note_rows=header.note_rows,
        header_rows=(header.first_row, header.last_row),
        columns=header.columns,
        missing=missing,
        area_source=source,
        household_cells=_household_cells(sheet, blocks) if blocks else None,
        merged_households=blocks.merged if blocks else (),
        person_rows=len(lines.people),
    )


def _household_cells(sheet: RawSheet, blocks: Blocks) -> HouseholdCells:
    if blocks.merged:
        return HouseholdCells.MERGED
    later = [row for block in blocks.blocks for row in block.rows[1:]]
    blank = sum(
        1 for row in later if all(is_blank(sheet.rows[row][place]) for place in blocks.places)
    )
    return HouseholdCells.FIRST_ROW if blank * 2 > len(later) else HouseholdCells.EVERY_ROW
