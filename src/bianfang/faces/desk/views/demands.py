"""Demands: the list, one demand, new ones, its moves, the review list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import choices, demand_badges, demand_moves, demand_page
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, place
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.filters import DayFilter, FilterForm, OptionField, SearchField
from bianfang.faces.desk.forms.demands import NewDemandForm
from bianfang.faces.desk.forms.offers import offer_grouped
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import intake, review
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.enums import (
    MOVE_LABELS,
    DemandSort,
    Route,
    Source,
    StateGroup,
    Theme,
)
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.workflow import Move
from bianfang.register.households import queries as households
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Demands")
SEEING = (Permission.VIEW_DEMANDS, Permission.HANDLE_DEMAND)
GROUPS = (
    StateGroup.OPEN,
    StateGroup.NEW,
    StateGroup.OVERDUE,
    StateGroup.AWAITING_REVIEW,
    StateGroup.CARRIED_OVER,
    StateGroup.CLOSED,
    StateGroup.ALL,
)
MOST_ROWS = 100


class DemandFilterForm(FilterForm):
    """Which demands."""

    text = SearchField(gettext_lazy("Number, words, proposer"))
    theme = OptionField(gettext_lazy("Theme"), Theme.choices)
    route = OptionField(gettext_lazy("Handling"), Route.choices)
    source = OptionField(gettext_lazy("Source"), Source.choices)
    sort = OptionField(gettext_lazy("Order"), DemandSort.choices)
    since = DayFilter(gettext_lazy("From"))
    until = DayFilter(gettext_lazy("To"))
    mine = forms.BooleanField(label=gettext_lazy("Mine"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A demand in the list."""

    demand: Demand
    place: str
    state: Badge


@desk_page(*SEEING)
def demand_list(request: DeskRequest) -> HttpResponse:
    """The demands of one's areas, of one's units, and one's own."""
    form = DemandFilterForm(request)
    wanted = _wanted(request, form)
    page = lists.page_demands(
        actor=request.actor,
        filters=wanted,
        sort=DemandSort(form.value("sort") or DemandSort.NEWEST),
        token=request.GET.get(PAGE, ""),
        size=_size(request),
    )
    return show(
        request,
        "desk/demands/list.html",
        title=wanted.theme.label if wanted.theme else TITLE,
        region="rows",
        filters=form,
        tabs=_tabs(request, wanted),
        rows=_rows(request, page.rows),
        previous_href=_page(request, page.previous_token),
        next_href=_page(request, page.next_token),
        may_register=request.actor.may(Permission.REGISTER_DEMAND),
        may_review=request.actor.may(Permission.REVIEW_DEMAND)
        or bool(request.actor.units_with(Permission.REVIEW_DEMAND)),
    )


@desk_page(*SEEING)
def pool(request: DeskRequest) -> HttpResponse:
    """What waits for a meeting, the most urgent first."""
    rows = list(lists.meeting_pool(actor=request.actor)[:MOST_ROWS])
    return show(
        request,
        "desk/demands/pool.html",
        title=_("Waiting for a meeting"),
        crumbs=_crumbs(request),
        rows=_rows(request, rows),
    )


@desk_page(*SEEING)
def detail(request: DeskRequest, demand_id: UUID) -> HttpResponse:
    """One demand: where it stands, what is to be done next, what happened."""
    demand = one.get_demand(actor=request.actor, demand_id=demand_id)
    return show(
        request,
        "desk/demands/detail.html",
        title=demand.number,
        crumbs=_crumbs(request),
        **demand_page.prepare(request, demand),
    )


@desk_page(*SEEING)
def move(request: DeskRequest, demand_id: UUID, name: str) -> HttpResponse:
    """One move as a form; only what state and rights permit is there."""
    demand = one.get_demand(actor=request.actor, demand_id=demand_id)
    wanted = Move(name)
    policies.check_can_make_move(request.actor, demand, wanted)
    if wanted not in policies.list_moves(request.actor, demand):
        raise MoveError(_("The demand does not stand where this can be done."))
    prepared = demand_moves.MOVE_FORMS[wanted]
    form = demand_moves.open_form(request, wanted, demand)
    back = address(chosen_path(request), "demands:detail", demand.id)
    if form.is_valid():
        done_one = attempt(form, lambda: _done(prepared.act(request, demand, form.cleaned_data)))
        if done_one:
            return done(request, _("Done: %(move)s.") % {"move": MOVE_LABELS[name]}, back)
    return show_form(
        request,
        form,
        title=f"{MOVE_LABELS[name]} · {demand.number}",
        button=MOVE_LABELS[name],
        back=back,
        crumbs=[*_crumbs(request), Crumb(demand.number, back)],
        explain=demand.content,
        draft=f"demand-{name}-{demand.id}",
        is_serious=prepared.is_serious,
    )


