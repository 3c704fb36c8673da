"""A small town to test in: one community with two villages, another community, and its people.

Late states are reached through actions, so that tests cannot build the impossible.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.demands.actions import (
    carry,
    clocks,
    confirming,
    deadline_rules,
    handling,
    intake,
    merging,
    receipts,
    review,
)
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.enums import (
    ConfirmWay,
    DayUnit,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
    Theme,
)
from bianfang.outreach.demands.models import (
    Category,
    Confirmation,
    DeadlineRule,
    Demand,
    HalfYearList,
    ReopenRequest,
)
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.visits.models import Checklist, Round
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.models import Household, Resident
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Post, Staff, Unit

MONDAY = date(2026, 11, 16)
"""The day on which the tests begin: a working day without holidays for weeks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A tree: town > north > (upper, lower), town > south > far; each village has one hamlet."""

    town: Area
    north: Area
    south: Area
    upper: Area
    lower: Area
    far: Area
    upper_hamlet: Area
    lower_hamlet: Area
    far_hamlet: Area


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallTown:
    """Everything a test needs to begin with; actors are by what they do."""

    town: Town
    place: Place
    units: dict[str, Unit]
    actors: dict[str, Actor]
    household: Household
    neighbour: Household
    far_household: Household
    category: Category
    other_category: Category
    round: Round
    staff: dict[str, Staff] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        return self.actors[name]


def make_town(slug: str = "first", *, code: str = "0001") -> SmallTown:
    """A town of its own below a county of its own."""
    town = Town.objects.create(name=f"town {slug}", slug=slug, is_demo=True)
    place = _make_place(town, code)
    units = {
        name: Unit.objects.create(town=town, name=f"{name} {slug}", kind=UnitKind.STATION)
        for name in ("civil", "roads")
    }
    staff = {name: _make_staff(town, slug, name) for name in POSTS}
    for name, (role, where) in POSTS.items():
        _give_post(staff[name], role, units.get(where), getattr(place, where, None))
    household = make_household(place.upper_hamlet, "010101001", "董大山")
    return SmallTown(
        town=town,
        place=place,
        units=units,
        staff=staff,
        actors={name: people.load_actor(one, day=MONDAY) for name, one in staff.items()},
        household=household,
        neighbour=make_household(place.upper_hamlet, "010101002", "欧阳小河"),
        far_household=make_household(place.far_hamlet, "020101001", "秦远"),
        category=_make_category(town, "lighting", Theme.PROJECTS, 12, units["roads"]),
        other_category=_make_category(town, "dibao", Theme.ASSISTANCE, 25, None),
        round=_make_round(town, units["civil"]),
    )


POSTS: dict[str, tuple[Role, str]] = {
    "clerk": (Role.TOWN_CLERK, "town"),
    "second_clerk": (Role.TOWN_CLERK, "town"),
    "leader": (Role.LEADER, "town"),
    "worker": (Role.COMMUNITY_WORKER, "north"),
    "secretary": (Role.VILLAGE_SECRETARY, "upper"),
    "far_secretary": (Role.VILLAGE_SECRETARY, "far"),
    "head": (Role.UNIT_HEAD, "civil"),
    "handler": (Role.UNIT_HANDLER, "civil"),
    "roads_handler": (Role.UNIT_HANDLER, "roads"),
    "officer": (Role.DATA_OFFICER, "town"),
    "admin": (Role.SYSTEM_ADMIN, "town"),
}


def make_household(hamlet: Area, number: str, head: str) -> Household:
    assert hamlet.town_id is not None
    return Household.objects.create(
        town_id=hamlet.town_id,
        hamlet=hamlet,
        area_path=hamlet.path,
        number=number,
        living_status=LivingStatus.RESIDENT,
        head_name=head,
        member_count=1,
        entered_on=date(2026, 1, 1),
    )


def make_resident(household: Household, name: str) -> Resident:
    return Resident.objects.create(
        town_id=household.town_id,
        household=household,
        area_path=household.area_path,
        name=name,
        entered_on=date(2026, 1, 1),
    )


def words(town: SmallTown, **changes: object) -> DemandInput:
    """A plain demand of the upper village's household."""
    said = DemandInput(
        content="村口路灯不亮，晚上走路不方便",
        category_id=town.category.id,
        household_id=town.household.id,
        source=Source.WALK_IN,
    )
    return replace(said, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def registered(town: SmallTown, **changes: object) -> Demand:
    return intake.register(actor=town.clerk, demand=words(town, **changes))


def on_site(town: SmallTown, **changes: object) -> Demand:
    return intake.register_solved(
        actor=town.secretary, demand=words(town, **changes), result="换了灯泡", reply="当面告知"
    )


def handling_state(town: SmallTown, **changes: object) -> Demand:
    demand = registered(town, **changes)
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="更换灯具",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )


