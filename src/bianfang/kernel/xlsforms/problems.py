"""What keeps a workbook from being asked: the cell, the question, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from bianfang.kernel.xlsforms.grammar import Fault


class ProblemKind(StrEnum):
    """Whether the cell asks for what is not supported, or is a mistake."""

    UNSUPPORTED = "unsupported"
    MISTAKE = "mistake"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A filled cell; `title` is the header of its column as written, `text` what stands in it."""

    sheet: str
    row: int
    column: int
    title: str
    text: str

    @property
    def address(self) -> str:
        """As the office sees it: P6."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One cell that keeps the form from being used; `because_of` are the words to blame."""

    cell: Cell
    kind: ProblemKind
    question: str
    because_of: str
    sentence: str


def fault_sentence(fault: Fault, words: str) -> str:
    """What is wrong with an expression, and how to mend it."""
    sentences = {
        Fault.EMPTY: _("There is no rule in this cell; empty it."),
        Fault.TOO_LONG: _("This rule is too long; split it by a calculate question."),
        Fault.CHARACTER: _("“%(words)s” has no place in a rule."),
        Fault.OPEN_TEXT: _(
            "A quotation mark is not closed; texts stand between two of them: 'yes'."
        ),
        Fault.UNEXPECTED: _(
            "“%(words)s” is not expected here; look at brackets, commas and signs."
        ),
        Fault.ENDS_EARLY: _("The rule ends too early; something is missing at its end."),
        Fault.ARGUMENTS: _("%(words)s() is given too many or too few parts between its brackets."),
        Fault.NOT_SUPPORTED: _("Not supported: %(words)s. Take it out, or ask it another way."),
    }
    return sentences[fault] % {"words": words}
