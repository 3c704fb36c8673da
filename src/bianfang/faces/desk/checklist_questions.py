"""The questions of a checklist as the desk shows them: as people will see them, with the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.xlsforms.columns import MENTION
from bianfang.kernel.xlsforms.definition import Kind, read_definition
from bianfang.kernel.xlsforms.wording import told, without_mentions
from bianfang.outreach.visits.actions.answering import language
from bianfang.outreach.visits.models import ChecklistForm, Visit
from bianfang.outreach.visits.queries import forms

KINDS: Mapping[str, str | Promise] = {
    Kind.NOTE: _("Words to read"),
    Kind.DATE: _("Day"),
    Kind.INTEGER: _("Whole number"),
    Kind.DECIMAL: _("Number with decimals"),
    Kind.TEXT: _("Free text"),
    Kind.ONE: _("One of a list"),
    Kind.SEVERAL: _("Several of a list"),
    Kind.CALCULATE: _("Computed"),
    Kind.IMAGE: _("Photo, can be left out"),
    Kind.PLACE: _("Place, not asked"),
    Kind.GROUP: _("Section"),
    Kind.REPEAT: _("Several times"),
}
RULES = (
    ("relevant", _("Shown if")),
    ("constraint", _("Right if")),
    ("calculation", _("Computed from")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionLine:
    """A question with its words in the reader's language first, then in the others."""

    name: str
    number: str
    words: str
    others: Sequence[str]
    hint: str
    kind: str | Promise
    choices: Sequence[str]
    rules: Sequence[tuple[str | Promise, str]]
    is_part: bool
    is_asked: bool
    is_required: bool
    has_values: bool


def question_lines(form: ChecklistForm) -> list[QuestionLine]:
    """All questions in their order; none while the workbook has mistakes."""
    data = form.definition
    return list(_lines(data, data["questions"], "")) if data else []


def asked_lines(form: ChecklistForm) -> list[QuestionLine]:
    """What stands on paper: without what is computed, tells of it, or is no matter of words."""
    left_out = {KINDS[Kind.CALCULATE], KINDS[Kind.IMAGE], KINDS[Kind.PLACE]}
    return [
        line
        for line in question_lines(form)
        if line.kind not in left_out and not (line.kind == KINDS[Kind.NOTE] and line.has_values)
    ]


def count_asked(form: ChecklistForm) -> int:
    """How many questions want an answer."""
    return sum(line.is_asked for line in question_lines(form))


def answers_part(visit: Visit) -> dict[str, Any]:
    """What was answered in a visit, in words."""
    found = forms.find_answers(visit=visit)
    if found is None:
        return {"said": []}
    answered, form = found
    said = told(form, answered.answers, answered.computed, language())
    return {"answered": answered, "said": said}


def _lines(
    data: Mapping[str, Any], questions: Sequence[Mapping[str, Any]], above: str
) -> Iterator[QuestionLine]:
    form, number = read_definition({**data, "questions": [], "order": []}), 0
    for question in questions:
        kind = Kind(question["kind"])
        is_asked = kind not in {Kind.NOTE, Kind.CALCULATE, Kind.GROUP, Kind.REPEAT}
        number += kind not in {Kind.NOTE, Kind.CALCULATE}
        place = f"{above}{number}" if kind not in {Kind.NOTE, Kind.CALCULATE} else ""
        words = without_mentions(form.words(question["labels"], language()))
        yield QuestionLine(
            name=question["name"],
            number=place,
            words=words or question["name"],
            others=_others(question["labels"], words),
            hint=form.words(question["hints"], language()),
            kind=KINDS[kind],
            choices=[form.words(one["labels"], language()) for one in question["choices"]],
            rules=[(label, question[key]) for key, label in RULES if question[key]],
            is_part=kind in {Kind.GROUP, Kind.REPEAT},
            is_asked=is_asked,
            is_required=bool(question["required"]),
            has_values=any(map(MENTION.search, question["labels"].values())),
        )
        yield from _lines(data, question["questions"], f"{place}.")


def _others(labels: Mapping[str, str], shown: str) -> list[str]:
    return [text for text in map(without_mentions, labels.values()) if text and text != shown]
