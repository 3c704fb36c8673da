"""One sheet on its way: its table, and the notebook in which its problems are written."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bianfang.register.rolls.reading.blocks import Blocks
from bianfang.register.rolls.reading.cells import Finding, Parsed, as_typed
from bianfang.register.rolls.reading.columns import TITLES, Column
from bianfang.register.rolls.reading.kinds import SEVERITY, WITHOUT_VALUE_AFTER, Kind, Severity
from bianfang.register.rolls.reading.lines import Lines
from bianfang.register.rolls.reading.problems import Problem, RowRef
from bianfang.register.rolls.reading.sheet_xml import FormulaCell, column_letters
from bianfang.register.rolls.reading.structure import Header
from bianfang.register.rolls.reading.workbook import Cell, RawSheet

T = TypeVar("T")

_FORMULA_KINDS = frozenset({Kind.FORMULA_CELL, Kind.FORMULA_ERROR, Kind.FORMULA_WITHOUT_VALUE})
_MAX_EXACT = 2**53


class OpenSheet:
    """A sheet whose people are being read; rows count from 0 in here and from 1 in problems."""

    def __init__(self, raw: RawSheet, header: Header, lines: Lines, blocks: Blocks) -> None:
        self.raw = raw
        self.name = raw.name
        self.header = header
        self.lines = lines
        self.blocks = blocks
        self.places = header.places
        self.problems: list[Problem] = []
        self._titles = {c.index: c.header for c in header.columns}
        self._anchor = self.places[Column.NAME]

    def place_of(self, column: Column) -> int:
        """Where a column stands; what has no column of its own is shown at the name."""
        return self.places.get(column, self._anchor)

    def cell(self, row: int, column: Column) -> Cell:
        """What a cell holds; an absent column is empty."""
        place = self.places.get(column)
        return "" if place is None else self.raw.rows[row][place]

    def address(self, row: int, column: Column) -> str:
        """The cell as Excel names it, with its sheet."""
        return f"{self.name}!{column_letters(self.place_of(column))}{row + 1}"

    def note(
        self,
        row: int,
        column: Column,
        finding: Finding,
        *,
        value: str | None = None,
        read: Cell | None = None,
        severity: Severity | None = None,
        rows: Sequence[int] = (),
        related: RowRef | None = None,
    ) -> None:
        """Write a problem down; `value` is what the cell became, where that says anything."""
        kind = finding.kind
        place = self.place_of(column)
        grade = severity or SEVERITY[kind]
        has_value = grade in (Severity.WARNING, Severity.FIXED) and kind not in WITHOUT_VALUE_AFTER
        self.problems.append(
            Problem(
                sheet=self.name,
                row=row + 1,
                header=self._titles.get(place, TITLES[column]),
                cell=f"{column_letters(place)}{row + 1}",
                column=column,
                kind=kind,
                severity=grade,
                read=self._read(row, place, kind, read),
                value_after=value if has_value and severity is None else None,
                hint=finding.hint,
                applies_to_rows=tuple(r + 1 for r in rows) if len(rows) > 1 else (),
                related_row=related,
            )
        )

    def _read(self, row: int, place: int, kind: Kind, read: Cell | None) -> str | int | float:
        formula = self.raw.formulas.get((row, place))
        if formula is not None and kind in _FORMULA_KINDS:
            return formula.text
        cell = self.raw.rows[row][place] if read is None else read
        if isinstance(cell, float):
            is_whole = cell.is_integer() and abs(cell) < _MAX_EXACT
            return int(cell) if is_whole else cell
        return cell if isinstance(cell, str | int) else _day(as_typed(cell))

    def parse(self, row: int, column: Column, parse: Callable[[Cell], Parsed[T]]) -> Parsed[T]:
        """The cell's value with its findings, formulas seen through."""
        return self.parse_cell(row, column, self.cell(row, column), parse)

    def parse_cell(
        self, row: int, column: Column, cell: Cell, parse: Callable[[Cell], Parsed[T]]
    ) -> Parsed[T]:
        """The same where the cell is at hand."""
        if not self.raw.formulas:
            return parse(cell)
        formula = self.raw.formulas.get((row, self.places.get(column, -1)))
        return parse(cell) if formula is None else _through_formula(formula, cell, parse)


def _day(text: str) -> str:
    return text.removesuffix(" 00:00:00")


def _through_formula(
    formula: FormulaCell, cell: Cell, parse: Callable[[Cell], Parsed[T]]
) -> Parsed[T]:
    """The stored result counts, and only what is wrong with it; a failed one is an empty cell."""
    is_lost = formula.is_failed or not formula.has_result
    parsed = parse("" if is_lost else cell)
    if formula.is_failed:
        first = Finding(Kind.FORMULA_ERROR)
    elif is_lost:
        first = Finding(Kind.FORMULA_WITHOUT_VALUE)
    else:
        first = Finding(Kind.FORMULA_CELL)
    rest = (f for f in parsed.findings if SEVERITY[f.kind] is not Severity.FIXED)
    return Parsed(parsed.value, (first, *rest))
