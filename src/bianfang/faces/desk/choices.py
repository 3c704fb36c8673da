"""What select boxes offer: areas, staff, units of one's town."""

from collections.abc import Iterable
from uuid import UUID

from bianfang.faces.desk.area_choice import exists_on
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import STEP
from bianfang.register.areas.enums import AreaKind
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

Pairs = Iterable[tuple[UUID, str]]
NO_PLACE_FOR_A_POST = frozenset({AreaKind.COUNTY, AreaKind.HAMLET})


def areas(request: DeskRequest) -> Pairs:
    """The town, its communities and villages from the top down, deeper levels moved in."""
    today = clock.today()
    open_areas = [area for area in request.town_areas.values() if exists_on(area, today)]
    top = min((len(area.path) for area in open_areas), default=0)
    for area in open_areas:
        if area.kind not in NO_PLACE_FOR_A_POST:
            yield area.id, f"{'　' * ((len(area.path) - top) // STEP)}{area.name}"


def hamlets(request: DeskRequest, permission: Permission) -> Pairs:
    """Open natural villages where the actor holds the permission, with the village before them."""
    today = clock.today()
    for area in request.town_areas.values():
        if area.kind != AreaKind.HAMLET or not exists_on(area, today):
            continue
        if request.actor.may_at(permission, area.path):
            village = request.town_areas[area.path[:-STEP]]
            yield area.id, f"{village.name} · {area.name}"


def staff(request: DeskRequest) -> Pairs:
    """Everybody with an open account, by sign-in name."""
    for person in people.list_staff(actor=request.actor, active=True):
        yield person.id, f"{person.name}（{person.username}）"


def units(request: DeskRequest) -> Pairs:
    """Units that exist."""
    for unit in people.list_units(actor=request.actor):
        yield unit.id, unit.name
