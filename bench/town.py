"""A plain town to measure on: places, staff, 13,000 households, a running round, demands."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from bianfang.config.commands import ready
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup, Responsibility
from bianfang.outreach.demands.actions.taxonomy import STARTING_TREE
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.visits.actions import checklists, rounds
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.models import Target, Visit
from bianfang.outreach.visits.queries.sheets import LINES
from bianfang.register.areas import actions as areas
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household
from bianfang.register.people import queries as people
from bianfang.register.people.actions import NewStaff, create_staff_bulk, create_unit
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Staff

COMMUNITIES, VILLAGES, HAMLETS, HOUSEHOLDS = 12, 5, 2, 13_000
CLERKS = 4
PASSWORD = "bench-town-1"  # noqa: S105  # of a town that lives for minutes
WORDS = "村口路灯不亮排水沟堵塞雨天积水申请低保孩子上学接送困难饮水水压低土地承包边界不清养老金认证"


@dataclass(frozen=True)
class BenchTown:
    """What the measurements need to know."""

    town: Town
    clerks: list[Staff]
    round_id: UUID
    categories: list[UUID]
    topics: list[UUID]
    households: list[UUID]
    hamlet_id: UUID


def build() -> BenchTown:
    """Build it in the database that the settings name, which has to be empty."""
    ready.prepare()
    town = areas.create_town(name="测量镇", county_name="测量县", slug="bench")
    actor = people.system_actor(town_id=town.id, name="bench")
    areas.create_tree(actor=actor, tree=list(_tree()))
    top = Area.objects.get(town=town, kind="town")
    unit = create_unit(actor=actor, name="遍访办", kind=UnitKind.STATION)
    day = clock.today() - timedelta(days=400)
    made = create_staff_bulk(
        actor=actor,
        password=PASSWORD,
        people=[
            NewStaff(
                username=f"clerk{n}",
                name=f"干部{n}",
                role=Role.TOWN_CLERK,
                area_ids=(top.id,),
                valid_from=day,
            )
            for n in range(CLERKS)
        ],
    )
    clerks = list(made.values())
    _answer_for(town, top, clerks[0], day)
    hamlets = list(Area.objects.filter(town=town, kind="hamlet").order_by("path"))
    Household.objects.bulk_create(_households(town, hamlets), batch_size=2000)
    homes = Household.objects.filter(town=town).order_by("number").values_list("id", flat=True)
    categories = _categories(town)
    round_id, topics = _start_round(actor, unit.id)
    return BenchTown(
        town=town,
        clerks=clerks,
        round_id=round_id,
        categories=categories,
        topics=topics,
        households=list(homes),
        hamlet_id=hamlets[0].id,
    )


def _categories(town: Town) -> list[UUID]:
    made = Category.objects.bulk_create(
        Category(
            town=town, code=seed.code, name=seed.name, name_en=seed.name_en, theme=seed.theme,
            usual_days=seed.usual_days, order=place,
        )
        for place, seed in enumerate(STARTING_TREE)
    )  # fmt: skip
    return [category.id for category in made]


def _start_round(actor: Actor, unit_id: UUID) -> tuple[UUID, list[UUID]]:
    checklist = checklists.create_checklist(actor=actor, name="清单")
    topics = [
        checklists.add_topic(
            actor=actor, checklist_id=checklist.id, kind=TopicKind.EXPLAIN, text=f"政策{n}"
        ).id
        for n in range(6)
    ]
    checklists.publish_checklist(actor=actor, checklist_id=checklist.id)
    today = clock.today()
    round_ = rounds.create_round(actor=actor, name="一轮", starts_on=today, due_on=today)
    rounds.configure_round(
        actor=actor,
        round_id=round_.id,
        checklist_id=checklist.id,
        coordinator_id=unit_id,
        timed_days=10,
    )
    rounds.start_round(actor=actor, round_id=round_.id)
    return round_.id, topics


def _tree() -> Iterator[tuple[str, str, str]]:
    for c in range(COMMUNITIES):
        for v in range(VILLAGES):
            for h in range(HAMLETS):
                yield f"社区{c}", f"村{c}-{v}", f"庄{c}-{v}-{h}"


def _answer_for(town: Town, top: Area, clerk: Staff, day: object) -> None:
    group = LeaderGroup.objects.create(town=town, name="一组")
    GroupMember.objects.create(town=town, group=group, staff=clerk, is_head=True, valid_from=day)
    for duty in ("principal_leader", "village_cadre", "village_head"):
        Responsibility.objects.create(
            town=town, area=top, area_path=top.path, duty=duty, staff=clerk, valid_from=day
        )
    Responsibility.objects.create(
        town=town, area=top, area_path=top.path, duty="leader_group", group=group, valid_from=day
    )


def _households(town: Town, hamlets: list[Area]) -> Iterator[Household]:
    for n in range(HOUSEHOLDS):
        hamlet = hamlets[n % len(hamlets)]
        yield Household(
            town=town, hamlet=hamlet, area_path=hamlet.path, number=f"{n:010d}",
            door=f"{n % 90}号", living_status="resident", head_name=f"王{n % 997}",
            member_count=3, entered_on=clock.today(),
        )  # fmt: skip


def sheet_numbers() -> list[str]:
    """The printed numbers of all full sheets of the first round."""
    pages = HOUSEHOLDS // (COMMUNITIES * VILLAGES * HAMLETS) // LINES
    return [
        f"1-{c}-{v}-{h}-{page}"
        for c in range(1, COMMUNITIES + 1)
        for v in range(1, VILLAGES + 1)
        for h in range(1, HAMLETS + 1)
        for page in range(1, pages + 1)
    ]


def add_visits(bench: BenchTown, count: int) -> None:
    """Add so many visits, round the households, by two people each."""
    now = datetime.now(tz=UTC)
    rows = Target.objects.filter(town=bench.town, round_id=bench.round_id)
    targets = list(rows.order_by("household__number"))
    Visit.objects.bulk_create(
        (
            Visit(
                town=bench.town, round_id=bench.round_id, target=target,
                household_id=target.household_id, area_path=target.area_path,
                mode="day", outcome="met", happened_at=now - timedelta(minutes=n),
                visitor_names="干部0、干部1", topic_names="政策0、政策1",
                recorded_at=now, recorded_by=bench.clerks[0],
            )
            for n, target in zip(range(count), cycle(targets), strict=False)
        ),
        batch_size=2000,
    )  # fmt: skip


def add_demands(bench: BenchTown, count: int, *, first: int) -> None:
    """Add demands of ten years, most of them written off, numbered from `first`."""
    rng = random.Random(count)
    homes = list(Household.objects.filter(town=bench.town).order_by("number"))
    themes = dict(Category.objects.filter(town=bench.town).values_list("id", "theme"))
    end = datetime.now(tz=UTC) - timedelta(hours=1)
    batch = []
    for n in range(count):
        when = end - timedelta(days=3650) * (1 - n / count)
        home, category = rng.choice(homes), rng.choice(bench.categories)
        place = rng.randrange(len(WORDS) - 20)
        is_open = rng.random() < (0.5 if (end - when).days < 60 else 0.01)
        owner, reviewer = rng.sample(bench.clerks, 2)
        batch.append(
            Demand(
                town=bench.town, number=f"{when.year}-B{first + n:07d}", source="visit",
                kind="request", household=home, area_id=home.hamlet_id, area_path=home.area_path,
                proposer_name=home.head_name, category_id=category, theme=themes[category],
                content=WORDS[place : place + 20] * 2, measures="现场核实", owner=owner,
                due_on=when.date() + timedelta(days=14), route="timed",
                first_due_on=when.date() + timedelta(days=14), registered_at=when,
                registered_by=owner, accepted_at=when, changed_at=when,
                state=("registered" if n % 9 == 0 else "handling") if is_open else "written_off",
                **({} if is_open else _ending(when, owner, reviewer)),
            )
        )  # fmt: skip
        if len(batch) == 4000 or n == count - 1:
            Demand.objects.bulk_create(batch)
            batch = []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add_checks(bench: BenchTown, *, every: int) -> None:
    """One look-back over closed demands that none has checked yet: of so many one, all passed."""
    checked = Check.objects.filter(town=bench.town).values("demand")
    rows = Demand.objects.filter(town=bench.town, state="written_off").exclude(id__in=checked)
    demands = list(rows.order_by("id").only("id", "area_path"))[::every]
    today = clock.today()
    look_back = LookBack.objects.create(
        town=bench.town, title="回头看", state="finished", area=Area.objects.get(
            town=bench.town, kind="town"
        ), area_path="", from_day=today, to_day=today, strata_by="theme", method="of_each",
        confidence=95, of_each=1, seed=1, population=len(demands), sample_size=len(demands),
        drawn_by=bench.clerks[0], drawn_at=datetime.now(tz=UTC), finished_on=today,
    )  # fmt: skip
    Check.objects.bulk_create(
        (
            Check(
                town=bench.town, look_back=look_back, demand=demand, area_path=demand.area_path,
                stratum="all", place=place, checker=bench.clerks[1], result="passed", way="phone",
                checked_on=today, attempts=1,
            )
            for place, demand in enumerate(demands, start=1)
        ),
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _ending(when: datetime, owner: Staff, reviewer: Staff) -> dict[str, object]:
    day = when.date() + timedelta(days=5)
    return {
        "outcome": "solved", "result": "已办", "reply": "已答复", "reply_mode": "phone",
        "replied_on": day, "closed_on": day, "written_off_on": day, "handled_by": owner,
        "reviewed_by": reviewer,
    }  # fmt: skip


def sign_in(staff: Staff) -> str:
    """A session of this person; gives the cookies that a client sends."""
    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF}"


CSRF = "b" * 32
