"""Questions and answers in words: what is wrong, and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bianfang.kernel.xlsforms.answers import (
    LONGEST_TEXT,
    MOST_ENTRIES,
    Evaluation,
    Wrong,
)
from bianfang.kernel.xlsforms.columns import MENTION
from bianfang.kernel.xlsforms.definition import Form, Kind, Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A question with its answer in words; a group or an entry of a repeat is a heading."""

    words: str
    answer: str = ""
    is_heading: bool = False


def sentences(form: Form, evaluation: Evaluation, language: str) -> dict[str, str]:
    """What is wrong by question, in the words of the form where it has some."""
    by_name = {question.name: question for question in form.all_questions()}
    found = {}
    for path, wrong in evaluation.invalid.items():
        asked = by_name.get(path.rpartition("/")[2])
        own = form.words(asked.constraint_messages, language) if asked else ""
        found[path] = own if own and wrong is Wrong.CONSTRAINT else _wrong_words(wrong, asked)
    for path in evaluation.missing:
        asked = by_name[path.rpartition("/")[2]]
        found[path] = form.words(asked.required_messages, language) or _("Fill this in.")
    return found


def told(
    form: Form, kept: Mapping[str, object], computed: Mapping[str, object], language: str
) -> list[Said]:
    """The questions that were answered, in their order, with the answers in words."""
    return _told(form, form.questions, kept, computed, language, "")


def without_mentions(text: str) -> str:
    """A text for paper: a blank where the phone puts a value."""
    return MENTION.sub("____", text)


def answer_words(form: Form, question: Question, answer: object, language: str) -> str:
    """One answer as people read it."""
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        values = answer if isinstance(answer, list) else [answer] if answer else []
        labels = []
        for value in values:
            choice = question.choice(str(value))
            labels.append(form.words(choice.labels, language) if choice else str(value))
        return ("、" if language == "zh" else ", ").join(labels)
    return "" if answer is None else str(answer)


def _told(
    form: Form,
    questions: Sequence[Question],
    kept: Mapping[str, object],
    computed: Mapping[str, object],
    language: str,
    prefix: str,
) -> list[Said]:
    found: list[Said] = []
    for question in questions:
        words = without_mentions(form.words(question.labels, language))
        if question.kind is Kind.GROUP:
            inside = _told(form, question.questions, kept, computed, language, prefix)
            heading = [Said(words=words, is_heading=True)] if words and inside else []
            found += [*heading, *inside]
        elif question.kind is Kind.REPEAT:
            for number, entry in enumerate(_entries(kept, question), 1):
                inner = f"{question.name}[{number}]/"
                found.append(Said(words=f"{words} {number}", is_heading=True))
                found += _told(form, question.questions, entry, computed, language, inner)
        elif answer := _answer(form, question, kept, computed, language, prefix):
            found.append(Said(words=words or question.name, answer=answer))
    return found


def _entries(kept: Mapping[str, object], repeat: Question) -> list[Mapping[str, object]]:
    entries = kept.get(repeat.name)
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def _answer(
    form: Form,
    question: Question,
    kept: Mapping[str, object],
    computed: Mapping[str, object],
    language: str,
    prefix: str,
) -> str:
    """In words; what is computed is told where it has words of its own."""
    if question.kind is not Kind.CALCULATE:
        return answer_words(form, question, kept.get(question.name), language)
    value = computed.get(f"{prefix}{question.name}")
    return "" if value is None or not question.labels else str(value)


def _wrong_words(wrong: Wrong, question: Question | None) -> str:
    if wrong is Wrong.KIND and question is not None:
        return {
            Kind.DATE: _("Write a day like 2026-11-24."),
            Kind.INTEGER: _("Write a whole number."),
            Kind.DECIMAL: _("Write a number."),
        }.get(question.kind, _("This is no answer to this question."))
    return {
        Wrong.KIND: _("This is no answer to this question."),
        Wrong.CHOICE: _("Choose one of the answers."),
        Wrong.CONSTRAINT: _("This answer cannot be right; look at it again."),
        Wrong.LONG: _("At most %(limit)d characters.") % {"limit": LONGEST_TEXT},
        Wrong.MANY: _("At most %(most)d entries.") % {"most": MOST_ENTRIES},
        Wrong.UNKNOWN: _("The checklist does not ask this."),
    }[wrong]
