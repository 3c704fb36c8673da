"""Where the table of a sheet begins and what its columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bianfang.kernel.codes.digits import code_text
from bianfang.register.rolls.reading.columns import REQUIRED, TITLES, Column
from bianfang.register.rolls.reading.sheet_xml import column_letters
from bianfang.register.rolls.reading.synonyms import find_column, group_stem, is_ignored
from bianfang.register.rolls.reading.workbook import Cell, RawSheet

_SEARCHED_ROWS = 60
_MAX_DEPTH = 3
_MIN_COLUMNS = 3
_SAMPLED_ROWS = 300
_NOTE = re.compile(
    r"(?:填报|填表|制表|上报|报送|编制)?(?:单位|日期|时间|人|说明|要求)?(?:\([^)]*\))?:"
    r"|(?:注|说明|备注|单位|统计时间|截止|数据截止)(?:\b|:|时间|日期|[0-9])"
)


class ColumnUse(StrEnum):
    """What becomes of a column."""

    READ = "read"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetColumn:
    """A column as the sheet heads it; `index` counts from 0, `column` is its meaning if any."""

    index: int
    letters: str
    header: str
    column: Column | None
    use: ColumnUse


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The header of a sheet; rows count from 1, as Excel shows them."""

    first_row: int
    last_row: int
    columns: tuple[SheetColumn, ...]
    title_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    titles: tuple[str, ...]

    @property
    def places(self) -> dict[Column, int]:
        """The index of each column that is read."""
        return {c.column: c.index for c in self.columns if c.use is ColumnUse.READ and c.column}

    @property
    def missing(self) -> tuple[tuple[Column, ...], ...]:
        """The groups of `REQUIRED` of which the sheet has no column."""
        places = self.places
        return tuple(group for group in REQUIRED if not any(c in places for c in group))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    top: int
    depth: int
    columns: tuple[SheetColumn, ...]

    @property
    def meanings(self) -> int:
        """How many different things the columns mean."""
        return len({c.column for c in self.columns if c.column})

    @property
    def rank(self) -> tuple[int, int, int]:
        """More meanings are better; two columns of one meaning lack the group that tells them."""
        known = sum(1 for c in self.columns if c.column)
        return 2 * self.meanings - known, -self.depth, -self.top


def find_header(sheet: RawSheet) -> Header | None:
    """The rows whose texts name the most columns; None when no row names three of them."""
    grid = _filled_grid(sheet)
    candidates = [
        _Candidate(top=top, depth=depth, columns=_columns(grid[top : top + depth]))
        for depth in range(1, _MAX_DEPTH + 1)
        for top in range(len(grid) - depth + 1)
    ]
    best = max(candidates, key=lambda candidate: candidate.rank, default=None)
    if best is None or best.meanings < _MIN_COLUMNS:
        return None
    bottom = best.top + best.depth
    titles, notes = _rows_above(grid[: best.top])
    return Header(
        first_row=best.top + 1,
        last_row=bottom,
        columns=_without_duplicates(best.columns, sheet.rows[bottom : bottom + _SAMPLED_ROWS]),
        title_rows=tuple(titles),
        note_rows=tuple(notes),
        titles=tuple(titles.values()),
    )


def _filled_grid(sheet: RawSheet) -> list[list[str]]:
    """The texts of the first rows, merged cells filled in both directions."""
    grid = [[_text(cell) for cell in row] for row in sheet.rows[:_SEARCHED_ROWS]]
    for merge in sheet.merges:
        if merge.top >= len(grid):
            continue
        value = grid[merge.top][merge.left] if merge.left < len(grid[merge.top]) else ""
        for row in grid[merge.top : merge.bottom + 1]:
            row[merge.left : merge.right + 1] = [value] * len(row[merge.left : merge.right + 1])
    return grid


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else str(cell)


def _columns(rows: Sequence[Sequence[str]]) -> tuple[SheetColumn, ...]:
    stacks = list(zip(*rows, strict=False))
    columns = []
    for index, stack in enumerate(stacks):
        texts = _distinct(stack)
        if not texts:
            continue
        groups_one = index == 0 or stacks[index - 1][0] != stack[0]
        groups_one = groups_one and (index + 1 == len(stacks) or stacks[index + 1][0] != stack[0])
        column, is_known = _meaning(texts, groups_one=groups_one)
        use = ColumnUse.READ if column else ColumnUse.IGNORED if is_known else ColumnUse.UNKNOWN
        columns.append(
            SheetColumn(
                index=index,
                letters=column_letters(index),
                header=" / ".join(texts),
                column=column,
                use=use,
            )
        )
    return tuple(columns)


def _distinct(stack: Sequence[str]) -> list[str]:
    texts: list[str] = []
    for text in stack:
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return texts


def _meaning(texts: Sequence[str], *, groups_one: bool) -> tuple[Column | None, bool]:
    """The meaning of stacked headers, and whether they are familiar at all.

    Below a group of the head alone (户主信息: 姓名, 身份证号, 电话) stands nothing of the person.
    """
    leaf = texts[-1]
    if len(texts) == 1:
        return find_column(leaf), is_ignored(leaf)
    stem = group_stem(texts[-2])
    column = find_column(stem + leaf)
    if column is None and not stem.startswith("户主"):
        column = find_column(leaf) or (find_column(texts[-2]) if groups_one else None)
    is_known = stem.startswith("户主") or is_ignored(leaf) or is_ignored(stem + leaf)
    return column, is_known


def _without_duplicates(
    columns: Sequence[SheetColumn], rows: Sequence[Sequence[Cell]]
) -> tuple[SheetColumn, ...]:
    """Of columns with one meaning keep the one titled as ours, else the fuller, else the first."""
    winners: dict[Column, SheetColumn] = {}
    for column in columns:
        if column.column is None:
            continue
        other = winners.get(column.column)
        if other is None or _weight(column, rows) > _weight(other, rows):
            winners[column.column] = column
    return tuple(
        column
        if column.column is None or winners[column.column] is column
        else SheetColumn(
            index=column.index,
            letters=column.letters,
            header=column.header,
            column=column.column,
            use=ColumnUse.DUPLICATE,
        )
        for column in columns
    )


def _weight(column: SheetColumn, rows: Sequence[Sequence[Cell]]) -> tuple[bool, int]:
    filled = sum(1 for row in rows if row[column.index] != "")
    is_ours = column.column is not None and column.header == TITLES[column.column]
    return is_ours, filled


def _rows_above(grid: Sequence[Sequence[str]]) -> tuple[dict[int, str], dict[int, str]]:
    """Title rows and note rows with their texts; a note says who filled the form, when and how."""
    titles: dict[int, str] = {}
    notes: dict[int, str] = {}
    for row, texts in enumerate(grid, 1):
        first = next(filter(None, texts), "")
        if first:
            (notes if _NOTE.match(code_text(first)) else titles)[row] = first
    return titles, notes
