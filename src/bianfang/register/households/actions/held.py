"""Changes that somebody found outside: taken over at once, or held where the register moved on.

Nothing is overwritten silently (I9): where the register says something else than the visitor had
seen, both values are kept until a person who may change the register there decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.errors import FieldError, FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.register.households import policies, queries, workflow
from bianfang.register.households.actions import households, residents
from bianfang.register.households.enums import ContactTime, HeldField, LivingStatus, Verb
from bianfang.register.households.models import HeldChange, Household, Resident
from bianfang.register.households.workflow import RULES, HeldState, Move


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundChange:
    """One thing that a visitor found changed. `seen` is what he had before him, None of a phone.

    `resident_id` names whose phone it is; without it, it is that of the head.
    """

    field: HeldField
    sent: str
    seen: str | None = None
    reason: str = ""
    resident_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundAt:
    """Where and when it was found."""

    household_id: UUID
    visit_id: UUID
    found_at: datetime


@transaction.atomic
def report_changes(
    *, actor: Actor, found: FoundAt, changes: Sequence[FoundChange]
) -> list[HeldChange]:
    """Write each change down where the register still says what was seen; gives what is held.

    Nothing is done where the register says the same already. A phone meets another one where
    somebody wrote one down after the visit. Every wrong change is named by its field at once.
    """
    household = queries.get_household_for_update(actor=actor, household_id=found.household_id)
    policies.check_can_edit_register(actor, household.area_path)
    held, errors = [], dict[str, str | Promise]()
    for change in changes:
        try:
            kept = _report(actor, household, found, change)
        except FieldErrors as refused:
            errors[change.field] = next(iter(refused.errors.values()))
        else:
            held += [kept] if kept else []
    if errors:
        raise FieldErrors(errors)
    return held


@transaction.atomic
def hold_change(*, actor: Actor, found: FoundAt, change: FoundChange) -> HeldChange:
    """Keep a change beside what the register says now, until somebody decides.

    The same change of the same visit is held once.
    """
    household = queries.get_household_for_update(actor=actor, household_id=found.household_id)
    policies.check_can_edit_register(actor, household.area_path)
    if change.field == HeldField.LIVING_STATUS:
        households.check_reason(LivingStatus(change.sent), change.reason)
    before = queries.find_held(town_id=actor.town_id, visit_id=found.visit_id, field=change.field)
    for known in before:
        if known.sent == change.sent:
            return known
    resident = _person(household, change) if change.field == HeldField.PHONE else None
    held = HeldChange(
        town_id=actor.town_id,
        household=household,
        resident=resident,
        field=change.field,
        seen=change.seen or "",
        now=_now(household, change.field, resident),
        sent=change.sent,
        reason=change.reason.strip(),
        visit_id=found.visit_id,
        reported_by_id=actor.person_id,
        reported_at=clock.now(),
        state=RULES[Move.HOLD].target,
    )
    policies.check_lengths(held, "reason")
    held.save(force_insert=True)
    _tell(actor, Verb.CHANGE_HELD, held)
    return held


@transaction.atomic
def take_over(*, actor: Actor, held_id: UUID) -> HeldChange:
    """Write the held value into the register, by the register's own rules."""
    held = _load(actor, held_id, Move.TAKE_OVER)
    change = FoundChange(
        field=HeldField(held.field),
        sent=held.sent,
        reason=held.reason,
        resident_id=held.resident_id,
    )
    _write(actor, held.household, change)
    return _decide(actor, held, Move.TAKE_OVER, Verb.CHANGE_TAKEN)


@transaction.atomic
def drop(*, actor: Actor, held_id: UUID) -> HeldChange:
    """Leave the register as it is; both values stay on record."""
    held = _load(actor, held_id, Move.DROP)
    return _decide(actor, held, Move.DROP, Verb.CHANGE_DROPPED)


def _report(
    actor: Actor, household: Household, found: FoundAt, change: FoundChange
) -> HeldChange | None:
    if change.field == HeldField.PHONE:
        return _report_phone(actor, household, found, change)
    now = _now(household, change.field, None)
    if change.sent in {now, change.seen}:
        return None
    if now != change.seen or household.ended_on is not None:
        return hold_change(actor=actor, found=found, change=change)
    _write(actor, household, change)
    return None


def _report_phone(
    actor: Actor, household: Household, found: FoundAt, change: FoundChange
) -> HeldChange | None:
    number = residents.read_phone(change.sent)
    resident = _person(household, change)
    change = FoundChange(field=change.field, sent=number, resident_id=resident.id)
    if resident.phone == number:
        return None
    if household.ended_on is not None or queries.was_phone_changed(
        resident=resident, since=found.found_at
    ):
        return hold_change(actor=actor, found=found, change=change)
    _write(actor, household, change)
    return None


def _write(actor: Actor, household: Household, change: FoundChange) -> None:
    """By the register's own actions."""
    if change.field == HeldField.LIVING_STATUS:
        households.set_living_status(
            actor=actor,
            household_id=household.id,
            status=LivingStatus(change.sent),
            reason=change.reason,
        )
    elif change.field == HeldField.PHONE:
        resident = _person(household, change)
        residents.change_phone(actor=actor, resident_id=resident.id, phone=change.sent)
    else:
        _edit(actor, household, change)


def _edit(actor: Actor, household: Household, change: FoundChange) -> None:
    fresh = queries.get_household(actor=actor, household_id=household.id)
    is_door = change.field == HeldField.DOOR
    households.edit_household(
        actor=actor,
        household_id=fresh.id,
        version=fresh.version,
        door=change.sent if is_door else fresh.door,
        contact_time=ContactTime(fresh.contact_time if is_door else change.sent),
        note=fresh.note,
    )


def _now(household: Household, field: str, resident: Resident | None) -> str:
    return str(resident.phone if resident else getattr(household, field))


def _person(household: Household, change: FoundChange) -> Resident:
    """Whose phone it is, among the people who live there now."""
    wanted = change.resident_id
    for member in queries.list_members(town_id=household.town_id, household_id=household.id):
        if member.id == wanted or (wanted is None and member.relation == Relation.HEAD):
            return member
    raise FieldError("phone", _("Choose whose phone it is among the people of the household."))


def _load(actor: Actor, held_id: UUID, move: Move) -> HeldChange:
    held = queries.get_held_for_update(actor=actor, held_id=held_id)
    policies.check_can_edit_register(actor, held.household.area_path)
    workflow.check_move(held.state, move)
    return held


def _decide(actor: Actor, held: HeldChange, move: Move, verb: Verb) -> HeldChange:
    held.state = HeldState(RULES[move].target)
    held.decided_by_id, held.decided_at = actor.person_id, clock.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    _tell(actor, verb, held)
    return held


def _tell(actor: Actor, verb: Verb, held: HeldChange) -> None:
    """The journal names the field, never the values: one of them may be a phone."""
    facts = {"field": held.field}
    journal.record(actor=actor, verb=verb, target=held.household, facts=facts)
