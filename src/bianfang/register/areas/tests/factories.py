"""A town with the least of a tree: one community, two villages, three hamlets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.register.areas import actions, queries
from bianfang.register.areas.models import Area
from bianfang.register.areas.policies import MANAGE_AREAS

TODAY = date(2026, 3, 2)
TREE = (("北社区", "上村", "上庄"), ("北社区", "上村", "上坡"), ("北社区", "下村", "下庄"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """A town, its manager, and its areas by name; `top` is the town's own."""

    town_id: UUID
    manager: Actor
    top: Area
    areas: Mapping[str, Area]

    def __getitem__(self, name: str) -> Area:
        return self.areas[name]

    def now(self, name: str) -> Area:
        """The area as the database has it."""
        return Area.objects.in_town(self.town_id).get(name=name)


def manager_of(area: Area) -> Actor:
    """Somebody who manages this area and all below."""
    assert area.town_id is not None
    grants = {MANAGE_AREAS: (area.reach,)}
    return Actor(town_id=area.town_id, staff_id=new_id(), name="王主任", grants=grants)


def reader_of(area: Area, *permissions: str) -> Actor:
    """Somebody with other rights there than managing."""
    assert area.town_id is not None
    grants = {name: (PathRange.under(area.path),) for name in permissions}
    return Actor(town_id=area.town_id, staff_id=new_id(), name="李某", grants=grants)


def make_tree(slug: str = "first") -> Tree:
    town = actions.create_town(name=f"试验镇{slug}", county_name="试验县", slug=slug)
    top = queries.get_town_area(town.id)
    manager = manager_of(top)
    actions.create_tree(actor=manager, tree=TREE)
    areas = {area.name: area for area in queries.area_map(town_id=town.id).values()}
    return Tree(town_id=town.id, manager=manager, top=top, areas=areas)
