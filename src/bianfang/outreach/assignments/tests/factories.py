"""A small town: two communities, three villages, four hamlets, and the people who serve there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.book import AssignmentInput
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import LeaderGroup, Responsibility
from bianfang.register.areas import actions as area_actions
from bianfang.register.areas import queries as area_queries
from bianfang.register.areas.models import Area
from bianfang.register.households.actions.households import create_household
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.models import Household
from bianfang.register.people import actions as people_actions
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Staff, Unit

TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)

TREE = (
    ("北社区", "上村", "上庄"),
    ("北社区", "上村", "上坡"),
    ("北社区", "下村", "下庄"),
    ("南社区", "远村", "远庄"),
)

PEOPLE: dict[str, tuple[Role, str]] = {
    "clerk": (Role.TOWN_CLERK, "镇"),
    "principal": (Role.PRINCIPAL_LEADER, "镇"),
    "leader": (Role.LEADER, "镇"),
    "other_leader": (Role.LEADER, "镇"),
    "worker": (Role.COMMUNITY_WORKER, "北社区"),
    "cadre": (Role.VILLAGE_CADRE, "上村"),
    "secretary": (Role.VILLAGE_SECRETARY, "上村"),
    "far_secretary": (Role.VILLAGE_SECRETARY, "远村"),
    "officer": (Role.DATA_OFFICER, "镇"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallTown:
    """What a test begins with: areas by name, units, staff and actors by what they do."""

    id: UUID
    system: Actor
    areas: Mapping[str, Area]
    office: Unit
    staff: Mapping[str, Staff]
    actors: Mapping[str, Actor]

    @property
    def clerk(self) -> Actor:
        return self.actors["clerk"]


def make_town(slug: str = "first") -> SmallTown:
    """The tree, an office, and everybody with a post; nobody answers for anything yet."""
    town = area_actions.create_town(name=f"试验镇{slug}", county_name="试验县", slug=slug)
    system = people.system_actor(town_id=town.id, name="tests")
    area_actions.create_tree(actor=system, tree=TREE)
    areas = {area.name: area for area in area_queries.area_map(town_id=town.id).values()}
    areas["镇"] = area_queries.get_town_area(town.id)
    office = people_actions.create_unit(actor=system, name="遍访办", kind=UnitKind.STATION)
    staff = {name: make_staff(system, f"{slug}.{name}", name) for name in PEOPLE}
    for name, (role, area) in PEOPLE.items():
        give_post(system, staff[name], role, areas[area], office)
    return SmallTown(
        id=town.id,
        system=system,
        areas=areas,
        office=office,
        staff=staff,
        actors={name: people.load_actor(person, day=TODAY) for name, person in staff.items()},
    )


def make_staff(system: Actor, username: str, name: str) -> Staff:
    return people_actions.create_staff(actor=system, username=username.replace("_", "-"), name=name)


def give_post(system: Actor, staff: Staff, role: Role, area: Area, unit: Unit) -> None:
    people_actions.give_post(
        actor=system,
        staff_id=staff.id,
        role=role,
        area_id=area.id,
        unit_id=unit.id,
        valid_from=LONG_AGO,
    )


def make_household(
    town: SmallTown,
    hamlet: str,
    number: str,
    status: LivingStatus = LivingStatus.RESIDENT,
    reason: str = "",
) -> Household:
    return create_household(
        actor=town.system,
        hamlet_id=town.areas[hamlet].id,
        number=number,
        living_status=status,
        status_reason=reason,
    )


SUCCESSORS = {"远庄": "下庄", "远村": "下村"}


def close_areas(town: SmallTown, *names: str, on: date) -> None:
    """End these areas on the day itself, as the register asks for."""
    with clock.at(clock.in_town(on)):
        for name in names:
            area_actions.close_area(
                actor=town.system,
                area_id=town.areas[name].id,
                successor_id=town.areas[SUCCESSORS[name]].id,
                on=on,
            )


def make_group(
    town: SmallTown, name: str, *members: str, valid_from: date = LONG_AGO
) -> LeaderGroup:
    """A group whose first member heads it."""
    group = groups.create_group(actor=town.clerk, name=name)
    if members:
        groups.set_members(
            actor=town.clerk,
            group_id=group.id,
            members=[
                MemberInput(staff_id=town.staff[member].id, is_head=member == members[0])
                for member in members
            ],
            valid_from=valid_from,
        )
    return group


def assign_group(
    town: SmallTown, area: str, group: LeaderGroup, valid_from: date = LONG_AGO
) -> Responsibility:
    return duties.assign(
        actor=town.clerk,
        area_id=town.areas[area].id,
        duty=Duty.LEADER_GROUP,
        group_id=group.id,
        valid_from=valid_from,
    )


def assign_person(
    town: SmallTown, area: str, duty: Duty, person: str, valid_from: date = LONG_AGO
) -> Responsibility:
    return duties.assign(
        actor=town.clerk,
        area_id=town.areas[area].id,
        duty=duty,
        staff_id=town.staff[person].id,
        valid_from=valid_from,
    )


def assign_all(town: SmallTown) -> None:
    """Everybody in place: no gap is left."""
    assign_group(town, "北社区", make_group(town, "第一组", "leader", "other_leader"))
    assign_group(town, "南社区", make_group(town, "第二组", "other_leader"))
    places = [("镇", Duty.PRINCIPAL_LEADER, "principal")]
    for village in ("上村", "下村", "远村"):
        places.append((village, Duty.VILLAGE_CADRE, "cadre"))
        places.append((village, Duty.VILLAGE_HEAD, "secretary"))
    lines = [
        AssignmentInput(
            area_id=town.areas[area].id,
            duty=duty,
            staff_id=town.staff[person].id,
            valid_from=LONG_AGO,
        )
        for area, duty, person in places
    ]
    duties.assign_many(actor=town.clerk, assignments=lines)
