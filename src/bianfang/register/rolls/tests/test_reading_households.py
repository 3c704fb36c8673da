"""Households: cells filled down, numbers, heads, and people who stand twice."""

import pytest

from bianfang.kernel.codes.people_codes import Relation
from bianfang.register.households.enums import LivingStatus
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.problems import RowRef
from bianfang.register.rolls.reading.report import HouseholdCells
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
OTHER = make_id("19681111", 5)

HOME = ("行政村", "自然村", "户编号", "门牌号", "户主姓名", "居住状态")


def without_home(line: Line) -> list[object]:
    """The row with the household's own cells left empty, as below a first row."""
    return [None if column in HOME else cell for column, cell in zip(COLUMNS, line, strict=True)]


def son(**cells: object) -> list[object]:
    usual: dict[str, object] = {
        "姓名": "高川",
        "与户主关系": "子",
        "公民身份号码": SON,
        "出生日期": "1999-08-07",
    }
    return person(**{**usual, **cells})


def test_blank_household_cells_are_filled_from_the_first_row() -> None:
    reading = read(person(居住状态="外出"), without_home(wife()), without_home(son()))

    assert reading.sheets[0].household_cells is HouseholdCells.FIRST_ROW
    assert [household.key for household in reading.households] == ["no:0101010001"]
    assert {row.status for row in reading.rows} == {LivingStatus.AWAY}
    assert {row.door for row in reading.rows} == {"1巷1号"}
    problem = the_problem(reading, Kind.STATUS_SYNONYM)
    assert problem.applies_to_rows == (2, 3, 4)


def test_blank_cells_are_not_filled_across_a_total() -> None:
    reading = read(person(), ["小计", None, None, "1户"], without_home(wife()))

    problem = the_problem(reading, Kind.HOUSEHOLD_UNKNOWN)
    assert (problem.row, problem.severity) == (4, Severity.ERROR)
    assert [row.is_importable for row in reading.rows] == [True, False]


def test_merged_cells_end_where_the_merge_ends() -> None:
    stranger = without_home(person(姓名="周山", 公民身份号码=OTHER, 出生日期="1968-11-11"))
    span = [f"{letter}2:{letter}3" for letter in "ABCDEL"]

    reading = read_book(
        {"一村": [COLUMNS, person(), without_home(wife()), stranger]}, merges={"一村": span}
    )

    assert reading.sheets[0].household_cells is HouseholdCells.MERGED
    assert reading.sheets[0].merged_households == ((2, 3),)
    assert the_problem(reading, Kind.HOUSEHOLD_UNKNOWN).row == 4


def test_row_added_below_a_merge_still_belongs_to_the_household() -> None:
    span = [f"{letter}2:{letter}3" for letter in "ABCDEL"]

    reading = read_book(
        {"一村": [COLUMNS, person(), without_home(wife()), without_home(son())]},
        merges={"一村": span},
    )

    assert [len(household.members) for household in reading.households] == [3]
    assert reading.problems == ()


NUMBERLESS = [column for column in COLUMNS if column != "户编号"]


def numberless(line: Line) -> list[object]:
    return [cell for column, cell in zip(COLUMNS, line, strict=True) if column != "户编号"]


def test_without_a_number_column_head_and_door_make_the_household() -> None:
    neighbour = person(
        姓名="周山", 户主姓名="周山", 公民身份号码=OTHER, 出生日期="1968-11-11", 门牌号="1巷2号"
    )

    reading = read(*map(numberless, (person(), wife(), neighbour)), columns=NUMBERLESS)

    assert [len(household.members) for household in reading.households] == [2, 1]
    assert {row.household_no for row in reading.rows} == {""}
    assert reading.problems == ()


def test_without_any_household_column_each_head_begins_one() -> None:
    columns = ["自然村", "姓名", "与户主关系", "身份证号"]

    reading = read(
        ["柳沟村", "高远", "户主", MAN],
        ["柳沟村", "林芳", "配偶", WIFE],
        ["柳沟村", "周山", "户主", OTHER],
        columns=columns,
    )

    assert [len(household.members) for household in reading.households] == [2, 1]
    assert [household.head.name for household in reading.households if household.head] == [
        "高远",
        "周山",
    ]


def test_rows_of_one_number_join_wherever_they_stand() -> None:
    reading = read_book({"一": [COLUMNS, person()], "二": [COLUMNS, wife()]})

    assert [len(household.members) for household in reading.households] == [2]


def test_number_missing_in_one_household_is_told() -> None:
    reading = read(person(户编号=None), wife(户编号=None), son(户编号="0101010009", 户主姓名=None))

    problem = the_problem(reading, Kind.HOUSEHOLD_NO_MISSING)
    assert problem.applies_to_rows == (2, 3)
    assert all(row.is_importable for row in reading.rows)


