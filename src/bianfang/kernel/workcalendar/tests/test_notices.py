from datetime import date

import pytest
from django.utils import translation

from bianfang.kernel.workcalendar.errors import NoticeError
from bianfang.kernel.workcalendar.notices import read_notice


def test_read_notice_takes_the_ways_people_write() -> None:
    lines = (
        "2027-01-01,休",
        "",
        "\uff12\uff10\uff12\uff17/2/6，班 ",
        "2027.10.1\t放假",
        "2027年10月9日 上班",
        "2026-12-31, OFF",
    )

    assert read_notice("\n".join(lines), 2027) == {
        date(2027, 1, 1): False,
        date(2027, 2, 6): True,
        date(2027, 10, 1): False,
        date(2027, 10, 9): True,
        date(2026, 12, 31): False,
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1 January off", "Line 2: “1 January off” is not understood"),
        ("2027-01-01,maybe", "Line 2: “2027-01-01,maybe” is not understood"),
        ("2027-02-30,休", "Line 2: “2027-02-30,休” names a day that does not exist"),
        ("2028-01-01,休", "Line 2: 2028-01-01 does not belong to the notice of 2027"),
        ("2026-11-30,休", "Line 2: 2026-11-30 does not belong"),
        ("2027-10-01,班", "Line 2: 2027-10-01 stands there twice"),
    ],
)
def test_read_notice_wrong_line_is_named(line: str, message: str) -> None:
    with translation.override("en"), pytest.raises(NoticeError) as caught:
        read_notice(f"2027-10-01,休\n{line}", 2027)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("text", ["", "2027-01-01,休", "2027-10-01,班"])
def test_read_notice_without_national_day_off_is_incomplete(text: str) -> None:
    with translation.override("en"), pytest.raises(NoticeError, match="1 October"):
        read_notice(text, 2027)


def test_read_notice_many_faults_are_cut() -> None:
    with pytest.raises(NoticeError) as caught:
        read_notice("x\n" * 40, 2027)
    assert len(str(caught.value).splitlines()) == 5
