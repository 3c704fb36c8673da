"""What a visitor takes along into one natural village: targets and the last visits."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from bianfang.kernel.actor import Actor
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Round, Target, Visit

LAST = 3
TAKEN = ("town", "household", "happened_at", "mode", "outcome", "visitor_names", "topic_names")


def count_left(*, actor: Actor, round: Round) -> dict[str, int]:
    """Households still to be visited by the natural village in which they live today; one query."""
    rows = Target.objects.visible_to(actor).filter(
        round=round, outcome=TargetOutcome.OPEN, household__ended_on__isnull=True
    )
    counted = rows.order_by().values_list("household__area_path").annotate(left=Count("id"))
    return dict(counted)


def targets_of_place(*, actor: Actor, round: Round, area_path: str) -> dict[UUID, Target]:
    """The targets of a round whose households live in a natural village, by household."""
    rows = Target.objects.visible_to(actor).filter(round=round, household__area_path=area_path)
    return {target.household_id: target for target in rows}


def last_visits_of_place(*, actor: Actor, area_path: str) -> dict[UUID, list[Visit]]:
    """The last three visits to each household of a natural village, the newest first; one query."""
    place = Window(
        RowNumber(),
        partition_by=[F("household_id")],
        order_by=[F("happened_at").desc(), F("id").desc()],
    )
    rows = Visit.objects.visible_to(actor).filter(
        household__area_path=area_path, household__ended_on__isnull=True
    )
    found: dict[UUID, list[Visit]] = defaultdict(list)
    last = rows.only(*TAKEN, "note").annotate(place=place).filter(place__lte=LAST)
    for visit in last.order_by("household", "place"):
        found[visit.household_id].append(visit)
    return found
