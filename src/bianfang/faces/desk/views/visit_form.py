"""Writing down a visit: pick the household, fill one screen, go on to the next household."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from bianfang.faces.desk import (
    alike,
    campaign_page,
    demand_badges,
    register_badges,
    visit_badges,
    visit_campaigns,
)
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.pages import Crumb, desk_page, show
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.visit_desk import VisitDesk
from bianfang.faces.desk.visits_part import reach_of_visits, short_place
from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.campaigns.actions import visiting
from bianfang.outreach.campaigns.actions.visiting import VisitWithAll
from bianfang.outreach.campaigns.queries import findings
from bianfang.outreach.demands.enums import StateGroup
from bianfang.outreach.demands.policies import can_see_receipt
from bianfang.outreach.demands.queries import lists as demands
from bianfang.outreach.demands.queries import one as demand
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.models import Round, Target
from bianfang.outreach.visits.queries import rounds, targets, visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.households import queries as households
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.models import Household
from bianfang.register.households.queries import HouseholdFilter
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

FOUND, WAITING, RECENT, NEXT, OPEN_DEMANDS, PAST = 30, 12, 8, 5, 6, 4
LONG_NUMBER = 11
"""So many digits are a phone or an identity number: those are never asked for in an address."""


@desk_page(Permission.RECORD_VISIT)
def add(request: DeskRequest) -> HttpResponse:
    """Pick the household: by a word, from those left, from those visited lately."""
    text = words_sought(request.GET.get("text"))
    is_number = sum(sign.isdigit() for sign in text) >= LONG_NUMBER
    round_ = rounds.active_round(request.actor.town_id)
    return show(
        request,
        "desk/visits/pick.html",
        title=_("Record a visit"),
        crumbs=_crumbs(request),
        region="found",
        text=text,
        is_number=is_number,
        found=[] if is_number or not text else _find(request, text),
        round=round_,
        left=_left(request, round_, reach_of_visits(request), WAITING) if round_ else [],
        recent=_recent(request),
    )


@desk_page(Permission.RECORD_VISIT)
def record(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """One screen for one visit; its id is made with the form: sent twice, stored once."""
    household = households.get_household(actor=request.actor, household_id=household_id)
    policies.check_can_record_visit(request.actor, household.area_path)
    data = request.POST if request.method == "POST" else None
    if alike.is_asked(request) and request.htmx:
        return alike.part(request, _said(request, household))
    desk = VisitDesk(request.actor, household, data)
    if alike.is_asked(request):
        _show_alike(request, household, desk)
    if desk.form.is_bound and desk.is_valid():
        both = _store(desk)
        if both is not None:
            path = chosen_path(request)
            return HttpResponseRedirect(address(path, "visits:saved", both.visit.id))
    return show(
        request,
        "desk/visits/record.html",
        title=_("Visit: %(name)s") % {"name": household.head_name or household.number},
        crumbs=[
            *_crumbs(request),
            Crumb(_("Record a visit"), address(chosen_path(request), "visits:add")),
        ],
        desk=desk,
        form=desk.form,
        is_kept=data is not None,
        household=household,
        place=place(request, household.area_path),
        living=register_badges.living_status(household),
        priority=register_badges.priority(household),
        colleagues=people.list_staff(actor=request.actor, active=True),
        **_beside(request, household, desk.round),
    )


@desk_page(Permission.RECORD_VISIT)
def saved(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    """What was written down, and who comes next."""
    visit = visits.get_visit(actor=request.actor, visit_id=visit_id)
    round_ = rounds.active_round(request.actor.town_id)
    today = clock.today()
    brought = demand.list_of_visits(actor=request.actor, visit_ids=[visit.id])
    return show(
        request,
        "desk/visits/saved.html",
        title=_("Written down"),
        crumbs=_crumbs(request),
        visit=visit,
        outcome=visit_badges.visit_outcome(visit.outcome),
        place=place(request, visit.area_path),
        demands=[(one, demand_badges.state(one, today)) for one in brought],
        slips=[one for one in brought if can_see_receipt(request.actor, one)],
        findings=_findings(request, visit.id),
        round=round_,
        following=_following(request, round_, visit.area_path) if round_ else [],
    )


def _findings(request: DeskRequest, visit_id: UUID) -> list[campaign_page.FindingLine]:
    found = findings.list_of_visit(actor=request.actor, visit_id=visit_id)
    return [campaign_page.finding_line(request, one) for one in found]


def _said(request: DeskRequest, household: Household) -> alike.Said:
    prefix = demand_rows.prefix(alike.row_asked(request))
    village = alike.village_of(household.area_path)
    return alike.of_row(village, household.id, request.POST, prefix)


def _show_alike(request: DeskRequest, household: Household, desk: VisitDesk) -> None:
    """Without scripts the button of a row draws the page anew, with what was found beside it."""
    village = alike.village_of(household.area_path)
    for row in desk.rows:
        if row.prefix == demand_rows.prefix(0) or row["content"].value():
            said = alike.of_row(village, household.id, request.POST, str(row.prefix))
            row.alike = alike.look(request, said)


def _store(desk: VisitDesk) -> VisitWithAll | None:
    """Hand it in; what the domain refuses is put beside its field."""
    rows, parts = desk.filled_rows, desk.filled_parts
    try:
        return visiting.record_visit(
            actor=desk.actor,
            visit=desk.to_input(),
            demands=[row.to_input(**_proposer(desk, row)) for row in rows],
            given=[part.to_input() for part in parts],
        )
    except (NotFoundError, NotAllowedError):
        raise
    except FieldErrors as refused:
        left = visit_campaigns.refuse(parts, refused.errors, len(rows))
        demand_rows.refuse_rows(desk.form, rows, left)
    except DomainError as refused:
        desk.form.add_error(None, str(refused))
    return None


def _proposer(desk: VisitDesk, row: demand_rows.DemandRow) -> dict[str, UUID | None]:
    """Whoever was spoken with asks, if nobody else is named."""
    return {} if row.cleaned_data["resident"] else {"resident_id": desk.proposer_id()}


def _beside(request: DeskRequest, household: Household, round_: Round | None) -> dict[str, Any]:
    """Open demands, earlier visits, how the household stands in the round."""
    today, actor = clock.today(), request.actor
    open_demands = demands.list_demands(
        actor=actor, filters=DemandFilter(household_id=household.id, group=StateGroup.OPEN)
    ).order_by("-registered_at", "-id")[:OPEN_DEMANDS]
    past = visits.list_visits(actor=actor, filters=VisitFilter(household_id=household.id))[:PAST]
    target = None
    if round_ is not None:
        target = targets.find_target(actor=actor, round=round_, household_id=household.id)
    return {
        "open_demands": [(one, demand_badges.state(one, today)) for one in open_demands],
        "past": [(one, visit_badges.visit_outcome(one.outcome)) for one in past],
        "target": target,
        "standing": visit_badges.target_outcome(target.outcome) if target else None,
    }


def _find(request: DeskRequest, text: str) -> list[dict[str, object]]:
    path = chosen_path(request)
    wanted = HouseholdFilter(text=text, reach=PathRange.under(path) if path else None)
    rows = households.list_households(actor=request.actor, filters=wanted)[:FOUND]
    return [_line(request, one) for one in rows]


def _left(
    request: DeskRequest, round_: Round, reach: tuple[PathRange, ...], count: int
) -> list[dict[str, object]]:
    rows = targets.list_left(actor=request.actor, round=round_, reach=reach)[:count]
    return [_line(request, one.household, one) for one in rows]


def _recent(request: DeskRequest) -> list[dict[str, object]]:
    """Households that I visited lately, each once."""
    wanted = VisitFilter(visitor_id=request.actor.staff_id)
    rows = visits.list_visits(actor=request.actor, filters=wanted)[: RECENT * 2]
    found = {one.household_id: one.household for one in rows}
    return [_line(request, one) for one in list(found.values())[:RECENT]]


def _following(request: DeskRequest, round_: Round, path: str) -> list[dict[str, object]]:
    """The next of the left list: first in the same natural village, else in the same village."""
    for depth in (len(path), len(path) - STEP):
        found = _left(request, round_, (PathRange.under(path[:depth]),), NEXT)
        if found:
            return found
    return []


def _line(
    request: DeskRequest, household: Household, target: Target | None = None
) -> dict[str, object]:
    is_usual = household.living_status == LivingStatus.RESIDENT
    return {
        "household": household,
        "place": short_place(request, household.area_path),
        "priority": register_badges.priority(household),
        "living": None if is_usual else register_badges.living_status(household),
        "target": target,
    }


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(_("Visits"), address(chosen_path(request), "visits:list"))]
