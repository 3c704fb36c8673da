"""Half-year lists: what could not be finished and is promised for the next half."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.forms.demands import HalfYearForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import carry
from bianfang.outreach.demands.queries import lists, one
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Half-year lists")


@desk_page(Permission.VIEW_DEMANDS, Permission.HANDLE_DEMAND)
def half_year_lists(request: DeskRequest) -> HttpResponse:
    """All lists, the latest first."""
    return show(
        request,
        "desk/halfyear/list.html",
        title=TITLE,
        rows=list(one.list_half_year_lists(actor=request.actor)),
        may_add=policies.can_manage_half_year_lists(request.actor),
    )


@desk_page(Permission.VIEW_DEMANDS, Permission.HANDLE_DEMAND)
def detail(request: DeskRequest, list_id: UUID) -> HttpResponse:
    """The demands of one list, whatever became of them since."""
    half_year_list = one.get_half_year_list(actor=request.actor, list_id=list_id)
    today = clock.today()
    carried = lists.list_carried(actor=request.actor, list_id=list_id)
    return show(
        request,
        "desk/halfyear/detail.html",
        title=half_year_list.title,
        crumbs=[Crumb(TITLE, address(chosen_path(request), "halfyear:list"))],
        rows=[
            (demand, place(request, demand.area_path), demand_badges.state(demand, today))
            for demand in carried
        ],
    )


@desk_page(Permission.CARRY_OVER)
def add(request: DeskRequest) -> HttpResponse:
    """Open the list of a half-year."""
    today = clock.today()
    year, half = (today.year, 2) if today.month <= 6 else (today.year + 1, 1)
    form = HalfYearForm(request.POST or None, initial={"year": year, "half": half})
    back = address(chosen_path(request), "halfyear:list")
    if form.is_valid():
        made = attempt(
            form,
            lambda: carry.create_half_year_list(actor=request.actor, **form.cleaned_data),
        )
        if made:
            return done(request, _("Opened."), back)
    return show_form(
        request,
        form,
        title=_("New half-year list"),
        button=_("Open"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
    )
