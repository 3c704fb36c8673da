"""The households of a round: who is left, in the order in which they are to be visited."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Round, Target

LEFT_ORDER = ("priority", "area_path", "id")
PLACE_ORDER = ("area_path", "id")


class TargetGroup(StrEnum):
    """Households of a round by what a list is asked for."""

    ALL = "all"
    LEFT = "left"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetFilter:
    """What a list of a round's households is narrowed to; empty fields leave all."""

    group: TargetGroup = TargetGroup.ALL
    outcome: TargetOutcome | None = None
    priority: str = ""
    living_status: str = ""
    reach: PathRange | None = None
    joined_later: bool | None = None


def list_targets(*, actor: Actor, round: Round, filters: TargetFilter) -> "QuerySet[Target]":
    """Households of a round in scope, by place: what a village head confirms (M12)."""
    rows = Target.objects.visible_to(actor).filter(round=round, **_equalities(filters))
    if filters.group is TargetGroup.LEFT:
        rows = rows.filter(outcome=TargetOutcome.OPEN)
    elif filters.group is TargetGroup.SETTLED:
        rows = rows.exclude(outcome=TargetOutcome.OPEN)
    if filters.reach is not None:
        rows = rows.filter(within([filters.reach]))
    if filters.joined_later is not None:
        rows = rows.filter(in_denominator=not filters.joined_later)
    return rows.select_related("household").order_by(*PLACE_ORDER)


def list_left(
    *, actor: Actor, round: Round, reach: Sequence[PathRange] | None = None
) -> "QuerySet[Target]":
    """Who is still to be visited, hardship first, then by place."""
    rows = Target.objects.visible_to(actor).filter(round=round, outcome=TargetOutcome.OPEN)
    if reach is not None:
        rows = rows.filter(within(reach))
    return rows.select_related("household").order_by(*LEFT_ORDER)


def find_target(*, actor: Actor, round: Round, household_id: UUID) -> Target | None:
    """How a household stands in a round, if it is part of it and in scope."""
    rows = Target.objects.visible_to(actor).filter(round=round, household=household_id)
    found = rows.first()
    assert found is None or isinstance(found, Target)
    return found


def _equalities(filters: TargetFilter) -> dict[str, object]:
    wanted = {
        "outcome": filters.outcome,
        "priority": filters.priority,
        "living_status": filters.living_status,
    }
    return {name: value for name, value in wanted.items() if value}
