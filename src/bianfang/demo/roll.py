"""The invented town's roll as a workbook, in the layout in which offices send theirs."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from bianfang.demo.people import STATUS_WORDS, DemoHousehold, build_households
from bianfang.demo.seeds import DEFAULT_SEED
from bianfang.demo.texts.areas import TOWN

SHEET = "住户花名册"
COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 7),
    ("社区", 12),
    ("行政村", 14),
    ("自然村", 13),
    ("户编号", 13),
    ("门牌号", 11),
    ("户主姓名", 12),
    ("姓名", 16),
    ("与户主关系", 11),
    ("性别", 6),
    ("公民身份号码", 21),
    ("出生日期", 12),
    ("联系电话", 13),
    ("居住状态", 10),
    ("外出地", 13),
    ("是否低保", 9),
    ("是否特困", 9),
    ("残疾类别等级", 13),
    ("备注", 28),
)
HEADER_ROW = 2  # counted from 0: a title and a note stand above
_STATUS_COLUMN = 13
_TEXT_COLUMNS = frozenset({"户编号", "门牌号", "公民身份号码"})
_YES_OR_NO = {True: "是", False: "否"}
_A3 = 8
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BOXED = {**_FONT, "border": 1}


class RollRow(NamedTuple):
    """One person as the roll's columns, in their order."""

    place: int
    community: str
    village: str
    hamlet: str
    household_number: str
    door: str
    head_name: str
    name: str
    relation: str
    sex: str
    id_number: str
    birth_date: date
    phone: str
    living_status: str
    away_place: str
    dibao: str
    tekun: str
    disability: str
    remark: str


def roll_rows(households: Iterable[DemoHousehold]) -> Iterator[RollRow]:
    """One row for every person, numbered through, the head of each household first."""
    place = 0
    for household in households:
        for resident in household.residents:
            place += 1
            yield RollRow(
                place=place,
                community=household.community,
                village=household.village,
                hamlet=household.hamlet,
                household_number=household.number,
                door=household.door,
                head_name=household.head.name,
                name=resident.name,
                relation=resident.relation,
                sex=resident.sex,
                id_number=resident.id_number,
                birth_date=resident.birth_date,
                phone=resident.phone,
                living_status=STATUS_WORDS[household.status],
                away_place=resident.away_place,
                dibao=_YES_OR_NO[resident.is_dibao],
                tekun=_YES_OR_NO[resident.is_tekun],
                disability=resident.disability,
                remark=resident.remark,
            )


def write_roll(path: Path, *, as_of: date, seed: int = DEFAULT_SEED) -> int:
    """Write the whole town's roll as of that day and return the number of its persons."""
    return write_households(path, build_households(as_of=as_of, seed=seed), as_of=as_of)


def write_households(path: Path, households: Iterable[DemoHousehold], *, as_of: date) -> int:
    """Write these households and return the number of persons; same input, same bytes."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        created = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        workbook.set_properties({"title": _title(), "created": created})
        sheet = workbook.add_worksheet(SHEET)
        _write_top(workbook, sheet, as_of)
        last = _write_rows(workbook, sheet, households)
        _finish(sheet, last)
    return last - HEADER_ROW


def _write_top(
    workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, as_of: date
) -> None:
    last_column = len(COLUMNS) - 1
    title = workbook.add_format({**_FONT, "font_size": 16, "bold": True, "align": "center"})
    note = workbook.add_format({**_FONT, "align": "left"})
    head = workbook.add_format({**_BOXED, "bold": True, "align": "center", "bg_color": "#DDEBF7"})
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 28)
    sheet.merge_range(0, 0, 0, last_column, _title(), title)
    sheet.merge_range(1, 0, 1, last_column, _note(as_of), note)
    sheet.write_row(HEADER_ROW, 0, [name for name, _ in COLUMNS], head)


def _write_rows(
    workbook: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    households: Iterable[DemoHousehold],
) -> int:
    """Fill the rows below the header and return the last row's place."""
    plain = workbook.add_format(_BOXED)
    text = workbook.add_format({**_BOXED, "num_format": "@"})
    day = workbook.add_format({**_BOXED, "num_format": "yyyy-mm-dd", "align": "center"})
    formats = [text if name in _TEXT_COLUMNS else plain for name, _ in COLUMNS]
    line = HEADER_ROW
    for line, row in enumerate(roll_rows(households), start=HEADER_ROW + 1):
        sheet.write_number(line, 0, row.place, plain)
        for column, value in enumerate(row[1:], start=1):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif value:
                sheet.write_string(line, column, str(value), formats[column])
    return line


def _finish(sheet: xlsxwriter.worksheet.Worksheet, last: int) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.autofilter(HEADER_ROW, 0, last, len(COLUMNS) - 1)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    statuses = {"validate": "list", "source": list(STATUS_WORDS.values())}
    sheet.data_validation(HEADER_ROW + 1, _STATUS_COLUMN, last, _STATUS_COLUMN, statuses)


def _title() -> str:
    return f"{TOWN[0]}住户花名册（演示数据）"


def _note(as_of: date) -> str:
    return (
        f"填报单位：{TOWN[0]}遍访工作办公室    填报日期：{as_of.year}年{as_of.month}月{as_of.day}日"
        "    人名、号码、门牌均为虚构，村名除两处外均为虚构"
    )
