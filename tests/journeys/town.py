"""A small town with one person per role, made by the actions that staff use, and its roll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import xlsxwriter

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.identity import check_digit
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.book import AssignmentInput
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.demands.actions import categories, handling, outings
from bianfang.outreach.demands.actions.categories import CategorySeed
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Route, Theme
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.visits.actions import checklists, forms, rounds
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Round
from bianfang.register.areas import actions as area_actions
from bianfang.register.areas import queries as area_queries
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household
from bianfang.register.people import actions as people
from bianfang.register.people import queries as people_queries
from bianfang.register.people.actions import NewStaff
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Staff, Unit
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.models import RollImport

PASSWORD = "journey-of-a-thousand-li"
BRANCHES = [
    ("东岭社区", "石桥村", "桥南庄"),
    ("东岭社区", "柳沟村", "柳沟庄"),
    ("西湾社区", "沙河村", "沙河庄"),
]
STAFF: dict[str, tuple[str, Role, str]] = {
    "leader": ("程主任", Role.PRINCIPAL_LEADER, "town"),
    "member": ("贺委员", Role.LEADER, "town"),
    "clerk": ("文小书", Role.TOWN_CLERK, "town"),
    "officer": ("严守", Role.DATA_OFFICER, "town"),
    "admin": ("管理员", Role.SYSTEM_ADMIN, "town"),
    "worker": ("佟社工", Role.COMMUNITY_WORKER, "东岭社区"),
    "cadre": ("包小村", Role.VILLAGE_CADRE, "all"),
    "secretary": ("支小书", Role.VILLAGE_SECRETARY, "all"),
    "head": ("司所长", Role.UNIT_HEAD, "unit"),
    "handler": ("办小员", Role.UNIT_HANDLER, "unit"),
}
HEADS = [
    ["高远", "林芳", "董大山", "秦小河"],
    ["欧阳青", "沈江", "罗平", "汪月"],
    ["叶秋", "方圆", "苗田", "石坚"],
]
COLUMNS = [
    "行政村", "自然村", "户编号", "门牌号", "户主姓名", "姓名", "与户主关系", "性别",
    "公民身份号码", "居住状态",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyTown:
    """The town with its offices; what else is in it, a journey brings."""

    town: Town
    system: Actor
    unit: Unit
    category: Category
    areas: dict[str, Area]
    staff: dict[str, Staff]

    def actor(self, name: str) -> Actor:
        return people_queries.load_actor(self.staff[name])

    def households(self) -> list[Household]:
        return list(Household.objects.in_town(self.town.id).order_by("number"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lived:
    """What has happened in a town where a round goes on."""

    town: JourneyTown
    round: Round
    roll: RollImport
    demands: dict[str, Demand]


def found_town() -> JourneyTown:
    town = area_actions.create_town(
        name="云岭镇", county_name="青川县", slug="journeys", is_demo=True
    )
    system = people_queries.system_actor(town_id=town.id, name="journeys")
    area_actions.create_tree(actor=system, tree=BRANCHES)
    areas = {area.name: area for area in Area.objects.in_town(town.id).order_by("path")}
    areas["town"] = area_queries.get_town_area(town.id)
    unit = people.create_unit(actor=system, name="民政办", kind=UnitKind.STATION)
    staff = people.create_staff_bulk(
        actor=system,
        people=[
            NewStaff(
                username=name,
                name=called,
                phone="",
                role=role,
                title="",
                unit_id=unit.id if where == "unit" else None,
                area_ids=_places(areas, where),
                valid_from=clock.today() - timedelta(days=90),
            )
            for name, (called, role, where) in STAFF.items()
        ],
        password=PASSWORD,
    )
    categories.seed_categories(
        actor=system,
        tree=[
            CategorySeed(
                code="lighting",
                name="道路照明",
                name_en="Street lighting",
                theme=Theme.PROJECTS,
                usual_days=12,
                unit_id=unit.id,
            )
        ],
    )
    return JourneyTown(
        town=town,
        system=system,
        unit=unit,
        category=Category.objects.in_town(town.id).get(code="lighting"),
        areas=areas,
        staff=staff,
    )


def roll_workbook() -> bytes:
    """Twelve households, the head and one child each, as an office types them."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("花名册")
    for row, cells in enumerate([COLUMNS, *_people()]):
        sheet.write_row(row, 0, cells)
    book.close()
    return target.getvalue()


def settle(town: JourneyTown) -> Lived:
    """Bring the roll, name everybody, start a round; one demand in each of the usual states."""
    clerk = town.actor("clerk")
    roll = intake.upload_roll(
        actor=clerk, file_name="花名册.xlsx", content=roll_workbook(), as_of=clock.today()
    )
    checking.check_roll(actor=clerk, roll_id=roll.id)
    roll = merging.merge_roll(actor=clerk, roll_id=roll.id)
    share_out(town)
    round_ = start_round(town)
    demands = {
        "registered": _brought(town, 0, "村口路灯不亮"),
        "handling": _accepted(town, _brought(town, 1, "巷子缺路灯")),
        "awaiting": _submitted(town, _accepted(town, _brought(town, 2, "灯杆歪了"))),
        "onsite": _brought(town, 3, "灯泡坏了", is_onsite=True),
    }
    return Lived(town=town, round=round_, roll=roll, demands=demands)


