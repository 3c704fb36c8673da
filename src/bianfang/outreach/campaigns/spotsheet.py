"""Spots in an office's workbook: the template, and reading it back with every wrong row told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.kernel.documents.table import Column, ColumnKind
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.rolls.reading.errors import UnreadableWorkbookError
from bianfang.register.rolls.reading.workbook import Cell, open_workbook

LONGEST_NUMBER, LONGEST_PLACE, LARGEST = 30, 120, Decimal(10) ** 9
MOST_ROWS, MOST_ERRORS = 5000, 200
TITLES: Mapping[str, tuple[str, str]] = {
    "number": ("编号", "Number"),
    "village": ("行政村", "Village"),
    "hamlet": ("自然村", "Natural village"),
    "place": ("位置", "Where it lies"),
    "size": ("面积", "Size"),
}
"""The head of each column in both languages; a unit may follow in brackets."""
MUST = ("number", "village")
_UNIT = re.compile(r"[(\uff08].*$")
_WIDTHS = {"number": 16, "village": 16, "hamlet": 16, "place": 36, "size": 14}


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotRow:
    """One row that is right; `area_path` is its natural village, else its village."""

    number: str
    area_path: str
    place: str
    size: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RowError:
    """What is wrong where, and how to mend it; row 0 is the file as a whole."""

    sheet: str
    row: int
    column: str
    what: str | Promise
    mend: str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What was read: rows, or errors."""

    rows: tuple[SpotRow, ...]
    errors: tuple[RowError, ...]


def columns(size_unit: str) -> list[Column]:
    """The columns of the template and of the export, headed in the reader's language."""
    return [
        Column(
            key=key,
            title=title(key, size_unit),
            width=_WIDTHS[key],
            kind=ColumnKind.DECIMAL if key == "size" else ColumnKind.TEXT,
        )
        for key in TITLES
    ]


def title(key: str, size_unit: str = "") -> str:
    """The head of a column."""
    name = TITLES[key][1 if get_language() == "en" else 0]
    return f"{name} ({size_unit})" if key == "size" and size_unit else name


def read_spots(content: bytes, *, areas: Mapping[str, Area], covered: Sequence[str]) -> Read:
    """The rows of the first sheet that has our heads, or all that is wrong with them."""
    try:
        sheets = [sheet for sheet in open_workbook(content, hidden=frozenset()) if sheet.is_read]
    except UnreadableWorkbookError as error:
        return _failed("", str(error))
    for sheet in sheets:
        for place, cells in enumerate(sheet.rows[:10]):
            heads = _heads(cells)
            if all(key in heads for key in MUST):
                reader = _Reader(sheet.name, heads, _Places(areas, covered))
                return reader.read(sheet.rows[place + 1 :], first=place + 2)
    words = ", ".join(title(key) for key in MUST)
    return _failed(
        sheets[0].name if sheets else "",
        _("No row with the heads %(heads)s was found.") % {"heads": words},
    )


def _failed(sheet: str, what: str) -> Read:
    mend = _("Take the template of this page and fill it in.")
    return Read(rows=(), errors=(RowError(sheet=sheet, row=0, column="", what=what, mend=mend),))


