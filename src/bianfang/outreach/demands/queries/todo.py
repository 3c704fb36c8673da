"""What waits for a person: groups with their number and their first rows."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When, Window

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import within_town
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands.enums import ExtensionState, Route, TodoKind
from bianfang.outreach.demands.models import (
    Demand,
    DemandQuerySet,
    Extension,
    ReopenRequest,
    due_order,
)
from bianfang.outreach.demands.queries.lists import with_names
from bianfang.outreach.demands.workflow import CLOCK_RUNS, RequestState
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.enums import Permission

SOON_WORKDAYS = 3
FIRST_ROWS = 5
ORDERS: dict[TodoKind, tuple[str, str]] = {
    TodoKind.URGENT: ("registered_at", "id"),
    TodoKind.OVERDUE: ("due_on", "id"),
    TodoKind.DUE_SOON: ("due_on", "id"),
    TodoKind.RETURNED: ("changed_at", "id"),
    TodoKind.TO_ACCEPT: ("registered_at", "id"),
    TodoKind.TO_REVIEW: ("closed_on", "id"),
    TodoKind.EXTENSIONS: ("due_on", "id"),
    TodoKind.REOPENINGS: ("written_off_on", "id"),
    TodoKind.IN_HAND: ("due_on", "id"),
    TodoKind.UNIT_OVERDUE: ("due_on", "id"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TodoGroup:
    """One group: how many there are, and the first of them in the order of urgency."""

    kind: TodoKind
    count: int
    rows: tuple[Demand, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TodoGlance:
    """The most urgent things and how many there are in all; each once, under its first kind."""

    count: int
    rows: tuple[tuple[TodoKind, Demand], ...]


def todo_for(actor: Actor, *, first: int = FIRST_ROWS) -> list[TodoGroup]:
    """The groups that hold something for this actor, one query for each that could."""
    groups = []
    for kind in TodoKind:
        if _concerns(actor, kind):
            rows = list_todo(actor=actor, kind=kind).annotate(of_all=Window(Count(Value(1))))
            found = tuple(rows[:first])
            if found:
                groups.append(TodoGroup(kind=kind, count=found[0].of_all, rows=found))  # type: ignore[attr-defined]  # annotated above
    return groups


def todo_glance(actor: Actor, *, first: int = FIRST_ROWS) -> TodoGlance:
    """What waits for this actor, the most urgent first, in one query."""
    kinds = [kind for kind in TodoKind if _concerns(actor, kind)]
    if not kinds:
        return TodoGlance(count=0, rows=())
    conditions = [_condition(actor, kind) for kind in kinds]
    rank = Case(*[When(each, then=Value(place)) for place, each in enumerate(conditions)])
    waiting = Demand.objects.visible_to(actor).filter(reduce(or_, conditions))
    ranked = with_names(waiting).annotate(rank=rank, of_all=Window(Count(Value(1))))
    found = list(ranked.order_by("rank", due_order(), "id")[:first])
    return TodoGlance(
        count=found[0].of_all if found else 0,  # type: ignore[attr-defined]  # annotated above
        rows=tuple((kinds[demand.rank], demand) for demand in found),  # type: ignore[attr-defined]  # annotated above
    )


def list_todo(*, actor: Actor, kind: TodoKind) -> DemandQuerySet:
    """All rows of a group, in the order of urgency; for paging use `ORDERS[kind]`."""
    rows = Demand.objects.visible_to(actor).filter(_condition(actor, kind))
    return with_names(rows).order_by(*ORDERS[kind])


def _concerns(actor: Actor, kind: TodoKind) -> bool:
    rights = {
        TodoKind.TO_ACCEPT: Permission.ACCEPT_DEMAND,
        TodoKind.TO_REVIEW: Permission.REVIEW_DEMAND,
        TodoKind.EXTENSIONS: Permission.APPROVE_EXTENSION,
        TodoKind.REOPENINGS: Permission.REVIEW_DEMAND,
    }
    if kind is TodoKind.UNIT_OVERDUE:
        return bool(actor.unit_ids)
    if kind is TodoKind.TO_ACCEPT and actor.units_with(Permission.ASSIGN_IN_UNIT):
        return True
    return actor.staff_id is not None and (kind not in rights or actor.may(rights[kind]))


def _condition(actor: Actor, kind: TodoKind) -> Q:
    today = clock.today()
    running = Q(state__in=sorted(CLOCK_RUNS))
    mine = Q(owner=actor.staff_id) & running
    if kind is TodoKind.URGENT:
        of_units = running & Q(unit__in=actor.unit_ids)
        return Q(urgent=True) & (mine | of_units | _to_decide(actor, TodoKind.TO_ACCEPT))
    if kind is TodoKind.OVERDUE:
        return mine & Q(due_on__lt=today)
    if kind in {TodoKind.DUE_SOON, TodoKind.IN_HAND}:
        last = load_calendar().add_workdays(today, SOON_WORKDAYS)
        soon = Q(due_on__gte=today, due_on__lte=last)
        return mine & (soon if kind is TodoKind.DUE_SOON else Q(due_on__gt=last, result=""))
    if kind is TodoKind.RETURNED:
        return mine & ~Q(result="")
    if kind is TodoKind.UNIT_OVERDUE:
        others = running & ~Q(owner=actor.staff_id)
        return others & Q(unit__in=actor.unit_ids, due_on__lt=today)
    return _to_decide(actor, kind)


def _to_decide(actor: Actor, kind: TodoKind) -> Q:
    if kind is TodoKind.TO_ACCEPT:
        held = _in_right(actor, Permission.ACCEPT_DEMAND)
        units = actor.units_with(Permission.ASSIGN_IN_UNIT)
        return Q(state=State.REGISTERED) & (held | Q(unit__in=units) if held and units else held)
    if kind is TodoKind.EXTENSIONS:
        asked = Extension.objects.filter(
            town_id=OuterRef("town_id"), demand=OuterRef("id"), state=ExtensionState.ASKED
        ).exclude(asked_by=actor.staff_id)
        running = Q(state__in=sorted(CLOCK_RUNS))
        return running & _in_right(actor, Permission.APPROVE_EXTENSION) & Q(Exists(asked))
    own = Q(handled_by=actor.staff_id) | Q(route=Route.ONSITE, registered_by=actor.staff_id)
    if kind is TodoKind.REOPENINGS:
        waiting = ReopenRequest.objects.filter(
            town_id=OuterRef("town_id"), demand=OuterRef("id"), state=RequestState.RAISED
        )
        own |= Q(owner=actor.staff_id)
        closed = Q(state=State.WRITTEN_OFF) & _in_right(actor, Permission.REVIEW_DEMAND)
        return closed & Q(Exists(waiting)) & ~own
    return Q(state=State.AWAITING_REVIEW) & _in_right(actor, Permission.REVIEW_DEMAND) & ~own


def _in_right(actor: Actor, permission: Permission) -> Q:
    """Demands over whose area or for whose unit the permission is held."""
    held = within_town(actor.reach(permission))
    return held | Q(unit__in=actor.units_with(permission)) if held else held
