"""Opening the file: what it really is, which sheets it has, and their cells as stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bianfang.register.rolls.reading.errors import FileFault, UnreadableWorkbookError
from bianfang.register.rolls.reading.sheet_xml import (
    MAX_ROWS,
    FormulaCell,
    find_formulas,
    find_stray_cell,
    sheet_parts,
)

Cell = str | float | int | bool | date | datetime | time | timedelta

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")
_MAX_UNPACKED = 300_000_000
_SAMPLE = 4096


class SheetState(StrEnum):
    """Whether the office sees the sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


def _state_of(visible: SheetVisibleEnum) -> SheetState:
    if visible == SheetVisibleEnum.Visible:
        return SheetState.VISIBLE
    return SheetState.HIDDEN if visible == SheetVisibleEnum.Hidden else SheetState.VERY_HIDDEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """A merged range; rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RawSheet:
    """A sheet as stored: `rows[0]` is row 1; a hidden sheet that nobody asked for has no rows."""

    name: str
    state: SheetState
    is_read: bool
    rows: list[list[Cell]] = field(repr=False)
    merges: tuple[Merge, ...] = field(repr=False)
    formulas: dict[tuple[int, int], FormulaCell] = field(repr=False)


def open_workbook(source: Path | bytes, *, hidden: frozenset[str]) -> Iterator[RawSheet]:
    """Yield the sheets in their order; of the hidden ones only those named are read."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    check_file(data)
    try:
        yield from _sheets(data, hidden)
    except PasswordError as error:
        raise UnreadableWorkbookError(FileFault.PASSWORD) from error
    except (CalamineError, BadZipFile, KeyError, EOFError, OSError, ValueError) as error:
        raise UnreadableWorkbookError(FileFault.DAMAGED) from error


def check_file(data: bytes) -> None:
    """Refuse, by the first bytes, what is no workbook of today; names of files say little."""
    if not data:
        raise UnreadableWorkbookError(FileFault.EMPTY)
    if data.startswith(_ZIP):
        fault = _fault_of_zip(data)
    elif data.startswith(_OLE):
        fault = FileFault.PASSWORD if _ENCRYPTED in data else FileFault.OLD_EXCEL
    else:
        fault = _fault_of_text(data[:_SAMPLE])
    if fault is not None:
        raise UnreadableWorkbookError(fault)


def _fault_of_zip(data: bytes) -> FileFault | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            kind = archive.read("mimetype") if "mimetype" in members else b""
    except (BadZipFile, EOFError, OSError, ValueError):
        return FileFault.DAMAGED
    if b"opendocument.spreadsheet" in kind:
        return FileFault.OPEN_DOCUMENT
    if "xl/workbook.bin" in members:
        return FileFault.BINARY_EXCEL
    if "xl/workbook.xml" not in members:
        return FileFault.OTHER_OFFICE
    return FileFault.TOO_LARGE if unpacked > _MAX_UNPACKED else None


def _fault_of_text(sample: bytes) -> FileFault:
    start = sample.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        return FileFault.WEB_PAGE
    if b"\x00" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileFault.UNKNOWN
    for encoding in ("utf-8", "gb18030", "utf-16"):
        try:
            # The sample may end inside a character.
            text = sample.decode(encoding, "strict" if len(sample) < _SAMPLE else "ignore")
        except UnicodeDecodeError:
            continue
        return FileFault.TEXT if "\n" in text or "," in text or "\t" in text else FileFault.UNKNOWN
    return FileFault.UNKNOWN


def _sheets(data: bytes, hidden: frozenset[str]) -> Iterator[RawSheet]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    with ZipFile(BytesIO(data)) as archive:
        parts = sheet_parts(archive)
        for metadata in workbook.sheets_metadata:
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            state = _state_of(metadata.visible)
            if state is SheetState.VISIBLE or metadata.name in hidden:
                xml = archive.read(parts[metadata.name])
                yield _read_sheet(workbook, metadata.name, state, xml)
            else:
                yield RawSheet(
                    name=metadata.name, state=state, is_read=False, rows=[], merges=(), formulas={}
                )


def _read_sheet(workbook: CalamineWorkbook, name: str, state: SheetState, xml: bytes) -> RawSheet:
    stray = find_stray_cell(xml)
    if stray is not None:
        raise UnreadableWorkbookError(FileFault.STRAY_CELL, sheet=name, cell=stray)
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS:
        raise UnreadableWorkbookError(FileFault.TOO_LARGE, limit=MAX_ROWS)
    merges = tuple(
        Merge(top=start[0], left=start[1], bottom=end[0], right=end[1])
        for start, end in sheet.merged_cell_ranges or ()
    )
    return RawSheet(
        name=name,
        state=state,
        is_read=True,
        rows=sheet.to_python(skip_empty_area=False),
        merges=merges,
        formulas=find_formulas(xml),
    )
