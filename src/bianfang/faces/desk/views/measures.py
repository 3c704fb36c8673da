"""Recurring places, and the long-term measures that are raised there."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import measure_page
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, place
from bianfang.faces.desk.demand_page import category_name
from bianfang.faces.desk.forms.measures import (
    ChangeMeasureForm,
    DaysForm,
    FinishMeasureForm,
    NewMeasureForm,
)
from bianfang.faces.desk.forms.offers import offer_grouped
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.tables import Listing
from bianfang.faces.desk.views.demands import SEEING
from bianfang.kernel import clock
from bianfang.mechanisms.longterm import actions, policies, queries, workflow
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.mechanisms.longterm.workflow import MeasureState, Move
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.actions import categories as category_actions
from bianfang.outreach.demands.enums import PLACE_THEMES
from bianfang.outreach.demands.queries import categories, recurrence
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Long-term measures")
STATE = "state"


@desk_page(*SEEING)
def recurring(request: DeskRequest) -> HttpResponse:
    """Places where a problem came again within a year after it had been written off."""
    area = chosen_range(request, request.actor, Permission.VIEW_DEMANDS)
    places = recurrence.list_recurring_places(actor=request.actor, area=area)
    return show(
        request,
        "desk/measures/recurring.html",
        title=TITLE,
        tabs=measure_page.tabs(request, "recurring"),
        rows=measure_page.place_rows(request, places),
        is_cut=len(places) == recurrence.MOST_PLACES,
        may_set_days=demand_policies.can_manage_categories(request.actor),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def days(request: DeskRequest) -> HttpResponse:
    """Within how many days a problem counts as having come again, for one category."""
    form = DaysForm(request.POST or None, initial={"days": recurrence.USUAL_DAYS})
    by_theme = categories.list_by_theme(actor=request.actor)
    groups = [
        (theme.label, [(one.id, f"{category_name(one)} ({one.recurrence_days})") for one in found])
        for theme, found in by_theme.items()
        if theme in PLACE_THEMES
    ]
    offer_grouped(form, "category_id", groups)
    back = address(chosen_path(request), "recurring:list")
    if form.is_valid():
        given = form.cleaned_data
        if attempt(
            form, lambda: category_actions.set_recurrence_days(actor=request.actor, **given)
        ):
            return done(request, _("The days are set."), back)
    return show_form(
        request,
        form,
        title=_("Days for “again”"),
        button=_("Set"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
        explain=_("The number beside each problem tells the days that hold now."),
    )


@desk_page(*SEEING)
def measure_list(request: DeskRequest) -> HttpResponse:
    """Open measures by deadline, or done ones the latest first."""
    is_done = request.GET.get(STATE) == MeasureState.DONE
    state = MeasureState.DONE if is_done else MeasureState.OPEN
    page = queries.page_measures(
        actor=request.actor,
        state=state,
        area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
        token=request.GET.get(PAGE, ""),
    )
    ahead, back = page.next_token, page.previous_token
    return show(
        request,
        "desk/measures/list.html",
        title=TITLE,
        tabs=measure_page.tabs(request, state),
        listing=Listing(
            rows=page.rows,
            heads=[],
            next_href=same_page(request, **{PAGE: ahead}) if ahead else "",
            previous_href=same_page(request, **{PAGE: back}) if back else "",
        ),
        rows=measure_page.measure_rows(request, page.rows),
        is_done=is_done,
        may_raise=request.actor.may(Permission.ACCEPT_DEMAND),
    )


@desk_page(*SEEING)
def detail(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """One measure: what is done, for which demands, and whether it came again since."""
    measure = queries.get_measure(actor=request.actor, measure_id=measure_id)
    state = MeasureState(measure.state)
    return show(
        request,
        "desk/measures/detail.html",
        title=f"{place(request, measure.area_path).rpartition(' · ')[2]} · "
        f"{category_name(measure.category)}",
        crumbs=_crumbs(request),
        measure=measure,
        place=place(request, measure.area_path),
        category=category_name(measure.category),
        state=measure_page.standing(measure, clock.today()),
        linked=measure_page.linked(request, measure),
        since=measure_page.came_since(request, measure),
        history=measure_page.history(request, measure),
        moves=[
            move.value
            for move in Move
            if workflow.can_move(state, move)
            and policies.can_make_move(request.actor, measure, move)
        ],
    )


@desk_page(Permission.ACCEPT_DEMAND)
def add(request: DeskRequest) -> HttpResponse:
    """Raise a measure, from a recurring place or for one that people know."""
    wanted, problem = request.GET.get("place", ""), request.GET.get("category", "")
    initial = {"area_id": wanted, "category_id": problem}
    form = NewMeasureForm(request.POST or None, initial=initial)
    measure_page.offer_place(request, form)
    known = {UUID(problem)} if is_uuid(problem) else set()
    category = next(
        iter(categories.categories_by_id(actor=request.actor, ids=known).values()), None
    )
    path = measure_page.path_of(request, UUID(wanted) if is_uuid(wanted) else None)
    measure_page.offer_hands(request, form, path, category)
    form.initial["unit_id"] = category.usual_unit_id if category else None
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.raise_measure(
                actor=request.actor,
                area_id=form.cleaned_data["area_id"],
                category_id=form.cleaned_data["category_id"],
                given=form.to_input(),
            ),
        )
        if made:
            return done(request, _("The long-term measure is raised."), _page(request, made))
    return show_form(
        request,
        form,
        title=_("New long-term measure"),
        button=_("Raise"),
        back=address(chosen_path(request), "recurring:list"),
        crumbs=_crumbs(request),
        explain=_("For a place and a problem that keeps coming back; never for a person."),
        draft="measure-new",
    )


@desk_page(*SEEING)
def edit(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """Change what is done, by whom or until when."""
    measure = queries.get_measure(actor=request.actor, measure_id=measure_id)
    policies.check_can_make_move(request.actor, measure, Move.CHANGE)
    names = ("plan", "unit_id", "owner_id", "due_on", "review_on", "version")
    form = ChangeMeasureForm(
        request.POST or None, initial={name: getattr(measure, name) for name in names}
    )
    measure_page.offer_hands(request, form, measure.area_path, measure.category)
    if form.is_valid():
        changed = attempt(
            form,
            lambda: actions.change_measure(
                actor=request.actor,
                measure_id=measure.id,
                version=form.cleaned_data["version"],
                given=form.to_input(),
                reason=form.cleaned_data["reason"],
            ),
        )
        if changed:
            return done(request, _("The long-term measure is changed."), _page(request, measure))
    return show_form(
        request,
        form,
        title=_("Change the long-term measure"),
        button=_("Save"),
        back=_page(request, measure),
        crumbs=[*_crumbs(request), Crumb(_("Measure"), _page(request, measure))],
    )


@desk_page(*SEEING)
def finish(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """Report what was done for good."""
    measure = queries.get_measure(actor=request.actor, measure_id=measure_id)
    policies.check_can_make_move(request.actor, measure, Move.FINISH)
    form = FinishMeasureForm(request.POST or None, initial={"version": measure.version})
    if form.is_valid():
        ended = attempt(
            form,
            lambda: actions.finish_measure(
                actor=request.actor, measure_id=measure.id, **form.cleaned_data
            ),
        )
        if ended:
            return done(request, _("Reported as done."), _page(request, measure))
    return show_form(
        request,
        form,
        title=_("Report the long-term measure as done"),
        button=_("Report as done"),
        back=_page(request, measure),
        crumbs=[*_crumbs(request), Crumb(_("Measure"), _page(request, measure))],
        explain=measure.plan,
    )


def _page(request: DeskRequest, measure: LongTermMeasure) -> str:
    return address(chosen_path(request), "measures:detail", measure.id)


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(TITLE, address(chosen_path(request), "measures:list"))]
