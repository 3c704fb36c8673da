from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from openpyxl.comments import Comment

from bianfang.kernel.documents.xlsx_mark import MarkError, Remark, RemarkKind, mark_workbook


@pytest.fixture
def workbook() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "三村'汇总"
    page.append(["户号", "姓名", "证件号码"])
    page.append(["0201019001", "李刚", "999999197408303770"])
    page.append([None, "王娟", "=1+1"])
    page.merge_cells("A2:A3")
    page["B2"].comment = Comment("原有批注", "office")
    book.create_sheet("Errors")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def make_remark(row: int, column: int, **values: Any) -> Remark:
    given = {
        "sheet": "三村'汇总",
        "column_title": "证件号码",
        "read": "=1+1",
        "reason": "校验码不符",
    }
    return Remark(**{**given, "row": row, "column": column, **values})


def mark(source: Path | bytes, *remarks: Remark) -> Any:
    with translation.override("en"):
        return openpyxl.load_workbook(BytesIO(mark_workbook(source, remarks)))


def test_mark_workbook_list_stands_first_and_links_to_the_cells(workbook: bytes) -> None:
    book = mark(workbook, make_remark(2, 3), make_remark(3, 2, kind=RemarkKind.WARNING))

    assert book.sheetnames == ["Errors 2", "三村'汇总", "Errors"]
    page = book["Errors 2"]
    assert [tuple(row) for row in page.iter_rows(min_row=2, values_only=True)] == [
        ("三村'汇总", 2, "证件号码", "C2", "=1+1", "校验码不符", "error"),
        ("三村'汇总", 3, "证件号码", "B3", "=1+1", "校验码不符", "warning"),
    ]
    assert page["E2"].data_type == "s"
    assert page["D2"].hyperlink.location == "'三村''汇总'!C2"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]


def test_mark_workbook_cells_are_coloured_and_commented(workbook: bytes) -> None:
    page = mark(
        workbook,
        make_remark(2, 3),
        make_remark(3, 3, kind=RemarkKind.WARNING),
        make_remark(3, 3, reason="第二条"),
        make_remark(2, 2, kind=RemarkKind.WARNING),
    )["三村'汇总"]

    assert page["C2"].fill.start_color.rgb == page["C3"].fill.start_color.rgb == "00F8B4B4"
    assert page["B2"].fill.start_color.rgb == "00FCE8A6"
    assert page["C3"].comment.text == "校验码不符\n第二条"
    assert page["B2"].comment.text == "原有批注\n校验码不符"


def test_mark_workbook_cell_under_a_merge_marks_its_first_cell(workbook: bytes) -> None:
    page = mark(workbook, make_remark(3, 1))["三村'汇总"]

    assert page["A2"].comment.text == "校验码不符"


def test_mark_workbook_leaves_the_content_alone(workbook: bytes) -> None:
    page = mark(workbook, make_remark(2, 3))["三村'汇总"]

    assert [tuple(row) for row in page.iter_rows(values_only=True)] == [
        ("户号", "姓名", "证件号码"),
        ("0201019001", "李刚", "999999197408303770"),
        (None, "王娟", "=1+1"),
    ]


def test_mark_workbook_control_characters_do_not_break_the_file(workbook: bytes) -> None:
    book = mark(workbook, make_remark(2, 3, read="a\x00b\x0bc", reason="\x01长" * 20_000))

    assert book["Errors 2"]["E2"].value == "abc"
    assert len(book["三村'汇总"]["C2"].comment.text) <= 1_000


def test_mark_workbook_reads_a_path_too(workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "roll.xlsx"
    path.write_bytes(workbook)

    assert mark(path).sheetnames[0] == "Errors 2"


def test_mark_workbook_unknown_sheet_is_refused(workbook: bytes) -> None:
    with pytest.raises(MarkError, match="补报"):
        mark_workbook(workbook, [make_remark(2, 3, sheet="补报")])


@pytest.mark.parametrize("content", [b"", b"name,id\n", b"PK\x03\x04broken"])
def test_mark_workbook_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(MarkError):
        mark_workbook(content, [])
