"""The checks of look-backs: mine, one of them, those decided, replacing one."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import demand_badges, lookback_page
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, place
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.forms.lookback import CheckForm
from bianfang.faces.desk.lookback_page import crumbs, part_tabs
from bianfang.faces.desk.pages import Crumb, attempt, attempt_and_tell, desk_page, done, show
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.lookbacks import SEEING, listing
from bianfang.kernel.paging import take_page
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one as demands
from bianfang.outreach.lookback import policies, workflow
from bianfang.outreach.lookback.actions import checking
from bianfang.outreach.lookback.enums import RESULT_LABELS
from bianfang.outreach.lookback.models import Check
from bianfang.outreach.lookback.queries import lists, one
from bianfang.outreach.lookback.queries.lists import CheckFilter
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState, Move
from bianfang.register.people.enums import Permission

ROWS = 50


@desk_page(SEEING)
def checks(request: DeskRequest) -> HttpResponse:
    """What passed and what failed in all look-backs: the rows behind the figure."""
    asked = lookback_page.asked_result(request)
    result = asked if asked in workflow.DECIDED else None
    filters = CheckFilter(result=result, area=chosen_range(request, request.actor, SEEING))
    page = lists.page_decided(
        actor=request.actor, filters=filters, token=request.GET.get(PAGE, ""), size=ROWS
    )
    return show(
        request,
        "desk/lookbacks/checks.html",
        title=_("Checked demands"),
        crumbs=crumbs(request)[:1],
        tabs=part_tabs(request, "lookbacks:checks"),
        results=_result_tabs(request, result),
        rows=lookback_page.rows_of(request, page.rows),
        listing=listing(request, page),
        is_mine=False,
    )


@desk_page()
def mine(request: DeskRequest) -> HttpResponse:
    """All checks that wait for me, the oldest first."""
    rows = lists.list_mine(actor=request.actor)
    page = take_page(rows, order=("id",), token=request.GET.get(PAGE, ""), size=ROWS)
    return show(
        request,
        "desk/lookbacks/checks.html",
        title=_("My checks"),
        crumbs=[Crumb(_("My work"), address(chosen_path(request), "desk:work"))],
        tabs=[],
        results=[],
        rows=lookback_page.rows_of(request, page.rows),
        listing=listing(request, page),
        is_mine=True,
    )


@desk_page(SEEING)
def check(request: DeskRequest, check_id: UUID) -> HttpResponse:
    """One check: what was asked, what is said to have been done, and what it came to."""
    found = one.get_check(actor=request.actor, check_id=check_id)
    demand = demands.get_demand(actor=request.actor, demand_id=found.demand_id)
    if request.method == "POST":
        policies.check_can_record_check(request.actor, found)
    form = CheckForm(request.POST or None) if _may_record(request, found) else None
    if form and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: checking.record(actor=request.actor, check_id=found.id, **given)):
            words = _("Recorded: %(result)s.") % {"result": RESULT_LABELS[given["result"]]}
            return done(request, words, _next(request))
    return show(
        request,
        "desk/lookbacks/check.html",
        title=_("Check of %(number)s") % {"number": demand.number},
        crumbs=[*crumbs(request), _crumb(request, found)],
        check=found,
        demand=demand,
        state=lookback_page.result_badge(found),
        demand_state=demand_badges.standing(demand),
        place=place(request, demand.area_path),
        content=content_for(request.actor, demand),
        found=lookback_page.found_for(request.actor, found),
        proposer=lookback_page.proposer_for(request.actor, demand),
        shows_household=request.actor.may_at(Permission.VIEW_REGISTER, demand.area_path),
        phone_href=_phone_href(request, demand),
        form=form,
    )


@desk_page(Permission.PLAN_LOOK_BACK)
def replace(request: DeskRequest, check_id: UUID) -> HttpResponse:
    """Draw the next demand of the group for one whose resident was not reached."""
    found = one.get_check(actor=request.actor, check_id=check_id)
    return attempt_and_tell(
        request,
        lambda: checking.replace(actor=request.actor, check_id=check_id),
        done=_("A replacement was drawn from the same group; hand it out."),
        back=address(chosen_path(request), "lookbacks:detail", found.look_back_id),
    )


def _may_record(request: DeskRequest, check: Check) -> bool:
    is_running = workflow.can_move(LookBackState(check.look_back.state), Move.RECORD)
    return check.is_open and is_running and policies.can_record_check(request.actor, check)


def _next(request: DeskRequest) -> str:
    """The next check that waits, else my work."""
    following = lists.list_mine(actor=request.actor).first()
    if following is None:
        return address(chosen_path(request), "desk:work")
    return address(chosen_path(request), "lookbacks:mine")


def _crumb(request: DeskRequest, check: Check) -> Crumb:
    here = address(chosen_path(request), "lookbacks:detail", check.look_back_id)
    return Crumb(check.look_back.title, here)


def _phone_href(request: DeskRequest, demand: Demand) -> str:
    if not demand.proposer_phone or not demand_policies.can_reveal_phone(request.actor, demand):
        return ""
    return address(chosen_path(request), "demands:phone", demand.id)


def _result_tabs(request: DeskRequest, chosen: CheckResult | None) -> list[Tab]:
    offered = (None, CheckResult.PASSED, CheckResult.FAILED)
    return [
        Tab(
            label=RESULT_LABELS[result] if result else _("All"),
            href=same_page(request, **{lookback_page.RESULT: result.value if result else None}),
            is_current=result is chosen,
        )
        for result in offered
    ]
