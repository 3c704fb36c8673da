"""What a table consists of, whichever file it becomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

CellValue = str | int | Decimal | date | datetime | None
Row = Sequence[CellValue]


class ColumnKind(StrEnum):
    """How the values of a column are stored and shown."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"


class Paper(StrEnum):
    """Paper for printing, always landscape."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; `width` is in characters of the body font, a Chinese one counting as two."""

    key: str
    title: str
    width: float = 12
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A titled table on one sheet.

    `rows` give their values in the order of the columns and are read once. `row_count` tells how
    many are expected, if known: large tables are then written row by row without being held.
    `choices` offers drop-down lists by column key; `empty_rows` leaves room below for typing.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    title: str = ""
    subtitles: Sequence[str] = ()
    row_count: int = 0
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    empty_rows: int = 0
    paper: Paper = Paper.A3


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A sheet of plain lines, such as how to fill in a template."""

    name: str
    lines: Sequence[str]
