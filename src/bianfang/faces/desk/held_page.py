"""Held changes as pages show them: what the register says, what was found, who found it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from bianfang.faces.desk import register_badges
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import short_place
from bianfang.register.households import policies
from bianfang.register.households.enums import ContactTime, HeldField, LivingStatus
from bianfang.register.households.models import HeldChange

DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldRow:
    """One of them, with its values in words; numbers masked."""

    held: HeldChange
    place: str
    now: str
    sent: str
    seen: str
    person: str
    may_decide: bool


def rows_of(request: DeskRequest, changes: Iterable[HeldChange]) -> list[HeldRow]:
    """Made ready to be shown."""
    return [_row(request, each) for each in changes]


def _row(request: DeskRequest, held: HeldChange) -> HeldRow:
    return HeldRow(
        held=held,
        place=short_place(request, held.household.area_path),
        now=_in_words(held.field, held.now),
        sent=_in_words(held.field, held.sent),
        seen="" if held.field == HeldField.PHONE else _in_words(held.field, held.seen),
        person=held.resident.name if held.resident else "",
        may_decide=policies.can_edit_register(request.actor, held.household.area_path),
    )


def _living(value: str) -> str | Promise:
    return LivingStatus(value).label


def _time(value: str) -> str | Promise:
    return ContactTime(value).label


def _masked(value: str) -> str:
    return register_badges.masked(value[-DIGITS:])


_WORDS: Mapping[str, Callable[[str], str | Promise]] = {
    HeldField.LIVING_STATUS: _living,
    HeldField.CONTACT_TIME: _time,
    HeldField.PHONE: _masked,
}


def _in_words(field: str, value: str) -> str:
    worded = _WORDS.get(field)
    return str(worded(value)) if worded and value else value or "—"
