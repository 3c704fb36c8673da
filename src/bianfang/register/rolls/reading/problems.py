"""The record of one odd cell, and its form without personal numbers."""

import re
from dataclasses import dataclass, replace

from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.sheet_xml import column_index


@dataclass(frozen=True, kw_only=True, slots=True)
class RowRef:
    """A row of the workbook; rows count from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One odd cell: where it is, what was read, what it became.

    `header` is the column's title as the sheet writes it; `read` is what stood there (a formula as
    its text); `value_after` is None when nothing was put in its place. A problem of a household's
    cell stands once, at its first row, with all rows it speaks of in `applies_to_rows`. `hint` is
    what the sentence needs besides, such as near names. Identity numbers are in here in full: show
    and store only what `masked` returns.
    """

    sheet: str
    row: int
    header: str
    cell: str
    column: Column
    kind: Kind
    severity: Severity
    read: str | int | float
    value_after: str | None = None
    hint: str = ""
    applies_to_rows: tuple[int, ...] = ()
    related_row: RowRef | None = None

    @property
    def place(self) -> int:
        """The column's place, counted from 1."""
        return column_index(self.cell.rstrip("0123456789")) + 1

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row the problem speaks of."""
        return self.applies_to_rows or (self.row,)

    def masked(self) -> "Problem":
        """The same without full identity numbers and phones: for storing, logs and lists."""
        if self.column in _UNMASKED_COLUMNS:
            return self
        return replace(
            self,
            read=mask_read(self.column, self.read),
            value_after=None if self.value_after is None else mask_numbers(self.value_after),
            hint=mask_numbers(self.hint),
        )


_UNMASKED_COLUMNS = frozenset({Column.SERIAL, Column.HOUSEHOLD_NO, Column.BIRTH, Column.DOOR})
_DIGIT = "[0-9\uff10-\uff19]"
_RUN = re.compile(rf"{_DIGIT}(?:[\s\u200b-\u200f\ufeff\-]?{_DIGIT}){{6,}}[Xx\uff38\uff58]?")
_ID_LENGTH = 14
_PHONE_LENGTH = 10


def mask_numbers(text: str) -> str:
    """The text with every long number masked: 999999********1234 as id, 100****5678 as phone."""
    return _RUN.sub(_mask, text)


def mask_read(column: Column, read: str | int | float) -> str | int | float:
    """What was read, fit to be stored: a number cell shows no more than Excel would."""
    if isinstance(read, str):
        return mask_numbers(read)
    if column is Column.ID:
        return f"{read:.2E}" if isinstance(read, float) else mask_numbers(str(read))
    return mask_numbers(str(read)) if column is Column.PHONE else read


def _mask(match: re.Match[str]) -> str:
    run = match[0]
    front = 6 if len(run) >= _ID_LENGTH else 3 if len(run) >= _PHONE_LENGTH else 0
    return run[:front] + "*" * (len(run) - front - 4) + run[-4:]
