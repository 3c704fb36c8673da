"""What a form shows, computes and refuses, given answers and a day; the phone does the same.

An answer that is not relevant, or is none for its question, counts as empty for all others.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bianfang.kernel.xlsforms.definition import (
    ANSWERED,
    SELECTS,
    Form,
    Kind,
    Question,
    below,
)
from bianfang.kernel.xlsforms.expressions import (
    Surroundings,
    Value,
    evaluate,
    to_bool,
    to_number,
    to_text,
    words,
)
from bianfang.kernel.xlsforms.grammar import Node

LONGEST_TEXT, LARGEST, MOST_ENTRIES, DAY_LENGTH = 2000, 1e9, 20, len("2026-11-24")

Plain = str | int | float | list[str]
"""An answer as it is kept."""

_WHOLE = re.compile(r"-?[0-9]{1,10}")
_NUMBER = re.compile(r"-?(?:[0-9]{1,10}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})")
_NO_SIGN = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text."""
_SPACE = " \t\r\n"


class Wrong(StrEnum):
    """Why an answer is refused."""

    KIND = "kind"
    CHOICE = "choice"
    CONSTRAINT = "constraint"
    LONG = "long"
    MANY = "many"
    UNKNOWN = "unknown"


Read = tuple[Plain | None, Wrong | None]
"""An answer (None: empty), or what is wrong with it."""


