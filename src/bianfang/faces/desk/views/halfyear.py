"""Half-year lists: what could not be finished and is promised for the next half."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import demand_counts, halfyear_desk
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.demand_counts import Tally
from bianfang.faces.desk.forms.demands import HalfYearForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import SEEING, crumbs
from bianfang.kernel import clock
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import carry
from bianfang.outreach.demands.models import HalfYearList
from bianfang.outreach.demands.queries import one
from bianfang.outreach.halfyear import policies as item_policies
from bianfang.outreach.halfyear import queries as items_of
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Half-year lists")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A list with how far it is."""

    half_year_list: HalfYearList
    tally: Tally
    is_over: bool


@desk_page(*SEEING)
def half_year_lists(request: DeskRequest) -> HttpResponse:
    """All lists, the latest first, each with how far it is."""
    today = clock.today()
    tallies = demand_counts.tally_half_year_lists(request.actor)
    return show(
        request,
        "desk/halfyear/list.html",
        title=TITLE,
        crumbs=crumbs(request),
        lines=[
            Line(
                half_year_list=each,
                tally=tallies.get(each.id, Tally()),
                is_over=each.last_day < today,
            )
            for each in one.list_half_year_lists(actor=request.actor)
        ],
        may_describe=item_policies.can_describe(request.actor),
        may_add=policies.can_manage_half_year_lists(request.actor),
    )


@desk_page(*SEEING)
def detail(request: DeskRequest, list_id: UUID) -> HttpResponse:
    """The items of one list with progress and colour, whatever became of them since."""
    half_year_list = one.get_half_year_list(actor=request.actor, list_id=list_id)
    items = items_of.list_items(actor=request.actor, list_id=list_id)
    return show(
        request,
        "desk/halfyear/detail.html",
        title=half_year_list.title,
        crumbs=[
            *crumbs(request),
            Crumb(TITLE, address(chosen_path(request), "halfyear:list")),
        ],
        half_year_list=half_year_list,
        tally=demand_counts.tally_half_year_list(request.actor, list_id),
        rows=halfyear_desk.item_rows(request, items),
        colours=halfyear_desk.count_colours(items),
        may_export=item_policies.can_export(request.actor),
    )


@desk_page(Permission.CARRY_OVER)
def add(request: DeskRequest) -> HttpResponse:
    """Open the list of a half-year."""
    today = clock.today()
    year, half = (today.year, 2) if today.month <= 6 else (today.year + 1, 1)
    titles = {
        1: _("Half-year list, first half of %(year)d"),
        2: _("Half-year list, second half of %(year)d"),
    }
    initial = {"year": year, "half": half, "title": titles[half] % {"year": year}}
    form = HalfYearForm(request.POST or None, initial=initial)
    back = address(chosen_path(request), "halfyear:list")
    if form.is_valid():
        made = attempt(
            form,
            lambda: carry.create_half_year_list(actor=request.actor, **form.cleaned_data),
        )
        if made:
            here = address(chosen_path(request), "halfyear:detail", made.id)
            return done(request, _("Opened. Demands are carried over from their own pages."), here)
    return show_form(
        request,
        form,
        title=_("New half-year list"),
        button=_("Open the list"),
        back=back,
        crumbs=[*crumbs(request), Crumb(TITLE, back)],
        explain=_("What cannot be finished in this half-year is promised for the next one."),
    )
