"""Questions as they are being read: their cells, and what is wrong with them so far."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bianfang.kernel.xlsforms import columns, patterns
from bianfang.kernel.xlsforms.definition import Kind
from bianfang.kernel.xlsforms.grammar import (
    ExpressionError,
    Fault,
    Node,
    parse,
)
from bianfang.kernel.xlsforms.grammar import patterns as patterns_of
from bianfang.kernel.xlsforms.problems import Cell, Problem, ProblemKind, fault_sentence
from bianfang.kernel.xlsforms.workbook import Row


@dataclass(kw_only=True, slots=True, eq=False)
class Draft:
    """A question of the workbook with the trees of its rules by column."""

    kind: Kind
    name: str
    row: Row
    cell: Cell
    list_name: str = ""
    filter_by: str = ""
    filter_column: str = ""
    trees: dict[str, Node] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    inside: list["Draft"] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def words(self, column: str) -> dict[str, str]:
        """The texts of a column by language; "" is the form's own language."""
        return words_of(self.row, column)


@dataclass(kw_only=True, slots=True)
class Findings:
    """Problems as they are found."""

    problems: list[Problem] = field(default_factory=list)

    def unsupported(self, cell: Cell, question: str, words: Sequence[str], sentence: str) -> None:
        """The cell asks for what the subset does not know."""
        self._add(ProblemKind.UNSUPPORTED, cell, question, words, sentence)

    def mistake(self, cell: Cell, question: str, words: Sequence[str], sentence: str) -> None:
        """The cell is wrong by the rules of XLSForm itself."""
        self._add(ProblemKind.MISTAKE, cell, question, words, sentence)

    def _add(
        self, kind: ProblemKind, cell: Cell, question: str, words: Sequence[str], sentence: str
    ) -> None:
        because = ", ".join(words)
        self.problems.append(
            Problem(cell=cell, kind=kind, question=question, because_of=because, sentence=sentence)
        )


def words_of(row: Row, column: str) -> dict[str, str]:
    """The texts of a column by language; "" where the header names none."""
    found = {}
    for key, cell in row.items():
        base, _sep, language = key.partition("::")
        if base == column:
            found[language] = cell.text
    return found


def all_below(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """These drafts and all inside them."""
    for draft in drafts:
        yield draft
        yield from all_below(draft.inside)


def read_rules(draft: Draft, findings: Findings) -> None:
    """Read the rules of a question, each of its cells at once."""
    for column in ("relevant", "constraint", "calculation"):
        cell = draft.row.get(column)
        if cell is not None:
            _read_rule(draft, column, cell, cell.text, findings)
    _read_required(draft, findings)
    _read_default(draft, findings)
    _refuse_misplaced(draft, findings)


def _read_required(draft: Draft, findings: Findings) -> None:
    cell = draft.row.get("required")
    if cell is None or cell.text.lower() in columns.NO:
        return
    if draft.kind in {Kind.IMAGE, Kind.PLACE}:
        sentence = _("A photo or a place is never compulsory; empty this cell.")
        findings.mistake(cell, draft.name, [cell.text], sentence)
    else:
        text = "true()" if cell.text.lower() in columns.YES else cell.text
        _read_rule(draft, "required", cell, text, findings)


def _read_default(draft: Draft, findings: Findings) -> None:
    """A rule if it calls a function or mentions a question; otherwise the answer itself."""
    cell = draft.row.get("default")
    if cell is None:
        return
    if "(" in cell.text or "${" in cell.text:
        _read_rule(draft, "default", cell, cell.text, findings)
    else:
        quote = '"' if "'" in cell.text else "'"
        draft.texts["default"] = f"{quote}{cell.text.replace(quote, '')}{quote}"


def _read_rule(draft: Draft, column: str, cell: Cell, text: str, findings: Findings) -> None:
    try:
        tree = parse(text)
    except ExpressionError as error:
        words = ", ".join(error.words)
        tell = findings.unsupported if error.fault is Fault.NOT_SUPPORTED else findings.mistake
        tell(cell, draft.name, error.words, fault_sentence(error.fault, words))
        return
    for pattern in patterns_of(tree):
        if pattern is None or not patterns.is_fit(pattern):
            sentence = _(
                "This pattern of regex() is not supported: write it out as one simple text, "
                "without groups that repeat what repeats already."
            )
            findings.unsupported(cell, draft.name, ["regex"], sentence)
            return
    draft.trees[column], draft.texts[column] = tree, text


def _refuse_misplaced(draft: Draft, findings: Findings) -> None:
    calculation = draft.row.get("calculation")
    if draft.kind is Kind.CALCULATE and calculation is None:
        sentence = _("Write into the column calculation what is to be computed.")
        findings.mistake(draft.cell, draft.name, ["calculate"], sentence)
    if draft.kind is not Kind.CALCULATE and calculation is not None:
        sentence = _("Only a question of the type calculate is computed; empty this cell.")
        findings.unsupported(calculation, draft.name, ["calculation"], sentence)


def plain(draft: Draft, translated: "Any", choices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The question as the definition holds it."""
    return {
        "name": draft.name,
        "kind": draft.kind.value,
        "labels": translated(draft.words("label")),
        "hints": translated(draft.words("hint")),
        "required": draft.texts.get("required", ""),
        "required_messages": translated(draft.words("required_message")),
        "relevant": draft.texts.get("relevant", ""),
        "constraint": draft.texts.get("constraint", ""),
        "constraint_messages": translated(draft.words("constraint_message")),
        "calculation": draft.texts.get("calculation", ""),
        "default": draft.texts.get("default", ""),
        "multiline": "multiline" in _look(draft),
        "filter_by": draft.filter_by,
        "choices": list(choices),
        "order": draft.order,
    }


def _look(draft: Draft) -> str:
    cell = draft.row.get("appearance")
    return cell.text if cell else ""
