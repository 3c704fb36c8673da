"""Every kind of problem has a sentence that can be shown, and none tells a number in full."""

import pytest
from django.utils import translation

from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.errors import (
    FILE_FAULT_MESSAGES,
    FileFault,
    UnreadableWorkbookError,
)
from bianfang.register.rolls.reading.kinds import SEVERITY, Kind, Severity
from bianfang.register.rolls.reading.messages import SENTENCES, explain, sentence
from bianfang.register.rolls.reading.problems import Problem, mask_numbers
from bianfang.register.rolls.tests.workbooks import make_id, person, read, the_problem, wife

MAN = make_id("19700105", 1)


def make_problem(column: Column = Column.ID, read_as: str | float = MAN) -> Problem:
    return Problem(
        sheet="一村",
        row=2,
        header="身份证号",
        cell="I2",
        column=column,
        kind=Kind.ID_CHECK_DIGIT,
        severity=Severity.ERROR,
        read=read_as,
        value_after=MAN,
        hint=f"与 {MAN} 相同",
    )


def test_every_kind_has_a_gravity_and_a_sentence() -> None:
    assert set(SENTENCES) == set(SEVERITY) == set(Kind)
    assert set(FILE_FAULT_MESSAGES) == set(FileFault)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_every_sentence_takes_the_four_values(
    kind: Kind, severity: Severity, language: str
) -> None:
    with translation.override(language):
        text = sentence(kind=kind, severity=severity, read="甲", value="乙", column="丙", hint="丁")

    assert len(text) > 5
    assert "%(" not in text


@pytest.mark.parametrize("fault", FileFault)
def test_every_file_fault_can_be_shown(fault: FileFault) -> None:
    error = UnreadableWorkbookError(fault, sheet="一村", cell="ZZ9", limit=200_000)

    assert len(str(error)) > 20
    assert "%(" not in str(error)


def test_person_in_two_households_reads_differently_in_the_first_row() -> None:
    reading = read(person(), wife(户编号="0101010002", 公民身份号码=MAN, 姓名="高远"))

    texts = [explain(p) for p in reading.problems if p.column is Column.ID]
    assert len(texts) == len(set(texts)) == 2


def test_masked_problem_tells_no_full_number() -> None:
    masked = make_problem().masked()

    assert masked.read == masked.value_after == f"999999********{MAN[-4:]}"
    assert MAN not in explain(masked)
    assert MAN in explain(make_problem())


@pytest.mark.parametrize(
    ("column", "read_as", "shown"),
    [
        (Column.ID, 9.9999919850501e17, "1.00E+18"),
        (Column.ID, "99999920012257173", "999999*******7173"),
        (Column.ID, "９９９９９９２０２０１０１９０９８１", "９９９９９９********０９８１"),
        (Column.PHONE, 10000009760, "100****9760"),
        (Column.PHONE, "100 0000 9758", "100******9758"),
        (Column.PHONE, "0005678", "***5678"),
        (
            Column.NOTE,
            f"其号码 {MAN}，电话10000009760",
            f"其号码 999999********{MAN[-4:]}，电话100****9760",
        ),
        (Column.HOUSEHOLD_NO, "0101010001", "0101010001"),
        (Column.BIRTH, "19700105", "19700105"),
        (Column.NAME, "高远", "高远"),
    ],
)
def test_masked_read(column: Column, read_as: str | float, shown: str) -> None:
    assert make_problem(column, read_as).masked().read == shown


def test_mask_numbers_leaves_short_numbers_alone() -> None:
    assert mask_numbers("2户合住，1巷12号，2009年翻建") == "2户合住，1巷12号，2009年翻建"


def test_refused_phone_is_stored_masked_in_its_sentence() -> None:
    problem = the_problem(read(person(联系电话="1000000967")), Kind.PHONE_WRONG_LENGTH)

    assert "1000000967" not in explain(problem.masked())


def test_people_and_problems_print_without_numbers() -> None:
    reading = read(person(联系电话="10000009674"))

    assert MAN not in repr(reading.rows[0])
    assert "10000009674" not in repr(reading.rows[0])
    assert MAN not in repr(reading)
