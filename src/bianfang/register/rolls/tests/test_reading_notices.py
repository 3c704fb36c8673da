"""What the office is told about a sheet as a whole."""

import json

import pytest
from django.utils import translation

from bianfang.register.rolls.reading.kinds import Severity
from bianfang.register.rolls.reading.notices import (
    NOTICES,
    NoticeKind,
    list_notices,
    notice_sentence,
)
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.tests.workbooks import (
    COLUMNS,
    Line,
    make_id,
    person,
    read,
    read_book,
)

MAN = make_id("19700105", 1)
AREALESS = ["户号", "户主姓名", "姓名", "与户主关系", "身份证号", "居住状态"]
LONE_HEAD = ["01", "高远", "高远", "户主", MAN, "常住"]


def told(reading: RollReading) -> list[tuple[str, NoticeKind]]:
    return [(s.name, notice.kind) for s in reading.sheets for notice in list_notices(s)]


def test_sheet_in_good_order_needs_no_word() -> None:
    assert told(read(person())) == []


def test_sheets_that_were_not_read_say_why() -> None:
    sheets: dict[str, list[Line]] = {
        "一村": [COLUMNS, person()],
        "空": [],
        "说明": [["请逐户填写"]],
        "旧表": [COLUMNS, person()],
        "新表": [COLUMNS],
    }

    reading = read_book(sheets, states={"旧表": "hidden"})

    assert told(reading) == [
        ("空", NoticeKind.SHEET_EMPTY),
        ("说明", NoticeKind.SHEET_WITHOUT_HEADER),
        ("旧表", NoticeKind.SHEET_HIDDEN),
        ("新表", NoticeKind.SHEET_WITHOUT_ROWS),
    ]


def test_missing_column_is_named_with_words_that_would_do() -> None:
    reading = read(["0101010001", "高远", "柳沟村"], columns=["户号", "姓名", "自然村"])

    notices = list_notices(reading.sheets[0])
    assert {notice.severity for notice in notices} == {Severity.ERROR}
    texts = [notice.values["columns"] for notice in notices]
    assert texts == ["“公民身份号码”", "“与户主关系” / “户主姓名”"]
    assert "身份证号" in notices[0].values["examples"]
    assert "公民身份号码" in str(notices[0])


def test_columns_that_were_not_read_are_named_with_their_letters() -> None:
    reading = read(
        [*person(联系电话="10000000001"), None, "汉", "白羊"],
        columns=[*COLUMNS, "手机号", "民族", "星座"],
    )

    notices = {notice.kind: notice.values for notice in list_notices(reading.sheets[0])}
    assert notices[NoticeKind.COLUMN_TWICE]["read"] == "联系电话 (K)"
    assert notices[NoticeKind.COLUMN_TWICE]["others"] == "“手机号 (R)”"
    assert notices[NoticeKind.COLUMNS_UNKNOWN]["others"] == "星座 (T)"
    assert notices[NoticeKind.COLUMNS_IGNORED]["others"] == "民族 (S)"


@pytest.mark.parametrize(
    ("name", "lines", "kind"),
    [
        ("柳沟村", [AREALESS, LONE_HEAD], NoticeKind.AREA_FROM_NAME),
        ("Sheet1", [["柳沟村花名册"], AREALESS, LONE_HEAD], NoticeKind.AREA_FROM_TITLE),
        ("Sheet1", [AREALESS, ["柳沟村"], LONE_HEAD], NoticeKind.AREA_FROM_SECTIONS),
    ],
)
def test_place_found_outside_the_columns_is_told(
    name: str, lines: list[list[str]], kind: NoticeKind
) -> None:
    reading = read_book({name: lines})

    assert told(reading) == [(name, kind)]
    assert [row.is_importable for row in reading.rows] == [True]


def test_what_the_sheet_lacks_for_all_its_households_is_told_once() -> None:
    reading = read(
        ["柳沟村", "1巷1号", "高远", "高远", "户主", MAN],
        columns=["自然村", "门牌号", "户主姓名", "姓名", "与户主关系", "身份证号"],
    )

    assert reading.problems == ()
    assert told(reading) == [
        ("花名册", NoticeKind.NO_HOUSEHOLD_NUMBERS),
        ("花名册", NoticeKind.NO_LIVING_STATUS),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_notice_can_be_stored_and_shown(kind: NoticeKind, language: str) -> None:
    values = dict.fromkeys(("sheet", "columns", "examples", "read", "others"), "甲")

    with translation.override(language):
        text = notice_sentence(kind, json.loads(json.dumps(values)))

    assert set(NOTICES) == set(NoticeKind)
    assert "甲" in text
    assert "%(" not in text
