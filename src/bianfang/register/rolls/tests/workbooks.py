"""Workbooks of invented offices, built in memory, and where the shared ones lie."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from bianfang.kernel.codes.identity import check_digit
from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.problems import Problem
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import RollReading

Line = Sequence[object]

AS_OF = date(2026, 6, 30)
TREE = AreaIndex.build(
    [
        ("东岭社区", "石桥村", "石桥村"),
        ("东岭社区", "石桥村", "桥北村"),
        ("东岭社区", "柳沟村", "柳沟村"),
        ("西湾社区", "沙河村", "前沙河村"),
        ("西湾社区", "沙河村", "后沙河村"),
    ]
)

COLUMNS = [
    "行政村",
    "自然村",
    "户编号",
    "门牌号",
    "户主姓名",
    "姓名",
    "与户主关系",
    "性别",
    "公民身份号码",
    "出生日期",
    "联系电话",
    "居住状态",
    "外出地",
    "是否低保",
    "是否特困",
    "残疾类别等级",
    "备注",
]


def make_id(born: str, serial: int) -> str:
    """An invented identity number; odd serials are male."""
    body = f"999999{born}{serial:03d}"
    return body + check_digit(body)


def person(**cells: object) -> list[object]:
    """A row under `COLUMNS`: a resident man of household 0101010001 unless said otherwise."""
    usual: dict[str, object] = {
        "行政村": "柳沟村",
        "自然村": "柳沟村",
        "户编号": "0101010001",
        "门牌号": "1巷1号",
        "户主姓名": "高远",
        "姓名": "高远",
        "与户主关系": "户主",
        "性别": "男",
        "公民身份号码": make_id("19700105", 1),
        "出生日期": "1970-01-05",
        "居住状态": "常住",
    }
    unknown = cells.keys() - set(COLUMNS)
    assert not unknown, unknown
    merged = {**usual, **cells}
    return [merged.get(column) for column in COLUMNS]


def wife(**cells: object) -> list[object]:
    """The wife of the man that `person` makes."""
    usual: dict[str, object] = {
        "姓名": "林芳",
        "与户主关系": "配偶",
        "性别": "女",
        "公民身份号码": make_id("19720310", 2),
        "出生日期": "1972-03-10",
    }
    return person(**{**usual, **cells})


def make_book(
    sheets: Mapping[str, Sequence[Line]],
    *,
    merges: Mapping[str, Sequence[str]] | None = None,
    states: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of the given sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(list(line))
        for span in (merges or {}).get(name, ()):
            page.merge_cells(span)
        page.sheet_state = (states or {}).get(name, "visible")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(*people: Line, columns: Sequence[str] = COLUMNS) -> RollReading:
    """The reading of one sheet with these people."""
    return read_book({"花名册": [columns, *people]})


def read_book(
    sheets: Mapping[str, Sequence[Line]],
    *,
    merges: Mapping[str, Sequence[str]] | None = None,
    states: Mapping[str, str] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> RollReading:
    """The reading of a workbook of these sheets, in the town of `TREE`."""
    return read_roll(
        make_book(sheets, merges=merges, states=states),
        areas=TREE,
        as_of=AS_OF,
        allow_invented_phones=True,
        hidden_sheets=hidden,
    )


def kinds(reading: RollReading) -> list[Kind]:
    """The kinds of the problems in their order."""
    return [problem.kind for problem in reading.problems]


def the_problem(reading: RollReading, kind: Kind) -> Problem:
    """The only problem of a kind."""
    found = [problem for problem in reading.problems if problem.kind is kind]
    assert len(found) == 1, (kind, kinds(reading))
    return found[0]


def shared_file(name: str) -> Path:
    """A file of the shared data folder; the test is skipped where there is none."""
    given = os.environ.get("BIANFANG_SHARED_DATA")
    root = next((p for p in Path(__file__).parents if (p / "pyproject.toml").exists()), Path.cwd())
    folder = Path(given) if given else root.parent / "shared" / "data"
    path = folder / name
    if not path.exists():
        pytest.skip(f"no {name}: set BIANFANG_SHARED_DATA to the folder of the shared workbooks")
    return path
