"""Lists of demands: what may be filtered by, and the orders that an index serves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import and_
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import Page, take_page
from bianfang.kernel.tenancy.paths import PathRange, within_town
from bianfang.outreach.demands.enums import (
    CONTENT,
    GIVEN,
    DemandKind,
    DemandSort,
    Outcome,
    Route,
    Source,
    StateGroup,
    Theme,
)
from bianfang.outreach.demands.models import (
    CarryOver,
    Category,
    Demand,
    DemandQuerySet,
    demand_number,
    due_order,
)
from bianfang.outreach.demands.queries.words import holds_word
from bianfang.outreach.demands.workflow import ANSWERED, CLOCK_RUNS, COUNTED, UNSETTLED
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.models import Staff, Unit

ORDERS: Mapping[DemandSort, tuple[str, ...]] = MappingProxyType(
    {
        DemandSort.NEWEST: ("-registered_at", "-id"),
        DemandSort.OLDEST: ("registered_at", "id"),
        DemandSort.DUE: ("due_order", "id"),
        DemandSort.NUMBER: ("-number", "-id"),
    }
)
WAITING = ("-urgent", "registered_at", "id")
WITH_DEADLINES = frozenset(
    {
        StateGroup.OPEN,
        StateGroup.NEW,
        StateGroup.HANDLING,
        StateGroup.DUE_THIS_WEEK,
        StateGroup.OVERDUE,
        StateGroup.CARRIED_OVER,
    }
)
"""Groups that may be read in the order of their deadlines."""
_NUMBER = re.compile(r"(?:(20[0-9]{2})[-－—]?)?0*([1-9][0-9]{0,5})")
_YEARS_SEARCHED = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandFilter:
    """What a list is narrowed to; empty fields leave all. Days are those of registration."""

    group: StateGroup = StateGroup.ALL
    theme: Theme | None = None
    category_id: UUID | None = None
    route: Route | None = None
    kind: DemandKind | None = None
    source: Source | None = None
    outcome: Outcome | None = None
    area: PathRange | None = None
    unit_id: UUID | None = None
    owner_id: UUID | None = None
    round_id: UUID | None = None
    half_year_list_id: UUID | None = None
    household_id: UUID | None = None
    text: str = ""
    registered_from: date | None = None
    registered_to: date | None = None


EVERY_DEMAND = DemandFilter()
"""The filter that leaves all in scope."""


def list_demands(*, actor: Actor, filters: DemandFilter) -> DemandQuerySet:
    """Demands in scope as rows of a list, with the names a row shows; without an order."""
    return with_names(narrowed(actor=actor, filters=filters))


def page_demands(
    *,
    actor: Actor,
    filters: DemandFilter,
    sort: DemandSort = DemandSort.NEWEST,
    token: str = "",
    size: int = 50,
) -> Page[Demand]:
    """One page of the list in an order that an index serves; a single query.

    An order that does not fit the group (`sorts_for`) gives way to the newest first.
    """
    rows = list_demands(actor=actor, filters=filters)
    if sort not in sorts_for(filters.group):
        sort = DemandSort.NEWEST
    if sort is DemandSort.DUE:
        rows = rows.annotate(due_order=due_order())
    return take_page(rows, order=ORDERS[sort], token=token, size=size)


def page_waiting(
    *, actor: Actor, filters: DemandFilter, token: str = "", size: int = 50
) -> Page[Demand]:
    """The dispatcher's queue: what waits to be accepted, safety hazards first, then the oldest."""
    rows = list_demands(actor=actor, filters=replace(filters, group=StateGroup.NEW))
    return take_page(rows, order=WAITING, token=token, size=size)


def sorts_for(group: StateGroup) -> tuple[DemandSort, ...]:
    """The orders that make sense for a group: urgency is asked of what is still open."""
    if group in WITH_DEADLINES:
        return tuple(DemandSort)
    return tuple(sort for sort in DemandSort if sort is not DemandSort.DUE)


def count_demands(*, actor: Actor, filters: DemandFilter, up_to: int = 1000) -> int:
    """How many there are, counted no further than `up_to`: then there are that many or more."""
    rows = narrowed(actor=actor, filters=filters).order_by(*ORDERS[DemandSort.NEWEST])
    return rows[:up_to].count()


def with_names(rows: DemandQuerySet) -> DemandQuerySet:
    """Names of category, unit and person in charge beside each row; the sealed phone stays out.

    They are asked for row by row, so that no planner joins before it has cut out the page.
    """
    named = rows.annotate(
        category_name=_name_of(Category.objects.filter(id=OuterRef("category_id")), "name"),
        category_name_en=_name_of(Category.objects.filter(id=OuterRef("category_id")), "name_en"),
        unit_name=_name_of(Unit.objects.filter(id=OuterRef("unit_id")), "name"),
        owner_name=_name_of(Staff.objects.filter(id=OuterRef("owner_id")), "name"),
    )
    return named.defer("proposer_phone", "phone_key", "reply")


def _name_of(rows: "QuerySet[Any]", field: str) -> Subquery:
    return Subquery(rows.filter(town_id=OuterRef("town_id")).values(field))


