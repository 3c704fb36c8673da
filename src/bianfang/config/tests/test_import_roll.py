"""`bianfang import-roll` on an empty data folder and on a town with a register."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from pytest_django import Settings

from bianfang.config import cli
from bianfang.kernel.codes.identity import check_digit
from bianfang.kernel.crypto.current import forget_keys
from bianfang.kernel.tenancy.models import Town
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household, Resident

pytestmark = pytest.mark.django_db

HEADER = (
    "社区", "行政村", "自然村", "户编号", "门牌号", "户主姓名", "姓名", "与户主关系",
    "公民身份号码", "居住状态", "备注", "血型",
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.BIANFANG_KEYRING_FILE = tmp_path / "keyring.json"
    settings.BIANFANG_UPLOADS = tmp_path / "uploads"
    settings.BIANFANG_BACKUPS = tmp_path / "backups"
    forget_keys()


def line(number: str, name: str, relation: str, serial: int, status: str = "常住") -> list[str]:
    body = f"99999919700105{serial:03d}"
    identity = body + check_digit(body)
    head = {"0101010001": "高远", "0101010002": "宋平"}[number]
    place = ["东岭社区", "柳沟村", "柳沟村", number, f"{number[-1]}号", head]
    return [*place, name, relation, identity, status, "", ""]


ROWS = [
    line("0101010001", "高远", "户主", 1),
    line("0101010001", "林芳", "配偶", 2),
    line("0101010002", "宋平", "户主", 3, "空户"),
]


def write(path: Path, *rows: list[str], header: tuple[str, ...] = HEADER) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "花名册"
    for row in (header, *rows):
        page.append(row)
    book.save(path)
    return path


def run(path: Path, *more: str) -> int:
    return cli.main(["import-roll", str(path), "--town", "云溪镇", *more])


def test_report_tells_everything_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(tmp_path / "roll.xlsx", *ROWS)) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[-1] == (
        "only looked at roll.xlsx: 1 community, 1 village, 1 hamlet; 2 households "
        "(1 resident, 1 vacant), 3 people; 0 rows refused; --merge takes it in"
    )
    assert "  not read: 血型" in told
    assert "New household: 2" in told
    assert not Town.objects.exists()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_merge_makes_the_town_and_sums_up_in_the_last_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "roll.xlsx", *ROWS)

    assert run(path, "--merge", "--county", "云县", "--as-of", "2026-03-31") == 0

    *_, done, last = capsys.readouterr().out.splitlines()
    assert done == "done: 2 new households, 3 new people"
    assert last == (
        "merged roll.xlsx: 1 community, 1 village, 1 hamlet; 2 households "
        "(1 resident, 1 vacant), 3 people; 0 rows refused"
    )
    town = Town.objects.get(name="云溪镇")
    assert Household.objects.in_town(town.id).count() == 2
    assert Area.objects.in_town(town.id).filter(kind="hamlet").count() == 1
    assert list((tmp_path / "uploads").iterdir()) == []

    assert run(path, "--merge", "--as-of", "2026-03-31") == 0
    assert "done: nothing had changed" in capsys.readouterr().out
    assert Resident.objects.in_town(town.id).count() == 3


def test_refused_rows_are_told_with_cell_and_how_to_mend_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = [*ROWS[1]]
    spoilt[8] = spoilt[8][:-1]
    path = write(tmp_path / "roll.xlsx", ROWS[0], spoilt, ROWS[2])

    assert run(path) == 0

    told = capsys.readouterr().out
    assert "error: 1 cell, rows refused because of them\n  id_wrong_length: 1\n" in told
    assert "    花名册 I3: The identity number 999999" in told
    assert ROWS[1][8] not in told
    assert "1 row refused" in told


def test_missing_people_are_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write(tmp_path / "first.xlsx", *ROWS), "--merge")

    assert run(write(tmp_path / "second.xlsx", ROWS[0], ROWS[1])) == 0

    told = capsys.readouterr().out
    assert "Household not on the roll: 1 (left for a person to decide)" in told
    assert "  household 0101010002" in told


def test_nothing_to_take_in_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = write(tmp_path / "empty.xlsx", header=("甲", "乙"))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")

    for path in (nothing, broken):
        assert run(path, "--merge") == 1
        last = capsys.readouterr().out.splitlines()[-1]
        assert last.startswith(f"nothing to take in from {path.name}: ")
    assert not Town.objects.exists()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_file_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none.xlsx") == 2
    assert "there is no file" in capsys.readouterr().err
