"""The open demands of a unit for its head: how many stand at each step, and what presses.

Nothing here is counted by person: the person in charge is a column of a demand, never a heading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import ExtensionState, StateGroup
from bianfang.outreach.demands.models import Demand, DemandQuerySet, Extension
from bianfang.outreach.demands.queries.lists import in_group, with_names
from bianfang.outreach.demands.workflow import CLOCK_RUNS, UNSETTLED
from bianfang.outreach.demands.workflow import DemandState as State

COUNTED = (
    StateGroup.NEW,
    StateGroup.HANDLING,
    StateGroup.PAUSED,
    StateGroup.AWAITING_REVIEW,
    StateGroup.CARRIED_OVER,
    StateGroup.DUE_THIS_WEEK,
    StateGroup.OVERDUE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Numbers of a unit's open demands by group, and how many ask for more time."""

    groups: Mapping[StateGroup, int]
    extensions: int


def board_of(*, actor: Actor, unit_id: UUID) -> Board:
    """All numbers of the unit's board, in one query over its open demands."""
    today = clock.today()
    asked = Extension.objects.filter(
        town_id=OuterRef("town_id"), demand=OuterRef("id"), state=ExtensionState.ASKED
    )
    numbers = {group.value: Count("id", filter=in_group(group, today)) for group in COUNTED}
    running = Q(state__in=sorted(CLOCK_RUNS))
    found = _open_of(actor, unit_id).aggregate(
        **numbers, asked=Count("id", filter=running & Q(Exists(asked)))
    )
    return Board(groups={group: found[group.value] for group in COUNTED}, extensions=found["asked"])


def list_pressing(*, actor: Actor, unit_id: UUID) -> DemandQuerySet:
    """What is overdue or falls due this week, the nearest deadline first."""
    today = clock.today()
    pressing = in_group(StateGroup.OVERDUE, today) | in_group(StateGroup.DUE_THIS_WEEK, today)
    return with_names(_open_of(actor, unit_id).filter(pressing)).order_by("due_on", "id")


def list_unassigned(*, actor: Actor, unit_id: UUID) -> DemandQuerySet:
    """What stands with the unit without a person in charge, the oldest first."""
    rows = _open_of(actor, unit_id).filter(state=State.REGISTERED)
    return with_names(rows).order_by("registered_at", "id")


def list_asked(*, actor: Actor, unit_id: UUID) -> "QuerySet[Extension]":
    """Requests for more time that nobody has decided on, the nearest deadline first."""
    seen = Demand.objects.visible_to(actor).filter(id=OuterRef("demand_id"), unit=unit_id)
    rows = Extension.objects.in_town(actor.town_id).filter(
        Exists(seen), state=ExtensionState.ASKED, demand__state__in=sorted(CLOCK_RUNS)
    )
    named = rows.select_related("demand__owner").defer("demand__proposer_phone", "demand__reply")
    return named.order_by("old_due_on", "id")


def _open_of(actor: Actor, unit_id: UUID) -> DemandQuerySet:
    rows = Demand.objects.visible_to(actor).order_by()
    return rows.filter(unit=unit_id, state__in=sorted(UNSETTLED))
