"""Answers to the checklist's questions: checked again by the form of the version that was asked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.xlsforms.answers import Evaluation, check_answers
from bianfang.kernel.xlsforms.definition import Form
from bianfang.kernel.xlsforms.expressions import Value
from bianfang.kernel.xlsforms.wording import sentences
from bianfang.outreach.visits.actions.checks import Errors
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.models import Visit, VisitAnswers
from bianfang.outreach.visits.queries.grounds import Grounds

CHINESE, ENGLISH = "zh", "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluated:
    """What came of the answers; without answers, nothing."""

    evaluation: Evaluation | None = None
    errors: Errors = field(default_factory=dict)


def language() -> str:
    """The language of this moment, as forms name it."""
    return ENGLISH if get_language() == "en" else CHINESE


def evaluate_answers(visit: VisitInput, grounds: Grounds) -> Evaluated:
    """Check the answers of a visit; errors are named `answers-question` and by entry of a repeat.

    `today` in the rules is the day of the visit, on the phone as well: a visit is as right when it
    arrives days later as it was at the door. Whoever answers nothing at all misses nothing.
    """
    given = visit.answers
    if given is None:
        return Evaluated()
    if visit.outcome != VisitOutcome.MET:
        sentence = _("Nobody was talked with, so no question was answered.")
        return Evaluated(errors={"answers": sentence})
    used = grounds.forms.get(given.checklist_id)
    day = clock.local(visit.happened_at).date()
    if used is None or not used.was_used_on(day):
        sentence = _("These questions were not those of a round that was going on that day.")
        return Evaluated(errors={"answers": sentence})
    evaluation = check_answers(used.form, given.values, today=day)
    if not evaluation.is_begun:
        return Evaluated()
    return Evaluated(evaluation=evaluation, errors=_errors(used.form, evaluation))


def answer_rows(visit: Visit, given: VisitInput, evaluated: Evaluated) -> list[VisitAnswers]:
    """One row, if anything was answered."""
    evaluation = evaluated.evaluation
    if given.answers is None or evaluation is None:
        return []
    return [
        VisitAnswers(
            town_id=visit.town_id,
            visit_id=visit.id,
            checklist_id=given.answers.checklist_id,
            answers=evaluation.kept,
            computed=_plain(evaluation.computed),
        )
    ]


def _errors(form: Form, evaluation: Evaluation) -> Errors:
    words = sentences(form, evaluation, language())
    return {f"answers-{path}": sentence for path, sentence in words.items()}


def _plain(computed: Mapping[str, Value]) -> dict[str, object]:
    """Values as JSON knows them: whole numbers without a point, nothing for what is no number."""
    return {
        name: _whole(value) if isinstance(value, float) else value
        for name, value in computed.items()
    }


def _whole(value: float) -> int | float | None:
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value
