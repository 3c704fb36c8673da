"""A town with two communities and a unit, and people with posts in them, made by the actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bianfang.kernel.actor import Actor
from bianfang.register.areas import actions as area_actions
from bianfang.register.areas import queries as area_queries
from bianfang.register.areas.models import Area
from bianfang.register.people import actions, queries
from bianfang.register.people.enums import UNIT_ROLES, Role, UnitKind
from bianfang.register.people.models import Post, Staff, Unit

TODAY = date(2026, 3, 2)
SINCE = date(2024, 1, 1)
TREE = (("北社区", "上村", "上庄"), ("北社区", "下村", "下庄"), ("南社区", "远村", "远庄"))
PASSWORD = "长风破浪会有时2026"


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """A town, the job that founded it, its administrator, its areas by name, and one unit."""

    town_id: UUID
    system: Actor
    admin: Actor
    areas: Mapping[str, Area]
    unit: Unit

    def staff(self, name: str, **changes: Any) -> Staff:
        """Somebody on the staff without a post."""
        return actions.create_staff(
            actor=self.system, username=changes.pop("username", name), name=name, **changes
        )

    def post(self, staff: Staff, role: Role, place: str = "镇", **changes: Any) -> Post:
        """A post since SINCE, in the unit or at an area by its name."""
        where = {"unit_id": self.unit.id} if role in UNIT_ROLES else {"area_id": self[place].id}
        values = {"valid_from": SINCE, **where, **changes}
        return actions.give_post(actor=self.system, staff_id=staff.id, role=role, **values)

    def acting(self, staff: Staff, day: date = TODAY) -> Actor:
        """What the person may do on that day."""
        return queries.load_actor(staff, day=day)

    def __getitem__(self, name: str) -> Area:
        return self.areas[name]


def make_office(slug: str = "first") -> Office:
    town = area_actions.create_town(name=f"试验镇{slug}", county_name="试验县", slug=slug)
    system = queries.system_actor(town_id=town.id, name="tests")
    area_actions.create_tree(actor=system, tree=TREE)
    areas = {area.name: area for area in area_queries.area_map(town_id=town.id).values()}
    top = areas["镇"] = area_queries.get_town_area(town.id)
    admin = actions.create_staff(actor=system, username=f"admin-{slug}", name="管理员")
    actions.give_post(
        actor=system, staff_id=admin.id, role=Role.SYSTEM_ADMIN, area_id=top.id, valid_from=SINCE
    )
    unit = actions.create_unit(actor=system, name="民政办", kind=UnitKind.STATION)
    return Office(
        town_id=town.id,
        system=system,
        admin=queries.load_actor(admin, day=TODAY),
        areas=areas,
        unit=unit,
    )
