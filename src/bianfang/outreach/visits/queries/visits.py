"""Visits: one with all its page shows, and lists of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.visits.enums import EntryChannel, TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import (
    Round,
    ScopedByVisits,
    Topic,
    TopicTold,
    Visit,
    Visitor,
)
from bianfang.register.people.enums import Permission, Role

NEWEST = ("-happened_at", "-id")
OLDEST = ("happened_at", "id")


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitFilter:
    """What a list of visits is narrowed to; empty fields leave all. Days are those of the visit."""

    round_id: UUID | None = None
    reach: PathRange | None = None
    household_id: UUID | None = None
    forum_id: UUID | None = None
    mode: VisitMode | None = None
    outcome: VisitOutcome | None = None
    channel: EntryChannel | None = None
    visitor_id: UUID | None = None
    role: Role | None = None
    topic_id: UUID | None = None
    with_demands: bool | None = None
    with_facts: bool | None = None
    text: str = ""
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicCount:
    """How often a topic was told in a round; what people think of it is not kept."""

    topic: Topic
    visits: int


def list_visits(*, actor: Actor, filters: VisitFilter) -> "QuerySet[Visit]":
    """Visits in scope with their households, the newest first (`take_page` with NEWEST)."""
    rows = narrowed(actor=actor, filters=filters)
    return rows.select_related("household").order_by(*NEWEST)


def narrowed(*, actor: Actor, filters: VisitFilter) -> ScopedByVisits:
    """Visits in scope that the filters leave, as plain rows for counting."""
    rows = Visit.objects.visible_to(actor).filter(_told_in(filters), **_equalities(filters))
    if filters.reach is not None:
        rows = rows.filter(within([filters.reach]))
    if filters.from_day:
        rows = rows.filter(happened_at__gte=clock.in_town(filters.from_day, 0))
    if filters.to_day:
        after = filters.to_day + timedelta(days=1)
        rows = rows.filter(happened_at__lt=clock.in_town(after, 0))
    for exists in _links(actor.town_id, filters):
        rows = rows.filter(exists)
    return rows


def get_visit(*, actor: Actor, visit_id: UUID) -> Visit:
    """A visit in scope with household, round, group talk and who wrote it down."""
    rows = Visit.objects.visible_to(actor)
    return _only(rows.select_related("household", "round", "forum", "recorded_by"), visit_id)


def get_visit_for_update(*, actor: Actor, visit_id: UUID) -> Visit:
    """A visit in scope, locked."""
    rows = Visit.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    return _only(rows, visit_id)


def list_visitors(*, actor: Actor, visit: Visit) -> "QuerySet[Visitor]":
    """Who took part, with the role and unit of that day."""
    rows = Visitor.objects.in_town(actor.town_id).filter(visit=visit)
    return rows.select_related("staff").order_by("id")


def list_topics_of(*, actor: Actor, visit: Visit) -> "QuerySet[TopicTold]":
    """What was told in a visit, in the order of the checklist."""
    rows = TopicTold.objects.in_town(actor.town_id).filter(visit=visit)
    return rows.select_related("topic").order_by("topic__order", "id")


def list_topics_told(
    *, actor: Actor, round: Round, reach: PathRange | None = None
) -> list[TopicCount]:
    """The topics of the round's checklist, and in how many visits each was told."""
    told = TopicTold.objects.in_town(actor.town_id).filter(
        within(actor.reach(Permission.VIEW_VISITS), "visit__area_path"), visit__round=round
    )
    if reach is not None:
        told = told.filter(within([reach], "visit__area_path"))
    counts = dict(told.order_by().values_list("topic_id").annotate(visits=Count("id")))
    topics = Topic.objects.in_town(actor.town_id).filter(checklist=round.checklist_id)
    return [
        TopicCount(topic=topic, visits=counts.get(topic.id, 0))
        for topic in topics.order_by("order")
        if topic.kind != TopicKind.ASK or topic.id in counts
    ]


def _equalities(filters: VisitFilter) -> dict[str, object]:
    wanted = {
        "round": filters.round_id,
        "household": filters.household_id,
        "forum": filters.forum_id,
        "mode": filters.mode,
        "outcome": filters.outcome,
        "channel": filters.channel,
    }
    return {name: value for name, value in wanted.items() if value}


def _told_in(filters: VisitFilter) -> Q:
    """Whether it brought demands or village facts; a household by number or name."""
    condition = Q()
    if filters.with_demands is not None:
        demands = Q(demand_count__gt=0)
        condition &= demands if filters.with_demands else ~demands
    if filters.with_facts is not None:
        none = Q(village_facts="")
        condition &= ~none if filters.with_facts else none
    if text := filters.text.strip():
        condition &= Q(household__number__startswith=text) | Q(
            household__head_name__startswith=text
        )
    return condition


def _links(town_id: UUID, filters: VisitFilter) -> Iterable[Exists]:
    """Conditions on who went and what was told."""
    if filters.visitor_id or filters.role:
        visitors = Visitor.objects.in_town(town_id).filter(visit=OuterRef("id"))
        if filters.visitor_id:
            visitors = visitors.filter(staff=filters.visitor_id)
        if filters.role:
            visitors = visitors.filter(role=filters.role)
        yield Exists(visitors)
    if filters.topic_id:
        told = TopicTold.objects.in_town(town_id).filter(visit=OuterRef("id"))
        yield Exists(told.filter(topic=filters.topic_id))


def _only(rows: "QuerySet[Visit]", visit_id: UUID) -> Visit:
    found = rows.filter(id=visit_id).first()
    if found is None:
        raise NotFoundError(_("There is no such visit in your area."))
    return found
