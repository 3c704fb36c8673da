"""Into whose hands a demand is put: a person in charge who serves, a unit that still exists."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people import queries as people
from bianfang.register.people.models import Staff, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Hands:
    """The person in charge, the leading unit if any, and what is wrong with them."""

    owner: Staff | None
    unit: Unit | None
    errors: checks.Errors

    def put(self, demand: Demand) -> list[str]:
        """Write them on the demand. Returns the fields to be saved."""
        demand.owner, demand.unit = self.owner, self.unit
        return ["owner", "unit"]

    def facts(self) -> dict[str, object]:
        """For the journal: names of staff and units, as they were that day."""
        return {
            "owner": self.owner.name if self.owner else "",
            "unit": self.unit.name if self.unit else "",
        }


def unit_of(owner_id: UUID | None, *, actor: Actor, otherwise: UUID | None) -> UUID | None:
    """The leading unit where none was named: that of the person in charge, whose head then sees it.

    `otherwise` for a person who serves no unit or several.
    """
    if owner_id is None:
        return otherwise
    served = people.unit_served(town_id=actor.town_id, staff_id=owner_id, day=clock.today())
    return served or otherwise


def take_hands(*, actor: Actor, owner_id: UUID | None, unit_id: UUID | None) -> Hands:
    """Read both; out of the town they do not exist, no longer serving they are refused."""
    owner = people.get_staff(actor=actor, staff_id=owner_id) if owner_id else None
    unit = people.get_unit(actor=actor, unit_id=unit_id) if unit_id else None
    errors = checks.missing(owner=owner)
    if owner and not owner.is_active:
        errors["owner"] = _("This person no longer serves here; name somebody else.")
    if unit and unit.closed_on:
        errors["unit"] = _("This unit no longer exists; choose another.")
    return Hands(owner=owner, unit=unit, errors=errors)


def stray_errors(actor: Actor, demand: Demand, move: Move, hands: Hands) -> checks.Errors:
    """What is wrong with hands outside the unit, where its head gives out among its people."""
    if not policies.is_bound_to_unit(actor, demand, move):
        return {}
    if hands.unit is None or hands.unit.id != demand.unit_id:
        return {"unit": _("A head gives out within the unit; it goes elsewhere by a return.")}
    serving = people.current_posts(
        town_id=actor.town_id, day=clock.today(), unit_id=hands.unit.id
    ).values_list("staff", flat=True)
    if hands.owner and hands.owner.id not in set(serving):
        return {"owner": _("This person does not serve in the unit; name one of its people.")}
    return {}