def _heads(cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = _UNIT.sub("", str(cell)).strip()
        for key, names in TITLES.items():
            if words in names:
                found.setdefault(key, place)
    return found


class _Places:
    """Villages and natural villages by name, as far as the campaign covers them."""

    def __init__(self, areas: Mapping[str, Area], covered: Sequence[str]) -> None:
        inside = [
            area
            for path, area in areas.items()
            if any(path.startswith(top) or top.startswith(path) for top in covered)
            and area.valid_to is None
        ]
        self._covered = covered
        self._villages: dict[str, list[Area]] = {}
        self._hamlets: dict[tuple[str, str], Area] = {}
        for area in inside:
            if area.kind == AreaKind.VILLAGE:
                self._villages.setdefault(area.name, []).append(area)
        for area in inside:
            if area.kind == AreaKind.HAMLET:
                self._hamlets[area.path[:-4], area.name] = area

    def find(self, village: str, hamlet: str) -> tuple[str, str, str]:
        """The path; or the column that is wrong and what is wrong with it."""
        found = self._villages.get(village, [])
        if not found:
            return "", "village", _("The campaign covers no village of this name.")
        if len(found) > 1:
            return "", "village", _("There are several villages of this name.")
        path = found[0].path
        if hamlet:
            there = self._hamlets.get((path, hamlet))
            if there is None:
                return "", "hamlet", _("This village has no natural village of this name.")
            path = there.path
        if not any(path.startswith(top) for top in self._covered):
            return "", "hamlet", _("The campaign covers only a part of this village.")
        return path, "", ""


class _Reader:
    """Goes through the rows of one sheet and collects what is wrong."""

    def __init__(self, sheet: str, heads: Mapping[str, int], places: _Places) -> None:
        self._sheet, self._heads, self._places = sheet, heads, places
        self._errors: list[RowError] = []
        self._rows: dict[str, SpotRow] = {}

    def read(self, rows: Sequence[Sequence[Cell]], *, first: int) -> Read:
        filled = [
            (line, cells) for line, cells in enumerate(rows, start=first) if _is_filled(cells)
        ]
        if not filled:
            return _failed(self._sheet, _("The table has no rows."))
        if len(filled) > MOST_ROWS:
            return _failed(self._sheet, _("At most %(most)d rows.") % {"most": MOST_ROWS})
        for line, cells in filled:
            self._read_row(line, cells)
        errors = tuple(self._errors[:MOST_ERRORS])
        return Read(rows=() if errors else tuple(self._rows.values()), errors=errors)

    def _read_row(self, line: int, cells: Sequence[Cell]) -> None:
        before = len(self._errors)
        number = self._number(line, cells)
        path, column, wrong = self._places.find(
            self._text(cells, "village"), self._text(cells, "hamlet")
        )
        if wrong:
            self._refuse(line, column, wrong, _("Write the name as it stands in the area tree."))
        place, size = self._text(cells, "place"), self._size(line, cells)
        if len(place) > LONGEST_PLACE:
            self._refuse(line, "place", _("Too long."), _("At most 120 characters."))
        if len(self._errors) == before:
            self._rows[number] = SpotRow(number=number, area_path=path, place=place, size=size)

    def _number(self, line: int, cells: Sequence[Cell]) -> str:
        number = self._text(cells, "number")
        if not number:
            self._refuse(line, "number", _("The number is missing."), _("Write the number."))
        elif len(number) > LONGEST_NUMBER:
            self._refuse(line, "number", _("Too long."), _("At most 30 characters."))
        elif number in self._rows:
            self._refuse(
                line, "number", _("This number stands twice in the file."), _("Keep one of them.")
            )
        return number

    def _size(self, line: int, cells: Sequence[Cell]) -> Decimal | None:
        text = self._text(cells, "size")
        if not text:
            return None
        try:
            size = Decimal(text)
        except InvalidOperation:
            size = Decimal("NaN")
        if not size.is_finite() or not 0 <= size < LARGEST:
            self._refuse(line, "size", _("Not a size."), _("Write a number that is not negative."))
            return None
        if size != round(size, 2):
            self._refuse(line, "size", _("More than two decimals."), _("Round it to two decimals."))
            return None
        return size.quantize(Decimal("0.01"))

    def _text(self, cells: Sequence[Cell], key: str) -> str:
        place = self._heads.get(key)
        value = cells[place] if place is not None and place < len(cells) else ""
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return str(value).strip()

    def _refuse(self, line: int, key: str, what: str, mend: str) -> None:
        self._errors.append(
            RowError(sheet=self._sheet, row=line, column=title(key), what=what, mend=mend)
        )


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(str(cell).strip() for cell in cells)
