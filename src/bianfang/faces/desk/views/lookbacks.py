"""Look-backs: the list, drawing, one look-back with its figures, handing out, finishing."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bianfang.faces.desk import figures, lookback_page
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_reach
from bianfang.faces.desk.demand_counts import Tile
from bianfang.faces.desk.forms.demands import ReasonForm
from bianfang.faces.desk.forms.lookback import AssignForm, DrawForm
from bianfang.faces.desk.lookback_page import TITLE, crumbs, part_tabs
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment, is_uuid
from bianfang.faces.desk.tables import Listing, M
from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError, NotAllowedError, NotFoundError
from bianfang.kernel.figures import FigureScope
from bianfang.kernel.paging import Page, take_page
from bianfang.mechanisms.ledger.enums import FileFormat
from bianfang.mechanisms.ledger.exports import CONTENT_TYPES
from bianfang.outreach.lookback import policies
from bianfang.outreach.lookback.actions import checking, drawing, taking
from bianfang.outreach.lookback.enums import Confidence, SampleMethod, StrataBy
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import checkers, lists, one, plan
from bianfang.outreach.lookback.queries.one import Tally
from bianfang.outreach.lookback.queries.plan import SamplePlan, SampleWish
from bianfang.outreach.lookback.workflow import LookBackState
from bianfang.register.people.enums import Permission

SEEING = Permission.VIEW_DEMANDS
ROWS = 100
KEYS = ("look_back_pass_rate", "relapse_rate")
ICONS = {"look_back_pass_rate": "supervision", "relapse_rate": "undo"}
USUAL_MARGIN = 10


@desk_page(SEEING)
def look_back_list(request: DeskRequest) -> HttpResponse:
    """All look-backs in scope, the latest first, under the two figures."""
    page = lists.page_look_backs(actor=request.actor, token=request.GET.get(PAGE, ""))
    tallies = lists.tally_look_backs(actor=request.actor, look_backs=page.rows)
    return show(
        request,
        "desk/lookbacks/list.html",
        title=TITLE,
        crumbs=crumbs(request)[:1],
        tabs=part_tabs(request, "lookbacks:list"),
        tiles=_tiles(request),
        listing=listing(request, page),
        lines=[
            (each, tallies.get(each.id, Tally()), lookback_page.state_badge(each))
            for each in page.rows
        ],
        may_plan=request.actor.may(Permission.PLAN_LOOK_BACK),
    )


@desk_page(Permission.PLAN_LOOK_BACK)
def draw(request: DeskRequest) -> HttpResponse:
    """The numbers before drawing (GET), then the drawing itself (POST)."""
    data: QueryDict | None = request.POST or request.GET
    is_asked = request.method == "POST" or "method" in request.GET
    form = DrawForm(
        data if is_asked else None,
        initial=_usual(request),
        areas=list(lookback_page.areas_to_plan(request)),
    )
    planned: SamplePlan | None = None
    if is_asked and form.is_valid():
        title, seed, wish = _read(form)
        if request.method == "POST":
            made = attempt(
                form,
                lambda: drawing.draw(actor=request.actor, title=title, wish=wish, seed=seed),
            )
            if made:
                words = _("Drawn. The seed %(seed)d is kept; now hand out the checks.")
                here = address(chosen_path(request), "lookbacks:detail", made.id)
                return done(request, words % {"seed": made.seed}, here)
        else:
            planned = attempt(form, lambda: plan.plan_sample(actor=request.actor, wish=wish))
    return show(
        request,
        "desk/lookbacks/draw.html",
        title=_("Draw a look-back"),
        crumbs=crumbs(request),
        form=form,
        planned=planned,
        strata=_preview(form, planned),
        back=address(chosen_path(request), "lookbacks:list"),
    )


@desk_page(SEEING)
def detail(request: DeskRequest, look_back_id: UUID) -> HttpResponse:
    """One look-back: its figures, its groups, its checks."""
    look_back = one.get_look_back(actor=request.actor, look_back_id=look_back_id)
    tallies = one.tally_by_stratum(actor=request.actor, look_back=look_back)
    tally = sum(tallies.values(), Tally())
    rows = lists.list_checks(
        actor=request.actor, look_back=look_back, result=lookback_page.asked_result(request)
    )
    page = take_page(rows, order=("id",), token=request.GET.get(PAGE, ""), size=ROWS)
    leads = lookback_page.leads(request.actor, look_back)
    going_on = look_back.state == LookBackState.GOING_ON
    return show(
        request,
        "desk/lookbacks/detail.html",
        title=look_back.title,
        crumbs=crumbs(request),
        look_back=look_back,
        state=lookback_page.state_badge(look_back),
        rule=lookback_page.rule_words(look_back),
        margin=lookback_page.margin_of(look_back),
        tally=tally,
        seen_part=tally.total < look_back.sample_size,
        tiles=lookback_page.tiles(request, tally),
        tabs=lookback_page.result_tabs(request, tally),
        strata=lookback_page.strata_of(look_back, tallies),
        rows=lookback_page.rows_of(request, page.rows, leads=leads and going_on),
        listing=listing(request, page),
        form=_assign_form(request, page.rows) if leads else None,
        may_give_up=leads and tally.is_untouched,
        may_finish=leads and going_on and tally.waiting == 0,
        may_export=policies.can_export_look_back(request.actor, look_back),
    )


@desk_page(Permission.PLAN_LOOK_BACK)
def assign(request: DeskRequest, look_back_id: UUID) -> HttpResponse:
    """Hand out what is ticked; what this person may not take is named with the reason."""
    back = address(chosen_path(request), "lookbacks:detail", look_back_id)
    ticked = [UUID(value) for value in request.POST.getlist("check") if is_uuid(value)]
    checker = request.POST.get("checker", "")
    try:
        results = checking.assign(
            actor=request.actor,
            look_back_id=look_back_id,
            check_ids=ticked,
            checker_id=UUID(checker) if is_uuid(checker) else None,
        )
    except (NotFoundError, NotAllowedError):
        raise
    except DomainError as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)
    passed = sum(not result.refusal for result in results)
    if passed:
        words = ngettext("%(count)d check handed out.", "%(count)d checks handed out.", passed)
        messages.success(request, words % {"count": passed})
    for result in results:
        if result.refusal:
            messages.error(request, f"{result.number} {result.refusal}")
    if not results:
        messages.error(request, _("Tick what is to be handed out."))
    return HttpResponseRedirect(back)


@desk_page(Permission.PLAN_LOOK_BACK)
def finish(request: DeskRequest, look_back_id: UUID) -> HttpResponse:
    """End it; who was not reached stays so."""
    return attempt_and_tell(
        request,
        lambda: checking.finish(actor=request.actor, look_back_id=look_back_id),
        done=_("The look-back is finished."),
        back=address(chosen_path(request), "lookbacks:detail", look_back_id),
    )


@desk_page(Permission.PLAN_LOOK_BACK)
def give_up(request: DeskRequest, look_back_id: UUID) -> HttpResponse:
    """Give up a look-back that was drawn wrongly; what was drawn stays to be seen."""
    look_back = one.get_look_back(actor=request.actor, look_back_id=look_back_id)
    policies.check_can_plan_look_back(request.actor, look_back.area_path)
    form = ReasonForm(request.POST or None)
    back = address(chosen_path(request), "lookbacks:detail", look_back.id)
    if form.is_valid() and attempt(
        form,
        lambda: checking.give_up(
            actor=request.actor, look_back_id=look_back.id, reason=form.cleaned_data["reason"]
        ),
    ):
        return done(request, _("Given up. What was drawn stays on record."), back)
    return show_form(
        request,
        form,
        title=_("Give the look-back up"),
        button=_("Give up"),
        back=back,
        crumbs=[*crumbs(request), Crumb(look_back.title, back)],
        explain=_("Only while no result has been noted. Rule, seed and sample stay to be seen."),
        is_serious=True,
    )


@desk_page(Permission.EXPORT_LEDGER)
def export(request: DeskRequest, look_back_id: UUID) -> HttpResponse:
    """All checks as a workbook; who took it is kept in the journal, so it is a POST."""
    name, content = taking.export_look_back(actor=request.actor, look_back_id=look_back_id)
    kind = CONTENT_TYPES[FileFormat.XLSX]
    return HttpResponse(content, content_type=kind, headers=attachment(name))


def _tiles(request: DeskRequest) -> list[Tile]:
    scope = FigureScope(
        town_id=request.actor.town_id,
        ranges=chosen_reach(request, request.actor, SEEING),
        as_of=clock.today(),
    )
    cards = figures.read_cards(KEYS, scope, area_path=chosen_path(request))
    words = _("%(part)d of %(whole)d")
    return [
        Tile(
            name=card.label,
            icon=ICONS[key],
            text=card.text,
            note=words % {"part": card.value.numerator, "whole": card.value.denominator or 0},
            formula=card.formula,
            href=card.href,
            width=card.width,
            is_full=card.is_full and bool(card.value.denominator),
        )
        for key, card in cards.items()
    ]


def _usual(request: DeskRequest) -> dict[str, Any]:
    """What was written off last month, by community, at 95 % and ten points."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    top = next(iter(lookback_page.areas_to_plan(request)), None)
    return {
        "title": _("Look-back of %(month)s") % {"month": _month(first)},
        "area_id": top[0] if top else None,
        "from_day": first,
        "to_day": last,
        "strata_by": StrataBy.COMMUNITY,
        "method": SampleMethod.CONFIDENCE,
        "confidence": Confidence.NINETY_FIVE,
        "margin": USUAL_MARGIN,
    }


