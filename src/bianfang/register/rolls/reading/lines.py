"""Which rows below the header are people, and what the other rows are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bianfang.kernel.codes.digits import code_text
from bianfang.register.rolls.reading.cells import as_typed, is_blank
from bianfang.register.rolls.reading.columns import AREA_COLUMNS, Column
from bianfang.register.rolls.reading.structure import Header
from bianfang.register.rolls.reading.synonyms import find_column
from bianfang.register.rolls.reading.workbook import Cell, RawSheet

_TOTAL = re.compile(
    r"^.{0,12}?(?P<word>小计|合计|总计|共计|总数|总人数|总户数)[户人口数]{0,3}(?:[::=].*|[0-9.户人口]*)$"
)
_COUNT = re.compile(r"^[0-9]+[户人口]+$")
_SIGNATURE = re.compile(
    r"^(?:填表|制表|审核|审批|负责|经办|填报|登记|调查|复核|核实|采集|联系|村书记|包村干部|主管)"
    r"[^::]{0,8}[::]|(?:签字|签名|签章|盖章|公章)"
)
_NOTE = re.compile(r"^(?:注|说明|备注|填表说明|填报说明|要求|填写要求)[0-9]?[::.、]")
_CLEAR_NAME = re.compile("(?:(?![计数总户口名])[\u3400-\u9fff]){2,4}")
_LIKE_ID = re.compile(r"[0-9]{14,}[0-9X]")
_LIKE_NAME_LENGTH = 12
_MIN_HEADER_CELLS = 3

_SUBSTANCE = (Column.NAME, Column.ID, Column.RELATION, Column.BIRTH)
_HOUSEHOLD_SUBSTANCE = (Column.HOUSEHOLD_NO, Column.DOOR, Column.HEAD_NAME)
_ANSWERS = (Column.SERIAL, Column.STATUS, Column.DIBAO, Column.TEKUN)


class LineKind(StrEnum):
    """What a row below the header is."""

    PERSON = "person"
    EMPTY = "empty"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    SECTION = "section"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedRow:
    """A row that is no person; `text` is its first words."""

    sheet: str
    row: int
    kind: LineKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The rows of a sheet sorted out; rows count from 0 here.

    `breaks` are rows after which nothing may be filled down any more.
    """

    people: tuple[int, ...]
    skipped: tuple[SkippedRow, ...]
    breaks: tuple[tuple[int, str], ...]


def sort_lines(sheet: RawSheet, header: Header) -> Lines:
    """Tell people from totals, signatures, notes, sections, repeated headers and empty rows."""
    sorter = _Sorter(sheet, header)
    people, skipped, breaks = [], [], []
    for index in range(header.last_row, len(sheet.rows)):
        row = sheet.rows[index]
        kind = sorter.kind_of(index, row)
        if kind is LineKind.PERSON:
            people.append(index)
            continue
        text = next((as_typed(cell).strip() for cell in row if not is_blank(cell)), "")
        skipped.append(SkippedRow(sheet=sheet.name, row=index + 1, kind=kind, text=text[:80]))
        if kind not in (LineKind.EMPTY, LineKind.NOTE):
            breaks.append((index, text if kind is LineKind.SECTION else ""))
    return Lines(people=tuple(people), skipped=tuple(skipped), breaks=tuple(breaks))


