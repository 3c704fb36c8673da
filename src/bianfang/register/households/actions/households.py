"""Changes of a household as a whole."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
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
    ResidentEnd,
)
from bianfang.register.households.events import ChangeKind, HouseholdChanged
from bianfang.register.households.models import Household, Resident

END_OF_MEMBERS = {
    HouseholdEnd.MOVED_OUT: ResidentEnd.MOVED_OUT,
    HouseholdEnd.ENTERED_BY_MISTAKE: ResidentEnd.ENTERED_BY_MISTAKE,
    HouseholdEnd.NOT_ON_ROLL: ResidentEnd.NOT_ON_ROLL,
}
"""How the people leave with their household; for other reasons they have to be settled before."""


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
    check_reason(living_status, status_reason)
    household = Household(
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
    policies.check_lengths(household, "number", "door", "status_reason")
    household.save(force_insert=True)
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
    policies.check_lengths(household, "door")
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
    check_reason(status, reason)
    old, was_counted = household.living_status, household.is_counted
    household.living_status, household.status_reason = status, reason.strip()
    household.version += 1
    policies.check_lengths(household, "status_reason")
    household.save(update_fields=["living_status", "status_reason", "version"])
    facts = {"old": old, "new": status.value}
    journal.record(actor=actor, verb="living_status_set", target=household, facts=facts)
    if old != status:
        tell(actor, household, _change(was_counted, household.is_counted), f"{old} → {status}")
    return household


@transaction.atomic
def end_household(*, actor: Actor, household_id: UUID, reason: HouseholdEnd, on: date) -> Household:
    """Take a household off the register; its people leave with it where the reason is theirs too.

    Where it joined another household, or nobody is left, its people have to be settled before.
    """
    household = load_for_edit(actor, household_id)
    policies.check_day(on)
    members = Resident.objects.in_town(actor.town_id).on_register().filter(household=household)
    end = END_OF_MEMBERS.get(HouseholdEnd(reason))
    if end is None and members.exists():
        raise DomainError(_("People are still listed here; move or end them first."))
    left = members.update(ended_on=on, end_reason=end) if end else 0
    was_counted = household.is_counted
    household.ended_on, household.end_reason = on, reason
    household.version += 1
    household.save(update_fields=["ended_on", "end_reason", "version"])
    facts = {"reason": household.end_reason, "on": on.isoformat(), "people": left}
    journal.record(actor=actor, verb="household_ended", target=household, facts=facts)
    if was_counted:
        tell(actor, household, ChangeKind.LEFT, household.end_reason)
    return household


@transaction.atomic
def move_households(*, actor: Actor, from_area_id: UUID, to_area_id: UUID, on: date) -> int:
    """Move every household of a hamlet to another one; gives how many.

    What was recorded under the old hamlet stays there.
    """
    source = areas.get_area(actor=actor, area_id=from_area_id)
    target = _open_hamlet(actor, to_area_id)
    if source.id == target.id:
        raise FieldError("hamlet", _("The households live there already."))
    for hamlet in (source, target):
        policies.check_can_edit_register(actor, hamlet.path)
    rows = Household.objects.in_town(actor.town_id).on_register().filter(hamlet=source)
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("number")
    households, town = list(rows), Household.objects.in_town(actor.town_id)
    ids = [household.id for household in households]
    version = F("version") + 1
    town.filter(id__in=ids).update(hamlet=target, area_path=target.path, version=version)
    people = Resident.objects.in_town(actor.town_id).filter(household__in=ids)
    people.update(area_path=target.path)
    facts = {"from": source.name, "to": target.name, "on": on.isoformat()}
    told = [(household, facts) for household in households]
    journal.record_many(actor=actor, verb="household_moved", targets=told)
    for household in households:
        tell(actor, household, ChangeKind.MOVED, f"{source.name} → {target.name}")
    return len(ids)


def load_for_edit(actor: Actor, household_id: UUID) -> Household:
    """Load and lock in scope, then check the right to edit there and that it is on the register."""
    household = queries.get_household_for_update(actor=actor, household_id=household_id)
    policies.check_can_edit_register(actor, household.area_path)
    if household.ended_on is not None:
        raise DomainError(_("This household has left the register already."))
    return household


def check_version(household: Household, version: int) -> None:
    """Nothing is overwritten silently: who changed it meanwhile, and when, is told."""
    if household.version == version:
        return
    last = queries.find_last_change(household)
    if last is None:
        raise ChangedError(
            _(
                "Somebody changed this household while the page was open. "
                "What you typed is kept below; compare and save again."
            )
        )
    raise ChangedError(
        _(
            "%(name)s changed this household on %(day)s at %(time)s, while the page was open. "
            "What you typed is kept below; compare and save again."
        )
        % {
            "name": last.actor_name,
            "day": f"{clock.local(last.at):%Y-%m-%d}",
            "time": f"{clock.local(last.at):%H:%M}",
        }
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


def check_reason(status: LivingStatus, reason: str) -> None:
    """A house in which nobody lives is not counted, and somebody says why (M16)."""
    if status not in COUNTED_STATUSES and status != LivingStatus.UNKNOWN and not reason.strip():
        raise FieldError(
            "status_reason", _("Say why nobody lives there; the household is not counted then.")
        )
