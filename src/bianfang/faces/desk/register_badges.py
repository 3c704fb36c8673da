"""How households and people look in lists: status, order of visits, age."""

from datetime import date

from django.utils.translation import gettext as _

from bianfang.faces.desk.badges import Badge, Kind
from bianfang.register.households.enums import HouseholdEnd, LivingStatus, Priority
from bianfang.register.households.models import Household, Resident

_STATUS_KINDS: dict[str, Kind] = {
    LivingStatus.RESIDENT: "done",
    LivingStatus.AWAY: "moved",
    LivingStatus.VACANT: "void",
    LivingStatus.UNKNOWN: "waiting",
}
_PRIORITY_KINDS: dict[str, Kind] = {Priority.HARDSHIP: "soon", Priority.CARE: "carried"}


def living_status(household: Household) -> Badge:
    """Whether people live there, or why the household is no longer listed."""
    if household.ended_on is not None:
        return Badge(str(HouseholdEnd(household.end_reason).label), "void")
    status = LivingStatus(household.living_status)
    return Badge(str(status.label), _STATUS_KINDS[status])


def priority(household: Household) -> Badge | None:
    """The place in the order of visits, where it is not the common one."""
    kind = _PRIORITY_KINDS.get(household.priority)
    return Badge(str(Priority(household.priority).label), kind) if kind else None


def masked(last: str) -> str:
    """A protected number by its last digits."""
    return f"****{last}" if last else "—"


def age(person: Resident, day: date) -> str:
    """Full years on that day, as a word."""
    birth = person.birth_date
    if birth is None:
        return "—"
    years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return _("%(years)s years") % {"years": years}