class _Sorter:
    def __init__(self, sheet: RawSheet, header: Header) -> None:
        self.places = header.places
        self.header = header
        self.name = self.places.get(Column.NAME)
        self.plain_names: dict[str, bool] = {}
        width = max((len(row) for row in sheet.rows[:1]), default=0)
        self.wide_rows = {
            merge.top
            for merge in sheet.merges
            if merge.top == merge.bottom and (merge.right - merge.left + 1) * 2 > width
        }

    def kind_of(self, index: int, row: Sequence[Cell]) -> LineKind:
        name = row[self.name] if self.name is not None else ""
        if isinstance(name, str) and 0 < len(name) <= _LIKE_NAME_LENGTH and self._is_plain(name):
            first = row[0]
            if not isinstance(first, str) or not first or self._is_plain(first):
                return self._kind_of_named(index, row)
        return self._kind_of_odd(index, row)

    def _is_plain(self, text: str) -> bool:
        """Whether a text cannot be the beginning of a total, a signature or a note."""
        known = self.plain_names.get(text)
        if known is None:
            known = _CLEAR_NAME.fullmatch(text) is not None or _begins_nothing(text)
            self.plain_names[text] = known
        return known

    def _kind_of_named(self, index: int, row: Sequence[Cell]) -> LineKind:
        if index in self.wide_rows and sum(1 for cell in row if cell != "") == 1:
            return LineKind.SECTION
        return LineKind.PERSON

    def _kind_of_odd(self, index: int, row: Sequence[Cell]) -> LineKind:
        texts = [code_text(as_typed(cell)) for cell in row]
        filled = [text for text in texts if text]
        if not filled:
            return LineKind.EMPTY
        if self._is_repeated_header(row):
            return LineKind.REPEATED_HEADER
        if index == self.header.last_row and self._is_numbering(filled):
            return LineKind.COLUMN_NUMBERS
        if not _LIKE_ID.search(self._text(texts, Column.ID)):
            kind = _kind_of_words(filled)
            if kind is not None:
                return kind
        return self._kind_by_substance(index, texts, filled)

    def _kind_by_substance(
        self, index: int, texts: Sequence[str], filled: Sequence[str]
    ) -> LineKind:
        has_one = len(filled) == 1
        if has_one and (index in self.wide_rows or len(filled[0]) > _LIKE_NAME_LENGTH):
            return LineKind.SECTION
        if any(self._text(texts, column) for column in _SUBSTANCE):
            return LineKind.PERSON
        if has_one and not any(map(str.isdigit, filled[0])) and not self._repeats(texts, _ANSWERS):
            return LineKind.SECTION
        if self._repeats(texts, (*_ANSWERS, *AREA_COLUMNS)):
            return LineKind.EMPTY
        if any(self._text(texts, column) for column in _HOUSEHOLD_SUBSTANCE):
            return LineKind.PERSON
        return LineKind.NOTE

    def _text(self, texts: Sequence[str], column: Column) -> str:
        place = self.places.get(column)
        return "" if place is None else texts[place]

    def _repeats(self, texts: Sequence[str], columns: Sequence[Column]) -> bool:
        """Whether only such cells are filled as a form repeats down to its last row."""
        prefilled = {self.places[c] for c in columns if c in self.places}
        return all(place in prefilled for place, text in enumerate(texts) if text)

    def _is_repeated_header(self, row: Sequence[Cell]) -> bool:
        same = sum(
            1
            for column, place in self.places.items()
            if isinstance(row[place], str) and find_column(str(row[place])) is column
        )
        return same >= _MIN_HEADER_CELLS

    def _is_numbering(self, filled: Sequence[str]) -> bool:
        """Whether the cells just number the columns, as in 1, 2, 3 or (1), (2), (3)."""
        digits = [text.strip("()") for text in filled]
        numbers = [int(text) for text in digits if text.isdecimal()]
        return len(numbers) == len(filled) >= _MIN_HEADER_CELLS and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )


def _begins_nothing(text: str) -> bool:
    key = code_text(text)
    patterns = (_TOTAL, _COUNT, _SIGNATURE, _NOTE)
    is_plain = key != "" and not any(pattern.search(key) for pattern in patterns)
    return is_plain and find_column(text) is None


def _kind_of_words(filled: Sequence[str]) -> LineKind | None:
    for text in filled:
        total = _TOTAL.match(text)
        if total:
            return LineKind.SUBTOTAL if total["word"] == "小计" else LineKind.TOTAL
    if _SIGNATURE.search(filled[0]):
        return LineKind.SIGNATURE
    return LineKind.NOTE if _NOTE.match(filled[0]) else None
