"""Tables as other offices lay them out: headers, orders, several sheets, other rows."""

from datetime import date

import pytest

from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.lines import LineKind
from bianfang.register.rolls.reading.report import AreaSource, SheetOutcome
from bianfang.register.rolls.reading.structure import ColumnUse
from bianfang.register.rolls.tests.workbooks import (
    COLUMNS,
    Line,
    kinds,
    make_id,
    person,
    read,
    read_book,
    the_problem,
    wife,
)

MAN = make_id("19700105", 1)
WIFE = make_id("19720310", 2)
SON = make_id("19990807", 3)


def test_two_header_rows_with_merged_groups_are_read_as_one() -> None:
    reading = read_book(
        {
            "一村": [
                ["石桥村住户信息表"],
                ["序号", "家庭信息", None, None, "成员信息", None, None, None, "低保情况", "备注"],
                [
                    None,
                    "自然村",
                    "户号",
                    "户主",
                    "姓名",
                    "与户主关系",
                    "身份证号",
                    "电话",
                    "是否享受",
                ],
                [1, "桥北村", "0101020001", "高远", "高远", "户主", MAN, "10000000001", "是", "甲"],
                [2, "桥北村", "0101020001", "高远", "林芳", "妻", WIFE, None, "否", None],
            ]
        },
        merges={"一村": ["A1:J1", "A2:A3", "B2:D2", "E2:H2", "J2:J3"]},
    )
    sheet = reading.sheets[0]

    assert sheet.outcome is SheetOutcome.READ
    assert (sheet.title_rows, sheet.header_rows) == ((1,), (2, 3))
    assert {c.column for c in sheet.columns_used(ColumnUse.READ)} == {
        Column.SERIAL,
        Column.HAMLET,
        Column.HOUSEHOLD_NO,
        Column.HEAD_NAME,
        Column.NAME,
        Column.RELATION,
        Column.ID,
        Column.PHONE,
        Column.DIBAO,
        Column.NOTE,
    }
    assert [(row.name, row.phone, row.dibao, row.note) for row in reading.rows] == [
        ("高远", "10000000001", "yes", "甲"),
        ("林芳", "", "no", ""),
    ]
    assert reading.rows[0].path == ("东岭社区", "石桥村", "桥北村")


def test_numbers_of_the_head_alone_are_not_taken_for_the_persons() -> None:
    reading = read_book(
        {
            "一村": [
                ["户主信息", None, None, "家庭成员", None, None, None],
                ["姓名", "身份证号", "电话", "姓名", "与户主关系", "身份证号", "自然村"],
                ["高远", MAN, "10000000001", "高远", "户主", MAN, "柳沟村"],
                ["高远", MAN, "10000000001", "林芳", "配偶", WIFE, "柳沟村"],
            ]
        },
        merges={"一村": ["A1:C1", "D1:G1"]},
    )

    assert [row.name for row in reading.rows] == ["高远", "林芳"]
    assert [row.id_number for row in reading.rows] == [MAN, WIFE]
    assert [row.phone for row in reading.rows] == ["", ""]
    assert [household.head_name for household in reading.households] == ["高远"]
    ignored = [c.header for c in reading.sheets[0].columns_used(ColumnUse.IGNORED)]
    assert ignored == ["户主信息 / 身份证号", "户主信息 / 电话"]


def test_columns_in_any_order_under_other_words_are_found() -> None:
    columns = ["身份证号码（18位）", "*联系方式", "姓 名", "与户主\n之关系", "所在自然村", "户 号"]

    reading = read([MAN, "10000000001", "高远", "户主", "柳沟村", "01"], columns=columns)

    assert reading.problems == ()
    row = reading.rows[0]
    assert (row.id_number, row.phone, row.name, row.household_no) == (
        MAN,
        "10000000001",
        "高远",
        "01",
    )


def test_header_far_down_with_titles_and_notes_above() -> None:
    above: list[Line] = [["柳沟村花名册"], ["填报单位：柳沟村"], *([[None]] * 9)]

    reading = read_book({"一村": [*above, COLUMNS, person(), wife()]})
    sheet = reading.sheets[0]

    assert sheet.header_rows == (12, 12)
    assert (sheet.title_rows, sheet.note_rows) == ((1,), (2,))
    assert len(reading.rows) == 2


def test_columns_nobody_knows_are_listed_and_not_read() -> None:
    reading = read([*person(), "甲", "汉", 56], columns=[*COLUMNS, "星座", "民族", "年龄（周岁）"])
    sheet = reading.sheets[0]

    assert [c.header for c in sheet.columns_used(ColumnUse.UNKNOWN)] == ["星座"]
    assert [c.header for c in sheet.columns_used(ColumnUse.IGNORED)] == ["民族", "年龄（周岁）"]
    assert reading.rows[0].is_importable


