"""Changes of a household as a whole."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, events
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import ChangedError, DomainError, FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households import policies, queries
from bianfang.register.households.enums import (
    COUNTED_STATUSES,
    ContactTime,
    HouseholdEnd,
    LivingStatus,
)
from bianfang.register.households.events import ChangeKind, HouseholdChanged
from bianfang.register.households.models import Household, Resident


@transaction.atomic
def create_household(
    *,
    actor: Actor,
    hamlet_id: UUID,
    number: str,
    door: str = "",
    living_status: LivingStatus = LivingStatus.UNKNOWN,
    status_reason: str = "",
    contact_time: ContactTime = ContactTime.ANY,
    note: str = "",
) -> Household:
    """Put a household on the register; its number is used once in the town."""
    hamlet = _open_hamlet(actor, hamlet_id)
    policies.check_can_edit_register(actor, hamlet.path)
    number = number.strip()
    if not number:
        raise FieldError("number", _("A household needs a number."))
    if Household.objects.in_town(actor.town_id).filter(number=number).exists():
        raise FieldError("number", _("Household number %(number)s is in use.") % {"number": number})
    _check_reason(living_status, status_reason)
    household = Household.objects.create(
        town_id=actor.town_id,
        hamlet=hamlet,
        area_path=hamlet.path,
        number=number,
        door=door.strip(),
        living_status=living_status,
        status_reason=status_reason.strip(),
        contact_time=contact_time,
        note=note,
        entered_on=clock.today(),
    )
    journal.record(
        actor=actor, verb="household_created", target=household, facts={"number": number}
    )
    if household.is_counted:
        tell(actor, household, ChangeKind.JOINED)
    return household


@transaction.atomic
def edit_household(
    *,
    actor: Actor,
    household_id: UUID,
    version: int,
    door: str,
    contact_time: ContactTime,
    note: str,
) -> Household:
    """Change what the household itself tells; refused when somebody changed it in between."""
    household = load_for_edit(actor, household_id)
    check_version(household, version)
    changed = [
        name
        for name, value in (("door", door.strip()), ("contact_time", contact_time), ("note", note))
        if getattr(household, name) != value
    ]
    household.door, household.contact_time, household.note = door.strip(), contact_time, note
    household.version += 1
    household.save(update_fields=["door", "contact_time", "note", "version"])
    journal.record(
        actor=actor, verb="household_edited", target=household, facts={"fields": changed}
    )
    return household


@transaction.atomic
def set_living_status(
    *, actor: Actor, household_id: UUID, status: LivingStatus, reason: str = ""
) -> Household:
    """Say whether people live there; a vacant house needs the reason (M16)."""
    household = load_for_edit(actor, household_id)
    _check_reason(status, reason)
    old, was_counted = household.living_status, household.is_counted
    household.living_status, household.status_reason = status, reason.strip()
    household.version += 1
    household.save(update_fields=["living_status", "status_reason", "version"])
    facts = {"old": old, "new": status.value}
    journal.record(actor=actor, verb="living_status_set", target=household, facts=facts)
    if old != status:
        tell(actor, household, _change(was_counted, household.is_counted), f"{old} → {status}")
    return household


@transaction.atomic
def end_household(*, actor: Actor, household_id: UUID, reason: HouseholdEnd, on: date) -> Household:
    """Take a household off the register; nobody may be left in it but where it was a mistake."""
    household = load_for_edit(actor, household_id)
    if household.ended_on is not None:
        raise DomainError(_("This household has left the register already."))
    if queries.list_members(town_id=actor.town_id, household_id=household.id):
        raise DomainError(_("People are still listed here; move or end them first."))
    was_counted = household.is_counted
    household.ended_on, household.end_reason = on, reason
    household.version += 1
    household.save(update_fields=["ended_on", "end_reason", "version"])
    facts = {"reason": reason.value, "on": on.isoformat()}
    journal.record(actor=actor, verb="household_ended", target=household, facts=facts)
    if was_counted:
        tell(actor, household, ChangeKind.LEFT, reason.value)
    return household


@transaction.atomic
def move_households(*, actor: Actor, from_area_id: UUID, to_area_id: UUID) -> int:
    """Move every household of a hamlet that ended to its successor; gives how many."""
    source = areas.get_area(actor=actor, area_id=from_area_id)
    target = _open_hamlet(actor, to_area_id)
    for hamlet in (source, target):
        policies.check_can_edit_register(actor, hamlet.path)
    households = Household.objects.in_town(actor.town_id).on_register().filter(hamlet=source)
    ids = list(households.values_list("id", flat=True))
    moved = Household.objects.in_town(actor.town_id).filter(id__in=ids)
    moved.update(hamlet=target, area_path=target.path)
    people = Resident.objects.in_town(actor.town_id).filter(household__in=ids)
    people.update(area_path=target.path)
    facts = {"to": target.name, "households": len(ids)}
    journal.record(actor=actor, verb="households_moved", target=source, facts=facts)
    return len(ids)


def load_for_edit(actor: Actor, household_id: UUID) -> Household:
    """Load and lock in scope, then check the right to edit there."""
    household = queries.get_household_for_update(actor=actor, household_id=household_id)
    policies.check_can_edit_register(actor, household.area_path)
    return household


def check_version(household: Household, version: int) -> None:
    """Nothing is overwritten silently."""
    if household.version != version:
        raise ChangedError(
            _(
                "Somebody changed this household while the page was open. "
                "What you typed is kept below; compare and save again."
            )
        )


def tell(actor: Actor, household: Household, kind: ChangeKind, note: str = "") -> None:
    """Tell the rooms above."""
    events.emit(
        HouseholdChanged(
            actor=actor,
            town_id=household.town_id,
            household_id=household.id,
            kind=kind,
            note=note,
        )
    )


def _change(was_counted: bool, is_counted: bool) -> ChangeKind:  # noqa: FBT001  # a pair of truths
    if was_counted == is_counted:
        return ChangeKind.STATUS
    return ChangeKind.JOINED if is_counted else ChangeKind.LEFT


def _open_hamlet(actor: Actor, area_id: UUID) -> Area:
    hamlet = areas.get_area(actor=actor, area_id=area_id)
    if hamlet.kind != AreaKind.HAMLET or hamlet.valid_to is not None:
        raise FieldError("hamlet", _("Choose an open natural village."))
    return hamlet


def _check_reason(status: LivingStatus, reason: str) -> None:
    if status not in COUNTED_STATUSES and status != LivingStatus.UNKNOWN and not reason.strip():
        raise FieldError(
            "status_reason", _("Say why nobody lives there; the household is not counted then.")
        )
