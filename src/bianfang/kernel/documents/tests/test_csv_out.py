import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest

from bianfang.kernel.documents.csv_out import stream_csv
from bianfang.kernel.documents.table import Column, Row


def make_columns(*titles: str) -> list[Column]:
    return [Column(key=title, title=title) for title in titles]


def read(columns: list[Column], rows: list[Row]) -> list[list[str]]:
    content = b"".join(stream_csv(columns, rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_stream_csv_writes_titles_and_values() -> None:
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    naive = datetime.fromisoformat("2026-03-01 01:30")

    rows = read(
        make_columns("一", "二", "三", "四", "五", "六"),
        [
            ("秦,某", -5, Decimal("-1.50"), date(2026, 3, 1), moment, None),
            ("", 0, 0, None, naive, ""),
        ],
    )

    assert rows == [
        ["一", "二", "三", "四", "五", "六"],
        ["秦,某", "-5", "-1.50", "2026-03-01", "2026-03-01 09:30", ""],
        ["", "0", "0", "", "2026-03-01 01:30:00", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2户合住", "@本组", "\t=1", "\r=1"])
def test_stream_csv_text_like_a_formula_is_made_harmless(text: str) -> None:
    ((title,), (value,)) = read(make_columns(text), [(text,)])

    assert title == value == f"'{text}"


def test_stream_csv_comes_in_chunks_as_rows_are_read() -> None:
    taken: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(5000):
            taken.append(number)
            yield ("备注" * 20,)

    stream = stream_csv(make_columns("备注"), rows())
    next(stream)
    first = next(stream)

    assert len(taken) < 5000
    assert 64 * 1024 <= len(first) < 256 * 1024
    assert (first + b"".join(stream)).count(b"\r\n") == 5001
