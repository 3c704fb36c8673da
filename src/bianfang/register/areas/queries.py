"""Scoped reads of the tree."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from time import monotonic
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange, parents, within
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area

SECONDS_KEPT = 60
TOWNS_KEPT = 50


def get_area(*, actor: Actor, area_id: UUID) -> Area:
    """The area, or NotFoundError."""
    area = Area.objects.visible_to(actor).filter(id=area_id).first()
    if area is None:
        raise NotFoundError(_("There is no such area in your town."))
    return area


def get_area_for_update(*, actor: Actor, area_id: UUID) -> Area:
    """The area, locked until the transaction ends."""
    rows = Area.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    area = rows.filter(id=area_id).first()
    if area is None:
        raise NotFoundError(_("There is no such area in your town."))
    return area


def get_town_area(town_id: UUID) -> Area:
    """The top of a town's tree."""
    return Area.objects.in_town(town_id).get(kind=AreaKind.TOWN)


def get_area_at(*, actor: Actor, reach: PathRange | None) -> Area:
    """The area whose subtree is `reach`; the whole town without one."""
    path = reach.lower if reach else get_town_area(actor.town_id).path
    area = Area.objects.visible_to(actor).filter(path=path).first()
    if area is None:
        raise NotFoundError(_("There is no such area in your town."))
    return area


def find_areas(*, town_id: UUID, word: str) -> "QuerySet[Area]":
    """Areas with exactly this code or name, from the top down."""
    rows = Area.objects.in_town(town_id).filter(Q(code=word) | Q(name=word))
    return rows.order_by("path")


def list_children(*, actor: Actor, area_id: UUID) -> "QuerySet[Area]":
    """The areas directly under one, ended ones too."""
    return Area.objects.visible_to(actor).filter(parent=area_id).order_by("path")


def list_subtree(*, actor: Actor, area: Area, kind: AreaKind | None = None) -> "QuerySet[Area]":
    """The area and all under it, or those of one kind, from the top down."""
    rows = Area.objects.visible_to(actor).under(area.path)
    return (rows.filter(kind=kind) if kind else rows).order_by("path")


def list_open(*, town_id: UUID, kind: AreaKind, day: date) -> "QuerySet[Area]":
    """Areas of one kind that exist on that day."""
    return Area.objects.in_town(town_id).open_on(day).filter(kind=kind).order_by("path")


def area_map(*, town_id: UUID) -> dict[str, Area]:
    """All areas of a town by path, with the town, in one query; a town has a few hundred."""
    rows = Area.objects.in_town(town_id).select_related("town").order_by("path")
    return {area.path: area for area in rows}


def area_map_kept(*, town_id: UUID) -> Mapping[str, Area]:
    """The same, kept for a minute: every page draws places, and the tree hardly ever changes.

    Actions of this process are seen at once (`forget_areas`), those of another within the minute.
    """
    return _kept(town_id, int(monotonic() // SECONDS_KEPT))


@lru_cache(maxsize=TOWNS_KEPT)
def _kept(town_id: UUID, _minute: int) -> Mapping[str, Area]:
    return area_map(town_id=town_id)


def forget_areas() -> None:
    """Read the tree anew at the next page."""
    _kept.cache_clear()


def names_above(path: str, areas: Mapping[str, Area]) -> list[str]:
    """The names from the community down to the area itself."""
    chain = [areas[above] for above in (*parents(path), path) if above in areas]
    return [area.name for area in chain if area.kind not in {AreaKind.COUNTY, AreaKind.TOWN}]


def list_scope_areas(*, actor: Actor, permission: str) -> "QuerySet[Area]":
    """The areas an area switcher may offer: where the permission holds, from the top down."""
    rows = Area.objects.visible_to(actor).open_on(clock.today())
    return rows.filter(within(actor.reach(permission), "path")).order_by("path")
