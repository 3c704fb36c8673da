"""The households of a round: who is left, all of them, and what changed on the register since."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import register_badges, visit_badges
from bianfang.faces.desk.addresses import same_page
from bianfang.faces.desk.filters import FilterForm, OptionField
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import ROWS, Column, take_listing
from bianfang.faces.desk.visits_part import reach_of_visits, round_crumbs, round_tabs, short_place
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import within
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Round, Target
from bianfang.outreach.visits.queries import rounds, targets
from bianfang.outreach.visits.queries.targets import TargetFilter, TargetGroup
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.enums import COUNTED_STATUSES, Priority
from bianfang.register.people.enums import Permission

ON_PAPER = 400
"""Rows of a printed list: some twenty pages; a bigger area is printed village by village."""

HOUSEHOLD = Column(label=gettext_lazy("Household"))
PLACE = Column(label=gettext_lazy("Place"), key="place", sort=("area_path",))
URGENT = Column(
    label=gettext_lazy("Order of visits"), key="priority", sort=("priority", "area_path")
)


class LeftFilter(FilterForm):
    """Who of those left."""

    priority = OptionField(gettext_lazy("Order of visits"), Priority.choices)
    status = OptionField(
        gettext_lazy("Living status"), [(one.value, one.label) for one in COUNTED_STATUSES]
    )


class HouseholdsFilter(FilterForm):
    """Visited, not visited, and how."""

    group = OptionField(
        gettext_lazy("Standing"),
        [
            (TargetGroup.LEFT.value, gettext_lazy("Not yet reached")),
            (TargetGroup.SETTLED.value, gettext_lazy("Reached")),
        ],
    )
    outcome = OptionField(gettext_lazy("Outcome"), TargetOutcome.choices)
    priority = OptionField(gettext_lazy("Order of visits"), Priority.choices)


@desk_page(Permission.VIEW_VISITS)
def left(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Who is still to be visited, hardship first; also as a list for the road."""
    round_ = _begun(request, round_id)
    filters = LeftFilter(request)
    rows = targets.list_left(actor=request.actor, round=round_, reach=reach_of_visits(request))
    if filters.value("priority"):
        rows = rows.filter(priority=filters.value("priority"))
    if filters.value("status"):
        rows = rows.filter(living_status=filters.value("status"))
    on_paper = bool(request.GET.get("print"))
    listing = take_listing(
        request,
        rows,
        columns=[
            HOUSEHOLD,
            PLACE,
            URGENT,
            Column(label=_("Living status")),
            Column(label=_("Best time")),
            Column(label=_("Tried")),
            Column(label=""),
        ],
        default="priority",
        size=ON_PAPER if on_paper else ROWS,
    )
    return show(
        request,
        "desk/rounds/left_paper.html" if on_paper else "desk/rounds/left.html",
        title=_("Who is left: %(round)s") % {"round": round_.name},
        crumbs=round_crumbs(request, round_),
        region="rows",
        tabs=round_tabs(request, round_, "rounds:left"),
        round=round_,
        filters=filters,
        listing=listing,
        rows=[_row(request, target) for target in listing.rows],
        print_href=same_page(request, print="1"),
        may_visit=request.actor.may(Permission.RECORD_VISIT) and round_.state == RoundState.ACTIVE,
    )


@desk_page(Permission.VIEW_VISITS)
def households(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Every household of the round in the order of places: reached or not, and how."""
    round_ = _begun(request, round_id)
    filters = HouseholdsFilter(request)
    listing = take_listing(
        request,
        _filtered(request, round_, filters),
        columns=[
            HOUSEHOLD,
            PLACE,
            Column(label=_("Order of visits")),
            Column(label=_("Reached on")),
            Column(label=_("Tried")),
            Column(label=_("Outcome")),
        ],
        default="place",
    )
    return show(
        request,
        "desk/rounds/households.html",
        title=_("All households: %(round)s") % {"round": round_.name},
        crumbs=round_crumbs(request, round_),
        region="rows",
        tabs=round_tabs(request, round_, "rounds:households"),
        round=round_,
        filters=filters,
        listing=listing,
        rows=[_row(request, target) for target in listing.rows],
    )


@desk_page(Permission.VIEW_VISITS)
def changes(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """What changed on the register after the start; the denominator stays as it was."""
    round_ = _begun(request, round_id)
    rows = rounds.list_round_changes(actor=request.actor, round=round_)
    listing = take_listing(
        request,
        rows.filter(within(reach_of_visits(request))),
        columns=[
            Column(label=_("Household")),
            Column(label=_("Place")),
            Column(label=_("What changed")),
            Column(label=_("Note")),
            Column(label=_("When"), key="at", sort=("id",)),
        ],
        default="-at",
    )
    return show(
        request,
        "desk/rounds/changes.html",
        title=_("Register changes: %(round)s") % {"round": round_.name},
        crumbs=round_crumbs(request, round_),
        tabs=round_tabs(request, round_, "rounds:changes"),
        round=round_,
        listing=listing,
        rows=[
            (change, short_place(request, change.area_path), visit_badges.change_kind(change.kind))
            for change in listing.rows
        ],
    )


def _filtered(request: DeskRequest, round_: Round, filters: HouseholdsFilter) -> "QuerySet[Target]":
    group, outcome = filters.value("group"), filters.value("outcome")
    wanted = TargetFilter(
        group=TargetGroup(group) if group else TargetGroup.ALL,
        outcome=TargetOutcome(outcome) if outcome else None,
        priority=filters.value("priority"),
    )
    rows = targets.list_targets(actor=request.actor, round=round_, filters=wanted)
    return rows.filter(within(reach_of_visits(request)))


def _begun(request: DeskRequest, round_id: UUID) -> Round:
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    if round_.started_at is None:
        raise NotFoundError(_("This round has not begun; it has no households yet."))
    return round_


def _row(request: DeskRequest, target: Target) -> dict[str, object]:
    household = target.household
    return {
        "target": target,
        "household": household,
        "place": short_place(request, target.area_path),
        "priority": register_badges.priority(household),
        "living": register_badges.living_status(household),
        "outcome": visit_badges.target_outcome(target.outcome),
    }
