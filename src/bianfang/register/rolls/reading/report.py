"""The result of a reading: what was understood, the people and households, the problems, totals."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.lines import LineKind, SkippedRow
from bianfang.register.rolls.reading.problems import Problem
from bianfang.register.rolls.reading.rows import RollHousehold, RollRow
from bianfang.register.rolls.reading.structure import ColumnUse, SheetColumn
from bianfang.register.rolls.reading.workbook import SheetState


class SheetOutcome(StrEnum):
    """Whether a sheet was read, and why not."""

    READ = "read"
    EMPTY = "empty"
    HIDDEN = "hidden"
    NO_HEADER = "no_header"
    COLUMNS_MISSING = "columns_missing"
    NO_ROWS = "no_rows"


class AreaSource(StrEnum):
    """Where a sheet says in which village its households live."""

    COLUMNS = "columns"
    SECTIONS = "sections"
    SHEET_NAME = "sheet_name"
    TITLE = "title"
    NOWHERE = "nowhere"


class HouseholdCells(StrEnum):
    """How a sheet writes what belongs to the whole household."""

    EVERY_ROW = "every_row"
    MERGED = "merged"
    FIRST_ROW = "first_row"


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetReport:
    """What was understood of a sheet; rows count from 1.

    `missing` are groups of columns of which one is needed; `column_notices` name columns that are
    not read. A hidden sheet is read only when its name is asked for.
    """

    name: str
    state: SheetState
    outcome: SheetOutcome
    title_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()
    header_rows: tuple[int, int] | None = None
    columns: tuple[SheetColumn, ...] = ()
    missing: tuple[tuple[Column, ...], ...] = ()
    area_source: AreaSource = AreaSource.NOWHERE
    household_cells: HouseholdCells | None = None
    merged_households: tuple[tuple[int, int], ...] = ()
    person_rows: int = 0

    @property
    def is_read(self) -> bool:
        """Whether people were read from the sheet."""
        return self.outcome is SheetOutcome.READ

    @property
    def is_at_fault(self) -> bool:
        """Whether the office should mend the sheet before it can be read."""
        return self.outcome is SheetOutcome.COLUMNS_MISSING

    def columns_used(self, use: ColumnUse) -> tuple[SheetColumn, ...]:
        """The columns of which this became: read, duplicate, ignored or unknown."""
        return tuple(column for column in self.columns if column.use is use)


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """Counts of a reading; rows of people only."""

    person_rows: int
    importable_rows: int
    error_rows: int
    rows_with_warning: int
    rows_with_fix: int
    households: int
    households_importable: int
    households_by_status: Mapping[str, int]
    skipped_rows: Mapping[LineKind, int]
    problems_by_severity: Mapping[Severity, int]
    problems_by_kind: Mapping[Kind, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class RollReading:
    """Everything that a workbook says, with nothing stored yet."""

    sheets: tuple[SheetReport, ...]
    rows: tuple[RollRow, ...] = field(repr=False)
    households: tuple[RollHousehold, ...] = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    skipped: tuple[SkippedRow, ...] = field(repr=False)
    areas: AreaIndex = field(repr=False)

    @property
    def importable_rows(self) -> tuple[RollRow, ...]:
        """The people that can be imported."""
        return tuple(row for row in self.rows if row.is_importable)

    @property
    def is_usable(self) -> bool:
        """Whether anybody can be imported at all; else the sheets' outcomes say why not."""
        return any(row.is_importable for row in self.rows)

    def totals(self) -> Totals:
        """The counts that a summary shows."""
        living = [home for home in self.households if home.is_importable]
        importable = sum(1 for row in self.rows if row.is_importable)
        return Totals(
            person_rows=len(self.rows),
            importable_rows=importable,
            error_rows=len(self.rows) - importable,
            rows_with_warning=self._count_rows(Severity.WARNING),
            rows_with_fix=self._count_rows(Severity.FIXED),
            households=len(self.households),
            households_importable=len(living),
            households_by_status=Counter(home.status.value for home in living),
            skipped_rows=Counter(row.kind for row in self.skipped),
            problems_by_severity=Counter(problem.severity for problem in self.problems),
            problems_by_kind=Counter(problem.kind for problem in self.problems),
        )

    def _count_rows(self, severity: Severity) -> int:
        return len(
            {
                (problem.sheet, row)
                for problem in self.problems
                if problem.severity is severity
                for row in problem.rows
            }
        )
