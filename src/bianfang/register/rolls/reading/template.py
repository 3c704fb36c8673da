"""The workbook that an office fills in, and the export of the register in the same form.

Both have the columns of `columns.TABLE` under our own titles, so reading gives back what was
written. The writer adds the sheet of drop-down words itself.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from bianfang.kernel.codes.people_codes import RELATION_WORDS, SEX_WORDS
from bianfang.kernel.documents.table import Column as SheetColumn
from bianfang.kernel.documents.table import ColumnKind, Note, Row, Table
from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.columns import AREA_COLUMNS, TABLE, Column, Form
from bianfang.register.rolls.reading.vocabulary import (
    DISABILITY_KINDS,
    DISABILITY_LEVELS,
    STATUS_WORDS,
    YES_NO_WORDS,
)

DATA_SHEET = "数据"
NOTE_SHEET = "填写说明"
_EMPTY_ROWS = 2000

_KINDS = {
    Form.NUMBER: ColumnKind.INTEGER,
    Form.TEXT: ColumnKind.TEXT,
    Form.DATE: ColumnKind.DATE,
    Form.CHOICE: ColumnKind.TEXT,
}


def sheet_columns() -> tuple[SheetColumn, ...]:
    """The columns of our own files."""
    return tuple(
        SheetColumn(key=spec.column, title=spec.title, width=spec.width, kind=_KINDS[spec.form])
        for spec in TABLE
    )


def choices(areas: AreaIndex) -> Mapping[str, Sequence[str]]:
    """The words to choose from, by column; the town's own areas among them."""
    yes_no = [word for word in YES_NO_WORDS.values() if word]
    fixed: dict[Column, Sequence[str]] = {
        Column.RELATION: list(RELATION_WORDS.values()),
        Column.SEX: list(SEX_WORDS.values()),
        Column.STATUS: [word for word in STATUS_WORDS.values() if word],
        Column.DIBAO: yes_no,
        Column.TEKUN: yes_no,
        Column.DISABILITY: [k + level for k in DISABILITY_KINDS for level in DISABILITY_LEVELS],
    }
    placed = {column: areas.names(column) for column in AREA_COLUMNS}
    return {str(column): words for column, words in {**placed, **fixed}.items() if words}


def template_sheets(areas: AreaIndex) -> tuple[Table, Note]:
    """The empty template: the table with drop-downs, and how to fill it in."""
    table = Table(
        name=DATA_SHEET,
        columns=sheet_columns(),
        rows=(),
        choices=choices(areas),
        empty_rows=_EMPTY_ROWS,
    )
    return table, Note(name=NOTE_SHEET, lines=_lines())


def export_table(
    rows: Iterable[Row], *, row_count: int, title: str = "", subtitles: Sequence[str] = ()
) -> Table:
    """The register in the form of a roll; `rows` come from `rows.export_cells`."""
    return Table(
        name=DATA_SHEET,
        columns=sheet_columns(),
        rows=rows,
        title=title,
        subtitles=subtitles,
        row_count=row_count,
    )


def _lines() -> list[str]:
    lines = [
        _("One person a row; all people of a household stand together, the head first."),
        _("Columns may be left out or put in another order, other titles are understood as well."),
        _(
            "Numbers (household, identity, phone) are text: an identity number typed as a number"
            " loses its last digits for good."
        ),
        _("What is not known stays empty. An empty cell never means “no”."),
        "",
    ]
    for spec in TABLE:
        mark = _("compulsory") if spec.is_compulsory else _("optional")
        lines.append(f"{spec.title} ({spec.label}, {mark}): {spec.hint}")
    return lines
