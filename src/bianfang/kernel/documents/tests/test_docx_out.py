from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn

from bianfang.kernel.documents.docx_out import write_document
from bianfang.kernel.documents.report import Grid, Heading, Paragraph, Report

MADE_AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
REPORT = Report(
    title="集中会办会议纪要",
    made_at=MADE_AT,
    blocks=[
        Paragraph(label="时间：", text="2026-11-23"),
        Heading(text="一、议程"),
        Heading(text="1. 路灯不亮", level=2),
        Grid(
            heads=("议定事项", "责任人"),
            rows=[("=HYPERLINK(1)", "某"), ("换\n灯", "")],
            widths=(3, 1),
        ),
    ],
)


def _written(report: Report = REPORT) -> BytesIO:
    target = BytesIO()
    write_document(target, report)
    target.seek(0)
    return target


def _read(report: Report = REPORT) -> Paper:
    return Document(_written(report))


def test_title_paragraphs_and_tables_stand_in_their_order() -> None:
    paper = _read()

    assert [line.text for line in paper.paragraphs] == [
        "集中会办会议纪要",
        "时间：2026-11-23",
        "一、议程",
        "1. 路灯不亮",
    ]
    [table] = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["议定事项", "责任人"],
        ["=HYPERLINK(1)", "某"],
        ["换\n灯", ""],
    ]


def test_page_has_the_measures_of_official_papers() -> None:
    section = _read().sections[0]

    measures = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(each.mm) for each in measures if each] == [210, 297, 37, 35, 28, 26]
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_chinese_and_latin_letters_have_fonts_of_their_own() -> None:
    run = _read().paragraphs[1].runs[1]

    assert run.font.name == "Times New Roman"
    assert run.element.rPr is not None
    assert run.element.rPr.rFonts is not None
    assert run.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_wide_columns_get_their_share_of_the_line() -> None:
    [table] = _read().tables

    assert [round(column.width.mm) for column in table.columns if column.width] == [117, 39]
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_what_no_file_can_hold_is_left_out() -> None:
    dirty = Report(title="标\x00题", blocks=[Paragraph(text="换\x0b灯\ud800<&>")], made_at=MADE_AT)

    assert [line.text for line in _read(dirty).paragraphs] == ["标题", "换灯<&>"]


def test_file_names_neither_a_person_nor_a_program() -> None:
    with ZipFile(_written()) as parts:
        core = parts.read("docProps/core.xml").decode()

    assert "集中会办会议纪要" in core
    assert "python" not in core
    assert "2026-11-23" in core
