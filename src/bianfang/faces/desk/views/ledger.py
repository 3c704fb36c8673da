"""One ledger, two lists: pages with filters, files, paper; all from the same columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.filters import DayFilter, FilterForm, OptionField
from bianfang.faces.desk.forms.ledger import ExportForm
from bianfang.faces.desk.pages import Crumb, desk_page, show
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment
from bianfang.faces.desk.tables import SORT, Head, sorting_heads
from bianfang.kernel.documents.table import ColumnKind
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.mechanisms.ledger import queries
from bianfang.mechanisms.ledger.actions import export_list
from bianfang.mechanisms.ledger.columns import COLUMNS, LedgerColumn
from bianfang.mechanisms.ledger.enums import LedgerSort, ListKind
from bianfang.mechanisms.ledger.policies import can_export_ledger
from bianfang.mechanisms.ledger.queries import LedgerFilter
from bianfang.mechanisms.ledger.rows import Cells, make_words
from bianfang.outreach.demands.enums import Outcome, Route, StateGroup
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.visits.enums import VisitMode
from bianfang.outreach.visits.queries import rounds
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission

TITLE = _("One ledger, two lists")
RECORDS = {
    ListKind.VISITS: "visits:detail",
    ListKind.DEMANDS: "demands:detail",
    ListKind.CLOSED: "demands:detail",
}
SEEING = {
    ListKind.VISITS: Permission.VIEW_VISITS,
    ListKind.DEMANDS: Permission.VIEW_DEMANDS,
    ListKind.CLOSED: Permission.VIEW_DEMANDS,
}
PAPER_ROWS = 2000
FILTERS: Mapping[ListKind, frozenset[str]] = MappingProxyType(
    {
        ListKind.VISITS: frozenset({"mode"}),
        ListKind.DEMANDS: frozenset({"route", "state"}),
        ListKind.CLOSED: frozenset({"route", "outcome"}),
    }
)
"""Filters beyond round and days."""
OWN_FILTERS = frozenset[str]().union(*FILTERS.values())
BY_TIME = (LedgerSort.NEWEST, LedgerSort.OLDEST)
SORTS: Mapping[tuple[ListKind, str], Sequence[LedgerSort]] = MappingProxyType(
    {
        (ListKind.VISITS, "happened_at"): BY_TIME,
        (ListKind.DEMANDS, "number"): BY_TIME,
        (ListKind.DEMANDS, "due_on"): (LedgerSort.DUE,),
        (ListKind.CLOSED, "closed_on"): BY_TIME,
    }
)
"""Columns whose heads sort; numbers are given in the order of registration."""
ASCENDING = frozenset({LedgerSort.OLDEST, LedgerSort.DUE})
NAMING = frozenset({"household", "number"})
LONG_TEXT = 24
"""Columns at least so wide hold sentences; the others are kept on one line."""


class LedgerFilterForm(FilterForm):
    """Which round, which days, and what else the list knows; the area is chosen above.

    The demand list leaves closed ones out unless asked for all.
    """

    round = OptionField(_("Round"), ())
    mode = OptionField(_("Way"), VisitMode.choices)
    route = OptionField(_("Handling"), Route.choices)
    outcome = OptionField(_("Result"), Outcome.choices)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", StateGroup.OPEN.label), (StateGroup.COUNTED.value, StateGroup.COUNTED.label)],
    )
    since = DayFilter(_("From"))
    until = DayFilter(_("To"))

    def __init__(self, request: DeskRequest, kind: ListKind) -> None:
        super().__init__(request)
        offered = [(str(one.id), one.name) for one in rounds.list_rounds(actor=request.actor)]
        field = self.fields["round"]
        assert isinstance(field, OptionField)
        first: Any = field.choices
        field.choices = [*first, *offered]
        for name in OWN_FILTERS - FILTERS[kind]:
            del self.fields[name]
        self.full_clean()

    def wanted(self, area: PathRange | None) -> LedgerFilter:
        """What the list is narrowed to."""
        chosen = self.value("round")
        mode, route, outcome = map(self.value, ("mode", "route", "outcome"))
        return LedgerFilter(
            area=area,
            round_id=UUID(chosen) if chosen else None,
            from_day=self.value("since") or None,
            to_day=self.value("until") or None,
            visits=VisitFilter(mode=VisitMode(mode) if mode else None),
            demands=DemandFilter(
                group=StateGroup(self.value("state") or StateGroup.OPEN),
                route=Route(route) if route else None,
                outcome=Outcome(outcome) if outcome else None,
            ),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What stands in one cell, how it is set, and whether it leads to the record."""

    value: object
    css: str
    is_link: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row with the link to its record."""

    cells: list[Cell]
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """The rows of this page under their heads, and the links to those beside it."""

    rows: Sequence[Cells]
    heads: list[Head]
    next_href: str
    previous_href: str

    @property
    def has_more(self) -> bool:
        """Whether there are pages beside this one."""
        return bool(self.next_href or self.previous_href)


@desk_page(Permission.VIEW_VISITS)
def visit_ledger(request: DeskRequest) -> HttpResponse:
    """The visit filing ledger."""
    return _list(request, ListKind.VISITS)


@desk_page(Permission.VIEW_DEMANDS)
def demand_list(request: DeskRequest) -> HttpResponse:
    """The demand list."""
    return _list(request, ListKind.DEMANDS)


@desk_page(Permission.VIEW_DEMANDS)
def closed_list(request: DeskRequest) -> HttpResponse:
    """The closed list."""
    return _list(request, ListKind.CLOSED)


@desk_page(Permission.VIEW_VISITS, Permission.VIEW_DEMANDS)
def paper(request: DeskRequest, kind: str) -> HttpResponse:
    """A list for the printer: A3 across, the head on every sheet."""
    wanted = ListKind(kind)
    form, filters = _filters(request, wanted)
    words = make_words(queries.list_places(town_id=request.actor.town_id))
    count = queries.count_rows(actor=request.actor, kind=wanted, filters=filters)
    rows = queries.iterate_rows(actor=request.actor, kind=wanted, filters=filters, words=words)
    return show(
        request,
        "desk/ledger/paper.html",
        title=wanted.label,
        crumbs=[Crumb(TITLE, _here(request, wanted))],
        columns=COLUMNS[wanted],
        rows=[
            _cells(wanted, cells) for cells, _number in zip(rows, range(PAPER_ROWS), strict=False)
        ],
        count=count,
        most=PAPER_ROWS,
        area=_area(request, wanted).name,
        chips=[chip.text for chip in form.chips],
    )


@desk_page(Permission.EXPORT_LEDGER)
def export(request: DeskRequest, kind: str) -> HttpResponseBase:
    """A list as a file; who took what is kept in the journal, so it is a POST."""
    wanted = ListKind(kind)
    _form, filters = _filters(request, wanted)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return show(request, "400.html", title=wanted.label, code=400)
    file = export_list(
        actor=request.actor,
        kind=wanted,
        area_id=_area_to_export(request, filters).id,
        filters=filters,
        file_format=form.cleaned_data["file_format"],
    )
    return StreamingHttpResponse(
        file.chunks, content_type=file.content_type, headers=attachment(file.name)
    )


def _list(request: DeskRequest, kind: ListKind) -> HttpResponse:
    form, filters = _filters(request, kind)
    sort = _sort(request, kind, filters)
    page = queries.page_ledger(
        actor=request.actor, kind=kind, filters=filters, sort=sort, token=request.GET.get(PAGE, "")
    )
    path, record = chosen_path(request), RECORDS[kind]
    return show(
        request,
        "desk/ledger/list.html",
        title=kind.label,
        region="rows",
        kind=kind.value,
        filters=form,
        area=_area(request, kind).name,
        tabs=_tabs(request, kind),
        lines=[
            Line(cells=_cells(kind, cells)[1:], href=address(path, record, record_id))
            for cells, record_id in zip(page.rows, page.ids, strict=True)
        ],
        count=queries.count_rows(actor=request.actor, kind=kind, filters=filters),
        listing=Pages(
            rows=page.rows,
            heads=_heads(request, kind, filters, sort),
            next_href=_page_href(request, page.next_token),
            previous_href=_page_href(request, page.previous_token),
        ),
        may_export=_may_export(request, filters),
        paper_href=_href_with_filters(request, "ledger:paper", kind),
        export_href=_href_with_filters(request, "ledger:export", kind),
    )


def _filters(request: DeskRequest, kind: ListKind) -> tuple[LedgerFilterForm, LedgerFilter]:
    form = LedgerFilterForm(request, kind)
    return form, form.wanted(chosen_range(request, request.actor, SEEING[kind]))


def _sort(request: DeskRequest, kind: ListKind, filters: LedgerFilter) -> LedgerSort:
    """The order asked for, else the newest first."""
    asked = request.GET.get(SORT, "")
    offered = queries.sorts_for(kind, filters)
    return next((sort for sort in offered if sort == asked), LedgerSort.NEWEST)


def _heads(
    request: DeskRequest, kind: ListKind, filters: LedgerFilter, sort: LedgerSort
) -> list[Head]:
    offered = queries.sorts_for(kind, filters)
    columns = [
        (
            column.title,
            css_of(column),
            [one for one in SORTS.get((kind, column.key), ()) if one in offered],
        )
        for column in COLUMNS[kind][1:]
    ]
    return sorting_heads(request, columns, chosen=sort, ascending=ASCENDING)


def _cells(kind: ListKind, cells: Cells) -> list[Cell]:
    return [
        Cell(value=value, css=css_of(column), is_link=column.key in NAMING)
        for column, value in zip(COLUMNS[kind], cells, strict=True)
    ]


def css_of(column: LedgerColumn) -> str:
    """How a column is set: numbers to the right, sentences in two lines, the rest unbroken."""
    if column.kind is ColumnKind.INTEGER:
        return "num"
    return "is-long" if column.width >= LONG_TEXT else "unbroken"


def _may_export(request: DeskRequest, filters: LedgerFilter) -> bool:
    """Whether the export right reaches over what would be taken away."""
    if not request.actor.may(Permission.EXPORT_LEDGER):
        return False
    return can_export_ledger(request.actor, _area_to_export(request, filters).reach)


def _area_to_export(request: DeskRequest, filters: LedgerFilter) -> Area:
    """The chosen area; without a choice the one area of the person's post, or the whole town."""
    return _area_of(request, filters.area, Permission.EXPORT_LEDGER)


