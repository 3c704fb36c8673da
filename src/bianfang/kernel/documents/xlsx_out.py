"""Styled workbooks from declared tables: frozen header, filter, print layout, drop-down lists."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bianfang.kernel import clock
from bianfang.kernel.documents.sheet_names import free_sheet_name
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Note, Paper, Table

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_LINES = {"border": 1, "border_color": "#B8C0CC"}
_FORMATS: dict[ColumnKind, dict[str, Any]] = {
    ColumnKind.TEXT: {"num_format": "@", "text_wrap": True},
    ColumnKind.INTEGER: {"num_format": "#,##0", "align": "right"},
    ColumnKind.DECIMAL: {"num_format": "#,##0.00#", "align": "right"},
    ColumnKind.DATE: {"num_format": "yyyy-mm-dd", "align": "center"},
    ColumnKind.DATETIME: {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
}
_PAPERS = {Paper.A3: 8, Paper.A4: 9}
_MOST_ROWS_IN_MEMORY = 50_000
_LONGEST_TEXT = 32_767
_NOTE_WIDTH = 100

_WriteCell = Callable[[int, int, Any, Format], object]


def write_workbook(target: IO[bytes], sheets: Sequence[Table | Note]) -> None:
    """Write all sheets, and one more that holds the drop-down words if any table offers choices."""
    book = Workbook(target, _options(sheets))
    names = _sheet_names(sheets)
    lists = [
        words for sheet in sheets if isinstance(sheet, Table) for words in _choices(sheet).values()
    ]
    dictionary = free_sheet_name(_("Dictionary"), names) if lists else ""
    next_list = 0
    for name, sheet in zip(names, sheets, strict=True):
        page = book.add_worksheet(name)
        if isinstance(sheet, Note):
            _write_note(book, page, sheet)
        else:
            end = _write_table(book, page, sheet)
            next_list = _offer_choices(page, sheet, end, dictionary, next_list)
    if lists:
        _write_dictionary(book, dictionary, lists)
    book.close()


def _options(sheets: Sequence[Table | Note]) -> dict[str, Any]:
    rows = max((sheet.row_count for sheet in sheets if isinstance(sheet, Table)), default=0)
    return {
        "constant_memory": rows > _MOST_ROWS_IN_MEMORY,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


def _sheet_names(sheets: Sequence[Table | Note]) -> list[str]:
    names: list[str] = []
    for sheet in sheets:
        names.append(free_sheet_name(sheet.name, names))
    return names


def _write_table(book: Workbook, page: Worksheet, table: Table) -> int:
    """Write title, header and rows; give the index of the last row that is meant to be filled."""
    header = _write_head(book, page, table)
    last = _write_rows(book, page, table, header + 1)
    for place, column in enumerate(table.columns):
        # The format of the whole column keeps numbers that are typed later as they are typed.
        kept = book.add_format({**_FONT, **_FORMATS[column.kind]}) if table.empty_rows else None
        page.set_column(place, place, column.width, kept)
    end = max(last, header) + table.empty_rows
    page.freeze_panes(header + 1, 0)
    page.autofilter(header, 0, max(end, header + 1), len(table.columns) - 1)
    _set_print_layout(page, table.paper, header)
    return end


def _write_head(book: Workbook, page: Worksheet, table: Table) -> int:
    title = book.add_format({**_FONT, "bold": True, "font_size": 16, "align": "center"})
    subtitle = book.add_format({**_FONT, "font_color": "#4A5568"})
    head = book.add_format(
        {
            **_FONT,
            **_LINES,
            "bold": True,
            "align": "center",
            "text_wrap": True,
            "bg_color": "#E6ECF4",
        }
    )
    row = 0
    if table.title:
        page.set_row(row, 30)
        _write_across(page, row, len(table.columns), table.title, title)
        row += 1
    for line in table.subtitles:
        _write_across(page, row, len(table.columns), line, subtitle)
        row += 1
    page.set_row(row, 24)
    for place, column in enumerate(table.columns):
        page.write_string(row, place, column.title, head)
    return row


def _write_across(page: Worksheet, row: int, width: int, text: str, style: Format) -> None:
    if width > 1:
        page.merge_range(row, 0, row, width - 1, "", style)
    page.write_string(row, 0, text, style)


def _write_rows(book: Workbook, page: Worksheet, table: Table, first: int) -> int:
    writers = [_writer_for(page, column) for column in table.columns]
    styles = [
        book.add_format({**_FONT, **_LINES, **_FORMATS[column.kind]}) for column in table.columns
    ]
    cells = list(zip(range(len(writers)), writers, styles, strict=True))
    number = first - 1
    write_blank = page.write_blank
    for number, row in enumerate(table.rows, first):
        for (place, write, style), value in zip(cells, row, strict=True):
            if value is None or value == "":
                write_blank(number, place, None, style)
            else:
                write(number, place, value, style)
    return number


def _writer_for(page: Worksheet, column: Column) -> _WriteCell:
    if column.kind is ColumnKind.TEXT:
        return _text_writer(page)
    if column.kind is ColumnKind.DATETIME:
        return _moment_writer(page)
    writer: _WriteCell = (
        page.write_datetime if column.kind is ColumnKind.DATE else page.write_number
    )
    return writer


def _text_writer(page: Worksheet) -> _WriteCell:
    write_string = page.write_string

    def write(row: int, place: int, value: CellValue, style: Format) -> None:
        text = str(value)
        if len(text) > _LONGEST_TEXT:
            # A cell holds no more; the sign tells the reader that something is missing.
            text = f"{text[: _LONGEST_TEXT - 1]}…"
        write_string(row, place, text, style)

    return write


def _moment_writer(page: Worksheet) -> _WriteCell:
    write_datetime = page.write_datetime

    def write(row: int, place: int, value: datetime, style: Format) -> None:
        local = clock.local(value) if value.tzinfo else value
        write_datetime(row, place, local.replace(tzinfo=None), style)

    return write


def _set_print_layout(page: Worksheet, paper: Paper, header: int) -> None:
    page.set_landscape()
    page.set_paper(_PAPERS[paper])
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.set_footer("&C" + _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"})


def _choices(table: Table) -> dict[int, Sequence[str]]:
    """The lists by the place of their column."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    return {places[key]: words for key, words in table.choices.items()}


def _offer_choices(page: Worksheet, table: Table, end: int, dictionary: str, next_list: int) -> int:
    first = len(table.subtitles) + bool(table.title) + 1
    for place, words in _choices(table).items():
        letters = xl_col_to_name(next_list, col_abs=True)
        quoted = dictionary.replace("'", "''")
        rule = {
            "validate": "list",
            "source": f"='{quoted}'!{letters}$1:{letters}${max(len(words), 1)}",
            "error_title": _("Not in the list"),
            "error_message": _("Choose one of the words of the list."),
        }
        page.data_validation(first, place, max(end, first), place, rule)
        next_list += 1
    return next_list


def _write_dictionary(book: Workbook, name: str, lists: Iterable[Sequence[str]]) -> None:
    page = book.add_worksheet(name)
    style = book.add_format({**_FONT, "num_format": "@"})
    for number, words in enumerate(zip_longest(*lists, fillvalue="")):
        for place, word in enumerate(words):
            if word:
                page.write_string(number, place, word, style)


def _write_note(book: Workbook, page: Worksheet, note: Note) -> None:
    style = book.add_format({**_FONT, "text_wrap": True, "font_size": 11})
    page.set_column(0, 0, _NOTE_WIDTH)
    for number, line in enumerate(note.lines):
        page.write_string(number, 0, line, style)
