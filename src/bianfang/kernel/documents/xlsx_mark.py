"""The office's own workbook given back: bad cells coloured and commented, a list of them in front.

This is the slow and hungry way to touch a workbook (each cell becomes an object), so it runs in a
background job and only when something is wrong. Formulas stay, but their stored results do not:
they come back when the office opens the file.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bianfang.kernel.documents.sheet_names import free_sheet_name
from bianfang.kernel.errors import DomainError

_LONGEST_TEXT = 32_767
_LONGEST_COMMENT = 1_000
_COMMENT_SIZE = (320, 120)
_WIDTHS = (14, 8, 18, 10, 30, 70, 10)
_HEAD_FILL = PatternFill("solid", start_color="E6ECF4")
_LINK_FONT = Font(color="0B57D0", underline="single")
_HEAD_FONT = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")


class RemarkKind(StrEnum):
    """How grave a remark is."""

    ERROR = "error"
    WARNING = "warning"


_FILLS = {
    RemarkKind.ERROR: PatternFill("solid", start_color="F8B4B4"),
    RemarkKind.WARNING: PatternFill("solid", start_color="FCE8A6"),
}


class MarkError(DomainError):
    """The workbook cannot be marked up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What is wrong with one cell; `row` and `column` count from 1 as the office sees them."""

    sheet: str
    row: int
    column: int
    column_title: str
    read: str
    reason: str
    kind: RemarkKind = RemarkKind.ERROR


def mark_workbook(source: Path | bytes, remarks: Sequence[Remark]) -> bytes:
    """The workbook with every remark at its cell and in a new first sheet that links to them."""
    book = _open(source)
    by_cell = defaultdict(list)
    for remark in remarks:
        if remark.sheet not in book.sheetnames:
            raise MarkError(
                _("The workbook has no sheet “%(sheet)s”: is it the file that was read?")
                % {"sheet": remark.sheet}
            )
        by_cell[remark.sheet, remark.row, remark.column].append(remark)
    for (sheet, row, column), here in by_cell.items():
        _mark_cell(book[sheet], row, column, here)
    _write_list(book, remarks)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _open(source: Path | bytes) -> Workbook:
    try:
        return load_workbook(BytesIO(source) if isinstance(source, bytes) else source)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise MarkError(
            _("This file is no Excel workbook (.xlsx); save it as one and upload it again.")
        ) from error


def _mark_cell(page: Worksheet, row: int, column: int, remarks: Iterable[Remark]) -> None:
    cell = _writable_cell(page, row, column)
    kinds = {remark.kind for remark in remarks}
    cell.fill = _FILLS[RemarkKind.ERROR if RemarkKind.ERROR in kinds else RemarkKind.WARNING]
    lines = [cell.comment.text] if cell.comment else []
    lines += [remark.reason for remark in remarks]
    text = _plain("\n".join(lines))[:_LONGEST_COMMENT]
    width, height = _COMMENT_SIZE
    cell.comment = Comment(text, _("Import"), width=width, height=height)


def _writable_cell(page: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the first cell of the merged range that covers it."""
    cell = page.cell(row=row, column=column)
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(r for r in page.merged_cells.ranges if cell.coordinate in r)
    return page.cell(row=covering.min_row, column=covering.min_col)


def _write_list(book: Workbook, remarks: Iterable[Remark]) -> None:
    page = book.create_sheet(free_sheet_name(_("Errors"), book.sheetnames), 0)
    heads = (
        _("Sheet"),
        _("Row"),
        _("Column"),
        _("Cell"),
        _("What was read"),
        _("Why and how to mend it"),
        _("Kind"),
    )
    for place, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True), 1):
        cell = page.cell(row=1, column=place, value=head)
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
        page.column_dimensions[get_column_letter(place)].width = width
    for number, remark in enumerate(remarks, 2):
        _write_remark(page, number, remark)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    _show_first(book)


def _write_remark(page: Worksheet, number: int, remark: Remark) -> None:
    address = f"{get_column_letter(remark.column)}{remark.row}"
    kind = _("error") if remark.kind is RemarkKind.ERROR else _("warning")
    _write_text(page.cell(row=number, column=1), remark.sheet)
    page.cell(row=number, column=2, value=remark.row)
    _write_text(page.cell(row=number, column=3), remark.column_title)
    link = page.cell(row=number, column=4)
    _write_text(link, address)
    quoted = remark.sheet.replace("'", "''")
    link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{address}")
    link.font = _LINK_FONT
    _write_text(page.cell(row=number, column=5), remark.read)
    _write_text(page.cell(row=number, column=6), remark.reason)
    _write_text(page.cell(row=number, column=7), kind)


def _write_text(cell: Cell, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = _plain(text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.alignment = _WRAP


def _plain(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _show_first(book: Workbook) -> None:
    """Open on the list; other sheets must not stay selected, or typing would change them all."""
    for page in book.worksheets:
        page.sheet_view.tabSelected = page is book.worksheets[0]
    book.active = 0
