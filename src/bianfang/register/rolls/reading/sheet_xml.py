"""What the fast reader does not tell: formulas, failed cells, and cells far outside the table.

A light scan over the bytes of a sheet's XML; the XML is parsed nowhere, so no entity can unfold.
"""

import re
from dataclasses import dataclass
from html import unescape
from zipfile import ZipFile

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_FAILED = b't="e"'
_IS_TEXT = b't="str"'
_CELL = re.compile(
    rb"<(?:\w+:)?c (?P<attributes>[^>]*?)(?:/>|>(?P<content>.*?)</(?:\w+:)?c>)", re.DOTALL
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FORMULA_TEXT = re.compile(
    rb"<(?:\w+:)?f(?P<attributes>[^>]*?)(?:/>|>(?P<text>.*?)</(?:\w+:)?f>)", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_SHARED = re.compile(rb'\bsi="(\d+)"')
_WIDE = re.compile(rb'r="[A-Z]{3}\d')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/])?>(?!</(?:\w+:)?c>)')
_SHEET = re.compile(rb"<(?:\w+:)?sheet ([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship ([^>]*)/?>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_HEAD = 2048

MAX_ROWS = 200_000
MAX_COLUMNS = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class FormulaCell:
    """A cell that Excel computed: its formula as text, and whether a result was stored.

    A failed cell without a formula (someone pasted #N/A) has its error word as `text`.
    """

    text: str
    is_failed: bool
    is_formula: bool
    has_result: bool


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The zip member of each worksheet, by the sheet's name."""
    targets = {}
    for match in _RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels")):
        attributes = _attributes(match[1])
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    parts = {}
    for match in _SHEET.finditer(archive.read("xl/workbook.xml")):
        attributes = _attributes(match[1])
        relation = next((v for k, v in attributes.items() if k.endswith(":id") or k == "id"), "")
        parts[attributes.get("name", "")] = _member(targets.get(relation, ""))
    return parts


def _member(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(raw: bytes) -> dict[str, str]:
    return {k.decode(): unescape(v.decode()) for k, v in _ATTRIBUTE.findall(raw)}


def column_index(letters: str) -> int:
    """The place of a column from its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_letters(index: int) -> str:
    """The letters of a column from its place: 0 is A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_formulas(xml: bytes) -> dict[tuple[int, int], FormulaCell]:
    """Formula and failed cells by (row, column), both counted from 0; quick when there are none."""
    if not _may_hold_formulas(xml):
        return {}
    shared: dict[bytes, str] = {}
    found = {}
    for cell in _CELL.finditer(xml):
        content, attributes = cell["content"], cell["attributes"]
        is_failed = _FAILED in attributes
        if content is None or not (is_failed or _FORMULA.search(content)):
            continue
        place = _PLACE.search(attributes)
        if place is not None:
            key = (int(place[2]) - 1, column_index(place[1].decode()))
            found[key] = _formula_cell(content, attributes, shared)
    return found


def _may_hold_formulas(xml: bytes) -> bool:
    if b"<f>" in xml or b"<f " in xml or _FAILED in xml:
        return True
    has_prefix = b"<worksheet" not in xml[:_HEAD]
    return has_prefix and _FORMULA.search(xml) is not None


def _formula_cell(content: bytes, attributes: bytes, shared: dict[bytes, str]) -> FormulaCell:
    """An empty value is a result only of a formula that gives text."""
    is_failed = _FAILED in attributes
    value = _VALUE.search(content)
    result = unescape(value[1].decode("utf-8", "replace")) if value else ""
    formula = _FORMULA_TEXT.search(content)
    if formula is None:
        return FormulaCell(text=result, is_failed=is_failed, is_formula=False, has_result=True)
    text = unescape((formula["text"] or b"").decode("utf-8", "replace"))
    group = _SHARED.search(formula["attributes"])
    if group:
        text = shared.setdefault(group[1], text)
    has_result = value is not None and (bool(value[1]) or _IS_TEXT in attributes)
    return FormulaCell(text=f"={text}", is_failed=is_failed, is_formula=True, has_result=has_result)


def find_stray_cell(xml: bytes) -> str | None:
    """The first filled cell beyond what a roll can be, or None.

    Whole columns are often merely formatted; a dense reader would still allocate up to one filled
    cell in the last corner, so such a sheet is refused before it is read.
    """
    if not _claims_much(xml):
        return None
    for match in _FILLED.finditer(xml):
        letters, row = match[1].decode(), int(match[2])
        if row > MAX_ROWS or column_index(letters) >= MAX_COLUMNS:
            return f"{letters}{row}"
    return None


def _claims_much(xml: bytes) -> bool:
    if _WIDE.search(xml) is not None:
        return True
    last = _ROW.search(xml, max(0, xml.rfind(b"row ") - 10))
    return last is not None and int(last[1]) > MAX_ROWS