@dataclass(kw_only=True, slots=True)
class Evaluation:
    """The outcome; a question in the second entry of a repeat is named `repeat[2]/question`."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    computed: dict[str, Value] = field(default_factory=dict)
    invalid: dict[str, Wrong] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    kept: dict[str, object] = field(default_factory=dict)

    @property
    def is_begun(self) -> bool:
        """Whether anything was said; without a word nothing is missing either."""
        return bool(self.kept or self.invalid)


@dataclass(kw_only=True, slots=True)
class _Level:
    """One set of answers: those of the form, or of one entry of a repeat."""

    given: Mapping[str, object]
    prefix: str
    today: date
    values: dict[str, Value]
    counts: dict[str, int]
    is_relevant: dict[str, bool] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)


def check_answers(form: Form, given: Mapping[str, object], *, today: date) -> Evaluation:
    """Evaluate the whole form; nothing that is given can make it fail."""
    result = Evaluation()
    top = _Level(given=given, prefix="", today=today, values={}, counts={})
    _run(form.questions, form.order, top, result, is_relevant=True)
    result.kept = top.kept
    return result


def _run(
    questions: Sequence[Question],
    order: Sequence[str],
    level: _Level,
    result: Evaluation,
    *,
    is_relevant: bool,
) -> None:
    parents = _parents(questions, None)
    for name in order:
        question, parent = parents[name]
        above = is_relevant if parent is None else level.is_relevant[parent]
        level.is_relevant[name] = above and _holds(question.relevant, level, default=True)
        _take(question, level, result)
    for name in level.given.keys() - parents.keys():
        result.invalid[f"{level.prefix}{name}"] = Wrong.UNKNOWN
    _judge(questions, level, result)


def _parents(
    questions: Sequence[Question], parent: str | None
) -> dict[str, tuple[Question, str | None]]:
    """Questions of one level with the group they are in; what is in a repeat is another level."""
    found: dict[str, tuple[Question, str | None]] = {}
    for question in questions:
        found[question.name] = (question, parent)
        if question.kind is Kind.GROUP:
            found |= _parents(question.questions, question.name)
    return found


def _take(question: Question, level: _Level, result: Evaluation) -> None:
    """Find the value of a question, for those after it."""
    name, path = question.name, f"{level.prefix}{question.name}"
    if not level.is_relevant[name]:
        level.counts[name] = 0
        return
    if question.kind is Kind.CALCULATE and question.calculation is not None:
        value = evaluate(question.calculation, _around(level))
        level.values[name] = result.computed[path] = value
        return
    raw = level.given.get(name)
    if question.kind is Kind.REPEAT:
        level.counts[name] = len(_entries(raw))
        return
    if question.kind not in ANSWERED:
        return
    plain, wrong = _plain(question, raw, level)
    if wrong is not None:
        result.invalid[path] = wrong
    elif plain is not None:
        level.kept[name] = plain
        level.values[name] = _value(plain)


def _judge(questions: Sequence[Question], level: _Level, result: Evaluation) -> None:
    """Once all values are known: what is shown, what is missing, what is out of bounds."""
    for question in questions:
        path = f"{level.prefix}{question.name}"
        if not level.is_relevant[question.name]:
            result.hidden += [f"{level.prefix}{one.name}" for one in below([question])]
            continue
        if question.kind is not Kind.CALCULATE:
            result.shown.append(path)
        if question.kind is Kind.GROUP:
            _judge(question.questions, level, result)
        elif question.kind is Kind.REPEAT:
            _run_entries(question, level, result)
        elif question.kind in ANSWERED and path not in result.invalid:
            _judge_one(question, path, level, result)


def _judge_one(question: Question, path: str, level: _Level, result: Evaluation) -> None:
    if question.name not in level.kept:
        if _holds(question.required, level, default=False):
            result.missing.append(path)
        return
    own = level.values[question.name]
    if not _holds(question.constraint, level, own=own, default=True):
        result.invalid[path] = Wrong.CONSTRAINT


def _run_entries(repeat: Question, level: _Level, result: Evaluation) -> None:
    raw = level.given.get(repeat.name)
    entries = _entries(raw)
    if raw not in (None, "") and not isinstance(raw, list):
        result.invalid[repeat.name] = Wrong.KIND
    if isinstance(raw, list) and len(raw) > MOST_ENTRIES:
        result.invalid[repeat.name] = Wrong.MANY
    kept = []
    for number, entry in enumerate(entries, 1):
        inner = _Level(
            given=entry,
            prefix=f"{repeat.name}[{number}]/",
            today=level.today,
            values=dict(level.values),
            counts=level.counts,
        )
        _run(repeat.questions, repeat.order, inner, result, is_relevant=True)
        kept.append(inner.kept)
    if kept:
        level.kept[repeat.name] = kept


def _entries(raw: object) -> list[Mapping[str, object]]:
    if not isinstance(raw, list):
        return []
    return [entry if isinstance(entry, dict) else {} for entry in raw[:MOST_ENTRIES]]


def _holds(tree: Node | None, level: _Level, *, default: bool, own: Value = "") -> bool:
    return default if tree is None else to_bool(evaluate(tree, _around(level, own)))


def _around(level: _Level, own: Value = "") -> Surroundings:
    return Surroundings(values=level.values, counts=level.counts, own=own, today=level.today)


def _value(plain: Plain) -> Value:
    if isinstance(plain, list):
        return " ".join(plain)
    return plain if isinstance(plain, str) else float(plain)


def _plain(question: Question, raw: object, level: _Level) -> Read:
    """The answer in its plain form (None: empty), or what is wrong with it."""
    if question.kind in SELECTS:
        return _chosen(question, raw, level)
    if raw is None:
        return None, None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None, Wrong.KIND
    if not isinstance(raw, str) and not abs(raw) < LARGEST:
        return None, Wrong.KIND
    text = to_text(raw if isinstance(raw, str) else float(raw)).strip(_SPACE)
    return _typed(question.kind, text) if text else (None, None)


def _typed(kind: Kind, text: str) -> Read:
    if kind is Kind.TEXT and _NO_SIGN.search(text):
        return None, Wrong.KIND
    if kind is Kind.TEXT:
        return (text, None) if len(text) <= LONGEST_TEXT else (None, Wrong.LONG)
    number = to_number(text)
    if kind is Kind.DATE:
        is_day = len(text) == DAY_LENGTH and not math.isnan(number) and "-" in text[1:]
        return (text, None) if is_day else (None, Wrong.KIND)
    form = _WHOLE if kind is Kind.INTEGER else _NUMBER
    if not form.fullmatch(text) or abs(number) >= LARGEST:
        return None, Wrong.KIND
    return (int(number) if number == math.floor(number) else number), None


def _chosen(question: Question, raw: object, level: _Level) -> Read:
    given = raw if isinstance(raw, list) else [] if raw is None else [raw]
    texts = [one for one in given if isinstance(one, str)]
    if len(texts) < len(given):
        return None, Wrong.KIND
    chosen = list(dict.fromkeys(word for text in texts for word in words(text)))
    if not chosen:
        return None, None
    wanted = to_text(level.values.get(question.filter_by, "")) if question.filter_by else ""
    for value in chosen:
        choice = question.choice(value)
        if choice is None or (question.filter_by and choice.group != wanted):
            return None, Wrong.CHOICE
    if question.kind is Kind.SEVERAL:
        return chosen, None
    return (chosen[0], None) if len(chosen) == 1 else (None, Wrong.CHOICE)