def test_number_typed_as_number_gets_its_zeros_from_the_others() -> None:
    first = person(户编号="0101010002", 公民身份号码=OTHER, 出生日期="1968-11-11")
    second = wife(户编号="0101010003", 与户主关系="户主", 户主姓名="林芳")
    third = son(户编号=101010004, 与户主关系="户主", 户主姓名="高川")

    reading = read(first, second, third)

    problem = the_problem(reading, Kind.HOUSEHOLD_NO_ZERO_LOST)
    assert (problem.read, problem.value_after) == (101010004, "0101010004")


def test_number_used_in_two_hamlets_refuses_the_second_household() -> None:
    reading = read(
        person(), son(自然村="桥北村", 行政村="石桥村", 与户主关系="户主", 户主姓名="高川")
    )

    problem = the_problem(reading, Kind.HOUSEHOLD_NO_REUSED)
    assert (problem.row, problem.hint) == (3, "花名册!C2")
    assert [row.is_importable for row in reading.rows] == [True, False]
    assert len(reading.households) == 2


def test_later_row_that_says_otherwise_is_told_and_the_first_counts() -> None:
    reading = read(person(), wife(居住状态="外出务工", 门牌号="1巷9号"))

    found = [(p.kind, p.read, p.value_after) for p in reading.problems]
    assert found == [
        (Kind.HOUSEHOLD_CELL_DIFFERS, "1巷9号", "1巷1号"),
        (Kind.HOUSEHOLD_CELL_DIFFERS, "外出务工", "常住"),
    ]
    assert {row.status for row in reading.rows} == {LivingStatus.RESIDENT}


def test_second_head_is_left_open_and_the_named_one_stays() -> None:
    reading = read(son(与户主关系="户主"), person())

    problem = the_problem(reading, Kind.TWO_HEADS)
    assert (problem.row, problem.related_row) == (2, RowRef(sheet="花名册", row=3))
    assert [row.relation for row in reading.rows] == [None, Relation.HEAD]
    assert reading.households[0].head is reading.rows[1]


def test_household_without_head_promotes_nobody() -> None:
    reading = read(wife(), son())

    problem = the_problem(reading, Kind.HOUSEHOLD_WITHOUT_HEAD)
    assert (problem.applies_to_rows, problem.hint) == ((2, 3), "高远")
    assert reading.households[0].head is None
    assert [row.relation for row in reading.rows] == [Relation.SPOUSE, Relation.SON]


def test_head_column_names_the_head_where_relations_are_empty() -> None:
    reading = read(person(与户主关系=None), wife())

    assert Kind.RELATION_FROM_HEAD_NAME in kinds(reading)
    assert reading.households[0].head is reading.rows[0]


def test_head_column_that_disagrees_is_told() -> None:
    reading = read(person(户主姓名="高原"), wife(户主姓名="高原"))

    problem = the_problem(reading, Kind.HEAD_NAME_MISMATCH)
    assert (problem.cell, problem.read, problem.hint) == ("E2", "高原", "高远")
    assert reading.households[0].head is reading.rows[0]


def test_head_whose_row_is_refused_leaves_the_household_without_head() -> None:
    reading = read(person(公民身份号码=MAN[:-1]), wife())

    problem = the_problem(reading, Kind.HEAD_ROW_REFUSED)
    assert (problem.row, problem.hint) == (3, "花名册!F2")
    assert reading.households[0].head is None
    assert [row.is_importable for row in reading.rows] == [False, True]


def test_person_twice_in_one_household_is_refused_the_second_time() -> None:
    reading = read(person(), wife(), wife(姓名="林方"))

    problem = the_problem(reading, Kind.DUPLICATE_IN_HOUSEHOLD)
    assert (problem.row, problem.related_row) == (4, RowRef(sheet="花名册", row=3))
    assert [row.is_importable for row in reading.rows] == [True, True, False]


def test_person_in_three_households_stays_in_the_first() -> None:
    rows = [
        person(),
        person(户编号="0101010002"),
        person(户编号="0101010003"),
    ]

    reading = read(*rows)

    assert [(p.row, p.severity) for p in reading.problems if p.column == "id"] == [
        (2, Severity.WARNING),
        (3, Severity.ERROR),
        (4, Severity.ERROR),
    ]
    assert [row.is_importable for row in reading.rows] == [True, False, False]
    assert [household.is_importable for household in reading.households] == [True, False, False]


