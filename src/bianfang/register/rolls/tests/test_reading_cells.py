"""Cells as offices type them: words, dates, numbers, free text."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.register.households.enums import LivingStatus, YesNo
from bianfang.register.rolls.reading.cells import clean_text, is_blank
from bianfang.register.rolls.reading.dates import parse_birth
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.numbers import (
    common_width,
    parse_household_no,
    parse_id,
    parse_phone_cell,
)
from bianfang.register.rolls.reading.values import (
    parse_at_home,
    parse_away,
    parse_disability,
    parse_door,
    parse_flag,
    parse_head_name,
    parse_name,
    parse_note,
    parse_relation,
    parse_sex,
    parse_status,
)
from bianfang.register.rolls.reading.workbook import Cell
from bianfang.register.rolls.tests.workbooks import AS_OF, make_id

MAN = make_id("19700105", 1)


def only_kinds(findings: tuple[tuple[Kind, str], ...]) -> list[Kind]:
    return [kind for kind, _ in findings]


@pytest.mark.parametrize(
    ("typed", "name", "found"),
    [
        ("高远", "高远", []),
        ("高　远", "高远", [Kind.SPACE_IN_NAME]),
        (" 高 远 ", "高远", [Kind.SURROUNDING_SPACE, Kind.SPACE_IN_NAME]),
        ("高远\n", "高远", [Kind.LINE_BREAK_IN_CELL]),
        ("高_x000D_\n远", "高远", [Kind.LINE_BREAK_IN_CELL]),
        ("高\u200b远", "高远", [Kind.INVISIBLE_CHARACTER]),
        ("'高远", "高远", [Kind.LEADING_APOSTROPHE]),
        ("阿依古丽·买买提", "阿依古丽·买买提", []),
        ("阿依古丽•买买提", "阿依古丽·买买提", [Kind.NAME_DOT]),
        ("阿依古丽.买买提", "阿依古丽·买买提", [Kind.NAME_DOT]),
        ("䶮𬱖", "䶮𬱖", []),
        ("John Smith", "John Smith", []),
        ("高远1", "高远1", [Kind.NAME_ODD]),
        ("高远（小名）", "高远（小名）", [Kind.NAME_ODD]),
        ("高", "高", [Kind.NAME_ODD]),
        ("　", "", [Kind.NAME_MISSING]),
        ("无", "", [Kind.NAME_MISSING]),
        ("没有", "", [Kind.NAME_MISSING]),
        ("高" * 61, "", [Kind.TOO_LONG]),
        (12.0, "12", [Kind.NAME_ODD]),
    ],
)
def test_parse_name(typed: Cell, name: str, found: list[Kind]) -> None:
    value, findings = parse_name(typed)

    assert (value, only_kinds(findings)) == (name, found)


def test_parse_head_name_empty_is_no_problem() -> None:
    assert parse_head_name("") == ("", ())


@pytest.mark.parametrize(
    ("typed", "relation", "found"),
    [
        ("户主", Relation.HEAD, []),
        ("妻", Relation.SPOUSE, [Kind.RELATION_SYNONYM]),
        ("三儿子", Relation.SON, [Kind.RELATION_SYNONYM]),
        ("小女儿", Relation.DAUGHTER, [Kind.RELATION_SYNONYM]),
        ("老大媳妇", Relation.DAUGHTER_IN_LAW, [Kind.RELATION_SYNONYM]),
        ("继父", Relation.FATHER, [Kind.RELATION_SYNONYM]),
        ("孙媳妇", Relation.OTHER, [Kind.RELATION_SYNONYM]),
        ("大伯", Relation.OTHER, [Kind.RELATION_SYNONYM]),
        ("亲戚", Relation.OTHER, [Kind.RELATION_UNKNOWN]),
        (" 孙女　", Relation.GRANDDAUGHTER, [Kind.SURROUNDING_SPACE]),
        ("", None, [Kind.RELATION_MISSING]),
        ("/", None, [Kind.RELATION_MISSING]),
    ],
)
def test_parse_relation(typed: str, relation: Relation | None, found: list[Kind]) -> None:
    value, findings = parse_relation(typed)

    assert value == relation
    assert only_kinds(findings) == found


@pytest.mark.parametrize(
    ("typed", "sex", "found"),
    [
        ("女", Sex.FEMALE, []),
        ("男性", Sex.MALE, [Kind.SEX_SYNONYM]),
        ("F", Sex.FEMALE, [Kind.SEX_SYNONYM]),
        (1.0, Sex.MALE, [Kind.SEX_SYNONYM]),
        ("", Sex.UNKNOWN, []),
        ("不明", Sex.UNKNOWN, [Kind.SEX_UNKNOWN]),
    ],
)
def test_parse_sex(typed: Cell, sex: Sex, found: list[Kind]) -> None:
    value, findings = parse_sex(typed)

    assert (value, only_kinds(findings)) == (sex, found)


@pytest.mark.parametrize(
    ("typed", "status", "found"),
    [
        ("常住", LivingStatus.RESIDENT, []),
        ("常年在家", LivingStatus.RESIDENT, [Kind.STATUS_SYNONYM]),
        ("举家外出", LivingStatus.AWAY, [Kind.STATUS_SYNONYM]),
        ("闲置", LivingStatus.VACANT, [Kind.STATUS_SYNONYM]),
        ("", LivingStatus.UNKNOWN, [Kind.STATUS_BLANK]),
        ("—", LivingStatus.UNKNOWN, [Kind.STATUS_BLANK]),
        ("待核实", LivingStatus.UNKNOWN, [Kind.STATUS_UNKNOWN_WORD]),
        ("是", LivingStatus.UNKNOWN, [Kind.STATUS_UNKNOWN_WORD]),
    ],
)
def test_parse_status(typed: str, status: LivingStatus, found: list[Kind]) -> None:
    value, findings = parse_status(typed)

    assert (value, only_kinds(findings)) == (status, found)


def test_parse_at_home_yes_is_resident_and_no_stays_open() -> None:
    assert parse_at_home("是").value is LivingStatus.RESIDENT
    assert parse_at_home("否").value is LivingStatus.UNKNOWN
    assert parse_at_home("外出务工").value is LivingStatus.AWAY


@pytest.mark.parametrize(
    ("typed", "flag", "found"),
    [
        ("是", YesNo.YES, []),
        ("√", YesNo.YES, [Kind.FLAG_SYNONYM]),
        ("Ｙ", YesNo.YES, [Kind.FLAG_SYNONYM]),
        ("×", YesNo.NO, [Kind.FLAG_SYNONYM]),
        ("无", YesNo.NO, [Kind.FLAG_SYNONYM]),
        (1.0, YesNo.YES, [Kind.FLAG_SYNONYM]),
        (False, YesNo.NO, [Kind.FLAG_SYNONYM]),
        ("", YesNo.UNKNOWN, []),
        ("/", YesNo.UNKNOWN, [Kind.NULL_WORD]),
        ("2019年起", YesNo.UNKNOWN, [Kind.FLAG_UNKNOWN_WORD]),
    ],
)
def test_parse_flag_empty_is_never_no(typed: Cell, flag: YesNo, found: list[Kind]) -> None:
    value, findings = parse_flag(typed)

    assert (value, only_kinds(findings)) == (flag, found)


@pytest.mark.parametrize(
    ("typed", "value", "found"),
    [
        ("肢体二级", "肢体二级", []),
        ("二级肢体", "肢体二级", [Kind.DISABILITY_SPELLING]),
        ("肢体（一级）", "肢体一级", [Kind.DISABILITY_SPELLING]),
        ("视力残疾Ⅲ级", "视力三级", [Kind.DISABILITY_SPELLING]),
        ("听力4", "听力四级", [Kind.DISABILITY_SPELLING]),
        ("智障 贰级", "智力二级", [Kind.DISABILITY_SPELLING]),
        ("肢体", "肢体", [Kind.DISABILITY_UNCLEAR]),
        ("肢体二级、听力三级", "", [Kind.DISABILITY_UNCLEAR]),
        ("是", "", [Kind.DISABILITY_UNCLEAR]),
        ("无", "", [Kind.NULL_WORD]),
        ("否", "", [Kind.NULL_WORD]),
        ("", "", []),
    ],
)
def test_parse_disability(typed: str, value: str, found: list[Kind]) -> None:
    read, findings = parse_disability(typed)

    assert (read, only_kinds(findings)) == (value, found)


@pytest.mark.parametrize(
    ("typed", "day", "found"),
    [
        ("1958-05-19", (1958, 5, 19), []),
        ("1958-5-9 00:00:00", (1958, 5, 9), []),
        ("1958.5.19", (1958, 5, 19), [Kind.DATE_WITH_DOTS]),
        ("1958/05/19", (1958, 5, 19), [Kind.DATE_WITH_SLASHES]),
        ("1958年5月19日", (1958, 5, 19), [Kind.DATE_CHINESE]),
        ("1958年05月19号", (1958, 5, 19), [Kind.DATE_CHINESE]),
        ("一九五八年五月十九日", (1958, 5, 19), [Kind.DATE_CHINESE]),
        ("二〇〇八年十二月三十一日", (2008, 12, 31), [Kind.DATE_CHINESE]),
        ("一九九〇年十月二十日", (1990, 10, 20), [Kind.DATE_CHINESE]),
        ("1958 5 19", (1958, 5, 19), [Kind.DATE_OTHER_FORM]),
        ("1958、5、19", (1958, 5, 19), [Kind.DATE_OTHER_FORM]),
        ("19580519", (1958, 5, 19), [Kind.DATE_COMPACT]),
        (19580519.0, (1958, 5, 19), [Kind.DATE_COMPACT]),
        (18783.0, (1951, 6, 4), [Kind.DATE_EXCEL_SERIAL]),
        ("18783", (1951, 6, 4), [Kind.DATE_EXCEL_SERIAL]),
        ("１９５８-５-１９", (1958, 5, 19), [Kind.FULLWIDTH_DIGITS]),
        ("58.5.19", (1958, 5, 19), [Kind.DATE_SHORT_YEAR]),
        (date(1958, 5, 19), (1958, 5, 19), []),
        (datetime(1958, 5, 19, 8, 30), (1958, 5, 19), []),  # noqa: DTZ001 - as Excel stores it
        ("1958-02-30", None, [Kind.DATE_IMPOSSIBLE]),
        ("1958.13.5", None, [Kind.DATE_IMPOSSIBLE]),
        ("19581305", None, [Kind.DATE_IMPOSSIBLE]),
        ("1758-01-01", None, [Kind.DATE_IMPOSSIBLE]),
        ("58.13.5", None, [Kind.DATE_IMPOSSIBLE]),
        ("2031-01-01", None, [Kind.DATE_FUTURE]),
        ("1958年5月", None, [Kind.DATE_INCOMPLETE]),
        ("1958", None, [Kind.DATE_INCOMPLETE]),
        (1958.0, None, [Kind.DATE_INCOMPLETE]),
        ("195805", None, [Kind.DATE_INCOMPLETE]),
        ("农历五月初三", None, [Kind.DATE_LUNAR]),
        ("5/19/1958", None, [Kind.DATE_UNREADABLE]),
        ("不记得", None, [Kind.DATE_UNREADABLE]),
        (0.5, None, [Kind.DATE_UNREADABLE]),
        ("/", None, [Kind.NULL_WORD]),
        ("", None, []),
    ],
)
def test_parse_birth(typed: Cell, day: tuple[int, int, int] | None, found: list[Kind]) -> None:
    reading = parse_birth(typed, AS_OF)

    assert reading.day == (date(*day) if day else None)
    assert only_kinds(reading.findings) == found


def test_parse_birth_short_year_may_leave_a_choice() -> None:
    reading = parse_birth("15.3.8", AS_OF)

    assert {reading.day, reading.other} == {date(2015, 3, 8), date(1915, 3, 8)}


@pytest.mark.parametrize(
    ("typed", "number", "found"),
    [
        (MAN, MAN, []),
        (f" {MAN}\n", MAN, [Kind.LINE_BREAK_IN_CELL, Kind.SURROUNDING_SPACE]),
        (f"{MAN[:6]} {MAN[6:14]} {MAN[14:]}", MAN, [Kind.ID_SEPARATORS]),
        (f"{MAN[:6]}-{MAN[6:]}", MAN, [Kind.ID_SEPARATORS]),
        (f"'{MAN}", MAN, [Kind.LEADING_APOSTROPHE]),
        ("99999920000521031x", "99999920000521031X", [Kind.LOWERCASE_X]),
        ("999999590316055", "99999919590316055X", [Kind.ID_15_DIGITS]),
        (999999590316055.0, "99999919590316055X", [Kind.ID_15_DIGITS]),
        (9.9999919850501e17, None, [Kind.ID_TYPED_AS_NUMBER]),
        ("9.99999E+17", None, [Kind.ID_TYPED_AS_NUMBER]),
        (MAN[:-1], None, [Kind.ID_WRONG_LENGTH]),
        (f"{MAN}1", None, [Kind.ID_WRONG_LENGTH]),
        (12345.0, None, [Kind.ID_WRONG_LENGTH]),
        (f"{MAN[:10]}某{MAN[11:]}", None, [Kind.ID_BAD_CHARACTERS]),
        ("999999199302319420", None, [Kind.ID_IMPOSSIBLE_DATE]),
        ("999999198507086520", None, [Kind.ID_CHECK_DIGIT]),
        (make_id("20260701", 1), None, [Kind.ID_FUTURE_DATE]),
        ("", None, [Kind.ID_MISSING]),
        ("办理中", None, [Kind.ID_MISSING]),
        ("/", None, [Kind.ID_MISSING]),
    ],
)
def test_parse_id_never_repairs_digits(typed: Cell, number: str | None, found: list[Kind]) -> None:
    identity, findings = parse_id(typed, AS_OF)

    assert (identity.number if identity else None) == number
    assert only_kinds(findings) == found


@pytest.mark.parametrize(
    ("typed", "number", "found"),
    [
        ("10000009674", "10000009674", []),
        (10000009674.0, "10000009674", [Kind.PHONE_TYPED_AS_NUMBER]),
        ("100 0000-9674", "10000009674", [Kind.PHONE_SEPARATORS]),
        ("+8610000009674", "10000009674", [Kind.PHONE_SEPARATORS]),
        ("１００００００９６７４", "10000009674", [Kind.FULLWIDTH_DIGITS]),
        ("0536-0001234", "0536-0001234", [Kind.PHONE_LANDLINE]),
        ("10000009674/10000009675", "10000009674", [Kind.PHONE_SEVERAL]),
        ("10000009674、0536-0001234", "10000009674", [Kind.PHONE_SEVERAL]),
        ("1000000967", "", [Kind.PHONE_WRONG_LENGTH]),
        (1000000967.0, "", [Kind.PHONE_WRONG_LENGTH]),
        ("问村主任", "", [Kind.PHONE_UNREADABLE]),
        ("12000009674", "", [Kind.PHONE_UNREADABLE]),
        ("无", "", [Kind.NULL_WORD]),
        ("　", "", []),
    ],
)
def test_parse_phone_cell(typed: Cell, number: str, found: list[Kind]) -> None:
    value, findings = parse_phone_cell(typed, allow_invented=True)

    assert (value, only_kinds(findings)) == (number, found)


def test_parse_phone_cell_invented_numbers_are_for_the_demonstration_only() -> None:
    value, findings = parse_phone_cell("10000009674", allow_invented=False)

    assert (value, only_kinds(findings)) == ("", [Kind.PHONE_UNREADABLE])


@pytest.mark.parametrize(
    ("cells", "width"),
    [
        (["0101010001", "0101010002", 101010003.0], 10),
        (["0101010001", "0101010002", "甲-3"], 10),
        (["0101010001", "101", "0101010002"], None),
        (["0101010001"], None),
        (["001", "002", "003"], None),
        ([101010001.0, 101010002.0], None),
        ([], None),
    ],
)
def test_common_width_is_taught_by_texts_only(cells: list[Cell], width: int | None) -> None:
    assert common_width(cells) == width


@pytest.mark.parametrize(
    ("typed", "width", "number", "found"),
    [
        ("0101010001", 10, "0101010001", []),
        (101010001.0, 10, "0101010001", [Kind.HOUSEHOLD_NO_ZERO_LOST]),
        (1101010001.0, 10, "1101010001", []),
        (101010001.0, None, "101010001", []),
        ("101010001", 10, "101010001", [Kind.HOUSEHOLD_NO_LENGTH]),
        ("甲-3", None, "甲-3", []),
        ("０１", None, "01", [Kind.FULLWIDTH_DIGITS]),
        ("", 10, "", []),
        ("1" * 21, 10, "", [Kind.TOO_LONG]),
    ],
)
def test_parse_household_no(typed: Cell, width: int | None, number: str, found: list[Kind]) -> None:
    value, findings = parse_household_no(typed, width)

    assert (value, only_kinds(findings)) == (number, found)


@pytest.mark.parametrize(
    ("typed", "value", "found"),
    [
        ("3巷12号", "3巷12号", []),
        ("３巷１２号", "3巷12号", [Kind.FULLWIDTH_DIGITS]),
        (12.0, "12", []),
        (date(2026, 3, 12), "2026-03-12", [Kind.BECAME_DATE]),
        ("-", "", [Kind.NULL_WORD]),
        ("　", "", []),
        ("长" * 61, "长" * 60, [Kind.TEXT_CUT]),
    ],
)
def test_parse_door(typed: Cell, value: str, found: list[Kind]) -> None:
    read, findings = parse_door(typed)

    assert (read, only_kinds(findings)) == (value, found)


def test_parse_away_keeps_text_that_looks_like_a_formula() -> None:
    assert parse_away("=北京")[0] == "=北京"
    assert only_kinds(parse_away("=北京").findings) == [Kind.TEXT_LIKE_FORMULA]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("=1+1", [Kind.TEXT_LIKE_FORMULA]),
        ("@网格员", [Kind.TEXT_LIKE_FORMULA]),
        ("<b>重点</b>", [Kind.MARKUP_IN_TEXT]),
        ("👨\u200d👩\u200d👧", [Kind.EMOJI]),
        ("甲" * 600, [Kind.LONG_NOTE]),
        ("两\n行", []),
        ("-", [Kind.NULL_WORD]),
    ],
)
def test_parse_note_keeps_every_character(typed: str, found: list[Kind]) -> None:
    value, findings = parse_note(typed)

    assert value == ("" if found == [Kind.NULL_WORD] else typed)
    assert only_kinds(findings) == found


ODD_TEXT = st.text("高远 　\n\u200b\ufeff'·.0１x-/=<，", max_size=12)


@given(ODD_TEXT)
def test_clean_text_once_is_enough(raw: str) -> None:
    once = clean_text(raw).value

    assert clean_text(once).value in (once, once[1:].strip())
    assert is_blank(raw) == (once == "")


@given(ODD_TEXT, st.dates(date(1900, 1, 1), date(2026, 6, 30)))
def test_parsers_take_any_text(raw: str, as_of: date) -> None:
    parse_birth(raw, as_of)
    parse_id(raw, as_of)
    parse_phone_cell(raw, allow_invented=True)
    parse_household_no(raw, 10)
    for parse in (parse_name, parse_relation, parse_sex, parse_status, parse_flag, parse_note):
        parse(raw)
    for parse in (parse_disability, parse_door, parse_away):
        parse(raw)


@given(st.dates(date(1890, 1, 1), AS_OF))
def test_parse_birth_reads_every_day_in_every_form(day: date) -> None:
    forms = (
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )

    assert {parse_birth(form, AS_OF).day for form in forms} == {day}
