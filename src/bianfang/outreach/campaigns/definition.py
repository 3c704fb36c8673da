"""What a campaign asks, as data: typed questions, checked when they are defined and answered.

Answers arrive as texts, from a form or a file, and are kept as texts in one plain form.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.campaigns.enums import FieldKind
from bianfang.outreach.visits.forbidden import FORBIDDEN

Errors = dict[str, str | Promise]

MOST_FIELDS, MOST_CHOICES, MOST_PLACES = 8, 8, 3
LONGEST_LABEL, LONGEST_TEXT = 40, 120
LARGEST = Decimal(10) ** 9
MOST_URGENT_DAYS, MOST_RECHECK_DAYS = 30, 366


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One answer of a list and what follows from it.

    `urgent_days` raises an urgent demand due within so many working days (0: the same day);
    `recheck_days` asks for another look after so many days; `done` says that nothing is left to do.
    """

    value: str
    label: str
    label_en: str = ""
    urgent_days: int | None = None
    recheck_days: int | None = None
    done: bool = False

    @property
    def name(self) -> str:
        """Its words in the reader's language, as far as there are any."""
        return _in_language(self.label, self.label_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question. `is_status` marks the choice by which spots are listed and counted."""

    key: str
    label: str
    kind: FieldKind
    label_en: str = ""
    required: bool = False
    places: int = 2
    unit: str = ""
    is_status: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """Its words in the reader's language, as far as there are any."""
        return _in_language(self.label, self.label_en)

    def choice(self, value: str) -> Choice | None:
        """The answer of the list that has this value."""
        return next((one for one in self.choices if one.value == value), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Checked answers by question, and what follows from them."""

    values: Mapping[str, str]
    urgent_days: int | None = None
    recheck_days: int | None = None
    status: str = ""
    is_done: bool = False
    asked: tuple[Field, ...] = field(default=(), repr=False)

    @property
    def is_urgent(self) -> bool:
        """Whether an urgent demand follows."""
        return self.urgent_days is not None


def read_fields(data: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Questions from what a definition holds."""
    return tuple(
        Field(
            **{
                **each,
                "kind": FieldKind(each["kind"]),
                "choices": tuple(Choice(**choice) for choice in each.get("choices", ())),
            }
        )
        for each in data
    )


def write_fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    """What a definition holds of questions."""
    return [{**asdict(each), "kind": each.kind.value} for each in fields]


def check_field(given: Field, others: Sequence[Field]) -> None:
    """Refuse a question that nobody could answer, or that nobody may ask."""
    errors: Errors = {}
    wrong = _wrong_label(given, others)
    if wrong:
        errors["label"] = wrong
    if given.kind is FieldKind.DECIMAL and not 1 <= given.places <= MOST_PLACES:
        errors["places"] = _("Between 1 and %(most)d decimals.") % {"most": MOST_PLACES}
    if given.is_status and given.kind is not FieldKind.CHOICE:
        errors["is_status"] = _("Only a list of answers can be a status.")
    elif given.is_status and any(other.is_status for other in others):
        errors["is_status"] = _("Another question is the status already.")
    if given.kind is FieldKind.CHOICE:
        errors |= _choice_errors(given.choices)
    if errors:
        raise FieldErrors(errors)


def _wrong_label(given: Field, others: Sequence[Field]) -> str:
    label = given.label.strip()
    if len(others) >= MOST_FIELDS:
        return _("A campaign asks at most %(most)d questions.") % {"most": MOST_FIELDS}
    if not label:
        return _("Write down the question.")
    if len(label) > LONGEST_LABEL:
        return _("At most %(limit)d characters.") % {"limit": LONGEST_LABEL}
    if any(other.label == label for other in others):
        return _("This campaign asks that already.")
    if FORBIDDEN.search(f"{label} {given.label_en}"):
        return _("Households are not scored or ranked, and attitudes are not kept.")
    return ""


def _choice_errors(choices: Sequence[Choice]) -> Errors:
    labels = [choice.label.strip() for choice in choices]
    if not 2 <= len(labels) <= MOST_CHOICES:
        return {"choices": _("Name two to %(most)d answers.") % {"most": MOST_CHOICES}}
    if len(set(labels)) < len(labels) or "" in labels:
        return {"choices": _("Each answer needs words of its own.")}
    if any(FORBIDDEN.search(f"{choice.label} {choice.label_en}") for choice in choices):
        return {"choices": _("Households are not scored or ranked, and attitudes are not kept.")}
    for choice in choices:
        if choice.urgent_days is not None and not 0 <= choice.urgent_days <= MOST_URGENT_DAYS:
            return {"choices": _("Urgent: within 0 to 30 working days.")}
        if choice.recheck_days is not None and not 1 <= choice.recheck_days <= MOST_RECHECK_DAYS:
            return {"choices": _("Another look: after 1 to 366 days.")}
    return {}


def check_answers(fields: Sequence[Field], given: Mapping[str, str]) -> Answers:
    """The answers in their plain form and what follows; refused with every wrong one at once."""
    errors: Errors = {}
    values: dict[str, str] = {}
    for asked in fields:
        text = given.get(asked.key, "").strip()
        if not text:
            if asked.required:
                errors[asked.key] = _("Fill this in, or leave the whole part empty.")
            continue
        try:
            values[asked.key] = _plain(asked, text)
        except ValueError as wrong:
            errors[asked.key] = str(wrong)
    if unknown := set(given) - {asked.key for asked in fields}:
        errors[min(unknown)] = _("The campaign does not ask this.")
    if not values and not errors:
        errors[""] = _("Answer at least one question.")
    if errors:
        raise FieldErrors(errors)
    return _follow(fields, values)


def _follow(fields: Sequence[Field], values: Mapping[str, str]) -> Answers:
    chosen = [
        (asked, choice) for asked in fields if (choice := asked.choice(values.get(asked.key, "")))
    ]
    urgent = [one.urgent_days for _asked, one in chosen if one.urgent_days is not None]
    recheck = [one.recheck_days for _asked, one in chosen if one.recheck_days is not None]
    status = next((one for asked, one in chosen if asked.is_status), None)
    return Answers(
        values=values,
        urgent_days=min(urgent, default=None),
        recheck_days=min(recheck, default=None),
        status=status.value if status else "",
        is_done=status is not None and status.done,
        asked=tuple(fields),
    )


def _plain(asked: Field, text: str) -> str:
    if asked.kind is FieldKind.CHOICE:
        if asked.choice(text) is None:
            raise ValueError(_("Choose one of the answers."))
        return text
    if asked.kind is FieldKind.DAY:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(_("Write a day like 2026-11-24.")) from None
    if asked.kind is FieldKind.TEXT:
        if len(text) > LONGEST_TEXT:
            raise ValueError(_("At most %(limit)d characters.") % {"limit": LONGEST_TEXT})
        return text
    return _plain_number(asked, text)


def _plain_number(asked: Field, text: str) -> str:
    """Never rounded silently: too many decimals are an error."""
    places = asked.places if asked.kind is FieldKind.DECIMAL else 0
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("Write a number.")) from None
    if not number.is_finite() or not 0 <= number < LARGEST:
        raise ValueError(_("Write a number that is not negative, and not this large."))
    exact = number.quantize(Decimal(1).scaleb(-places))
    if exact != number:
        if places == 0:
            raise ValueError(_("Write a whole number."))
        raise ValueError(_("At most %(places)d decimals.") % {"places": places})
    return str(exact)


def shown(asked: Field, value: str) -> str:
    """An answer in words, with its unit."""
    choice = asked.choice(value)
    return choice.name if choice else f"{value}{f' {asked.unit}' if asked.unit else ''}"


def summary(fields: Sequence[Field], values: Mapping[str, str]) -> str:
    """All answers in one line."""
    parts = [f"{one.name} {shown(one, values[one.key])}" for one in fields if one.key in values]
    return "；".join(parts) if not _is_english() else "; ".join(parts)


def status_choices(fields: Sequence[Field]) -> tuple[Choice, ...]:
    """The answers by which spots are listed and counted; none where there is no status."""
    return next((one.choices for one in fields if one.is_status), ())


def has_urgent(fields: Sequence[Field]) -> bool:
    """Whether some answer raises an urgent demand."""
    return any(choice.urgent_days is not None for one in fields for choice in one.choices)


def _in_language(label: str, label_en: str) -> str:
    return label_en if label_en and _is_english() else label


def _is_english() -> bool:
    return get_language() == "en"