@desk_page(Permission.REGISTER_DEMAND)
def add(request: DeskRequest) -> HttpResponse:
    """A demand that no visit brought."""
    form = NewDemandForm(request.POST or None)
    form.fields["area_id"].offer(choices.hamlets(request, Permission.REGISTER_DEMAND))  # type: ignore[attr-defined]  # an IdChoice
    offer_grouped(form, "category_id", demand_page.category_groups(request))
    if form.is_valid():
        demand = attempt(form, lambda: _register(request.actor, form.cleaned_data))
        if demand:
            here = address(chosen_path(request), "demands:detail", demand.id)
            return done(request, _("Registered as %(number)s.") % {"number": demand.number}, here)
    return show_form(
        request,
        form,
        title=_("New demand"),
        button=_("Register"),
        back=address(chosen_path(request), "demands:list"),
        crumbs=_crumbs(request),
        draft="demand-new",
    )


@desk_page(Permission.REVIEW_DEMAND, Permission.HANDLE_DEMAND)
def review_list(request: DeskRequest) -> HttpResponse:
    """Results that wait for a second person, many at once."""
    if request.method == "POST":
        return _write_off(request)
    wanted = DemandFilter(
        group=StateGroup.AWAITING_REVIEW,
        area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
    )
    page = lists.page_demands(
        actor=request.actor, filters=wanted, sort=DemandSort.OLDEST, size=MOST_ROWS
    )
    own = [row for row in page.rows if row.handled_by_id == request.actor.staff_id]
    return show(
        request,
        "desk/demands/review.html",
        title=_("To be reviewed"),
        crumbs=_crumbs(request),
        rows=_rows(request, page.rows),
        own={row.id for row in own},
    )


def _write_off(request: DeskRequest) -> HttpResponse:
    ticked = [UUID(each) for each in request.POST.getlist("demand") if is_uuid(each)]
    back = address(chosen_path(request), "demands:review")
    results: list[Any] = []

    def act() -> None:
        results.extend(review.write_off_many(actor=request.actor, demand_ids=ticked))
        refused = [f"{each.number}: {each.refusal}" for each in results if each.refusal]
        if refused:
            raise MoveError(" ".join(refused))

    return attempt_and_tell(request, act, done=_("Written off."), back=back)


def _register(actor: Actor, given: dict[str, Any]) -> Demand:
    household_id = None
    if given["household_number"]:
        household = households.find_household(actor=actor, number=given["household_number"])
        if household is None:
            raise FieldError("household_number", _("No household has this number in your area."))
        household_id = household.id
    demand = DemandInput(
        content=given["content"],
        category_id=given["category_id"],
        source=given["source"],
        kind=given["kind"],
        household_id=household_id,
        area_id=None if household_id else given["area_id"],
        proposer_name=given["proposer_name"],
    )
    if given["is_onsite"]:
        return intake.register_solved(
            actor=actor, demand=demand, result=given["result"], reply=given["reply"]
        )
    return intake.register(actor=actor, demand=demand)


def _done(result: object) -> list[object]:
    """Something to say that it was done, whatever the action gives."""
    return [result]


def _wanted(request: DeskRequest, form: DemandFilterForm) -> DemandFilter:
    group = request.GET.get("group", "")
    theme, route, source = (form.value(name) for name in ("theme", "route", "source"))
    return DemandFilter(
        group=StateGroup(group) if group in StateGroup.values else StateGroup.OPEN,
        theme=Theme(theme) if theme else None,
        route=Route(route) if route else None,
        source=Source(source) if source else None,
        area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
        owner_id=request.actor.staff_id if form.value("mine") else None,
        text=form.value("text"),
        registered_from=form.value("since") or None,
        registered_to=form.value("until") or None,
    )


def _tabs(request: DeskRequest, wanted: DemandFilter) -> list[Tab]:
    return [
        Tab(
            label=str(group.label),
            href=same_page(request, group=group.value),
            is_current=group is wanted.group,
        )
        for group in GROUPS
    ]


def _rows(request: DeskRequest, demands: Sequence[Demand]) -> list[Row]:
    today: date = clock.today()
    return [
        Row(
            demand=demand,
            place=place(request, demand.area_path),
            state=demand_badges.state(demand, today),
        )
        for demand in demands
    ]


def _size(request: DeskRequest) -> int:
    return MOST_ROWS if request.GET.get("size") == str(MOST_ROWS) else MOST_ROWS // 2


def _page(request: DeskRequest, token: str) -> str:
    return same_page(request, **{PAGE: token}) if token else ""


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(TITLE, address(chosen_path(request), "demands:list"))]
