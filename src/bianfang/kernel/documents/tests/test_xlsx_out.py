from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from bianfang.kernel.documents.table import Column, ColumnKind, Note, Paper, Row, Table
from bianfang.kernel.documents.xlsx_out import write_workbook

COLUMNS = (
    Column(key="no", title="序号", width=8, kind=ColumnKind.INTEGER),
    Column(key="name", title="姓名", width=14),
    Column(key="area", title="面积", kind=ColumnKind.DECIMAL),
    Column(key="day", title="日期", kind=ColumnKind.DATE),
    Column(key="at", title="时间", kind=ColumnKind.DATETIME),
)
MOMENT = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
ROW: Row = (1, "秦某某", Decimal("15000.25"), date(2026, 3, 1), MOMENT)


def write(*sheets: Table | Note) -> Any:
    target = BytesIO()
    with translation.override("en"):
        write_workbook(target, sheets)
    return openpyxl.load_workbook(target)


def make_table(rows: Sequence[Row], **values: Any) -> Table:
    return Table(**{"name": "台账", "columns": COLUMNS, "rows": rows, **values})


def values(page: Any) -> list[tuple[Any, ...]]:
    return list(page.iter_rows(values_only=True))


def test_write_workbook_values_keep_their_types() -> None:
    naive = datetime.fromisoformat("2026-03-01 09:30")

    page = write(make_table([ROW, (None, "", None, None, naive)]))["台账"]

    assert values(page) == [
        ("序号", "姓名", "面积", "日期", "时间"),
        (1, "秦某某", 15000.25, datetime.fromisoformat("2026-03-01"), naive),
        (None, None, None, None, naive),
    ]
    formats = [cell.number_format for cell in page[2]]
    assert formats == ["#,##0", "@", "#,##0.00#", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert page["B2"].alignment.wrap_text
    assert page["B3"].border.left.style == "thin"


def test_write_workbook_layout_is_made_for_reading_and_printing() -> None:
    page = write(make_table([ROW] * 3, title="走访备案台账", subtitles=("截至3月1日", "单位：户")))[
        "台账"
    ]

    assert [row[0] for row in values(page)][:4] == [
        "走访备案台账",
        "截至3月1日",
        "单位：户",
        "序号",
    ]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A1:E1", "A2:E2", "A3:E3"]
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:E7"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.center.text == "Page &P of &N"
    assert round(page.column_dimensions["B"].width) == 15


def test_write_workbook_a4_and_one_column_without_rows() -> None:
    table = Table(name="a", columns=COLUMNS[1:2], rows=[], title="标题", paper=Paper.A4)

    page = write(table)["a"]

    assert page.page_setup.paperSize == 9
    assert values(page)[:2] == [("标题",), ("姓名",)]
    assert not page.merged_cells.ranges


@pytest.mark.parametrize(
    "text", ["=1+1", "@本组", "+86", "http://example.invalid", "{=A1}", "007", "<script>", "👍🐕"]
)
def test_write_workbook_text_is_never_formula_link_or_number(text: str) -> None:
    cell = write(make_table([(1, text, None, None, None)]))["台账"]["B2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_write_workbook_text_too_long_for_a_cell_shows_that_it_is_cut() -> None:
    cell = write(make_table([(1, "长" * 40_000, None, None, None)]))["台账"]["B2"]

    assert len(cell.value) == 32_767
    assert cell.value.endswith("长…")


def test_write_workbook_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        write(make_table([(1, "秦某某")]))


def test_write_workbook_large_table_is_written_row_by_row() -> None:
    page = write(make_table([ROW] * 3, title="标题", row_count=50_001))["台账"]

    assert [row[1] for row in values(page)[1:]] == ["姓名", "秦某某", "秦某某", "秦某某"]


def test_write_workbook_choices_refer_to_a_dictionary_sheet() -> None:
    first = make_table(
        [ROW],
        name="一",
        title="标题",
        choices={"name": ["户主", "配偶"], "no": ["1"]},
        empty_rows=20,
    )
    second = make_table([], name="It's", choices={"name": []})

    book = write(first, second, Note(name="说明", lines=["=第一行", "第二行"]))

    assert book.sheetnames == ["一", "It's", "说明", "Dictionary"]
    assert values(book["Dictionary"]) == [("户主", "1"), ("配偶", None)]
    rules = {
        str(rule.sqref): rule.formula1
        for page in book.worksheets
        for rule in page.data_validations.dataValidation
    }
    assert rules == {
        "B3:B23": "'Dictionary'!$A$1:$A$2",
        "A3:A23": "'Dictionary'!$B$1:$B$1",
        "B2": "'Dictionary'!$C$1:$C$1",
    }
    assert book["一"].column_dimensions["B"].number_format == "@"
    assert [row[0] for row in values(book["说明"])] == ["=第一行", "第二行"]
    assert book["说明"]["A1"].data_type == "s"


def test_write_workbook_sheets_of_one_name_are_numbered() -> None:
    assert write(make_table([]), make_table([])).sheetnames == ["台账", "台账 2"]