def test_of_two_columns_with_one_meaning_the_fuller_is_read() -> None:
    reading = read(
        [*person(联系电话="10000000001"), None, "10000000002"],
        [*wife(联系电话="10000000003"), None, "10000000004"],
        columns=[*COLUMNS, "手机号", "家庭电话"],
    )

    duplicates = reading.sheets[0].columns_used(ColumnUse.DUPLICATE)
    assert [c.header for c in duplicates] == ["手机号", "家庭电话"]
    assert {c.column for c in duplicates} == {Column.PHONE}
    assert [row.phone for row in reading.rows] == ["10000000001", "10000000003"]


@pytest.mark.parametrize(
    ("dropped", "missing"),
    [
        (["姓名"], (Column.NAME,)),
        (["公民身份号码"], (Column.ID,)),
        (["与户主关系", "户主姓名"], (Column.RELATION, Column.HEAD_NAME)),
        (["行政村", "自然村"], (Column.VILLAGE, Column.HAMLET)),
    ],
)
def test_missing_columns_are_named_and_the_sheet_is_not_read(
    dropped: list[str], missing: tuple[Column, ...]
) -> None:
    kept = [place for place, column in enumerate(COLUMNS) if column not in dropped]
    columns = [COLUMNS[place] for place in kept]

    reading = read([person()[place] for place in kept], columns=columns)
    sheet = reading.sheets[0]

    assert sheet.outcome is SheetOutcome.COLUMNS_MISSING
    assert sheet.is_at_fault
    assert missing in sheet.missing
    assert reading.rows == ()
    assert not reading.is_usable


def test_header_without_people_is_told() -> None:
    sheets: dict[str, list[Line]] = {
        "一村": [COLUMNS],
        "说明": [["请逐户填写"], ["谢谢"]],
        "空": [],
    }

    reading = read_book(sheets)

    assert [sheet.outcome for sheet in reading.sheets] == [
        SheetOutcome.NO_ROWS,
        SheetOutcome.NO_HEADER,
        SheetOutcome.EMPTY,
    ]


def test_list_of_words_is_no_roll() -> None:
    words = [["与户主关系", "性别", "居住状态", "是否低保"], ["户主", "男", "常住", "是"]]

    reading = read_book({"数据": [COLUMNS, person()], "字典": words})

    assert reading.sheets[1].outcome is SheetOutcome.NO_HEADER
    assert len(reading.rows) == 1


def test_hidden_sheet_is_read_only_when_asked_for() -> None:
    sheets: dict[str, list[Line]] = {
        "一村": [COLUMNS, person()],
        "旧表": [COLUMNS, wife(户编号="0101010002")],
    }
    states = {"旧表": "veryHidden"}

    usual = read_book(sheets, states=states)
    asked = read_book(sheets, states=states, hidden=frozenset({"旧表"}))

    assert [sheet.outcome for sheet in usual.sheets] == [SheetOutcome.READ, SheetOutcome.HIDDEN]
    assert len(usual.rows) == 1
    assert len(asked.rows) == 2


AREALESS = ["户号", "户主姓名", "姓名", "与户主关系", "身份证号"]


@pytest.mark.parametrize(
    ("name", "title", "source", "hamlet"),
    [
        ("柳沟村", "住户花名册", AreaSource.SHEET_NAME, "柳沟村"),
        ("3.桥北村", "住户花名册", AreaSource.SHEET_NAME, "桥北村"),
        ("Sheet1", "沙河村前沙河村住户花名册", AreaSource.TITLE, "前沙河村"),
    ],
)
def test_village_is_taken_from_the_sheets_name_or_title(
    name: str, title: str, source: AreaSource, hamlet: str
) -> None:
    reading = read_book({name: [[title], AREALESS, ["01", "高远", "高远", "户主", MAN]]})

    assert reading.sheets[0].area_source is source
    row = reading.rows[0]
    assert row.is_importable
    assert row.path is not None
    assert row.path.hamlet == hamlet


def test_sheet_named_after_a_village_of_several_hamlets_asks_for_the_hamlet() -> None:
    reading = read_book({"沙河村": [AREALESS, ["01", "高远", "高远", "户主", MAN]]})

    problem = the_problem(reading, Kind.HAMLET_MISSING)
    assert problem.hint == "前沙河村、后沙河村"
    assert not reading.rows[0].is_importable


def test_section_rows_name_the_village_of_the_rows_below() -> None:
    reading = read_book(
        {
            "汇总": [
                AREALESS,
                ["柳沟村", None, None, None, None],
                ["01", "高远", "高远", "户主", MAN],
                ["桥北村", None, None, None, None],
                ["02", "林芳", "林芳", "户主", WIFE],
            ]
        },
        merges={"汇总": ["A2:E2", "A4:E4"]},
    )

    assert reading.sheets[0].area_source is AreaSource.SECTIONS
    assert [row.kind for row in reading.skipped] == [LineKind.SECTION] * 2
    assert [row.path.hamlet for row in reading.rows if row.path] == ["柳沟村", "桥北村"]


