"""The part of the town that a page is about: `area=` in the query string, inside one's own scope."""

from dataclasses import dataclass

from django.http import HttpRequest

from bianfang.faces.desk.addresses import AREA
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.people.enums import Permission

SCOPES = (Permission.VIEW_REGISTER, Permission.VIEW_VISITS, Permission.VIEW_DEMANDS)
OFFERED = frozenset({AreaKind.TOWN, AreaKind.COMMUNITY, AreaKind.VILLAGE})
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the switcher; deeper levels are moved in."""

    path: str
    label: str
    is_chosen: bool


def chosen_path(request: HttpRequest) -> str:
    """The chosen area's path, "" for all that one may see."""
    path = request.GET.get(AREA, "")
    is_path = path.isascii() and path.isdigit() and len(path) % STEP == 0
    return path if is_path and len(path) <= LONGEST else ""


def chosen_reach(request: HttpRequest, actor: Actor, permission: Permission) -> tuple[PathRange, ...]:
    """Where the actor holds the permission, cut to the chosen area; none of it is `NotFoundError`."""
    reach = actor.reach(permission)
    path = chosen_path(request)
    if not path:
        return reach
    chosen = PathRange.under(path)
    cut = tuple(part for part in (own & chosen for own in reach) if part)
    if not cut:
        raise NotFoundError(AREA)
    return cut


def options(request: HttpRequest, actor: Actor) -> list[Option]:
    """The areas that the switcher offers; none where there is nothing to choose from."""
    permission = next((scope for scope in SCOPES if actor.reach(scope)), None)
    if permission is None:
        return []
    offered = [
        area
        for area in areas.list_scope_areas(actor=actor, permission=permission)
        if area.kind in OFFERED
    ]
    if len(offered) <= 1:
        return []
    path = chosen_path(request)
    top = min(len(area.path) for area in offered)
    return [
        Option(area.path, f"{'　' * ((len(area.path) - top) // STEP)}{area.name}", area.path == path)
        for area in offered
    ]