def _area(request: DeskRequest, kind: ListKind) -> Area:
    """The area that the list is about, for its heading."""
    chosen = chosen_range(request, request.actor, SEEING[kind])
    return _area_of(request, chosen, SEEING[kind])


def _area_of(request: DeskRequest, chosen: PathRange | None, right: Permission) -> Area:
    held = request.actor.reach(right)
    reach = chosen or (held[0] if len(held) == 1 else None)
    path = reach.lower if reach else min(request.town_areas, key=len)
    area = request.town_areas.get(path)
    if area is None:
        raise NotFoundError(gettext("There is no such area in your town."))
    return area


def _page_href(request: DeskRequest, token: str) -> str:
    return same_page(request, **{PAGE: token}) if token else ""


def _href_with_filters(request: DeskRequest, name: str, kind: ListKind) -> str:
    """The address of a list's paper or file, narrowed as the page is."""
    query = request.GET.copy()
    query.pop(PAGE, None)
    return reverse(name, args=[kind.value]) + (f"?{query.urlencode()}" if query else "")


def _tabs(request: DeskRequest, kind: ListKind) -> list[Tab]:
    return [
        Tab(label=each.label, href=_here(request, each), is_current=each is kind)
        for each in ListKind
        if request.actor.may(SEEING[each])
    ]


def _here(request: DeskRequest, kind: ListKind) -> str:
    return address(chosen_path(request), f"ledger:{kind.value}")
