"""What a visit found changed in the register, written there by the register's own actions."""

from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.errors import FieldError
from bianfang.outreach.visits.actions.inputs import HouseholdChanges
from bianfang.register.households import queries as register
from bianfang.register.households.actions import households, residents
from bianfang.register.households.enums import ContactTime
from bianfang.register.households.models import Household, Resident


def apply(*, actor: Actor, household_id: UUID, changes: HouseholdChanges) -> None:
    """Take the changes over, in the transaction of the visit, with the register's own rules."""
    household = register.get_household(actor=actor, household_id=household_id)
    if changes.contact_time is not None or changes.door is not None:
        _edit(actor, household, changes)
    if changes.phone is not None:
        resident = _whose_phone(household, changes.resident_id)
        residents.change_phone(actor=actor, resident_id=resident.id, phone=changes.phone)
    if changes.living_status is not None:
        households.set_living_status(
            actor=actor,
            household_id=household_id,
            status=changes.living_status,
            reason=changes.status_reason,
        )


def _edit(actor: Actor, household: Household, changes: HouseholdChanges) -> None:
    households.edit_household(
        actor=actor,
        household_id=household.id,
        version=household.version,
        door=household.door if changes.door is None else changes.door,
        contact_time=changes.contact_time or ContactTime(household.contact_time),
        note=household.note,
    )


def _whose_phone(household: Household, resident_id: UUID | None) -> Resident:
    members = register.list_members(town_id=household.town_id, household_id=household.id)
    for member in members:
        if member.id == resident_id or (resident_id is None and member.relation == Relation.HEAD):
            return member
    raise FieldError("phone", _("Choose whose phone it is among the people of the household."))