def test_rows_that_are_no_people_are_named_by_kind() -> None:
    reading = read_book(
        {
            "一村": [
                COLUMNS,
                list(range(1, len(COLUMNS) + 1)),
                person(),
                [None],
                wife(),
                ["小计", None, None, "1户", None, 2],
                COLUMNS,
                person(户编号="0101010002", 姓名="周总", 公民身份号码=SON, 户主姓名="周总"),
                ["合　计：", None, None, None, None, "3人"],
                ["注：以上信息截至本月底"],
                ["填表人：某某　　审核人：某某"],
            ]
        }
    )

    assert [(row.row, row.kind) for row in reading.skipped] == [
        (2, LineKind.COLUMN_NUMBERS),
        (4, LineKind.EMPTY),
        (6, LineKind.SUBTOTAL),
        (7, LineKind.REPEATED_HEADER),
        (9, LineKind.TOTAL),
        (10, LineKind.NOTE),
        (11, LineKind.SIGNATURE),
    ]
    assert [row.name for row in reading.rows] == ["高远", "林芳", "周总"]


def test_form_filled_down_with_numbers_only_is_empty_there() -> None:
    blank = [None] * (len(COLUMNS) - 4)
    tail = [None, None, "否", "否", *([None] * 2)]
    line = [None, None, *blank[: len(COLUMNS) - 8], *tail]

    reading = read(person(), line[: len(COLUMNS)], line[: len(COLUMNS)])

    assert [row.kind for row in reading.skipped] == [LineKind.EMPTY] * 2
    assert len(reading.rows) == 1


def test_kind_and_level_of_disability_in_two_columns_are_joined() -> None:
    columns = [c if c != "残疾类别等级" else "残疾类别" for c in COLUMNS] + ["残疾等级"]
    rows = [[*person(残疾类别等级="肢体"), "二级"], [*wife(残疾类别等级="听力残疾"), 3]]

    reading = read(*rows, columns=columns)

    assert [row.disability for row in reading.rows] == ["肢体二级", "听力三级"]
    assert kinds(reading) == [Kind.DISABILITY_SPELLING]


def test_sheets_with_other_layouts_join_into_one_reading() -> None:
    reading = read_book(
        {
            "柳沟村": [AREALESS, ["01", "高远", "高远", "户主", MAN]],
            "汇总": [COLUMNS, wife(户编号="02", 与户主关系="户主", 户主姓名="林芳")],
        }
    )

    assert [(row.sheet, row.name) for row in reading.rows] == [("柳沟村", "高远"), ("汇总", "林芳")]
    assert len(reading.households) == 2


def test_village_column_alone_is_enough_where_the_village_has_one_hamlet() -> None:
    columns = ["村名", *AREALESS]

    reading = read(["柳沟", "01", "高远", "高远", "户主", MAN], columns=columns)

    assert kinds(reading) == [Kind.AREA_SPELLING, Kind.HAMLET_FROM_VILLAGE]
    assert reading.rows[0].path == ("东岭社区", "柳沟村", "柳沟村")


def test_large_sheet_is_read_whole() -> None:
    people = 5_000
    lines = [
        person(
            户编号=f"{household:010d}",
            姓名="高远" if is_head else "林芳",
            与户主关系="户主" if is_head else "配偶",
            性别="男" if is_head else "女",
            公民身份号码=make_id(f"19{50 + number // 250:02d}0105", number % 250 * 2 + is_head),
            出生日期=date(1950 + number // 250, 1, 5),
        )
        for number in range(people)
        for household, is_head in [(number // 2, number % 2 == 0)]
    ]

    reading = read(*lines)
    totals = reading.totals()

    assert totals.person_rows == people
    assert totals.households == people // 2
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (["东岭片区"], LineKind.SECTION),
        (["以下各户由包村干部于六月逐户核实后补报"], LineKind.SECTION),
        ([None, None, None, None, "东岭片区"], LineKind.SECTION),
        (
            ["本表一式两份", None, None, None, None, None, None, None, None, None, "1"],
            LineKind.NOTE,
        ),
        (["合计", None, None, None, None, 1], LineKind.TOTAL),
        ([None, "总人数：1"], LineKind.TOTAL),
        (["柳沟村", "柳沟村"], LineKind.EMPTY),
        ([None, None, "　"], LineKind.EMPTY),
        (["（签字盖章）"], LineKind.SIGNATURE),
    ],
)
def test_lone_words_between_people(line: list[object], kind: LineKind) -> None:
    reading = read(person(), line, wife())

    assert [(row.row, row.kind) for row in reading.skipped] == [(3, kind)]
    assert len(reading.rows) == 2