def awaiting_review(town: SmallTown, **changes: object) -> Demand:
    demand = handling_state(town, **changes)
    return submitted(town, demand)


def submitted(
    town: SmallTown, demand: Demand, outcome: Outcome = Outcome.SOLVED, by: str = "handler"
) -> Demand:
    return handling.submit_result(
        actor=town.actors[by],
        demand_id=demand.id,
        version=demand.version,
        outcome=outcome,
        result="已更换",
        reply="已电话告知",
        reply_mode=ReplyMode.PHONE,
        transferred_to="供电所" if outcome is Outcome.TRANSFERRED else "",
    )


def written_off(town: SmallTown, outcome: Outcome = Outcome.SOLVED, **changes: object) -> Demand:
    demand = submitted(town, handling_state(town, **changes), outcome)
    return review.write_off(actor=town.clerk, demand_id=demand.id)


def said_of(
    town: SmallTown,
    demand: Demand,
    answer: Satisfaction = Satisfaction.SATISFIED,
    way: ConfirmWay = ConfirmWay.PHONE,
    *,
    by: str = "worker",
    word: str = "",
) -> Confirmation:
    return confirming.note_answer(
        actor=town.actors[by], demand_id=demand.id, answer=answer, way=way, word=word
    )


def reopen_asked(town: SmallTown, word: str = "灯又灭了") -> ReopenRequest:
    """The resident of something written off is not satisfied."""
    made = said_of(town, written_off(town), Satisfaction.UNSATISFIED, word=word)
    found = ReopenRequest.objects.in_town(town.town.id).get(confirmation=made.id)
    assert isinstance(found, ReopenRequest)
    return found


def code_of(demand: Demand) -> str:
    return str(receipts.receipt_of(demand).code)


def carried_over(town: SmallTown, **changes: object) -> Demand:
    demand = handling_state(town, **changes)
    return carry.carry_over(
        actor=town.clerk, demand_id=demand.id, list_id=half_year(town).id, reason="资金未到位"
    )


def rule(town: SmallTown, days: int = 10, **changes: object) -> DeadlineRule:
    """A rule for all categories, by which the clock may stop."""
    given = {"unit": DayUnit.WORKDAY, "source": "镇限时办结制度", "may_pause": True, **changes}
    return deadline_rules.set_rule(actor=town.clerk, days=days, **given)  # type: ignore[arg-type]  # names are checked by the action


def paused(town: SmallTown, **changes: object) -> Demand:
    allowing = rule(town, category_id=town.category.id)
    demand = handling_state(town, **changes)
    deadline_rules.end_rule(actor=town.clerk, rule_id=allowing.id)
    return clocks.pause(actor=town.head, demand_id=demand.id, reason="等待上级批复")


def merged(town: SmallTown, **changes: object) -> Demand:
    into, demand = registered(town), registered(town, **changes)
    return merging.merge(actor=town.clerk, demand_id=demand.id, into_id=into.id, reason="同一盏灯")


