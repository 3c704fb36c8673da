"""What stands before the first round: areas, units, accounts with posts, who answers for what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bianfang.demo.texts.categories import CATEGORIES
from bianfang.demo.town import DemoTown
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.book import AssignmentInput
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.demands.actions import categories
from bianfang.outreach.demands.actions.categories import CategorySeed
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Category
from bianfang.register.areas import actions as areas
from bianfang.register.areas import queries as area_queries
from bianfang.register.people import actions as people
from bianfang.register.people import queries as people_queries
from bianfang.register.people.actions import NewStaff
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Staff

DEMO_PASSWORD = "bianfang-demo"  # noqa: S105  # printed on the demo's sign-in page
DUTIES = {
    Role.PRINCIPAL_LEADER: Duty.PRINCIPAL_LEADER,
    Role.VILLAGE_CADRE: Duty.VILLAGE_CADRE,
    Role.VILLAGE_SECRETARY: Duty.VILLAGE_HEAD,
}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Ids by the keys of the demo's own data."""

    town: Town
    system: Actor
    areas: Mapping[str, UUID]
    units: Mapping[str, UUID]
    staff: Mapping[str, Staff]
    categories: Mapping[str, UUID]

    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """The rights of somebody; nobody's posts change while the story is played."""
        if username not in self._actors:
            self._actors[username] = people_queries.load_actor(self.staff[username])
        return self._actors[username]


def lay_ground(plan: DemoTown, *, since: date) -> Ground:
    """Found the town and its offices; the clock stands at `since`."""
    county, top = plan.of_kind("county")[0], plan.of_kind("town")[0]
    with clock.at(clock.in_town(since)):
        town = areas.create_town(
            name=top.zh, county_name=county.zh, slug="demo", code=top.code, is_demo=True
        )
        system = people_queries.system_actor(town_id=town.id, name="bianfang demo")
        area_ids = _build_areas(plan, system)
        unit_ids = {
            unit.code: people.create_unit(
                actor=system,
                name=unit.zh,
                kind=UnitKind(unit.kind),
                area_id=area_ids[unit.area_key],
            ).id
            for unit in plan.units
        }
        staff = _hire(plan, system, area_ids, unit_ids)
        _share_out(plan, system, area_ids, staff)
        return Ground(
            town=town,
            system=system,
            areas=area_ids,
            units=unit_ids,
            staff=staff,
            categories=_sow_categories(system, unit_ids),
        )


def _build_areas(plan: DemoTown, system: Actor) -> dict[str, UUID]:
    ids = {"town": area_queries.get_town_area(system.town_id).id}
    for area in plan.areas:
        if area.kind in {"community", "village", "hamlet"}:
            made = areas.create_area(
                actor=system, parent_id=ids[area.parent_key], name=area.zh, code=area.code
            )
            ids[area.key] = made.id
    return ids


def _hire(
    plan: DemoTown, system: Actor, area_ids: Mapping[str, UUID], unit_ids: Mapping[str, UUID]
) -> dict[str, Staff]:
    hired = [
        NewStaff(
            username=person.username,
            name=person.name,
            phone=person.phone,
            role=Role(person.role),
            title=person.title_zh,
            unit_id=unit_ids.get(person.unit),
            area_ids=tuple(area_ids[key] for key in person.area_keys),
            valid_from=person.since,
        )
        for person in plan.staff
    ]
    return people.create_staff_bulk(actor=system, people=hired, password=DEMO_PASSWORD)


def _share_out(
    plan: DemoTown, system: Actor, area_ids: Mapping[str, UUID], staff: Mapping[str, Staff]
) -> None:
    """Who answers for what: leader groups for communities, the others for their own areas."""
    lines: list[AssignmentInput] = []
    for person in plan.staff:
        duty = DUTIES.get(Role(person.role))
        if duty is not None:
            lines += [
                AssignmentInput(
                    area_id=area_ids[key],
                    duty=duty,
                    staff_id=staff[person.username].id,
                    valid_from=person.since,
                )
                for key in person.area_keys
            ]
    for group in plan.groups:
        made = groups.create_group(actor=system, name=group.zh)
        groups.set_members(
            actor=system,
            group_id=made.id,
            members=[
                MemberInput(staff_id=staff[name].id, is_head=place == 0)
                for place, name in enumerate(group.members)
            ],
            valid_from=clock.today(),
        )
        lines += [
            AssignmentInput(
                area_id=area_ids[key],
                duty=Duty.LEADER_GROUP,
                group_id=made.id,
                valid_from=clock.today(),
            )
            for key in group.area_keys
        ]
    duties.assign_many(actor=system, assignments=lines)


def _sow_categories(system: Actor, unit_ids: Mapping[str, UUID]) -> dict[str, UUID]:
    categories.seed_categories(
        actor=system,
        tree=[
            CategorySeed(
                code=category.code,
                name=category.zh,
                name_en=category.en,
                theme=Theme(category.theme),
                usual_days=category.sla_days,
                unit_id=unit_ids.get(category.unit),
            )
            for category in CATEGORIES
        ],
    )
    rows = Category.objects.in_town(system.town_id)
    return dict(rows.order_by("code").values_list("code", "id"))
