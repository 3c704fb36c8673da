"""Rules on single fields, collected so that one answer names them all."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.demands.actions.inputs import ResultInput
from bianfang.outreach.demands.enums import Outcome

Errors = dict[str, str | Promise]

MISSING: Mapping[str, Promise] = MappingProxyType(
    {
        "content": _("Write down what is asked: the demand content is compulsory."),
        "measures": _("Write down what will be done: the measures are compulsory."),
        "owner": _("Name the person in charge; no demand is accepted without one."),
        "due_on": _("Set a deadline; no demand is accepted without one."),
        "route": _("Choose how it is handled: within a deadline or at a meeting."),
        "category": _("Choose a category."),
        "proposer_name": _("Write down whose demand it is, or choose the household."),
        "place": _("Choose the household, or the place it is about."),
        "outcome": _("Choose how it ended."),
        "result": _("Write down the result; nothing is closed without one."),
        "reply": _("Write down what the resident was told; nothing is closed without a reply."),
        "reply_mode": _("Choose how the resident was told."),
        "transferred_to": _("Name the body that took it over."),
        "reason": _("Give the reason; it stays in the history."),
        "go_to": _("Tell where the resident can turn instead."),
        "into": _("Choose the demand that it is merged into."),
        "note": _("Write a note; it stays in the history."),
        "new_due_on": _("Choose the new deadline."),
        "told_resident": _("Write down what the resident was told about the longer time."),
        "half_year_list": _("Choose the half-year list."),
        "suggested_unit": _("Name the unit that it belongs to."),
        "source": _("Tell where the rule stands: a law, a notice, a decision of the town."),
        "days": _("Tell how many days."),
        "title": _("Give the list a title."),
    }
)
"""What is said of a compulsory field that was left empty."""


def missing(**fields: object) -> Errors:
    """A sentence for each field that is empty or blank."""
    return {name: MISSING[name] for name, value in fields.items() if not _is_filled(value)}


def too_long(**fields: tuple[str, int]) -> Errors:
    """A sentence for each text that is longer than its column."""
    sentence = _("At most %(limit)d characters; there are %(length)d.")
    return {
        name: str(sentence) % {"limit": limit, "length": len(text)}
        for name, (text, limit) in fields.items()
        if len(text) > limit
    }


def past_day_errors(**days: date | None) -> Errors:
    """A sentence for each chosen day that lies before today."""
    sentence = _("This day has passed; choose one from today on.")
    return {name: sentence for name, day in days.items() if day and day < clock.today()}


def ending_errors(ending: ResultInput, *, registered_on: date) -> Errors:
    """What is wrong with result and reply."""
    errors = missing(
        outcome=ending.outcome,
        result=ending.result,
        reply=ending.reply,
        reply_mode=ending.reply_mode,
    )
    if ending.outcome == Outcome.TRANSFERRED:
        errors |= missing(transferred_to=ending.transferred_to)
    errors |= too_long(transferred_to=(ending.transferred_to, 60))
    if ending.replied_on and not registered_on <= ending.replied_on <= clock.today():
        errors["replied_on"] = _("The reply lies between the day of registration and today.")
    return errors


def refuse_if(errors: Errors) -> None:
    """Refuse the whole form, naming every field that is wrong."""
    if errors:
        raise FieldErrors(errors)


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