def test_row_refused_for_another_reason_does_not_bar_the_same_person_below() -> None:
    reading = read(person(自然村="无此村"), person(户编号="0101010002"))

    assert Kind.DUPLICATE_IN_TWO_HOUSEHOLDS not in kinds(reading)
    assert [row.is_importable for row in reading.rows] == [False, True]


def test_namesake_without_number_in_one_household_is_flagged() -> None:
    reading = read(person(), son(), son(公民身份号码=None))

    problem = the_problem(reading, Kind.DUPLICATE_WITHOUT_ID)
    assert (problem.row, problem.severity) == (4, Severity.WARNING)
    assert all(row.is_importable for row in reading.rows)


@pytest.mark.parametrize(
    ("cells", "kind", "read_as", "value"),
    [
        ({"性别": "女"}, Kind.SEX_CONTRADICTS_ID, "女", "男"),
        ({"性别": None}, Kind.SEX_FROM_ID, "", "男"),
        ({"性别": "?"}, Kind.SEX_FROM_ID, "?", "男"),
        ({"出生日期": "1970-02-10"}, Kind.BIRTH_CONTRADICTS_ID, "1970-02-10", "1970-01-05"),
        ({"出生日期": None}, Kind.BIRTH_FROM_ID, "", "1970-01-05"),
        ({"出生日期": "1970年1月"}, Kind.DATE_INCOMPLETE, "1970年1月", "1970-01-05"),
        ({"出生日期": "70.1.5"}, Kind.DATE_SHORT_YEAR, "70.1.5", "1970-01-05"),
        ({"与户主关系": "女儿"}, Kind.RELATION_CONTRADICTS_SEX, "女儿", None),
    ],
)
def test_valid_number_decides_over_sex_and_birth(
    cells: dict[str, object], kind: Kind, read_as: str, value: str | None
) -> None:
    reading = read(person(**cells), wife())

    problem = the_problem(reading, kind)
    assert (problem.read, problem.value_after) == (read_as, value)
    assert reading.rows[0].birth_date is not None
    assert reading.rows[0].birth_date.isoformat() == "1970-01-05"


def test_short_year_without_a_number_to_settle_it_stays_unknown() -> None:
    reading = read(person(公民身份号码=None, 出生日期="15.3.8"))

    assert the_problem(reading, Kind.DATE_UNREADABLE).value_after == ""
    assert reading.rows[0].birth_date is None


def test_household_listed_without_people_needs_a_name() -> None:
    reading = read(
        person(姓名=None, 与户主关系=None, 公民身份号码=None, 出生日期=None, 居住状态="空户")
    )

    assert Kind.NAME_MISSING in kinds(reading)
    assert not reading.rows[0].is_importable


def test_rows_of_a_number_whose_first_rows_are_refused_stand_for_themselves() -> None:
    reading = read(person(自然村="无此村"), wife(自然村="柳沟村"))

    assert [row.is_importable for row in reading.rows] == [False, True]
    assert reading.rows[1].path == ("东岭社区", "柳沟村", "柳沟村")
    assert [household.path for household in reading.households] == [reading.rows[1].path]


def test_later_block_of_a_number_that_says_otherwise_is_told() -> None:
    reading = read_book({"一": [COLUMNS, person()], "二": [COLUMNS, wife(门牌号="1巷9号")]})

    problem = the_problem(reading, Kind.HOUSEHOLD_CELL_DIFFERS)
    assert (problem.sheet, problem.read, problem.value_after) == ("二", "1巷9号", "1巷1号")


def test_without_relations_the_head_column_makes_the_head() -> None:
    columns = ["自然村", "户号", "户主", "姓名", "身份证号"]

    reading = read(
        ["柳沟村", "01", "高远", "高远", MAN],
        ["柳沟村", "01", "高远", "林芳", WIFE],
        ["柳沟村", "02", "周海", "周山", OTHER],
        columns=columns,
    )

    assert [row.relation for row in reading.rows] == [Relation.HEAD, None, None]
    problem = the_problem(reading, Kind.HOUSEHOLD_WITHOUT_HEAD)
    assert (problem.cell, problem.hint) == ("C4", "周海")


def test_long_place_and_number_are_refused_before_they_reach_the_register() -> None:
    reading = read(person(自然村="长" * 61), wife(户编号="1" * 21))

    assert kinds(reading).count(Kind.TOO_LONG) == 2
    assert not reading.is_usable


def test_household_cell_given_on_a_later_row_only_is_taken_from_there() -> None:
    reading = read(person(居住状态=None), wife(居住状态="打工"))

    problem = the_problem(reading, Kind.STATUS_SYNONYM)
    assert (problem.row, problem.applies_to_rows) == (3, (2, 3))
    assert {row.status for row in reading.rows} == {LivingStatus.AWAY}
