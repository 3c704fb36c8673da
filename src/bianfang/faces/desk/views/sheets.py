"""Paper sheets: printed for a village, typed in when they come back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.pages import Crumb, desk_page, done, show
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.sheet_desk import SheetDesk, open_sheet
from bianfang.faces.desk.visits_part import TITLE, part_tabs, reach_of_visits
from bianfang.kernel.documents import qr
from bianfang.kernel.documents.qr import Code
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries import coverage, rounds, sheets
from bianfang.outreach.visits.queries.coverage import CoverageRow
from bianfang.outreach.visits.queries.sheets import LINES, Sheet, SheetRow
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

FIELD, ENTRY = "field:page", "sheets:enter"
SCANNED = re.compile(r"[?&]h=([^&#\s]+)")
"""The end of the address that a code reader types into the box."""
Coded = tuple[SheetRow, Code]
ON_PAPER = frozenset({AreaKind.VILLAGE, AreaKind.HAMLET})


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageSheets:
    """A village and the natural villages to print for."""

    village: Area
    hamlets: list[CoverageRow] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Sheets of the whole village."""
        return sum(page_count(row) for row in self.hamlets)


@desk_page(Permission.VIEW_VISITS)
def sheet_list(request: DeskRequest) -> HttpResponse:
    """What can be printed, and the box for a sheet that came back."""
    return _show_list(request, number="", error="")


def _show_list(request: DeskRequest, *, number: str, error: str) -> HttpResponse:
    round_ = rounds.active_round(request.actor.town_id)
    return show(
        request,
        "desk/sheets/list.html",
        title=TITLE,
        tabs=part_tabs(request, "sheets:list"),
        round=round_,
        villages=_villages(request, round_) if round_ else [],
        lines=LINES,
        number=number,
        error=error,
        may_type=request.actor.may(Permission.ENTER_SHEETS),
    )


@desk_page(Permission.VIEW_VISITS)
def paper(request: DeskRequest) -> HttpResponse:
    """The sheets of one village or natural village, one household a line, ready to print."""
    round_ = rounds.active_round(request.actor.town_id)
    reach_of_visits(request)
    area = request.town_areas.get(chosen_path(request))
    if round_ is None or area is None or area.kind not in ON_PAPER:
        return _show_list(request, number="", error="")
    found = sheets.sheet_rows(actor=request.actor, round=round_, area=area)
    return show(
        request,
        "desk/sheets/paper.html",
        title=_("Sheets of %(area)s") % {"area": area.name},
        crumbs=_crumbs(request),
        round=round_,
        area=area,
        sheets=list(_codes(request, found)),
    )


@desk_page(Permission.ENTER_SHEETS)
def enter(request: DeskRequest) -> HttpResponse:
    """Type in one sheet: all its lines are stored, or none, and then everything typed stays."""
    number = words_sought(request.GET.get("number"))
    if not number:
        return _show_list(request, number="", error="")
    if scanned := SCANNED.search(number):
        return _to_line(request, scanned[1])
    try:
        sheet = sheets.find_sheet(actor=request.actor, number=number)
    except FieldErrors as refused:
        return _show_list(request, number=number, error=str(refused))
    policies.check_can_record_visit(request.actor, sheet.hamlet.path, EntryChannel.SHEET)
    desk = open_sheet(request.actor, sheet, request.POST if request.method == "POST" else None)
    if desk.head.is_bound and desk.is_valid():
        count = _store(desk)
        if count:
            return done(request, _said(count, sheet), _after(request, sheet))
    return show(
        request,
        "desk/sheets/enter.html",
        title=_("Sheet %(number)s") % {"number": sheet.number},
        crumbs=_crumbs(request),
        sheet=sheet,
        desk=desk,
        form=desk.head,
        colleagues=people.list_staff(actor=request.actor, active=True),
    )


def _to_line(request: DeskRequest, household: str) -> HttpResponse:
    """The code of one household was read into the box: its sheet, at its line."""
    sheet, line = sheets.find_line(actor=request.actor, household=household)
    there = address(chosen_path(request), "sheets:enter", number=sheet)
    return HttpResponseRedirect(f"{there}#line-{line}")


def _codes(request: DeskRequest, found: list[Sheet]) -> Iterator[tuple[Sheet, Code, list[Coded]]]:
    """Each sheet with the code that types it in, and its lines with theirs for the phone page."""
    page, entry = (request.build_absolute_uri(reverse(name)) for name in (FIELD, ENTRY))
    for sheet in found:
        rows = [(row, qr.draw(f"{page}?h={row.target.household.number}")) for row in sheet.rows]
        yield sheet, qr.draw(f"{entry}?number={sheet.number}"), rows


def page_count(row: CoverageRow) -> int:
    """Sheets that the households of a natural village fill."""
    return -(-(row.targets + row.added) // LINES)


def _store(desk: SheetDesk) -> int:
    """Hand all lines in; how many were stored, 0 where something was refused."""
    try:
        return len(outings.record_sheet(actor=desk.actor, entries=desk.to_entries()))
    except (NotFoundError, NotAllowedError):
        raise
    except FieldErrors as refused:
        desk.refuse(refused.errors)
    except DomainError as refused:
        desk.head.add_error(None, str(refused))
    return 0


def _villages(request: DeskRequest, round_: Round) -> list[VillageSheets]:
    rows = coverage.coverage(
        actor=request.actor, round=round_, level=AreaKind.HAMLET, reach=reach_of_visits(request)
    )
    found: dict[UUID, VillageSheets] = {}
    for row in rows:
        village = request.town_areas[parents(row.area.path)[-1]]
        found.setdefault(village.id, VillageSheets(village=village)).hamlets.append(row)
    return list(found.values())


def _said(count: int, sheet: Sheet) -> str:
    words = ngettext(
        "Sheet %(number)s: %(count)d line is written down.",
        "Sheet %(number)s: %(count)d lines are written down.",
        count,
    )
    return words % {"number": sheet.number, "count": count}


def _after(request: DeskRequest, sheet: Sheet) -> str:
    """The next page of the natural village, after the last one the list."""
    path = chosen_path(request)
    if sheet.page >= sheet.page_count:
        return address(path, "sheets:list")
    stem = sheet.number.rpartition("-")[0]
    return address(path, "sheets:enter", number=f"{stem}-{sheet.page + 1}")


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(_("Paper sheets"), address(chosen_path(request), "sheets:list"))]
