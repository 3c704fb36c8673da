"""The figures of rounds and visits, each with its formula in words and the list it opens.

Those per round hold over the denominator that was frozen at its start; a household counts as
settled whatever way it was met, by day or evening, by phone or at a group talk.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.hedges.words import HedgeRule
from bianfang.kernel.tenancy.paths import within
from bianfang.outreach.visits.enums import TargetOutcome, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Forum, Round, Target, Visit
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area

HOUSEHOLDS = _("households")
VISITS = _("visits")


def finished_rounds(scope: FigureScope) -> "QuerySet[Round]":
    """Rounds in which nobody was left, finished up to that day."""
    rows = Round.objects.in_town(scope.town_id).filter(state=RoundState.FINISHED)
    return rows.filter(finished_at__lt=_end_of(scope)).order_by("number")


def to_be_visited(scope: FigureScope) -> "QuerySet[Target]":
    """The frozen denominator of the round in these areas; of every round, if none is asked for."""
    rows = Target.objects.in_town(scope.town_id).filter(within(scope.ranges), in_denominator=True)
    if scope.round_number is not None:
        rows = rows.filter(round__number=scope.round_number)
    return rows.order_by("area_path", "id")


def settled(scope: FigureScope) -> "QuerySet[Target]":
    """Households of the denominator that ended in an outcome up to that day."""
    ended = ~Q(outcome=TargetOutcome.OPEN) & Q(settled_at__lt=_end_of(scope))
    return to_be_visited(scope).filter(ended)


def hamlets_to_cover(scope: FigureScope) -> "QuerySet[Area]":
    """Natural villages with a household in the denominator."""
    hamlets = Area.objects.in_town(scope.town_id).filter(kind=AreaKind.HAMLET)
    rows = hamlets.filter(within(scope.ranges, "path"), path__in=_places(to_be_visited(scope)))
    return rows.order_by("path")


def hamlets_covered(scope: FigureScope) -> "QuerySet[Area]":
    """Natural villages of which no household of the denominator is left."""
    left = to_be_visited(scope).filter(
        Q(outcome=TargetOutcome.OPEN) | Q(settled_at__gte=_end_of(scope))
    )
    return hamlets_to_cover(scope).filter(~Q(path__in=_places(left)))


def visits(scope: FigureScope) -> "QuerySet[Visit]":
    """Every visit and attempt made up to that day; of the round, if one is asked for."""
    rows = Visit.objects.in_town(scope.town_id).filter(
        within(scope.ranges), happened_at__lt=_end_of(scope)
    )
    if scope.round_number is not None:
        rows = rows.filter(round__number=scope.round_number)
    return rows.order_by("-happened_at", "-id")


def forums(scope: FigureScope) -> "QuerySet[Forum]":
    """Group talks held up to that day."""
    rows = Forum.objects.in_town(scope.town_id).filter(
        within(scope.ranges), held_at__lt=_end_of(scope)
    )
    if scope.round_number is not None:
        rows = rows.filter(round__number=scope.round_number)
    return rows.order_by("-held_at", "-id")


def _of_mode(mode: VisitMode) -> "Callable[[FigureScope], QuerySet[Visit]]":
    return lambda scope: visits(scope).filter(mode=mode)


def _talks(scope: FigureScope) -> "QuerySet[Visit]":
    return visits(scope).filter(outcome=VisitOutcome.MET)


def _places(targets: "QuerySet[Target]") -> "QuerySet[Target, Any]":
    return targets.order_by().values("area_path")


def _end_of(scope: FigureScope) -> datetime:
    return clock.in_town(scope.as_of + timedelta(days=1), 0)


FIGURES = (
    Figure(
        key="rounds_finished",
        label=_("Finished rounds"),
        unit=_("rounds"),
        formula=_("Rounds that were finished, so that no household was left"),
        rows=finished_rounds,
        page="rounds:list",
    ),
    Figure(
        key="coverage_round",
        label=_("Coverage of the round"),
        unit="%",
        formula=_("Households settled ÷ resident households at the start of the round"),
        rows=settled,
        out_of=to_be_visited,
        per_round=True,
        page="rounds:list",
    ),
    Figure(
        key="households_visited",
        label=_("Resident households visited"),
        unit=HOUSEHOLDS,
        formula=_("Households of the denominator that ended in an outcome"),
        rows=settled,
        hedge=HedgeRule.OVER,
        hedge_step=100,
        per_round=True,
        page="rounds:list",
    ),
    Figure(
        key="hamlets_covered",
        label=_("Natural villages covered"),
        unit=_("natural villages"),
        formula=_("Natural villages where nobody is left ÷ those with a household to visit"),
        rows=hamlets_covered,
        out_of=hamlets_to_cover,
        per_round=True,
        page="rounds:list",
    ),
    Figure(
        key="visits_total",
        label=_("Visits written down"),
        unit=VISITS,
        formula=_("All visits, calls and attendances at group talks, attempts included"),
        rows=visits,
        page="visits:list",
    ),
    Figure(
        key="visits_met",
        label=_("Visits with a talk"),
        unit=VISITS,
        formula=_("Visits in which somebody of the household was talked with"),
        rows=_talks,
        page="visits:list",
        page_query={"outcome": VisitOutcome.MET.value},
    ),
    Figure(
        key="visits_evening",
        label=_("Evening visits"),
        unit=VISITS,
        formula=_("Visits made in the evening; they count in full"),
        rows=_of_mode(VisitMode.EVENING),
        page="visits:list",
        page_query={"mode": VisitMode.EVENING.value},
    ),
    Figure(
        key="visits_phone",
        label=_("Phone visits"),
        unit=VISITS,
        formula=_("Visits made by phone; they count in full"),
        rows=_of_mode(VisitMode.PHONE),
        page="visits:list",
        page_query={"mode": VisitMode.PHONE.value},
    ),
    Figure(
        key="forums_held",
        label=_("Group talks"),
        unit=_("group talks"),
        formula=_("Group talks written down"),
        rows=forums,
        page="forums:list",
    ),
)
