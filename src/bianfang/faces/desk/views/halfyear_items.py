"""Items of a half-year list: one item with its months, its description, colours, paper, file."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk import choices, halfyear_desk
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.forms.halfyear import ColourForm, MonthForm, PlanForm
from bianfang.faces.desk.forms.offers import offer
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment
from bianfang.faces.desk.views.demands import SEEING, crumbs
from bianfang.faces.desk.views.halfyear import TITLE
from bianfang.kernel import clock
from bianfang.mechanisms.ledger.enums import FileFormat
from bianfang.mechanisms.ledger.exports import CONTENT_TYPES
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.models import HalfYearList
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState, Move
from bianfang.outreach.halfyear import actions, exports, policies, progress, queries
from bianfang.outreach.halfyear.queries import Item
from bianfang.register.people.enums import Permission

SHORT = ("number", "leader", "starts", "due")
"""Columns of the paper whose words are not broken."""


@desk_page(*SEEING)
def item(request: DeskRequest, carry_over_id: UUID) -> HttpResponse:
    """What is promised, how far it is month by month, and the form of a month for who handles it.

    The month after the last entry stands ready; choosing one that is entered corrects it.
    """
    shown = queries.get_item(actor=request.actor, carry_over_id=carry_over_id)
    form = _month_form(request, shown) if _may_enter(request, shown) else None
    if request.method == "POST":
        policies.check_can_enter_month(request.actor, shown.demand)
    if form and form.is_valid():
        given = form.given()
        if attempt(
            form,
            lambda: actions.enter_month(
                actor=request.actor, carry_over_id=carry_over_id, given=given
            ),
        ):
            return done(request, _("Entered."), _here(request, shown))
    demand = shown.demand
    may_finish = demand_policies.can_make_move(request.actor, demand, Move.SUBMIT_RESULT)
    return show(
        request,
        "desk/halfyear/item.html",
        title=halfyear_desk.title_for(request, shown),
        crumbs=_item_crumbs(request, shown),
        item=shown,
        goal=shown.plan.goal or demand.measures,
        content=content_for(request.actor, demand),
        place=place(request, demand.area_path),
        colour=halfyear_desk.colour_badge(shown.colour),
        former=list(queries.list_former(actor=request.actor, link=shown.carry_over)),
        rule=queries.colour_rule(request.actor.town_id),
        form=form,
        may_describe=policies.can_describe(request.actor),
        finish_href=address(
            chosen_path(request), "demands:move", demand.id, Move.SUBMIT_RESULT.value
        )
        if may_finish and demand.state == DemandState.CARRIED_OVER
        else "",
    )


@desk_page(Permission.CARRY_OVER)
def describe(request: DeskRequest, carry_over_id: UUID) -> HttpResponse:
    """Leader, funds, whom it serves, when it begins."""
    shown = queries.get_item(actor=request.actor, carry_over_id=carry_over_id)
    names = [*PlanForm.base_fields]
    initial = {name: getattr(shown.plan, name) for name in names}
    form = PlanForm(request.POST or None, initial=initial)
    offer(form, "leader_id", lambda: choices.staff(request))
    if form.is_valid():
        given = form.given()
        if attempt(
            form,
            lambda: actions.describe_item(
                actor=request.actor, carry_over_id=carry_over_id, given=given
            ),
        ):
            return done(request, _("Saved."), _here(request, shown))
    return show_form(
        request,
        form,
        title=_("Describe the item"),
        button=_("Save"),
        back=_here(request, shown),
        crumbs=_item_crumbs(request, shown),
        explain=_("What is left empty follows from the demand."),
    )


@desk_page(Permission.CARRY_OVER)
def colours(request: DeskRequest) -> HttpResponse:
    """From where an item is orange or red, and where that is written."""
    now = queries.colour_rule(request.actor.town_id)
    names = [*ColourForm.base_fields]
    form = ColourForm(request.POST or None, initial={name: getattr(now, name) for name in names})
    back = address(chosen_path(request), "halfyear:list")
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.set_colours(actor=request.actor, **given)):
            return done(request, _("Saved."), back)
    return show_form(
        request,
        form,
        title=_("Colour states"),
        button=_("Save"),
        back=back,
        crumbs=[*crumbs(request), Crumb(TITLE, back)],
        explain=_(
            "Blue: written off. Green: on or ahead of plan. Yellow: a little behind. "
            "Orange: far behind. Red: past its deadline, or without an entry for too long."
        ),
    )


@desk_page(*SEEING)
def paper(request: DeskRequest, list_id: UUID) -> HttpResponse:
    """The list for the printer, across; residents masked."""
    half_year_list = one.get_half_year_list(actor=request.actor, list_id=list_id)
    items = queries.list_items(actor=request.actor, list_id=list_id)
    columns = exports.columns()
    return show(
        request,
        "desk/halfyear/paper.html",
        title=half_year_list.title,
        crumbs=_list_crumbs(request, half_year_list),
        columns=columns,
        rows=[list(zip(columns, cells, strict=True)) for cells in exports.rows(items)],
        short=SHORT,
    )


@require_POST
@desk_page(Permission.EXPORT_LEDGER)
def export(request: DeskRequest, list_id: UUID) -> HttpResponse:
    """The list as a workbook; who took it is kept in the journal, so it is a POST."""
    name, content = actions.export_list(actor=request.actor, list_id=list_id)
    kind = CONTENT_TYPES[FileFormat.XLSX]
    return HttpResponse(content, content_type=kind, headers=attachment(name))


def _month_form(request: DeskRequest, shown: Item) -> MonthForm:
    months = list(progress.months(shown.starts_on, clock.today())) or [
        progress.first_of(clock.today())
    ]
    since = shown.last.month if shown.last else months[0] - timedelta(days=1)
    ready = next((each for each in months if each > since), months[-1])
    known = shown.entry_of(ready)
    initial: dict[str, object] = {
        "month": ready.isoformat(),
        "percent": known.percent if known else shown.percent,
        "done": known.done if known else "",
        "next_step": known.next_step if known else "",
    }
    form = MonthForm(request.POST or None, initial=initial)
    field = form.fields["month"]
    field.choices = [(each.isoformat(), _month_words(shown, each)) for each in months]  # type: ignore[attr-defined]  # a choice field
    return form


def _month_words(shown: Item, month: date) -> str:
    words = f"{month:%Y-%m}"
    if shown.entry_of(month):
        return _("%(month)s (entered, to be corrected)") % {"month": words}
    return words


def _may_enter(request: DeskRequest, shown: Item) -> bool:
    in_work = shown.demand.state == DemandState.CARRIED_OVER
    return (
        in_work
        and queries.is_latest(shown.carry_over)
        and policies.can_enter_month(request.actor, shown.demand)
    )


def _item_crumbs(request: DeskRequest, shown: Item) -> list[Crumb]:
    return _list_crumbs(request, shown.carry_over.half_year_list)


def _list_crumbs(request: DeskRequest, half_year_list: HalfYearList) -> list[Crumb]:
    path = chosen_path(request)
    return [
        *crumbs(request),
        Crumb(TITLE, address(path, "halfyear:list")),
        Crumb(half_year_list.title, address(path, "halfyear:detail", half_year_list.id)),
    ]


def _here(request: DeskRequest, shown: Item) -> str:
    return address(chosen_path(request), "halfyear:item", shown.carry_over.id)
