"""How households of a round stand, counted anew from their visits and their leaving."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bianfang.outreach.visits.enums import RoundChangeKind, VisitOutcome
from bianfang.outreach.visits.models import RoundChange, Target, Visit
from bianfang.outreach.visits.workflow import Standing, standing_of


def read_standings(targets: Sequence[Target]) -> dict[UUID, Standing]:
    """The standing of each of these targets of one town; two queries."""
    if not targets:
        return {}
    town_id = targets[0].town_id
    visits: dict[UUID, list[tuple[VisitOutcome, datetime]]] = defaultdict(list)
    rows = Visit.objects.in_town(town_id).filter(target__in=[target.id for target in targets])
    for target_id, outcome, happened_at in rows.values_list("target_id", "outcome", "happened_at"):
        visits[target_id].append((VisitOutcome(outcome), happened_at))
    left = _left_since(town_id, targets)
    return {
        target.id: standing_of(
            visits[target.id], left_at=left.get((target.round_id, target.household_id))
        )
        for target in targets
    }


def _left_since(
    town_id: UUID, targets: Sequence[Target]
) -> dict[tuple[UUID, UUID], datetime | None]:
    """When each household left during its round; None again for who came back."""
    changes = RoundChange.objects.in_town(town_id).filter(
        round__in={target.round_id for target in targets},
        household__in={target.household_id for target in targets},
        kind__in=[RoundChangeKind.LEFT, RoundChangeKind.JOINED],
    )
    return {
        (change.round_id, change.household_id): (
            change.at if change.kind == RoundChangeKind.LEFT else None
        )
        for change in changes.order_by("id")
    }
