"""Files that are no workbooks of today, and what the sheet's XML alone can tell."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as FastWorkbook

from bianfang.kernel.codes.people_codes import Sex
from bianfang.register.households.enums import LivingStatus
from bianfang.register.rolls.reading.errors import FileFault, UnreadableWorkbookError
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.reading.sheet_xml import (
    column_index,
    column_letters,
    find_formulas,
    find_stray_cell,
)
from bianfang.register.rolls.tests.workbooks import (
    AS_OF,
    COLUMNS,
    TREE,
    kinds,
    make_book,
    person,
    the_problem,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def read_bytes(data: bytes) -> RollReading:
    return read_roll(data, areas=TREE, as_of=AS_OF)


def zip_of(**members: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", FileFault.EMPTY),
        (OLE + "Workbook".encode("utf-16-le"), FileFault.OLD_EXCEL),
        (OLE + "EncryptedPackage".encode("utf-16-le"), FileFault.PASSWORD),
        ("姓名,身份证号\n高远,\n".encode(), FileFault.TEXT),
        ("姓名,身份证号\r\n高远,\r\n".encode("gb18030"), FileFault.TEXT),
        ("\ufeff姓名\t身份证号\n".encode("utf-16"), FileFault.TEXT),
        (b"<html><table><tr><td>1</td></tr></table></html>", FileFault.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', FileFault.WEB_PAGE),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", FileFault.UNKNOWN),
        (b"PK\x03\x04 and no more", FileFault.DAMAGED),
        (make_book({"一村": [COLUMNS, person()]})[:-400], FileFault.DAMAGED),
        (zip_of(**{"word/document.xml": b"<w/>"}), FileFault.OTHER_OFFICE),
        (zip_of(**{"xl/workbook.bin": b"x"}), FileFault.BINARY_EXCEL),
        (zip_of(**{"xl/workbook.xml": b"<workbook/>"}), FileFault.DAMAGED),
        (
            zip_of(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            FileFault.OPEN_DOCUMENT,
        ),
    ],
)
def test_file_that_is_no_workbook_is_refused_by_what_it_is(data: bytes, fault: FileFault) -> None:
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_bytes(data)

    assert caught.value.fault is fault
    assert len(str(caught.value)) > 20


def test_workbook_of_password_kind_tells_how_to_mend_it() -> None:
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))

    assert str(caught.value) != str(FileFault.PASSWORD)


def test_content_far_outside_the_table_is_refused_by_its_cell() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "一村"
    page.append(COLUMNS)
    page["ZZZ9"] = "x"
    target = BytesIO()
    book.save(target)

    with pytest.raises(UnreadableWorkbookError) as caught:
        read_bytes(target.getvalue())

    assert caught.value.fault is FileFault.STRAY_CELL
    assert "ZZZ9" in str(caught.value)
    assert "一村" in str(caught.value)


def test_whole_columns_that_are_only_formatted_do_no_harm() -> None:
    book = load_workbook(BytesIO(make_book({"一村": [COLUMNS, person()]})))
    for row in (1, 2, 900_000):
        book["一村"].cell(row=row, column=16_384).number_format = "@"
    target = BytesIO()
    book.save(target)

    assert len(read_bytes(target.getvalue()).rows) == 1


def test_formulas_count_by_their_stored_results() -> None:
    target = BytesIO()
    book = FastWorkbook(target)
    page = book.add_worksheet("一村")
    lines: list[list[object]] = [list(COLUMNS), person()]
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if value is not None:
                page.write_string(number, place, str(value))
    page.write_formula(1, COLUMNS.index("性别"), '=IF(TRUE,"男","女")', None, "男")
    page.write_formula(1, COLUMNS.index("联系电话"), "=NA()", None, "#N/A")
    page.write_formula(1, COLUMNS.index("居住状态"), '="在"&"家"', None, "在家")
    book.close()

    reading = read_bytes(target.getvalue())

    row = reading.rows[0]
    assert (row.sex, row.phone, row.status) == (Sex.MALE, "", LivingStatus.RESIDENT)
    assert [(p.kind, p.read, p.value_after) for p in reading.problems] == [
        (Kind.FORMULA_CELL, '=IF(TRUE,"男","女")', "男"),
        (Kind.FORMULA_ERROR, "=NA()", ""),
        (Kind.FORMULA_CELL, '="在"&"家"', "常住"),
    ]


def test_formula_that_was_never_computed_counts_as_empty() -> None:
    book = make_book({"一村": [COLUMNS, person(姓名='="高"&"远"')]})

    reading = read_bytes(book)

    assert the_problem(reading, Kind.FORMULA_WITHOUT_VALUE).read == '="高"&"远"'
    assert Kind.NAME_MISSING in kinds(reading)
    assert not reading.rows[0].is_importable


SHEET = b'<worksheet><sheetData><row r="2">%s</row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("cell", "text", "is_failed", "has_result"),
    [
        (b'<c r="B2"><f>A1+1</f><v>3</v></c>', "=A1+1", False, True),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "=1/0", True, True),
        (b'<c r="B2" t="e"><v>#N/A</v></c>', "#N/A", True, True),
        (b'<c r="B2"><f>A1</f></c>', "=A1", False, False),
        (
            b'<c r="B2"><f t="shared" ref="B2:B9" si="0">A1&amp;"x"</f><v>y</v></c>',
            '=A1&"x"',
            False,
            True,
        ),
    ],
)
def test_find_formulas_reads_text_and_result(
    cell: bytes, text: str, is_failed: bool, has_result: bool
) -> None:
    found = find_formulas(SHEET % cell)[1, 1]

    assert (found.text, found.is_failed, found.has_result) == (text, is_failed, has_result)


def test_find_formulas_follows_shared_ones_and_prefixed_names() -> None:
    shared = (
        b'<c r="B2"><f t="shared" ref="B2:B3" si="4">A1+1</f><v>1</v></c>'
        b'<c r="B3"><f t="shared" si="4"/><v>2</v></c><c r="C3"/><c r="D3"><v>5</v></c>'
    )
    prefixed = b'<x:worksheet><x:c r="A1"><x:f>B1</x:f><x:v>1</x:v></x:c></x:worksheet>'

    assert {key: cell.text for key, cell in find_formulas(SHEET % shared).items()} == {
        (1, 1): "=A1+1",
        (2, 1): "=A1+1",
    }
    assert find_formulas(prefixed)[0, 0].text == "=B1"
    assert find_formulas(SHEET % b'<c r="B2"><v>1</v></c>') == {}


def test_find_stray_cell_minds_filled_cells_only() -> None:
    assert find_stray_cell(SHEET % b'<c r="AAA2" s="1"/>') is None
    assert find_stray_cell(SHEET % b'<c r="AAA2"><v>1</v></c>') == "AAA2"
    assert find_stray_cell(b'<row r="900000"><c r="A900000"><v>1</v></c></row>') == "A900000"


@pytest.mark.parametrize(("letters", "index"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_column_letters_and_places_belong_together(letters: str, index: int) -> None:
    assert column_index(letters) == index
    assert column_letters(index) == letters


@pytest.mark.parametrize(
    ("cell", "has_result"),
    [
        (b'<c r="A1"><f>1+1</f><v>2</v></c>', True),
        (b'<c r="A1"><f>1+1</f><v></v></c>', False),
        (b'<c r="A1"><f>1+1</f><v/></c>', False),
        (b'<c r="A1" t="str"><f>""</f><v></v></c>', True),
    ],
)
def test_an_empty_value_is_a_result_only_of_a_text(cell: bytes, has_result: bool) -> None:
    xml = b'<worksheet><sheetData><row r="1">' + cell + b"</row></sheetData></worksheet>"

    assert find_formulas(xml)[0, 0].has_result is has_result


@pytest.mark.parametrize(
    ("cell", "stray"),
    [
        (b'<c r="XFD1" s="1"/>', None),
        (b'<c r="XFD1" s="1"></c>', None),
        (b'<x:c r="XFD1" s="1"></x:c>', None),
        (b'<c r="XFD1" s="1"><v>3</v></c>', "XFD1"),
    ],
)
def test_a_cell_without_content_strays_nowhere(cell: bytes, stray: str | None) -> None:
    assert find_stray_cell(b'<worksheet><row r="1">' + cell + b"</row>") == stray
