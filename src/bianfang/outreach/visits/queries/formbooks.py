"""Workbooks with questions: read by the rules of XLSForm and by the town's own."""

from django.utils.translation import gettext as _

from bianfang.kernel.documents.xlsx_mark import Remark, mark_workbook
from bianfang.kernel.xlsforms.problems import Problem, ProblemKind
from bianfang.kernel.xlsforms.reading import Reading, read_form
from bianfang.outreach.visits.forbidden import FORBIDDEN
from bianfang.outreach.visits.models import ChecklistForm


def read_workbook(content: bytes) -> Reading:
    """What the workbook asks; nobody is scored, and no attitude is asked for."""
    reading = read_form(content)
    sentence = _("Households are not scored or ranked, and attitudes are not kept.")
    return reading.refusing(
        Problem(
            cell=word.cell,
            kind=ProblemKind.MISTAKE,
            question=word.question,
            because_of=found.group(),
            sentence=sentence,
        )
        for word in reading.words
        if (found := FORBIDDEN.search(word.cell.text))
    )


def list_problems(*, form: ChecklistForm) -> tuple[Problem, ...]:
    """What keeps a kept workbook from being used, in the language of this moment."""
    return () if form.is_usable else read_workbook(bytes(form.workbook)).problems


def marked_workbook(*, form: ChecklistForm) -> bytes:
    """The office's own workbook: bad cells coloured and commented, a list of them in front."""
    remarks = [
        Remark(
            sheet=problem.cell.sheet,
            row=problem.cell.row,
            column=problem.cell.column,
            column_title=problem.cell.title,
            read=problem.cell.text,
            reason=problem.sentence,
        )
        for problem in list_problems(form=form)
    ]
    return mark_workbook(bytes(form.workbook), remarks)
