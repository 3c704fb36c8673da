from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from bianfang.demo.people import DemoHousehold
from bianfang.demo.roll import COLUMNS, RollRow, roll_rows, write_households, write_roll
from bianfang.demo.timeline import Timeline

Households = tuple[DemoHousehold, ...]

HEADERS = [
    "序号",
    "社区",
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
FEW = 150


def test_the_columns_are_those_of_the_offices_roll() -> None:
    assert [name for name, _ in COLUMNS] == HEADERS
    assert len(RollRow._fields) == len(HEADERS)


def test_rows_are_numbered_through_and_carry_their_head(households: Households) -> None:
    rows = list(roll_rows(households[:FEW]))

    assert [row.place for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.name == row.head_name for row in rows if row.relation == "户主")
    assert {row.living_status for row in roll_rows(households)} == {"常住", "外出务工", "空户"}
    assert {row.dibao for row in rows} | {row.tekun for row in rows} <= {"是", "否"}


def test_the_workbook_reads_back_as_it_was_written(
    households: Households, timeline: Timeline, tmp_path: Path
) -> None:
    path = tmp_path / "roll.xlsx"
    count = write_households(path, households[:FEW], as_of=timeline.roll_date)

    title, note, header, *cells = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    )
    rows = list(roll_rows(households[:FEW]))
    assert "鄌郚镇" in str(title[0])
    assert "虚构" in str(note[0])
    assert header == HEADERS
    assert count == len(cells) == len(rows)
    assert [tuple(line) for line in cells] == [tuple(row) for row in rows]


def test_the_same_people_give_the_same_bytes(
    households: Households, timeline: Timeline, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for path in (first, second):
        write_households(path, households[:FEW], as_of=timeline.roll_date)

    assert first.read_bytes() == second.read_bytes()


def test_the_whole_roll_is_written_for_a_day(tmp_path: Path) -> None:
    path = tmp_path / "roll.xlsx"
    count = write_roll(path, as_of=date(2026, 3, 31))

    lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(lines) == count + 3
    assert "2026年3月31日" in str(lines[1][0])
