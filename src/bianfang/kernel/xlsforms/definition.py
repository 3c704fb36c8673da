"""A form as it is asked: read once from its definition, which is plain data."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bianfang.kernel.xlsforms.grammar import Node, parse

FORMAT = 1

Words = Mapping[str, str]
"""A text by language: "zh", "en", or the name of another one."""


class Kind(StrEnum):
    """What a question wants. A photo and a place may always be left out and are not kept here."""

    NOTE = "note"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    ONE = "select_one"
    SEVERAL = "select_multiple"
    CALCULATE = "calculate"
    IMAGE = "image"
    PLACE = "geopoint"
    GROUP = "group"
    REPEAT = "repeat"


SELECTS = frozenset({Kind.ONE, Kind.SEVERAL})
PARTS = frozenset({Kind.GROUP, Kind.REPEAT})
ANSWERED = SELECTS | {Kind.DATE, Kind.INTEGER, Kind.DECIMAL, Kind.TEXT}
"""Kinds that have an answer of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One answer of a list; `group` is what a list that depends on another answer goes by."""

    value: str
    labels: Words
    group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question, or a group or repeat with those inside it."""

    name: str
    kind: Kind
    labels: Words
    hints: Words
    required: Node | None
    required_messages: Words
    relevant: Node | None
    constraint: Node | None
    constraint_messages: Words
    calculation: Node | None
    filter_by: str
    choices: tuple[Choice, ...]
    questions: tuple["Question", ...]
    order: tuple[str, ...]

    def choice(self, value: str) -> Choice | None:
        """The answer of the list that has this value."""
        return next((one for one in self.choices if one.value == value), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """All questions; `order` is one in which each is known before it is needed."""

    title: str
    languages: tuple[str, ...]
    default_language: str
    questions: tuple[Question, ...]
    order: tuple[str, ...]

    def all_questions(self) -> Iterator[Question]:
        """Every question, group and repeat in the order in which they are asked."""
        yield from below(self.questions)

    def words(self, texts: Words, language: str) -> str:
        """The text in a language, or else in the form's own, or in any there is."""
        return texts.get(language) or texts.get(self.default_language) or "".join(_first(texts))


def below(questions: Sequence[Question]) -> Iterator[Question]:
    """These questions and all inside them."""
    for question in questions:
        yield question
        yield from below(question.questions)


def read_definition(data: Mapping[str, Any]) -> Form:
    """The form of a definition that this program made."""
    return Form(
        title=data["title"],
        languages=tuple(data["languages"]),
        default_language=data["default_language"],
        questions=_questions(data["questions"]),
        order=tuple(data["order"]),
    )


def digest_of(data: Mapping[str, Any]) -> str:
    """A word for the definition: the same questions, the same word."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _questions(data: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    return tuple(
        Question(
            name=each["name"],
            kind=Kind(each["kind"]),
            labels=each["labels"],
            hints=each["hints"],
            required=_tree(each["required"]),
            required_messages=each["required_messages"],
            relevant=_tree(each["relevant"]),
            constraint=_tree(each["constraint"]),
            constraint_messages=each["constraint_messages"],
            calculation=_tree(each["calculation"]),
            filter_by=each["filter_by"],
            choices=tuple(Choice(**choice) for choice in each["choices"]),
            questions=_questions(each["questions"]),
            order=tuple(each["order"]),
        )
        for each in data
    )


def _tree(text: str) -> Node | None:
    return parse(text) if text else None


def _first(texts: Words) -> list[str]:
    return [text for text in texts.values() if text][:1]