def in_group(group: StateGroup, day: date) -> Q:
    """The condition of a group of states, on that day."""
    answered = Q(state__in=sorted(ANSWERED), replied_on__lte=day)
    conditions = {
        StateGroup.ALL: Q(),
        StateGroup.COUNTED: Q(state__in=sorted(COUNTED)),
        StateGroup.OPEN: Q(state__in=sorted(UNSETTLED)),
        StateGroup.NEW: Q(state=State.REGISTERED),
        StateGroup.HANDLING: Q(state=State.HANDLING),
        StateGroup.PAUSED: Q(state=State.PAUSED),
        StateGroup.DUE_THIS_WEEK: Q(
            state__in=sorted(CLOCK_RUNS), due_on__gte=day, due_on__lte=end_of_week(day)
        ),
        StateGroup.OVERDUE: Q(state__in=sorted(CLOCK_RUNS), due_on__lt=day),
        StateGroup.AWAITING_REVIEW: Q(state=State.AWAITING_REVIEW),
        StateGroup.CLOSED: Q(state=State.WRITTEN_OFF),
        StateGroup.CARRIED_OVER: Q(state=State.CARRIED_OVER),
        StateGroup.ENDED: Q(state=State.WRITTEN_OFF)
        | Q(reopened_count__gt=0, state__in=sorted(COUNTED)),
        StateGroup.REOPENED: Q(reopened_count__gt=0, state__in=sorted(COUNTED)),
        StateGroup.ASIDE: Q(state__in=[State.MERGED, State.DECLINED]),
        StateGroup.ANSWERED: answered,
        StateGroup.CONFIRMED: answered & Q(satisfaction__in=sorted(GIVEN)),
        StateGroup.CONTENT: answered & Q(satisfaction__in=sorted(CONTENT)),
        StateGroup.HEARD_BY_HANDLER: answered
        & Q(satisfaction__in=sorted(GIVEN), is_heard_by_handler=True),
    }
    return conditions[group]


def end_of_week(day: date) -> date:
    """The Sunday of the day's week."""
    return day + timedelta(days=6 - day.weekday())


def list_originals(*, actor: Actor, text: str) -> DemandQuerySet:
    """The demands into which those that the words find were merged: who names one means these."""
    filters = DemandFilter(group=StateGroup.ASIDE, text=text)
    merged = narrowed(actor=actor, filters=filters).filter(merged_into__isnull=False)
    rows = with_names(Demand.objects.visible_to(actor))
    return rows.filter(id__in=merged.values("merged_into"))


def meeting_pool(*, actor: Actor) -> DemandQuerySet:
    """What waits for a meeting: hard matters in handling, the most urgent first."""
    filters = DemandFilter(route=Route.MEETING)
    rows = list_demands(actor=actor, filters=filters).filter(state__in=sorted(CLOCK_RUNS))
    return rows.order_by("due_on", "id")


def list_due(*, actor: Actor, filters: DemandFilter, days: int) -> DemandQuerySet:
    """What is overdue or falls due within so many days, the nearest deadline first."""
    last = clock.today() + timedelta(days=days)
    rows = list_demands(actor=actor, filters=filters)
    rows = rows.filter(state__in=sorted(CLOCK_RUNS), due_on__lte=last)
    return rows.order_by("due_on", "id")


def list_carried(*, actor: Actor, list_id: UUID) -> DemandQuerySet:
    """The demands on a half-year list, whatever became of them since, by number."""
    filters = DemandFilter(half_year_list_id=list_id)
    return list_demands(actor=actor, filters=filters).order_by("number")


def narrowed(*, actor: Actor, filters: DemandFilter) -> DemandQuerySet:
    """Demands in scope that the filters leave, as plain rows for counting or for other columns."""
    rows = Demand.objects.visible_to(actor)
    rows = rows.filter(in_group(filters.group, clock.today()), **_equalities(filters))
    if filters.area:
        rows = rows.filter(within_town([filters.area]))
    if filters.registered_from:
        rows = rows.filter(registered_at__gte=clock.in_town(filters.registered_from, 0))
    if filters.registered_to:
        after = filters.registered_to + timedelta(days=1)
        rows = rows.filter(registered_at__lt=clock.in_town(after, 0))
    if filters.half_year_list_id:
        rows = rows.filter(_on_list(filters.half_year_list_id))
    if filters.text.strip():
        rows = rows.filter(_matching(filters.text.strip()))
    return rows


def _equalities(filters: DemandFilter) -> dict[str, object]:
    wanted = {
        "theme": filters.theme,
        "category": filters.category_id,
        "route": filters.route,
        "kind": filters.kind,
        "source": filters.source,
        "outcome": filters.outcome,
        "unit": filters.unit_id,
        "owner": filters.owner_id,
        "round": filters.round_id,
        "household": filters.household_id,
    }
    return {name: value for name, value in wanted.items() if value}


def _on_list(list_id: UUID) -> Exists:
    links = CarryOver.objects.filter(
        town_id=OuterRef("town_id"), demand=OuterRef("id"), half_year_list=list_id
    )
    return Exists(links)


def _matching(text: str) -> Q:
    """A typed number (2026-00127, 2026-127, 127) is looked up; other words must all be there."""
    number = _NUMBER.fullmatch(text)
    if number:
        return Q(number__in=_numbers(number[1], int(number[2])))
    return reduce(and_, map(holds_word, text.split()))


def _numbers(year: str | None, number: int) -> Sequence[str]:
    this_year = clock.today().year
    years = [int(year)] if year else range(this_year, this_year - _YEARS_SEARCHED, -1)
    return [demand_number(each, number) for each in years]
