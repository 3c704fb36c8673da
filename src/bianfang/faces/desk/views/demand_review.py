"""What waits: for a second person, for one of us."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bianfang.faces.desk.addresses import PAGE, address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.demand_rows import ROWS, Row, listing, plain_heads, rows_of
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.views.demands import crumbs
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.paging import take_page
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.enums import StateGroup, TodoKind
from bianfang.outreach.demands.models import Demand, DemandQuerySet
from bianfang.outreach.demands.queries import lists, todo
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("To be reviewed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A result as the reviewer reads it; `refusal` tells why it is not his to write off."""

    row: Row
    handler: str
    refusal: str


@desk_page(Permission.REVIEW_DEMAND)
def review_list(request: DeskRequest) -> HttpResponse:
    """Results that wait for a second person, the oldest first; many are written off at once."""
    if request.method == "POST":
        return _write_off(request)
    wanted = DemandFilter(
        group=StateGroup.AWAITING_REVIEW,
        area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
    )
    rows = lists.list_demands(actor=request.actor, filters=wanted)
    whole: DemandQuerySet = rows.defer(None).defer("proposer_phone").select_related("handled_by")
    page = take_page(whole, order=("closed_on", "id"), token=request.GET.get(PAGE, ""), size=ROWS)
    results = [
        Result(
            row=row,
            handler=row.demand.handled_by.name if row.demand.handled_by else "",
            refusal=_refusal(request.actor, row.demand),
        )
        for row in rows_of(request, page.rows)
    ]
    return show(
        request,
        "desk/demands/review.html",
        title=TITLE,
        crumbs=crumbs(request),
        listing=listing(request, page, plain_heads()),
        results=results,
        may_any=any(not result.refusal for result in results),
    )


@desk_page()
def todo_list(request: DeskRequest, kind: str) -> HttpResponse:
    """All that waits for me of one kind, the most urgent first."""
    wanted = TodoKind(kind)
    rows = todo.list_todo(actor=request.actor, kind=wanted)
    page = take_page(rows, order=todo.ORDERS[wanted], token=request.GET.get(PAGE, ""), size=ROWS)
    return show(
        request,
        "desk/demands/todo.html",
        title=wanted.label,
        crumbs=crumbs(request),
        listing=listing(request, page, plain_heads()),
        rows=rows_of(request, page.rows),
    )


def _write_off(request: DeskRequest) -> HttpResponse:
    """Each ticked one is judged alone: what cannot be written off is named with the reason."""
    ticked = [UUID(value) for value in request.POST.getlist("demand") if is_uuid(value)]
    results = review.write_off_many(actor=request.actor, demand_ids=ticked)
    passed = sum(not result.refusal for result in results)
    if passed:
        words = ngettext("%(count)d demand written off.", "%(count)d demands written off.", passed)
        messages.success(request, words % {"count": passed})
    for result in results:
        if result.refusal:
            messages.error(request, f"{result.number} {result.refusal}".strip())
    if not results:
        messages.error(request, _("Tick what is to be written off."))
    return HttpResponseRedirect(address(chosen_path(request), "demands:review"))


def _refusal(actor: Actor, demand: Demand) -> str:
    try:
        policies.check_can_make_move(actor, demand, Move.WRITE_OFF)
    except NotAllowedError as refused:
        return str(refused)
    return ""
