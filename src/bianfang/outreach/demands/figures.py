"""The figures counted from demands, each with its formula in words and the list it opens.

Declined and merged demands do not count. Solved, explained and transferred are counted apart.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.demands.enums import Outcome, Route, StateGroup
from bianfang.outreach.demands.models import Demand, DemandQuerySet
from bianfang.outreach.demands.queries.lists import in_group

PAGE = "demands:list"
UNIT = _("demands")


def _counted(scope: FigureScope) -> DemandQuerySet:
    """What was registered in the areas up to that day, in the round if one is asked for."""
    after = clock.in_town(scope.as_of + timedelta(days=1), 0)
    counted = in_group(StateGroup.COUNTED, scope.as_of)
    rows = Demand.objects.in_town(scope.town_id).filter(
        within_town(scope.ranges), counted, registered_at__lt=after
    )
    if scope.round_number is not None:
        rows = rows.filter(round__number=scope.round_number)
    return rows


def _written_off(scope: FigureScope, outcome: Outcome) -> DemandQuerySet:
    ended = Q(written_off_on__lte=scope.as_of, outcome=outcome)
    return _counted(scope).filter(in_group(StateGroup.CLOSED, scope.as_of), ended)


def _solved(scope: FigureScope) -> DemandQuerySet:
    return _written_off(scope, Outcome.SOLVED)


def _explained(scope: FigureScope) -> DemandQuerySet:
    return _written_off(scope, Outcome.EXPLAINED)


def _transferred(scope: FigureScope) -> DemandQuerySet:
    return _written_off(scope, Outcome.TRANSFERRED)


def _on_site(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(route=Route.ONSITE)


def _carried_over(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.CARRIED_OVER, scope.as_of))


def _overdue(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.OVERDUE, scope.as_of))


def _ended(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.ENDED, scope.as_of))


def _reopened(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.REOPENED, scope.as_of))


def _answered(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.ANSWERED, scope.as_of))


def _confirmed(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.CONFIRMED, scope.as_of))


def _content(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.CONTENT, scope.as_of))


def _heard_by_handler(scope: FigureScope) -> DemandQuerySet:
    return _counted(scope).filter(in_group(StateGroup.HEARD_BY_HANDLER, scope.as_of))


def _ended_as(outcome: Outcome) -> Mapping[str, str]:
    return {"group": StateGroup.CLOSED.value, "outcome": outcome.value}


FIGURES = (
    Figure(
        key="demands_total",
        label=_("Demands"),
        unit=UNIT,
        formula=_("All numbered demands without those declined or merged into another"),
        rows=_counted,
        page=PAGE,
        page_query={"group": StateGroup.COUNTED.value},
    ),
    Figure(
        key="demands_solved",
        label=_("Solved"),
        unit=UNIT,
        formula=_("Written off with the outcome “solved”: the demand itself is met"),
        rows=_solved,
        page=PAGE,
        page_query=_ended_as(Outcome.SOLVED),
    ),
    Figure(
        key="solved_rate",
        label=_("Solved rate"),
        unit="",
        formula=_("Solved ÷ all demands"),
        rows=_solved,
        out_of=_counted,
        page=PAGE,
        page_query=_ended_as(Outcome.SOLVED),
    ),
    Figure(
        key="explained",
        label=_("Answered with explanation"),
        unit=UNIT,
        formula=_("Written off with the outcome “answered with explanation”"),
        rows=_explained,
        page=PAGE,
        page_query=_ended_as(Outcome.EXPLAINED),
    ),
    Figure(
        key="transferred",
        label=_("Transferred"),
        unit=UNIT,
        formula=_("Written off with the outcome “transferred” to a competent body"),
        rows=_transferred,
        page=PAGE,
        page_query=_ended_as(Outcome.TRANSFERRED),
    ),
    Figure(
        key="carried_over",
        label=_("Carried over"),
        unit=UNIT,
        formula=_("Moved to a half-year list and handled on there; they stay in the total"),
        rows=_carried_over,
        page=PAGE,
        page_query={"group": StateGroup.CARRIED_OVER.value},
    ),
    Figure(
        key="overdue",
        label=_("Overdue"),
        unit=UNIT,
        formula=_("In handling or carried over, with a deadline that has passed"),
        rows=_overdue,
        page=PAGE,
        page_query={"group": StateGroup.OVERDUE.value},
    ),
    Figure(
        key="onsite",
        label=_("Handled on the spot"),
        unit=UNIT,
        formula=_("Registered together with their result, in one form"),
        rows=_on_site,
        page=PAGE,
        page_query={"group": StateGroup.COUNTED.value, "route": Route.ONSITE.value},
    ),
    Figure(
        key="relapse_rate",
        label=_("Relapse rate"),
        unit="",
        formula=_("Reopened ÷ written off at least once; a demand counts once, however often"),
        rows=_reopened,
        out_of=_ended,
        page=PAGE,
        page_query={"group": StateGroup.REOPENED.value},
    ),
    Figure(
        key="satisfaction_rate",
        label=_("Satisfaction rate"),
        unit="",
        formula=_("Satisfied or mostly satisfied ÷ confirmed by the resident"),
        rows=_content,
        out_of=_confirmed,
        page=PAGE,
        page_query={"group": StateGroup.CONTENT.value},
    ),
    Figure(
        key="confirmation_rate",
        label=_("Confirmation rate"),
        unit="",
        formula=_("Confirmed by the resident ÷ answered or written off"),
        rows=_confirmed,
        out_of=_answered,
        page=PAGE,
        page_query={"group": StateGroup.CONFIRMED.value},
    ),
    Figure(
        key="heard_by_handler_rate",
        label=_("Heard by the handler only"),
        unit="",
        formula=_("What only whoever handled the demand heard ÷ confirmed by the resident"),
        rows=_heard_by_handler,
        out_of=_confirmed,
        page=PAGE,
        page_query={"group": StateGroup.HEARD_BY_HANDLER.value},
    ),
)