def share_out(town: JourneyTown) -> None:
    """Let somebody answer for every village."""
    clerk, today = town.actor("clerk"), clock.today()
    group = groups.create_group(actor=clerk, name="第一组")
    groups.set_members(
        actor=clerk,
        group_id=group.id,
        members=[MemberInput(staff_id=town.staff["member"].id, is_head=True)],
        valid_from=today,
    )
    lines = [_named(town, "town", Duty.PRINCIPAL_LEADER, "leader")]
    for _community, village, _hamlet in BRANCHES:
        lines += [
            _named(town, village, Duty.VILLAGE_CADRE, "cadre"),
            _named(town, village, Duty.VILLAGE_HEAD, "secretary"),
            AssignmentInput(
                area_id=town.areas[village].id,
                duty=Duty.LEADER_GROUP,
                group_id=group.id,
                valid_from=today,
            ),
        ]
    duties.assign_many(actor=clerk, assignments=lines)


def start_round(town: JourneyTown) -> Round:
    """Publish a checklist and start a round with it."""
    clerk, today = town.actor("clerk"), clock.today()
    checklist = checklists.create_checklist(actor=clerk, name="走访清单", intro="打扰了")
    checklists.add_topic(
        actor=clerk, checklist_id=checklist.id, kind=TopicKind.EXPLAIN, text="医保缴费", hint=""
    )
    forms.load_form(
        actor=clerk, checklist_id=checklist.id, file_name="q.xlsx", content=example_workbook()
    )
    checklists.publish_checklist(actor=clerk, checklist_id=checklist.id)
    made = rounds.create_round(
        actor=clerk, name="第一轮", starts_on=today, due_on=today + timedelta(days=30)
    )
    rounds.configure_round(
        actor=clerk,
        round_id=made.id,
        checklist_id=checklist.id,
        coordinator_id=town.unit.id,
        timed_days=8,
    )
    return rounds.start_round(actor=clerk, round_id=made.id)


def visit(town: JourneyTown, place: int, outcome: VisitOutcome = VisitOutcome.MET) -> VisitInput:
    """A plain visit to one of the households, by their order."""
    return VisitInput(
        household_id=town.households()[place].id,
        mode=VisitMode.DAY,
        outcome=outcome,
        happened_at=clock.now() - timedelta(minutes=1),
        visitor_ids=(town.staff["cadre"].id,),
    )


def a_moment_ago() -> datetime:
    """When a visit of just now happened, as a form shows it."""
    return clock.local(clock.now()).replace(second=0, microsecond=0)


def _places(areas: dict[str, Area], where: str) -> tuple[UUID, ...]:
    if where == "unit":
        return ()
    names = [village for _, village, _ in BRANCHES] if where == "all" else [where]
    return tuple(areas[name].id for name in names)


def _people() -> Iterator[list[str]]:
    for place, heads in enumerate(HEADS):
        _community, village, hamlet = BRANCHES[place]
        for door, head in enumerate(heads, 1):
            number = f"{place + 1:02d}0101{door:04d}"
            home = [village, hamlet, number, f"{door}号", head]
            yield [*home, head, "户主", "男", _identity(1970 + door, place * 10 + 1), "常住"]
            child = f"{head[0]}小{door}"
            yield [*home, child, "子", "男", _identity(2000 + door, place * 10 + 3), "常住"]


def _identity(year: int, serial: int) -> str:
    body = f"999999{date(year, 5, 1):%Y%m%d}{serial:03d}"
    return body + check_digit(body)


def _named(town: JourneyTown, where: str, duty: Duty, who: str) -> AssignmentInput:
    return AssignmentInput(
        area_id=town.areas[where].id,
        duty=duty,
        staff_id=town.staff[who].id,
        valid_from=clock.today(),
    )


def _brought(town: JourneyTown, place: int, content: str, *, is_onsite: bool = False) -> Demand:
    said = DemandInput(content=content, category_id=town.category.id)
    solved = OnsiteInput(demand=said, result="换了灯泡", reply="当面告知")
    both = outings.record_visit_with_demands(
        actor=town.actor("cadre"),
        visit=visit(town, place),
        demands=[solved if is_onsite else said],
    )
    return both.demands[0]


def _accepted(town: JourneyTown, demand: Demand) -> Demand:
    return handling.accept(
        actor=town.actor("clerk"),
        demand_id=demand.id,
        version=demand.version,
        measures="更换灯具",
        unit_id=town.unit.id,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )


def _submitted(town: JourneyTown, demand: Demand) -> Demand:
    return handling.submit_result(
        actor=town.actor("handler"),
        demand_id=demand.id,
        version=demand.version,
        outcome=Outcome.SOLVED,
        result="已更换",
        reply="已电话告知",
        reply_mode=ReplyMode.PHONE,
    )