def declined(town: SmallTown, **changes: object) -> Demand:
    demand = registered(town, **changes)
    return handling.decline(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        reason="不属本级职责",
        go_to="县供电公司",
    )


IN_STATE: dict[State, Callable[[SmallTown], Demand]] = {
    State.REGISTERED: registered,
    State.HANDLING: handling_state,
    State.AWAITING_REVIEW: awaiting_review,
    State.WRITTEN_OFF: written_off,
    State.CARRIED_OVER: carried_over,
    State.PAUSED: paused,
    State.MERGED: merged,
    State.DECLINED: declined,
}


def half_year(town: SmallTown, year: int = 2027, half: int = 1) -> HalfYearList:
    found = HalfYearList.objects.in_town(town.town.id).filter(year=year, half=half).first()
    title = f"{year}年第{half}半年实事清单"
    return found or carry.create_half_year_list(actor=town.clerk, year=year, half=half, title=title)


def morning(day: date = MONDAY, hour: int = 9) -> datetime:
    return clock.in_town(day, hour)


def _make_place(town: Town, code: str) -> Place:
    county = Area.objects.create(kind=AreaKind.COUNTY, name=f"county {code}", path=code)
    top = _make_area(town, county, AreaKind.TOWN, "top", 1)
    north = _make_area(town, top, AreaKind.COMMUNITY, "北社区", 1)
    south = _make_area(town, top, AreaKind.COMMUNITY, "南社区", 2)
    upper = _make_area(town, north, AreaKind.VILLAGE, "上村", 1)
    lower = _make_area(town, north, AreaKind.VILLAGE, "下村", 2)
    far = _make_area(town, south, AreaKind.VILLAGE, "远村", 1)
    return Place(
        town=top,
        north=north,
        south=south,
        upper=upper,
        lower=lower,
        far=far,
        upper_hamlet=_make_area(town, upper, AreaKind.HAMLET, "上庄", 1),
        lower_hamlet=_make_area(town, lower, AreaKind.HAMLET, "下庄", 1),
        far_hamlet=_make_area(town, far, AreaKind.HAMLET, "远庄", 1),
    )


def _make_area(town: Town, parent: Area, kind: AreaKind, name: str, number: int) -> Area:
    path = f"{parent.path}{number:04d}"
    return Area.objects.create(town=town, kind=kind, name=name, path=path, parent=parent)


def _make_staff(town: Town, slug: str, name: str) -> Staff:
    staff = Staff(id=new_id(), town=town, username=f"{slug}-{name}", name=name)
    staff.set_unusable_password()
    staff.save()
    return staff


def _give_post(staff: Staff, role: Role, unit: Unit | None, area: Area | None) -> None:
    Post.objects.create(
        town_id=staff.town_id,
        staff=staff,
        role=role,
        unit=unit,
        area=area,
        valid_from=date(2020, 1, 1),
    )


def _make_category(town: Town, code: str, theme: Theme, days: int, unit: Unit | None) -> Category:
    category = Category.objects.create(
        town=town,
        code=code,
        name=f"类别{code}",
        name_en=code,
        theme=theme,
        usual_days=days,
        usual_unit=unit,
    )
    assert isinstance(category, Category)
    return category


def _make_round(town: Town, unit: Unit) -> Round:
    checklist = Checklist.objects.create(town=town, name="清单", published_on=MONDAY)
    return Round.objects.create(
        town=town,
        number=1,
        name="第一轮",
        state=RoundState.ACTIVE,
        starts_on=date(2026, 11, 1),
        due_on=date(2026, 12, 31),
        checklist=checklist,
        coordinator=unit,
        timed_days=8,
        started_at=morning(date(2026, 11, 1)),
    )


def fresh(demand: Demand) -> Demand:
    """The row as the database has it."""
    return Demand.objects.in_town(demand.town_id).get(id=demand.id)


def some_id() -> UUID:
    return new_id()
