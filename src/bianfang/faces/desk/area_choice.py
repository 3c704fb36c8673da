"""The part of the town that a page is about: `area=` in the query string, inside one's scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bianfang.faces.desk.addresses import AREA
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.register.areas import queries
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
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


def chosen_reach(
    request: HttpRequest, actor: Actor, permission: Permission
) -> tuple[PathRange, ...]:
    """Where the permission is held, cut to the chosen area; nothing left is `NotFoundError`."""
    reach = actor.reach(permission)
    path = chosen_path(request)
    if not path:
        return reach
    chosen = PathRange.under(path)
    cut = tuple(part for part in (own & chosen for own in reach) if part)
    if not cut:
        raise NotFoundError(_("This area lies outside your posts."))
    return cut


def options(request: HttpRequest, actor: Actor) -> list[Option]:
    """The areas that the switcher offers; none where there is nothing to choose from."""
    permission = next((scope for scope in SCOPES if actor.reach(scope)), None)
    if permission is None:
        return []
    today = clock.today()
    offered = [
        area
        for area in town_areas(request).values()
        if area.kind in OFFERED and actor.may_at(permission, area.path) and exists_on(area, today)
    ]
    if len(offered) <= 1:
        return []
    path = chosen_path(request)
    top = min(len(area.path) for area in offered)
    return [
        Option(
            area.path, f"{'　' * ((len(area.path) - top) // STEP)}{area.name}", area.path == path
        )
        for area in offered
    ]


def town_areas(request: HttpRequest) -> Mapping[str, Area]:
    """All areas of the actor's town by path: one query a request, whoever asks."""
    areas: Mapping[str, Area] = request.town_areas  # type: ignore[attr-defined]  # see DeskRequest
    return areas


def town(request: HttpRequest) -> Town:
    """The actor's town, which came with its areas."""
    found = next(area.town for area in town_areas(request).values() if area.town)
    assert isinstance(found, Town)
    return found


def place(request: HttpRequest, path: str) -> str:
    """The names from the community down to the area, as one line."""
    return " · ".join(queries.names_above(path, town_areas(request)))


def exists_on(area: Area, day: date) -> bool:
    """Whether the area has begun and not ended."""
    has_begun = area.valid_from is None or area.valid_from <= day
    return has_begun and (area.valid_to is None or area.valid_to > day)


def chosen_range(request: HttpRequest, actor: Actor, permission: Permission) -> PathRange | None:
    """The chosen area, None for no choice; one outside the actor's scope is `NotFoundError`."""
    path = chosen_path(request)
    if not path:
        return None
    chosen_reach(request, actor, permission)
    return PathRange.under(path)
