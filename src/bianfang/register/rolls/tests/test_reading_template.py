"""Our own files: what is exported reads back the same, and the template offers its words."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.documents.table import Note, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.register.households.enums import LivingStatus, YesNo
from bianfang.register.rolls.reading.areas import AreaPath
from bianfang.register.rolls.reading.columns import REQUIRED, SPECS, TABLE, TITLES, Column
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import SheetOutcome
from bianfang.register.rolls.reading.rows import RollRow, export_cells, words_of
from bianfang.register.rolls.reading.synonyms import find_column, synonyms_of
from bianfang.register.rolls.reading.template import choices, export_table, template_sheets
from bianfang.register.rolls.tests.workbooks import AS_OF, TREE, make_id, person, read, wife

ROW = RollRow(
    sheet="数据",
    row=2,
    household_key="no:0101010001",
    path=AreaPath("东岭社区", "石桥村", "桥北村"),
    household_no="0101010001",
    door="3巷12号",
    head_name="高远",
    status=LivingStatus.AWAY,
    name="高远",
    relation=Relation.HEAD,
    sex=Sex.MALE,
    id_number=make_id("19700105", 1),
    id_is_verified=True,
    birth_date=date(1970, 1, 5),
    phone="10000009674",
    away_place="青岛",
    dibao=YesNo.NO,
    tekun=YesNo.UNKNOWN,
    disability="肢体二级",
    note="=晚上在家",
    is_importable=True,
)


def workbook(*sheets: Table | Note) -> bytes:
    target = BytesIO()
    write_workbook(target, sheets)
    return target.getvalue()


def test_exported_row_reads_back_the_same() -> None:
    table = export_table([export_cells(1, ROW)], row_count=1, title="住户花名册")

    reading = read_roll(workbook(table), areas=TREE, as_of=AS_OF, allow_invented_phones=True)

    assert [words_of(row) for row in reading.rows] == [words_of(ROW)]
    assert [problem.kind.value for problem in reading.problems] == ["text_like_formula"]


def test_what_was_read_is_exported_and_read_again_unchanged() -> None:
    first = read(
        person(联系电话="0536-0001234", 残疾类别等级="视力一级", 是否低保="是"), wife(备注="甲")
    )
    rows = [export_cells(number, row) for number, row in enumerate(first.rows, 1)]

    again = read_roll(
        workbook(export_table(rows, row_count=2)),
        areas=TREE,
        as_of=AS_OF,
        allow_invented_phones=True,
    )

    assert [words_of(row) for row in again.rows] == [words_of(row) for row in first.rows]


def test_template_is_understood_and_has_nobody_in_it() -> None:
    data = workbook(*template_sheets(TREE))

    reading = read_roll(data, areas=TREE, as_of=AS_OF)

    assert reading.sheets[0].outcome is SheetOutcome.NO_ROWS
    assert [c.column for c in reading.sheets[0].columns] == [spec.column for spec in TABLE]
    assert {sheet.outcome for sheet in reading.sheets[1:]} <= {
        SheetOutcome.NO_HEADER,
        SheetOutcome.HIDDEN,
    }


def test_filled_template_is_read() -> None:
    book = load_workbook(BytesIO(workbook(*template_sheets(TREE))))
    page = book["数据"]
    for place, value in enumerate(export_cells(1, ROW), 1):
        cell = page.cell(row=2, column=place, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
    target = BytesIO()
    book.save(target)

    reading = read_roll(target.getvalue(), areas=TREE, as_of=AS_OF, allow_invented_phones=True)

    assert [words_of(row) for row in reading.rows] == [words_of(ROW)]


def test_template_offers_words_that_the_reader_takes_as_they_are() -> None:
    offered = choices(TREE)

    assert offered[Column.HAMLET] == TREE.names(Column.HAMLET)
    for relation in offered[Column.RELATION]:
        problems = read(person(), wife(与户主关系=relation)).problems
        kinds = {p.kind.value for p in problems if p.column is Column.RELATION}
        assert kinds <= {"two_heads", "relation_contradicts_sex"}
    for column in (Column.STATUS, Column.DIBAO, Column.TEKUN, Column.DISABILITY):
        for word in offered[column]:
            assert read(person(**{SPECS[column].title: word})).problems == (), word


def test_every_title_of_ours_is_understood_as_its_column() -> None:
    assert {column: find_column(title) for column, title in TITLES.items()} == {
        column: column for column in Column
    }


@pytest.mark.parametrize("column", Column)
def test_synonyms_belong_to_one_column_only(column: Column) -> None:
    words = synonyms_of(column)

    assert len(words) >= 5
    assert {find_column(word) for word in words} == {column}


def test_required_columns_are_all_in_the_table() -> None:
    compulsory = {spec.column for spec in TABLE if spec.is_compulsory}

    assert all(compulsory & set(group) for group in REQUIRED)
