"""The pool: what waits for a meeting, with its age and what meetings did with it so far."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import meeting_desk
from bianfang.faces.desk.addresses import PAGE
from bianfang.faces.desk.area_choice import chosen_range
from bianfang.faces.desk.demand_rows import ROWS, Row, listing, rows_of
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import SEEING, crumbs
from bianfang.kernel.paging import take_page
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.demands.queries import lists
from bianfang.outreach.meetings import policies
from bianfang.outreach.meetings.queries import lists as meetings
from bianfang.outreach.meetings.queries import past
from bianfang.outreach.meetings.queries.past import NOTHING, Past
from bianfang.register.people.enums import Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A demand of the pool."""

    row: Row
    age: int
    past: Past
    last_resolution: str


@desk_page(*SEEING)
def pool(request: DeskRequest) -> HttpResponse:
    """What waits for a meeting, the most urgent first; several are put on an agenda at once."""
    actor = request.actor
    area = chosen_range(request, actor, Permission.VIEW_DEMANDS)
    rows = lists.meeting_pool(actor=actor)
    if area:
        rows = rows.filter(within_town([area]))
    page = take_page(rows, order=("due_on", "id"), token=request.GET.get(PAGE, ""), size=ROWS)
    pasts = past.past_of(actor=actor, demands=page.rows)
    may_manage = policies.can_manage_meetings(actor)
    return show(
        request,
        "desk/demands/pool.html",
        title=_("Waiting for a meeting"),
        crumbs=crumbs(request),
        tabs=meeting_desk.tabs(request, "demands:pool"),
        listing=listing(request, page, []),
        rows=[
            _waiting(request, row, pasts.get(row.demand.id, NOTHING))
            for row in rows_of(request, page.rows)
        ],
        meetings=meetings.list_open_meetings(actor=actor) if may_manage else [],
        may_manage=may_manage,
    )


def _waiting(request: DeskRequest, row: Row, known: Past) -> Waiting:
    worded = meeting_desk.wording(request.actor, row.demand)
    last = known.last_resolution
    return Waiting(
        row=row,
        age=meeting_desk.age(row.demand),
        past=known,
        last_resolution=worded(last.text) if last else "",
    )
