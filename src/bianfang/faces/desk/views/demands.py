"""Demands: the list, one demand, its moves, the phone of who asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import demand_counts, demand_moves, demand_page
from bianfang.faces.desk.addresses import PAGE, address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.changed import ChangedField, differences
from bianfang.faces.desk.demand_filters import GROUP, SIZE, DemandFilterForm
from bianfang.faces.desk.demand_rows import HEADS, ROWS, listing, rows_of
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.forms.demands import PhoneForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Head, sorting_heads
from bianfang.kernel.errors import ChangedError, MoveError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import contact
from bianfang.outreach.demands.enums import MOVE_LABELS, DemandSort
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Demands")
SEEING = (Permission.VIEW_DEMANDS, Permission.HANDLE_DEMAND)
MOST_ROWS = 100
TOP = "#top"
"""Where a browser scrolls to after a move; it would otherwise stay at the form that was sent."""
ASCENDING = frozenset({DemandSort.OLDEST, DemandSort.DUE})


@desk_page(*SEEING)
def demand_list(request: DeskRequest) -> HttpResponse:
    """The demands of one's areas, of one's units, and one's own."""
    form = DemandFilterForm(request)
    wanted = form.wanted(request)
    page = lists.page_demands(
        actor=request.actor,
        filters=wanted,
        sort=form.sort,
        token=request.GET.get(PAGE, ""),
        size=MOST_ROWS if request.GET.get(SIZE) == str(MOST_ROWS) else ROWS,
    )
    theme = wanted.theme
    tiles = []
    if theme and GROUP not in request.GET:
        tally = demand_counts.tally_theme(request.actor, wanted)
        tiles = demand_counts.theme_tiles(request, theme, tally)
    return show(
        request,
        "desk/demands/list.html",
        title=theme.label if theme else TITLE,
        region="rows",
        filters=form,
        tiles=tiles,
        tabs=demand_counts.tabs(request, wanted),
        listing=listing(request, page, _heads(request, form)),
        rows=rows_of(request, page.rows),
        may_register=request.actor.may(Permission.REGISTER_DEMAND),
        heads_unit=request.actor.may(Permission.ASSIGN_IN_UNIT),
        may_give_out=request.actor.may(Permission.ACCEPT_DEMAND),
        may_look_back=request.actor.may(Permission.VIEW_DEMANDS),
        may_review=request.actor.may(Permission.REVIEW_DEMAND),
        may_take_codes=policies.can_take_codes(request.actor),
    )


@desk_page(*SEEING)
def detail(request: DeskRequest, demand_id: UUID) -> HttpResponse:
    """One demand: where it stands, what is to be done next, what happened."""
    demand = one.get_demand(actor=request.actor, demand_id=demand_id)
    context = demand_page.prepare(request, demand)
    move = next((each for each in demand_page.OPENED if each in context["moves"]), None)
    form = demand_moves.open_form(request, move, demand) if move else None
    return _show(request, demand, context, move, form)


@desk_page(*SEEING)
def move(request: DeskRequest, demand_id: UUID, name: str) -> HttpResponse:
    """One move as a form beside the demand; only what state and rights permit is there."""
    demand = one.get_demand(actor=request.actor, demand_id=demand_id)
    wanted = Move(name)
    policies.check_can_make_move(request.actor, demand, wanted)
    if request.method == "POST":
        return _try(request, demand, wanted)
    context = demand_page.prepare(request, demand)
    if wanted not in context["moves"]:
        raise MoveError(_("This cannot be done with the demand as it stands now."))
    form = demand_moves.open_form(request, wanted, demand)
    return _show(request, demand, context, wanted, form)


