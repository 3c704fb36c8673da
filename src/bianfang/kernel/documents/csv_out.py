"""CSV for spreadsheet programs: UTF-8 with byte-order mark, streamed, safe to open.

A spreadsheet runs a text that begins like a formula; such text gets an apostrophe in front.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO

from bianfang.kernel import clock
from bianfang.kernel.documents.table import CellValue, Column, Row

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA_STARTS = frozenset("=+-@\t\r")
_CHUNK = 64 * 1024


def stream_csv(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in chunks of some 64 kB; numbers and dates stay bare, texts are made harmless."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow([_cell(column.title) for column in columns])
    yield _BYTE_ORDER_MARK
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() >= _CHUNK:
            yield _take(buffer)
    yield _take(buffer)


def _take(buffer: StringIO) -> bytes:
    chunk = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return chunk


def _cell(value: CellValue) -> object:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _FORMULA_STARTS and value else value
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value
    return value
