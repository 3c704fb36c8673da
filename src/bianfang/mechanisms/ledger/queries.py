"""The rows of the ledger and the two lists, straight from the records of visits and demands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import take_page
from bianfang.kernel.tenancy.paths import PathRange, parents
from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.mechanisms.ledger.rows import FIELDS, ROW_OF, Cells, Place, Words, make_words
from bianfang.outreach.demands.enums import StateGroup
from bianfang.outreach.demands.queries.lists import EVERY_DEMAND, DemandFilter, list_demands
from bianfang.outreach.visits.models import Round, Target, Visit
from bianfang.outreach.visits.queries import visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household
from bianfang.register.people.enums import Permission

ORDERS = MappingProxyType(
    {
        ListKind.VISITS: ("-happened_at", "-id"),
        ListKind.DEMANDS: ("-registered_at", "-id"),
        ListKind.CLOSED: ("-written_off_on", "-id"),
    }
)
"""The order of the pages, newest first; a file begins with the oldest."""
EVERY_VISIT = VisitFilter()
"""The filter that leaves all visits in scope."""
_AT_A_TIME = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerFilter:
    """Which part of a list: an area, a round, days; and what the pages of the records filter by.

    Days are those of the visit, of registration, or (closed list) of the write-off.
    """

    area: PathRange | None = None
    round_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    visits: VisitFilter = EVERY_VISIT
    demands: DemandFilter = EVERY_DEMAND


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerPage:
    """Rows of one page with the ids of their records, and tokens for the pages beside it."""

    rows: tuple[Cells, ...]
    ids: tuple[UUID, ...]
    next_token: str
    previous_token: str


def page_ledger(
    *, actor: Actor, kind: ListKind, filters: LedgerFilter, token: str = "", size: int = 50
) -> LedgerPage:
    """One page, newest first, in two queries: the rows and the names of places."""
    words = make_words(list_places(actor=actor))
    records = records_of(actor=actor, kind=kind, filters=filters)
    page = take_page(records, order=ORDERS[kind], token=token, size=size)
    read, row_of = attrgetter(*FIELDS[kind]), ROW_OF[kind]
    return LedgerPage(
        rows=tuple(row_of(place, read(each), words) for place, each in enumerate(page.rows, 1)),
        ids=tuple(each.id for each in page.rows),
        next_token=page.next_token,
        previous_token=page.previous_token,
    )


def iterate_rows(
    *, actor: Actor, kind: ListKind, filters: LedgerFilter, words: Words
) -> Iterator[Cells]:
    """All rows, the oldest first, numbered; read in chunks, so that any number fits in memory."""
    order = [key.removeprefix("-") for key in ORDERS[kind]]
    records = records_of(actor=actor, kind=kind, filters=filters).order_by(*order)
    row_of = ROW_OF[kind]
    values = records.values_list(*FIELDS[kind]).iterator(chunk_size=_AT_A_TIME)
    for number, fields in enumerate(values, start=1):
        yield row_of(number, fields, words)


def count_rows(*, actor: Actor, kind: ListKind, filters: LedgerFilter) -> int:
    """How many rows there are."""
    return records_of(actor=actor, kind=kind, filters=filters).order_by().count()


def records_of(*, actor: Actor, kind: ListKind, filters: LedgerFilter) -> "QuerySet[Any]":
    """The records of a list in scope, annotated with every field that its rows read."""
    if kind is ListKind.VISITS:
        return _visits(actor, filters)
    if kind is ListKind.DEMANDS:
        return list_demands(actor=actor, filters=_demand_filter(filters))
    return _written_off(actor, filters)


def list_places(*, actor: Actor) -> dict[str, Place]:
    """Every path of the town with the names above it, and whether residents' names show there."""
    tree = areas.area_map(town_id=actor.town_id)
    return {path: _place(actor, path, tree) for path in tree}


def _place(actor: Actor, path: str, tree: Mapping[str, Area]) -> Place:
    above = {tree[each].kind: tree[each].name for each in (*parents(path), path) if each in tree}
    return Place(
        community=above.get(AreaKind.COMMUNITY, ""),
        village=above.get(AreaKind.VILLAGE, ""),
        hamlet=above.get(AreaKind.HAMLET, ""),
        shows_names=actor.may_at(Permission.VIEW_REGISTER, path),
    )


def _visits(actor: Actor, filters: LedgerFilter) -> "QuerySet[Visit]":
    own = filters.visits
    wanted = replace(
        own,
        reach=filters.area or own.reach,
        round_id=filters.round_id or own.round_id,
        from_day=filters.from_day or own.from_day,
        to_day=filters.to_day or own.to_day,
    )
    rows: QuerySet[Visit] = visits.narrowed(actor=actor, filters=wanted)
    # Asked for row by row, so that no planner joins before it has cut out a page.
    households = Household.objects.filter(id=OuterRef("household_id"))
    targets = Target.objects.filter(id=OuterRef("target_id"))
    return rows.annotate(
        round_number=_of(Round.objects.filter(id=OuterRef("round_id")), "number"),
        household_number=_of(households, "number"),
        head_name=_of(households, "head_name"),
        living=Coalesce(_of(targets, "living_status"), _of(households, "living_status")),
        member_count=_of(households, "member_count"),
    )


def _of(rows: "QuerySet[Any]", field: str) -> Subquery:
    return Subquery(rows.filter(town_id=OuterRef("town_id")).values(field))


def _written_off(actor: Actor, filters: LedgerFilter) -> "QuerySet[Any]":
    narrowed = replace(
        _demand_filter(filters),
        group=StateGroup.CLOSED,
        registered_from=None,
        registered_to=None,
    )
    # The condition of the index is named, so that it is used.
    rows = list_demands(actor=actor, filters=narrowed).filter(written_off_on__isnull=False)
    if filters.from_day:
        rows = rows.filter(written_off_on__gte=filters.from_day)
    if filters.to_day:
        rows = rows.filter(written_off_on__lte=filters.to_day)
    return rows.annotate(reviewer_name=F("reviewed_by__name"))


def _demand_filter(filters: LedgerFilter) -> DemandFilter:
    """The page's own filter, narrowed further by what the ledger is asked for."""
    own = filters.demands
    return replace(
        own,
        area=filters.area or own.area,
        round_id=filters.round_id or own.round_id,
        registered_from=filters.from_day or own.registered_from,
        registered_to=filters.to_day or own.registered_to,
    )