@desk_page(*SEEING)
def phone(request: DeskRequest, demand_id: UUID) -> HttpResponse:
    """The phone of who asked, for a reason that is kept."""
    demand, original = one.get_with_original(actor=request.actor, demand_id=demand_id)
    policies.check_can_reveal_phone(request.actor, demand, original)
    form = PhoneForm(request.POST or None)
    back = _here(request, _seen_of(request, demand, original))
    if form.is_valid():
        number = attempt(
            form,
            lambda: [
                contact.reveal_phone(
                    actor=request.actor, demand_id=demand.id, reason=form.cleaned_data["reason"]
                )
            ],
        )
        if number:
            response = show(
                request,
                "desk/demands/phone.html",
                title=_("Phone of the proposer"),
                crumbs=[*crumbs(request), Crumb(demand.number, back)],
                number=number[0],
                name=demand.proposer_name,
                back=back,
            )
            response.headers["Cache-Control"] = "no-store"
            return response
    return show_form(
        request,
        form,
        title=_("Phone of the proposer"),
        button=_("Show once"),
        back=back,
        crumbs=[*crumbs(request), Crumb(demand.number, back)],
        explain=_("Who looked, when and why is kept in the access log."),
    )


def crumbs(request: DeskRequest) -> list[Crumb]:
    """The way back to the list."""
    return [Crumb(TITLE, address(chosen_path(request), "demands:list"))]


def _heads(request: DeskRequest, form: DemandFilterForm) -> list[Head]:
    offered = {value for value, _label, _chosen in form.sorts}
    columns = [(label, "", [sort for sort in sorts if sort in offered]) for label, sorts in HEADS]
    return sorting_heads(request, columns, chosen=form.sort, ascending=ASCENDING)


def _try(request: DeskRequest, demand: Demand, wanted: Move) -> HttpResponse:
    """Make the move, or show the form again: what was typed is never lost."""
    form = demand_moves.open_form(request, wanted, demand, request.POST)
    conflict, changed = "", list[ChangedField]()
    if form.is_valid():
        act = demand_moves.MOVE_FORMS[wanted].act
        given = form.cleaned_data
        try:
            if attempt(form, lambda: [act(request, demand, given)], passing=ChangedError):
                words = _("Done: %(move)s.") % {"move": MOVE_LABELS[wanted]}
                return done(request, words, f"{_here(request, demand)}{TOP}")
        except ChangedError as error:
            conflict = str(error)
            demand = one.get_demand(actor=request.actor, demand_id=demand.id)
            changed = differences(form, demand_moves.start_of(wanted, demand))
            form = _again(request, demand, wanted)
    context = demand_page.prepare(request, demand)
    return _show(request, demand, context, wanted, form, conflict=conflict, changed=changed)


def _again(request: DeskRequest, demand: Demand, wanted: Move) -> DeskForm:
    """The form with all that was typed, over the version that stands now."""
    data = request.POST.copy()
    data["version"] = str(demand.version)
    form = demand_moves.open_form(request, wanted, demand, data)
    form.is_valid()
    return form


def _show(
    request: DeskRequest,
    demand: Demand,
    context: dict[str, Any],
    move: Move | None,
    form: DeskForm | None,
    *,
    conflict: str = "",
    changed: Sequence[ChangedField] = (),
) -> HttpResponse:
    moves: list[Move] = context.pop("moves")
    prepared = demand_moves.MOVE_FORMS[move] if move else None
    return show(
        request,
        "desk/demands/detail.html",
        title=demand.number,
        crumbs=crumbs(request),
        region="act",
        buttons=demand_page.buttons(request, demand, moves),
        form=form,
        move=move,
        label=MOVE_LABELS[move] if move else "",
        prepared=prepared,
        act_href=address(chosen_path(request), "demands:move", demand.id, move) if move else "",
        is_possible=move in moves,
        conflict=conflict,
        changed=changed,
        **context,
    )


def _seen_of(request: DeskRequest, demand: Demand, original: Demand | None) -> Demand:
    """The page that a merged demand is seen from: its own, else that of its original."""
    is_own = original is None or one.is_in_scope(actor=request.actor, demand_id=demand.id)
    return demand if is_own or original is None else original


def _here(request: DeskRequest, demand: Demand) -> str:
    return address(chosen_path(request), "demands:detail", demand.id)
