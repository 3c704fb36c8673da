"""Who may check a demand: neither whoever had it in hand nor whoever wrote it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.lookback.models import Check
from bianfang.register.people import queries as people
from bianfang.register.people.enums import ROLE_PERMISSIONS, UNIT_ROLES, Permission, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Checker:
    """Somebody with the right to check, and how many of the checks that person may take."""

    staff_id: UUID
    name: str
    role: str
    fits: int


def hands_of(demand: Demand) -> frozenset[UUID | None]:
    """Who handled it or answers for it; on the spot that is also whoever wrote it down."""
    hands = {demand.owner_id, demand.handled_by_id}
    if demand.route == Route.ONSITE:
        hands.add(demand.registered_by_id)
    return frozenset(hands)


def list_checkers(*, actor: Actor, checks: Sequence[Check]) -> list[Checker]:
    """Whoever may take at least one of these checks, those fit for most first.

    The right over the area counts, not that of a unit: the unit that handled it checks nothing.
    """
    names: dict[UUID, tuple[str, str]] = {}
    reaches: dict[UUID, list[PathRange]] = {}
    for post in people.current_posts(town_id=actor.town_id, day=clock.today()):
        role = Role(post.role)
        if role in UNIT_ROLES or Permission.REVIEW_DEMAND not in ROLE_PERMISSIONS[role]:
            continue
        if post.area is not None:
            names.setdefault(post.staff_id, (post.staff.name, str(role.label)))
            reaches.setdefault(post.staff_id, []).append(post.area.reach)
    found = [
        Checker(staff_id=staff_id, name=name, role=role, fits=fits)
        for staff_id, (name, role) in names.items()
        if (fits := sum(_fits(staff_id, reaches[staff_id], check.demand) for check in checks))
    ]
    return sorted(found, key=lambda one: (-one.fits, one.name, one.staff_id))


def _fits(staff_id: UUID, reach: Sequence[PathRange], demand: Demand) -> bool:
    barred = {*hands_of(demand), demand.reviewed_by_id}
    return staff_id not in barred and any(each.holds(demand.area_path) for each in reach)
