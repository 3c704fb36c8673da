"""The rows of the ledger and the two lists, straight from the records of visits and demands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import take_page
from bianfang.kernel.tenancy.paths import PathRange, parents
from bianfang.mechanisms.ledger.enums import LedgerSort, ListKind
from bianfang.mechanisms.ledger.rows import FIELDS, ROW_OF, Cells, Place, Words, make_words
from bianfang.outreach.demands.enums import StateGroup
from bianfang.outreach.demands.models import due_order
from bianfang.outreach.demands.queries import lists as demands
from bianfang.outreach.demands.queries.lists import EVERY_DEMAND, DemandFilter
from bianfang.outreach.lookback.queries.lists import with_latest
from bianfang.outreach.visits.queries import visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area

ORDERS: Mapping[ListKind, Mapping[LedgerSort, tuple[str, ...]]] = MappingProxyType(
    {
        ListKind.VISITS: {
            LedgerSort.NEWEST: ("-happened_at", "-id"),
            LedgerSort.OLDEST: ("happened_at", "id"),
        },
        ListKind.DEMANDS: {
            LedgerSort.NEWEST: ("-registered_at", "-id"),
            LedgerSort.OLDEST: ("registered_at", "id"),
            LedgerSort.DUE: ("due_order", "id"),
        },
        ListKind.CLOSED: {
            LedgerSort.NEWEST: ("-written_off_on", "-id"),
            LedgerSort.OLDEST: ("written_off_on", "id"),
        },
    }
)
"""Orders of the pages, each read from an index; files and paper begin with the oldest."""
EVERY_VISIT = VisitFilter()
"""The filter that leaves all visits in scope."""
_AT_A_TIME = 2000
_BORROWED = MappingProxyType(
    {
        "round_number": "round__number",
        "household_number": "household__number",
        "head_name": "household__head_name",
        "member_count": "household__member_count",
        "living": "household__living_status",
        "living_in_round": "target__living_status",
        "category_name": "category__name",
        "category_name_en": "category__name_en",
        "unit_name": "unit__name",
        "owner_name": "owner__name",
        "reviewer_name": "reviewed_by__name",
    }
)
"""Row fields that lie in another record: link and field there."""


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
    *,
    actor: Actor,
    kind: ListKind,
    filters: LedgerFilter,
    sort: LedgerSort = LedgerSort.NEWEST,
    token: str = "",
    size: int = 50,
) -> LedgerPage:
    """One page in two queries: the rows and the names of places.

    An order that the list does not have (`sorts_for`) gives way to the newest first.
    """
    if sort not in sorts_for(kind, filters):
        sort = LedgerSort.NEWEST
    words = make_words(list_places(town_id=actor.town_id))
    records = _with_borrowed(records_of(actor=actor, kind=kind, filters=filters), kind)
    if sort is LedgerSort.DUE:
        records = records.annotate(due_order=due_order())
    page = take_page(records, order=ORDERS[kind][sort], token=token, size=size)
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
    order = ORDERS[kind][LedgerSort.OLDEST]
    records = records_of(actor=actor, kind=kind, filters=filters).order_by(*order)
    row_of = ROW_OF[kind]
    paths = [_BORROWED.get(name, name) for name in FIELDS[kind]]
    values = records.values_list(*paths).iterator(chunk_size=_AT_A_TIME)
    for number, fields in enumerate(values, start=1):
        yield row_of(number, fields, words)


def count_rows(*, actor: Actor, kind: ListKind, filters: LedgerFilter) -> int:
    """How many rows there are."""
    return records_of(actor=actor, kind=kind, filters=filters).order_by().count()


def records_of(*, actor: Actor, kind: ListKind, filters: LedgerFilter) -> "QuerySet[Any]":
    """The records of a list in scope that the filters leave, in no order."""
    if kind is ListKind.VISITS:
        return visits.narrowed(actor=actor, filters=_visit_filter(filters))
    if kind is ListKind.DEMANDS:
        return demands.narrowed(actor=actor, filters=_demand_filter(filters))
    return _written_off(actor, filters)


def sorts_for(kind: ListKind, filters: LedgerFilter) -> tuple[LedgerSort, ...]:
    """The orders of a list; urgency is asked of what is still open."""
    has_deadlines = filters.demands.group in demands.WITH_DEADLINES
    return tuple(sort for sort in ORDERS[kind] if sort is not LedgerSort.DUE or has_deadlines)


def list_places(*, town_id: UUID) -> dict[str, Place]:
    """Every path of the town with the names above it."""
    tree = areas.area_map(town_id=town_id)
    return {path: _place(path, tree) for path in tree}


def _place(path: str, tree: Mapping[str, Area]) -> Place:
    above = {tree[each].kind: tree[each].name for each in (*parents(path), path) if each in tree}
    return Place(
        community=above.get(AreaKind.COMMUNITY, ""),
        village=above.get(AreaKind.VILLAGE, ""),
        hamlet=above.get(AreaKind.HAMLET, ""),
    )


def _with_borrowed(rows: "QuerySet[Any]", kind: ListKind) -> "QuerySet[Any]":
    """Fields of other records as attributes of each row.

    They are asked for row by row, so that no planner joins before it has cut out the page; a file,
    which needs all rows, joins.
    """
    borrowed = {}
    for name in FIELDS[kind]:
        link, _separator, field = _BORROWED.get(name, "").partition("__")
        if link:
            other: Any = rows.model._meta.get_field(link).related_model
            found = other.objects.filter(town_id=OuterRef("town_id"), id=OuterRef(f"{link}_id"))
            borrowed[name] = Subquery(found.values(field))
    named: QuerySet[Any] = rows.annotate(**borrowed)
    return named


def _visit_filter(filters: LedgerFilter) -> VisitFilter:
    """The page's own filter, narrowed further by what the ledger is asked for."""
    own = filters.visits
    return replace(
        own,
        reach=filters.area or own.reach,
        round_id=filters.round_id or own.round_id,
        from_day=filters.from_day or own.from_day,
        to_day=filters.to_day or own.to_day,
    )


def _written_off(actor: Actor, filters: LedgerFilter) -> "QuerySet[Any]":
    narrowed = replace(
        _demand_filter(filters),
        group=StateGroup.CLOSED,
        registered_from=None,
        registered_to=None,
    )
    # The condition of the index is named, so that it is used.
    rows = demands.narrowed(actor=actor, filters=narrowed).filter(written_off_on__isnull=False)
    if filters.from_day:
        rows = rows.filter(written_off_on__gte=filters.from_day)
    if filters.to_day:
        rows = rows.filter(written_off_on__lte=filters.to_day)
    return with_latest(rows)


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
