"""Rows that stand together as one household, with the household's cells filled down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bianfang.kernel.codes.people_codes import Relation
from bianfang.register.rolls.reading.cells import is_blank
from bianfang.register.rolls.reading.columns import HOUSEHOLD_COLUMNS, Column
from bianfang.register.rolls.reading.lines import Lines
from bianfang.register.rolls.reading.structure import Header
from bianfang.register.rolls.reading.values import parse_relation
from bianfang.register.rolls.reading.workbook import Cell, RawSheet

_OWN = (Column.HOUSEHOLD_NO, Column.DOOR, Column.HEAD_NAME)
_AREAS = (Column.HAMLET, Column.VILLAGE)
_BY_PLACE = (*_AREAS, Column.DOOR, Column.HEAD_NAME)


@dataclass(kw_only=True, slots=True)
class Block:
    """Consecutive rows of one household; rows count from 0.

    `cells` are the household's cells as first read, `origins` the row each was read in, `others`
    what later rows say differently. `is_orphan` when no household stands above to fill down from.
    """

    rows: list[int]
    cells: list[Cell]
    origins: list[int]
    others: list[tuple[int, int, Cell]] = field(default_factory=list)
    section: str = ""
    is_orphan: bool = False


class Blocks:
    """The blocks of a sheet and the household columns they are made of."""

    def __init__(self, sheet: RawSheet, header: Header, lines: Lines) -> None:
        places = header.places
        self.columns: tuple[Column, ...] = tuple(c for c in HOUSEHOLD_COLUMNS if c in places)
        self.places = tuple(places[c] for c in self.columns)
        self._sheet = sheet
        self._lines = lines
        self._relation = places.get(Column.RELATION)
        self._has_number = Column.HOUSEHOLD_NO in places
        self._has_own = any(c in places for c in _OWN)
        self._number = self.columns.index(Column.HOUSEHOLD_NO) if self._has_number else None
        own = [places[c] for c in _OWN if c in places]
        self._merged = _merged_rows(sheet, own[0]) if own else {}
        self.blocks = tuple(self._split())

    @property
    def merged(self) -> tuple[tuple[int, int], ...]:
        """First and last row (from 1) of each household whose cells are merged."""
        spans = {(top + 1, bottom + 1) for top, bottom in self._merged.values()}
        return tuple(sorted(spans))

    def _split(self) -> Iterator[Block]:
        breaks = iter((*self._lines.breaks, (len(self._sheet.rows), "")))
        next_break, next_section = next(breaks)
        section = ""
        block: Block | None = None
        for row in self._lines.people:
            is_broken = row > next_break
            while row > next_break:
                section = next_section or section
                next_break, next_section = next(breaks)
            cells = self._cells(row)
            if block is not None and not is_broken and self._continues(block, row, cells):
                self._add(block, row, cells)
                continue
            if block is not None:
                yield block
            block = Block(rows=[row], cells=cells, origins=[row] * len(cells), section=section)
            block.is_orphan = self._has_own and all(map(is_blank, cells))
        if block is not None:
            yield block

    def _cells(self, row: int) -> list[Cell]:
        line = self._sheet.rows[row]
        return [line[place] for place in self.places]

    def _continues(self, block: Block, row: int, cells: Sequence[Cell]) -> bool:
        if not self._has_own:
            return not self._is_head(row) and not self._moves(block, cells)
        if cells == block.cells:
            return True
        number = "" if self._number is None else cells[self._number]
        if self._number is not None and not is_blank(number):
            return number == block.cells[self._number] and not self._moves(block, cells, _AREAS)
        if all(map(is_blank, cells)):
            return self._may_fill_down(block, row)
        return not self._moves(block, cells)

    def _moves(
        self, block: Block, cells: Sequence[Cell], columns: Sequence[Column] = _BY_PLACE
    ) -> bool:
        """Whether place, door or head read otherwise than above: another household begins."""
        return any(
            column in columns and not is_blank(cells[at]) and cells[at] != block.cells[at]
            for at, column in enumerate(self.columns)
        )

    def _may_fill_down(self, block: Block, row: int) -> bool:
        """Inside a merged range always; below its end a second head begins a household unnamed."""
        span = self._merged.get(block.rows[0])
        if span is None or row <= span[1]:
            return True
        return not self._is_head(row)

    def _is_head(self, row: int) -> bool:
        if self._relation is None:
            return False
        return parse_relation(self._sheet.rows[row][self._relation]).value is Relation.HEAD

    def _add(self, block: Block, row: int, cells: list[Cell]) -> None:
        block.rows.append(row)
        if cells == block.cells:
            return
        for at, cell in enumerate(cells):
            if is_blank(cell) or cell == block.cells[at]:
                continue
            if is_blank(block.cells[at]):
                block.cells[at] = cell
                block.origins[at] = row
            else:
                block.others.append((at, row, cell))


def _merged_rows(sheet: RawSheet, place: int) -> dict[int, tuple[int, int]]:
    """The vertical merges of a column by each of their rows."""
    spans: dict[int, tuple[int, int]] = {}
    for merge in sheet.merges:
        if merge.left <= place <= merge.right and merge.bottom > merge.top:
            for row in range(merge.top, merge.bottom + 1):
                spans[row] = (merge.top, merge.bottom)
    return spans
