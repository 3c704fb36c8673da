"""The cells of an XLSForm workbook, sheet by sheet, under the names of their columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bianfang.kernel.errors import FieldError
from bianfang.kernel.xlsforms.problems import Cell

MOST_BYTES, MOST_UNPACKED = 1_000_000, 20_000_000
MOST_ROWS, MOST_COLUMNS = 2_000, 60

Row = Mapping[str, Cell]
"""The filled cells of a row by column: "name", or "label::zh" for one of several languages."""

_NAMES = {
    "list name": "list_name",
    "value": "name",
    "calculate": "calculation",
    "relevance": "relevant",
    "constraint message": "constraint_message",
    "required message": "required_message",
    "choice filter": "choice_filter",
    "repeat count": "repeat_count",
    "read only": "readonly",
    "read_only": "readonly",
    "form title": "form_title",
    "form id": "form_id",
    "default language": "default_language",
    "title": "form_title",
    "image": "media::image",
    "audio": "media::audio",
    "video": "media::video",
}
_LANGUAGES = {
    "中文": "zh",
    "简体中文": "zh",
    "汉语": "zh",
    "chinese": "zh",
    "英文": "en",
    "英语": "en",
    "english": "en",
}
_TRANSLATED = ("label", "hint", "required_message", "constraint_message", "guidance_hint")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: its header cells and its rows that are not empty."""

    name: str
    heads: Sequence[Cell]
    rows: Sequence[Row]


def read_sheets(content: bytes) -> dict[str, Sheet]:
    """The sheets by their names in small letters, or FieldError on `file` for another file."""
    not_a_workbook = FieldError(
        "file", _("This file is no Excel workbook (.xlsx); save it as one and upload it again.")
    )
    if len(content) > MOST_BYTES:
        raise FieldError("file", _("This workbook is too large for a list of questions."))
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise FieldError("file", _("This workbook is too large for a list of questions."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return {page.title.strip().lower(): _sheet(page) for page in book.worksheets}
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise not_a_workbook from error


def language_of(suffix: str) -> str:
    """The code in brackets, or that of a known name, or the name itself: 中文 (zh) is zh."""
    suffix = suffix.strip()
    coded = re.search(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z]+)*\)\s*$", suffix)
    if coded:
        return coded.group(1).lower()
    lower = suffix.lower()
    if re.fullmatch(r"[a-z]{2}([-_][a-z]+)?", lower):
        return lower[:2]
    return _LANGUAGES.get(lower, suffix)


def key_of(title: str) -> str:
    """The name of a column in one way of writing, with the code of its language."""
    base, _sep, suffix = re.sub(r"\s*:{1,2}\s*", "::", title.strip()).partition("::")
    base = _NAMES.get(base.strip().lower(), base.strip().lower())
    if base in _TRANSLATED:
        return f"{base}::{language_of(suffix)}" if suffix else base
    return f"{base}::{suffix.lower()}" if suffix else base


def _sheet(page: Worksheet) -> Sheet:
    lines = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    heads: list[Cell] = []
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        filled = {place: text for place, value in enumerate(line, 1) if (text := _text(value))}
        if not heads:
            heads = [_cell(page, number, place, text, text) for place, text in filled.items()]
        elif row := dict(_named(page, number, filled, heads)):
            rows.append(row)
    return Sheet(name=page.title, heads=heads, rows=rows)


def _named(
    page: Worksheet, number: int, filled: Mapping[int, str], heads: Sequence[Cell]
) -> Iterator[tuple[str, Cell]]:
    for head in heads:
        text = filled.get(head.column)
        if text:
            yield key_of(head.text), _cell(page, number, head.column, head.text, text)


def _cell(page: Worksheet, row: int, column: int, title: str, text: str) -> Cell:
    return Cell(sheet=page.title, row=row, column=column, title=title, text=text)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace("\xa0", " ").strip()
