"""The ladder in force, what is to be reminded of, and a person's own digests."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.workcalendar.queries import Calendar
from bianfang.mechanisms.reminders import workflow
from bianfang.mechanisms.reminders.models import (
    Digest,
    DigestLine,
    LadderSetting,
    UrgentNotice,
)
from bianfang.mechanisms.reminders.workflow import Ladder
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import CLOCK_RUNS, UNSETTLED
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post

DAYS_PER_STEP = 3
"""Calendar days to look around a step; the exact step is reckoned by the work calendar."""
LONG_HOLIDAY = 14
DAYS_SHOWN = 10
"""How long a notice of a settled hazard stays in the inbox."""


def ladder_of(town_id: UUID) -> Ladder:
    """The steps of the town."""
    found = LadderSetting.objects.in_town(town_id).first()
    if found is None:
        return workflow.DEFAULT
    return Ladder(workflow.read(found.owner_steps), workflow.read(found.head_steps))


def list_pressing(
    *, town_id: UUID, day: date, ladder: Ladder, calendar: Calendar
) -> list[tuple[Demand, int]]:
    """Demands whose deadline stands on a step of the ladder that day, with the step."""
    if not ladder.steps:
        return []
    reach = timedelta(days=DAYS_PER_STEP * max(map(abs, ladder.steps)) + LONG_HOLIDAY)
    rows = Demand.objects.in_town(town_id).filter(
        state__in=sorted(CLOCK_RUNS), due_on__gte=day - reach, due_on__lte=day + reach
    )
    found = []
    for demand in rows.select_related("owner").order_by("due_on", "id"):
        assert demand.due_on is not None
        step = workflow.step_of(day, demand.due_on, calendar)
        if step in ladder.steps:
            found.append((demand, step))
    return found


def heads_of_units(*, town_id: UUID, day: date) -> Mapping[UUID, set[UUID]]:
    """Who leads each unit that day, or stands in for its head."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for post in people.current_posts(town_id=town_id, day=day, role=Role.UNIT_HEAD):
        if post.unit_id is not None:
            found[post.unit_id].add(_acting(post, day))
    return found


def list_told(
    *, town_id: UUID, unit_id: UUID | None, owner_id: UUID | None, day: date
) -> set[UUID]:
    """Who is told of a safety hazard: its owner, else the dispatchers; and the head of its unit."""
    heads = heads_of_units(town_id=town_id, day=day)
    told = set(heads.get(unit_id, set())) if unit_id else set()
    if owner_id:
        return told | {owner_id}
    clerks = people.current_posts(town_id=town_id, day=day, role=Role.TOWN_CLERK)
    return told | {_acting(post, day) for post in clerks}


def list_urgent(*, actor: Actor) -> "QuerySet[UrgentNotice]":
    """The actor's own notices of hazards that are open or of these days, the latest first."""
    readable = Demand.objects.visible_to(actor).values("id")
    rows = UrgentNotice.objects.in_town(actor.town_id).filter(staff=actor.staff_id)
    pressing = Q(demand__state__in=sorted(UNSETTLED))
    recent = Q(at__gte=clock.now() - timedelta(days=DAYS_SHOWN))
    rows = rows.filter(pressing | recent, demand__in=readable)
    return rows.select_related("demand").order_by("-at", "-id")


def list_digests(*, actor: Actor) -> "QuerySet[Digest]":
    """The actor's own digests, the latest first, with lines on demands that may still be read."""
    readable = Demand.objects.visible_to(actor).values("id")
    lines = DigestLine.objects.in_town(actor.town_id).filter(demand__in=readable)
    rows = Digest.objects.in_town(actor.town_id).filter(staff=actor.staff_id)
    prefetched = rows.prefetch_related(
        Prefetch("lines", lines.select_related("demand").order_by("-step", "id"))
    )
    return prefetched.order_by("-day")


def _acting(post: Post, day: date) -> UUID:
    """The holder, or whoever stands in that day."""
    first, last = post.substitute_from, post.substitute_to
    if post.substitute_id and first and last and first <= day <= last:
        return post.substitute_id
    return post.staff_id
