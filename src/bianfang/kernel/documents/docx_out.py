"""Reports as Word documents, on the measures of official papers (GB/T 9704): A4, 22 lines a page.

The file names the fonts of the office; where one is missing, Word takes its own.
"""

import re
from typing import IO

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from bianfang.kernel import clock
from bianfang.kernel.documents.report import Block, Grid, Heading, Report

LATIN = "Times New Roman"
SONG, TITLE_SONG, FANGSONG, KAI, HEI = (
    "宋体",
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
)
BODY_SIZE, TITLE_SIZE, CELL_SIZE, FOOT_SIZE = 16.0, 22.0, 12.0, 14.0
LINE, TITLE_LINE, CELL_LINE = 28.95, 33.0, 18.0
TEXT_WIDTH = 156
_NOT_IN_A_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_document(target: IO[bytes], report: Report) -> None:
    """Write the report; whatever users typed stays text."""
    paper = Document()
    _set_page(paper)
    _number_pages(paper)
    _name(paper, report)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _space(title, TITLE_LINE, after=LINE)
    _write(title, report.title, TITLE_SONG, TITLE_SIZE)
    for block in report.blocks:
        _add(paper, block)
    paper.save(target)


def _add(paper: Paper, block: Block) -> None:
    if isinstance(block, Grid):
        _add_grid(paper, block)
        return
    line = paper.add_paragraph()
    _space(line, LINE)
    line.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)
    if isinstance(block, Heading):
        line.paragraph_format.keep_with_next = True
        _write(line, block.text, HEI if block.level == 1 else KAI, BODY_SIZE)
        return
    if block.label:
        _write(line, block.label, HEI, BODY_SIZE)
    _write(line, block.text, FANGSONG, BODY_SIZE)


def _add_grid(paper: Paper, grid: Grid) -> None:
    table = paper.add_table(rows=0, cols=len(grid.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(TEXT_WIDTH * share / sum(grid.widths)) for share in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((grid.heads, *grid.rows)):
        for cell, text, width in zip(table.add_row().cells, texts, widths, strict=True):
            cell.width = width
            _write_cell(cell, text, is_head=number == 0)
    # A head that is repeated on each page; python-docx has no word for it.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - as above


def _write_cell(cell: _Cell, text: str, *, is_head: bool) -> None:
    line = cell.paragraphs[0]
    _space(line, CELL_LINE)
    _keep_off_grid(line)
    if is_head:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(line, text, HEI if is_head else FANGSONG, CELL_SIZE)


def _write(line: Line, text: str, font: str, size: float) -> None:
    run = line.add_run(_NOT_IN_A_FILE.sub("", text))
    _set_font(run, font, size)


def _set_font(run: Run, font: str, size: float) -> None:
    """Chinese and Latin letters have fonts of their own, or digits fall to a third one."""
    run.font.size = Pt(size)
    run.font.name = LATIN
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _space(line: Line, exact: float, *, after: float = 0) -> None:
    line.paragraph_format.line_spacing = Pt(exact)
    line.paragraph_format.space_before = Pt(0)
    line.paragraph_format.space_after = Pt(after)


def _keep_off_grid(line: Line) -> None:
    """Rows of a table would jump to whole steps of the page's grid."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties = line.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc")


def _set_page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _number_pages(paper: Paper) -> None:
    line = paper.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "", " —"):
        run = line.add_run(text)
        _set_font(run, SONG, FOOT_SIZE)
        if not text:
            _add_field(run, "PAGE")


def _add_field(run: Run, code: str) -> None:
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run.element.append(part)


def _name(paper: Paper, report: Report) -> None:
    """Title and time of the file; it names no person and no program."""
    known = paper.core_properties
    known.title = _NOT_IN_A_FILE.sub("", report.title)
    known.author = known.last_modified_by = known.comments = ""
    known.created = known.modified = clock.local(report.made_at).replace(tzinfo=None)