def _month(day: date) -> str:
    return _("%(year)d-%(month)d") % {"year": day.year, "month": day.month}


def _read(form: DrawForm) -> tuple[str, int | None, SampleWish]:
    given = dict(form.cleaned_data)
    return given.pop("title"), given.pop("seed"), SampleWish(**given)


def _preview(form: DrawForm, planned: SamplePlan | None) -> list[lookback_page.StratumLine]:
    if planned is None:
        return []
    grouped = LookBack(strata_by=form.cleaned_data["strata_by"])
    return lookback_page.planned_strata(grouped, planned)


def _assign_form(request: DeskRequest, rows: list[Check]) -> AssignForm | None:
    """Whoever may take at least one of the open checks on this page, with how many."""
    open_ones = [check for check in rows if check.is_open]
    words = _("%(name)s · %(role)s (%(fits)d of %(open)d)")
    offered = [
        (
            each.staff_id,
            words
            % {"name": each.name, "role": each.role, "fits": each.fits, "open": len(open_ones)},
        )
        for each in checkers.list_checkers(actor=request.actor, checks=open_ones)
    ]
    return AssignForm(checkers=offered) if offered else None


def listing(request: DeskRequest, page: Page[M]) -> Listing[M]:
    """A page of rows with the links to the pages beside it."""
    return Listing(
        rows=page.rows,
        heads=[],
        next_href=same_page(request, **{PAGE: page.next_token}) if page.next_token else "",
        previous_href=(
            same_page(request, **{PAGE: page.previous_token}) if page.previous_token else ""
        ),
    )
