"""One ledger, two lists: pages with filters, files, paper; all from the same columns."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.filters import DayFilter, FilterForm, OptionField
from bianfang.faces.desk.forms.ledger import ExportForm
from bianfang.faces.desk.pages import Crumb, desk_page, show
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.mechanisms.ledger import queries
from bianfang.mechanisms.ledger.actions import export_list
from bianfang.mechanisms.ledger.columns import COLUMNS
from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.mechanisms.ledger.queries import LedgerFilter
from bianfang.mechanisms.ledger.rows import Cells, make_words
from bianfang.outreach.visits.queries import rounds
from bianfang.register.areas import queries as areas
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


class LedgerFilterForm(FilterForm):
    """Which round, which days; the area is chosen above."""

    round = OptionField(_("Round"), ())
    since = DayFilter(_("From"))
    until = DayFilter(_("To"))


def _filter_form(request: DeskRequest) -> LedgerFilterForm:
    """The form with the town's own rounds to choose from."""
    offered = [(str(each.id), each.name) for each in rounds.list_rounds(actor=request.actor)]
    own = type(
        "OwnLedgerFilterForm", (LedgerFilterForm,), {"round": OptionField(_("Round"), offered)}
    )
    return own(request)  # type: ignore[no-any-return]  # made just above


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row with the link to its record."""

    cells: list[tuple[str | Promise, object]]
    href: str


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
    filters, _form = _filters(request, wanted)
    words = make_words(queries.list_places(actor=request.actor))
    count = queries.count_rows(actor=request.actor, kind=wanted, filters=filters)
    rows = queries.iterate_rows(actor=request.actor, kind=wanted, filters=filters, words=words)
    return show(
        request,
        "desk/ledger/paper.html",
        title=wanted.label,
        crumbs=_crumbs(request),
        columns=[column.title for column in COLUMNS[wanted]],
        rows=[cells for cells, _number in zip(rows, range(PAPER_ROWS), strict=False)],
        count=count,
        most=PAPER_ROWS,
        area=_area_name(request, wanted),
    )


@desk_page(Permission.EXPORT_LEDGER)
def export(request: DeskRequest, kind: str) -> HttpResponse:
    """A list as a file; who took what is kept in the journal, so it is a POST."""
    wanted = ListKind(kind)
    filters, _form = _filters(request, wanted)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return show(request, "400.html", title=wanted.label, code=400)
    reach = filters.area
    area = areas.get_area_at(actor=request.actor, reach=reach or _own_reach(request.actor))
    file = export_list(
        actor=request.actor,
        kind=wanted,
        area_id=area.id,
        filters=filters,
        file_format=form.cleaned_data["file_format"],
    )
    return HttpResponse(file.chunks, content_type=file.content_type, headers=attachment(file.name))


def _list(request: DeskRequest, kind: ListKind) -> HttpResponse:
    filters, form = _filters(request, kind)
    page = queries.page_ledger(
        actor=request.actor, kind=kind, filters=filters, token=request.GET.get(PAGE, "")
    )
    href = _link_to_record(request, kind)
    return show(
        request,
        "desk/ledger/list.html",
        title=kind.label,
        region="rows",
        kind=kind.value,
        filters=form,
        tabs=_tabs(request, kind),
        columns=[column.title for column in COLUMNS[kind][1:]],
        lines=[
            _line(kind, cells, href(record_id))
            for cells, record_id in zip(page.rows, page.ids, strict=True)
        ],
        previous_href=_page_href(request, page.previous_token),
        next_href=_page_href(request, page.next_token),
        may_export=request.actor.may(Permission.EXPORT_LEDGER),
        query=request.GET.urlencode(),
    )


def _filters(request: DeskRequest, kind: ListKind) -> tuple[LedgerFilter, LedgerFilterForm]:
    form = _filter_form(request)
    chosen = form.value("round")
    filters = LedgerFilter(
        area=chosen_range(request, request.actor, SEEING[kind]),
        round_id=UUID(chosen) if chosen else None,
        from_day=form.value("since") or None,
        to_day=form.value("until") or None,
    )
    return filters, form


def _own_reach(actor: Actor) -> PathRange | None:
    """Without a choice: the one area of the person's post, or the whole town."""
    reach = actor.reach(Permission.EXPORT_LEDGER)
    return reach[0] if len(reach) == 1 else None


def _line(kind: ListKind, cells: Cells, href: str) -> Line:
    """All cells but the running number, which only a whole list has."""
    titles = [column.title for column in COLUMNS[kind]]
    return Line(cells=list(zip(titles[1:], cells[1:], strict=True)), href=href)


def _link_to_record(request: DeskRequest, kind: ListKind) -> Callable[[UUID], str]:
    path, name = chosen_path(request), RECORDS[kind]
    return lambda record_id: address(path, name, record_id)


def _page_href(request: DeskRequest, token: str) -> str:
    return same_page(request, **{PAGE: token}) if token else ""


def _tabs(request: DeskRequest, kind: ListKind) -> list[Tab]:
    return [
        Tab(
            label=str(each.label),
            href=address(chosen_path(request), f"ledger:{each.value}"),
            is_current=each is kind,
        )
        for each in ListKind
        if request.actor.may(SEEING[each])
    ]


def _area_name(request: DeskRequest, kind: ListKind) -> str:
    reach = chosen_range(request, request.actor, SEEING[kind])
    return areas.get_area_at(actor=request.actor, reach=reach).name


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(TITLE, address(chosen_path(request), "ledger:visits"))]
