"""The area tree as a value, and the tree that a workbook describes by itself."""

import pytest

from bianfang.register.rolls.reading.areas import AreaIndex, AreaPath, tree_from
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import RollReading, SheetOutcome
from bianfang.register.rolls.tests.workbooks import (
    AS_OF,
    COLUMNS,
    TREE,
    kinds,
    make_book,
    make_id,
    person,
    read,
    the_problem,
)


@pytest.mark.parametrize(
    ("names", "hamlet", "notes"),
    [
        (("东岭社区", "石桥村", "桥北村"), "桥北村", []),
        (("", "", "桥北村"), "桥北村", []),
        (("", "石桥", "桥北"), "桥北村", [Kind.AREA_SPELLING] * 2),
        (("", "柳沟村", ""), "柳沟村", [Kind.HAMLET_FROM_VILLAGE]),
        (("东岭", "柳沟村委会", "柳沟自然村"), "柳沟村", [Kind.AREA_SPELLING] * 3),
    ],
)
def test_locate_finds_the_hamlet(
    names: tuple[str, str, str], hamlet: str, notes: list[Kind]
) -> None:
    located = TREE.locate(*names)

    assert located.path is not None
    assert located.path.hamlet == hamlet
    assert [note.kind for note in located.notes] == notes


@pytest.mark.parametrize(
    ("names", "kind", "column", "hint"),
    [
        (("", "", ""), Kind.AREA_MISSING, Column.HAMLET, ""),
        (("", "", "前沙河"), None, None, ""),
        (("", "", "沙河村"), Kind.UNKNOWN_HAMLET, Column.HAMLET, "前沙河村、后沙河村"),
        (("", "", "西小王庄"), Kind.UNKNOWN_HAMLET, Column.HAMLET, "—"),
        (("", "石条村", "桥北村"), Kind.UNKNOWN_VILLAGE, Column.VILLAGE, "石桥村"),
        (("北山社区", "", "桥北村"), Kind.UNKNOWN_COMMUNITY, Column.COMMUNITY, ""),
        (("", "柳沟村", "桥北村"), Kind.HAMLET_IN_OTHER_VILLAGE, Column.VILLAGE, "石桥村"),
        (
            ("西湾社区", "", "桥北村"),
            Kind.VILLAGE_IN_OTHER_COMMUNITY,
            Column.COMMUNITY,
            "东岭社区",
        ),
        (("", "沙河村", ""), Kind.HAMLET_MISSING, Column.VILLAGE, "前沙河村、后沙河村"),
    ],
)
def test_locate_names_what_contradicts_the_tree(
    names: tuple[str, str, str], kind: Kind | None, column: Column | None, hint: str
) -> None:
    fault = TREE.locate(*names).fault

    assert (fault.kind if fault else None, fault.column if fault else None) == (kind, column)
    assert fault is None or fault.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("柳沟村", ("柳沟村", "柳沟村")),
        ("2、柳沟", ("柳沟村", "柳沟村")),
        ("沙河村花名册", ("沙河村", "")),
        ("沙河村（前沙河村）花名册", ("沙河村", "前沙河村")),
        ("石桥村桥北村住户表", None),
        ("石桥村、柳沟村", None),
        ("全镇汇总", None),
    ],
)
def test_find_in_text_takes_one_place_or_none(text: str, place: tuple[str, str] | None) -> None:
    assert TREE.find_in_text(text) == place


def test_area_problem_speaks_of_the_whole_household() -> None:
    son = person(
        姓名="高川",
        与户主关系="子",
        自然村="刘沟村",
        公民身份号码=make_id("19990807", 3),
        出生日期="1999-08-07",
    )

    reading = read(person(自然村="刘沟村"), son)

    problem = the_problem(reading, Kind.UNKNOWN_HAMLET)
    assert (problem.cell, problem.read, problem.applies_to_rows) == ("B2", "刘沟村", (2, 3))
    assert problem.hint.startswith("柳沟村")
    assert [row.is_importable for row in reading.rows] == [False, False]
    assert reading.areas is TREE


def read_alone(*places: tuple[str, str, str]) -> RollReading:
    """The reading of a workbook from which the tree is built, one household a place."""
    lines = [
        [
            community,
            *person(
                行政村=village,
                自然村=hamlet,
                户编号=f"{number:010d}",
                公民身份号码=make_id("19700105", number * 2 + 1),
            ),
        ]
        for number, (community, village, hamlet) in enumerate(places)
    ]
    book = make_book({"全镇": [["社区", *COLUMNS], *lines]})
    return read_roll(book, areas="from_file", as_of=AS_OF)


def test_tree_from_the_file_lets_the_majority_decide() -> None:
    reading = read_alone(
        *[("东岭社区", "石桥村", "桥北村")] * 3,
        ("东岭社区", "柳沟村", "桥北村"),
        *[("东岭社区", "柳沟村", "柳沟村")] * 2,
    )

    assert reading.areas.paths == (
        AreaPath("东岭社区", "石桥村", "桥北村"),
        AreaPath("东岭社区", "柳沟村", "柳沟村"),
    )
    problem = the_problem(reading, Kind.HAMLET_IN_OTHER_VILLAGE)
    assert (problem.row, problem.hint) == (5, "石桥村")


def test_tree_from_the_file_doubts_a_rare_name_beside_a_common_one() -> None:
    reading = read_alone(
        *[("东岭社区", "诸葛大石桥村", "诸葛大石桥村")] * 40,
        ("东岭社区", "诸葛大石桥村", "诸葛大石乔村"),
    )

    problem = the_problem(reading, Kind.AREA_RARE_NAME)
    assert (problem.read, problem.hint) == ("诸葛大石乔村", "诸葛大石桥村")
    assert all(row.is_importable for row in reading.rows)


def test_tree_from_the_file_needs_the_community_column() -> None:
    reading = read_roll(make_book({"全镇": [COLUMNS, person()]}), areas="from_file", as_of=AS_OF)

    assert reading.sheets[0].outcome is SheetOutcome.COLUMNS_MISSING
    assert (Column.COMMUNITY,) in reading.sheets[0].missing


def test_household_without_a_place_is_refused() -> None:
    reading = read(person(行政村=None, 自然村=None))

    assert Kind.AREA_MISSING in kinds(reading)
    assert not reading.rows[0].is_importable


def test_index_lists_names_in_order() -> None:
    index, rare = tree_from({AreaPath("甲", "乙", "丙"): 1, AreaPath("甲", "乙", "丁"): 1})

    assert index.names(Column.HAMLET) == ("丙", "丁")
    assert index.names(Column.COMMUNITY) == ("甲",)
    assert index.hamlets_of("乙") == ("丙", "丁")
    assert rare == ()
    assert AreaIndex.build([]).names(Column.VILLAGE) == ()
