"""The board of a unit, for its head: where its demands stand, what presses, what to hand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.demand_counts import Tile
from bianfang.faces.desk.demand_filters import GROUP
from bianfang.faces.desk.demand_rows import content_for, plain_heads, rows_of
from bianfang.faces.desk.forms.dispatch import UnitDispatchForm
from bianfang.faces.desk.forms.offers import offer
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.tables import Listing
from bianfang.faces.desk.views.demands import crumbs
from bianfang.faces.desk.views.dispatch import give_out, waiting_of
from bianfang.kernel import clock
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.demands.enums import StateGroup, TodoKind
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.queries import board as boards
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Unit

UNIT = "unit"
MOST_PRESSING = 10
MOST_ASKED = 10
MOST_UNASSIGNED = 50
STEPS = (
    (StateGroup.NEW, "add", gettext_lazy("with the unit, nobody in charge yet")),
    (StateGroup.HANDLING, "job", gettext_lazy("a person in charge, the deadline runs")),
    (StateGroup.PAUSED, "clock", gettext_lazy("the deadline does not run")),
    (StateGroup.AWAITING_REVIEW, "write-off", gettext_lazy("result and reply submitted")),
    (StateGroup.CARRIED_OVER, "carried", gettext_lazy("on a half-year list")),
)
DEADLINES = (
    (StateGroup.DUE_THIS_WEEK, "timed", gettext_lazy("until Sunday")),
    (StateGroup.OVERDUE, "overdue", gettext_lazy("deadline has passed")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request for more time."""

    extension: Extension
    href: str
    content: str


@desk_page(Permission.ASSIGN_IN_UNIT)
def board(request: DeskRequest) -> HttpResponse:
    """Numbers by step and by deadline; what presses; what waits for the head; handing out."""
    unit, units = _unit_of(request)
    form = UnitDispatchForm(request.POST or None)
    offer(form, "owner_id", lambda: _serving(request, unit))
    ticked = [UUID(value) for value in request.POST.getlist("demand") if is_uuid(value)]
    if form.is_bound and not ticked:
        form.add_error(None, _("Tick what is to be given out."))
    here = address(chosen_path(request), "demands:unit", unit=str(unit.id))
    if form.is_valid() and give_out(request, form, ticked, unit_id=unit.id):
        return HttpResponseRedirect(here)
    return show(
        request,
        "desk/demands/unit.html",
        title=_("Board of %(unit)s") % {"unit": unit.name},
        crumbs=crumbs(request),
        tabs=_tabs(request, units, unit),
        form=form,
        ticked={str(each) for each in ticked},
        **_read(request, unit),
    )


def _read(request: DeskRequest, unit: Unit) -> dict[str, Any]:
    """What the board shows of the unit's demands: four queries, whatever their number."""
    actor = request.actor
    counted = boards.board_of(actor=actor, unit_id=unit.id)
    unassigned = boards.list_unassigned(actor=actor, unit_id=unit.id)[:MOST_UNASSIGNED]
    pressing = boards.list_pressing(actor=actor, unit_id=unit.id)[:MOST_PRESSING]
    asked = boards.list_asked(actor=actor, unit_id=unit.id)[:MOST_ASKED]
    numbers = counted.groups
    heads: Listing[Demand] = Listing(rows=[], heads=plain_heads(), next_href="", previous_href="")
    has_more = numbers[StateGroup.NEW] > MOST_UNASSIGNED
    return {
        "tiles": _tiles(request, unit, counted),
        "waiting": waiting_of(request, list(unassigned)),
        "waiting_count": numbers[StateGroup.NEW],
        "more_waiting": _list_of(request, unit, StateGroup.NEW) if has_more else "",
        "listing": heads,
        "pressing": rows_of(request, list(pressing)),
        "pressing_count": numbers[StateGroup.OVERDUE] + numbers[StateGroup.DUE_THIS_WEEK],
        "asked": [_asked(request, each) for each in asked],
        "asked_count": counted.extensions,
    }


def _unit_of(request: DeskRequest) -> tuple[Unit, list[Unit]]:
    """The unit asked for, among those that the reader heads today; the first of them unless asked.

    Another unit is not there.
    """
    own = request.actor.units_with(Permission.ASSIGN_IN_UNIT)
    units = [unit for unit in people.list_units(actor=request.actor) if unit.id in own]
    wanted = request.GET.get(UNIT, "")
    found = [unit for unit in units if not wanted or str(unit.id) == wanted]
    if not found:
        raise NotFoundError(_("You head no such unit today."))
    return found[0], units


def _serving(request: DeskRequest, unit: Unit) -> list[tuple[UUID, str]]:
    posts = people.current_posts(town_id=request.actor.town_id, day=clock.today(), unit_id=unit.id)
    named = {post.staff_id: f"{post.staff.name} · {post.get_role_display()}" for post in posts}
    return list(named.items())


def _tabs(request: DeskRequest, units: Sequence[Unit], chosen: Unit) -> list[Tab]:
    """One for each unit that the reader heads; none for a single one."""
    if len(units) < 2:
        return []
    return [
        Tab(
            label=unit.name,
            href=address(chosen_path(request), "demands:unit", unit=str(unit.id)),
            is_current=unit.id == chosen.id,
        )
        for unit in units
    ]


def _tiles(request: DeskRequest, unit: Unit, counted: boards.Board) -> list[Tile]:
    """Every number opens the rows that it counts."""
    tiles = [
        Tile(
            name=group.label,
            icon=icon,
            text=f"{counted.groups[group]:,}",
            note=note,
            formula="",
            href=_list_of(request, unit, group),
        )
        for group, icon, note in (*STEPS, *DEADLINES)
    ]
    extensions = Tile(
        name=TodoKind.EXTENSIONS.label,
        icon="history",
        text=f"{counted.extensions:,}",
        note=_("asked for, not decided"),
        formula="",
        href=address(chosen_path(request), "demands:todo", TodoKind.EXTENSIONS.value),
    )
    return [*tiles, extensions]


def _list_of(request: DeskRequest, unit: Unit, group: StateGroup) -> str:
    query = {UNIT: str(unit.id), GROUP: group.value}
    return address(chosen_path(request), "demands:list", **query)


def _asked(request: DeskRequest, extension: Extension) -> Asked:
    demand = extension.demand
    return Asked(
        extension=extension,
        href=address(chosen_path(request), "demands:detail", demand.id),
        content=content_for(request.actor, demand),
    )
