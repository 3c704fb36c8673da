"""Giving out several new demands at once; each is judged alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.outreach.demands.actions import checks, handling
from bianfang.outreach.demands.actions.hands import take_hands
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.queries import one


@dataclass(frozen=True, kw_only=True, slots=True)
class DispatchResult:
    """What became of one demand; without `refusal` it is accepted."""

    demand_id: UUID
    number: str
    refusal: str = ""


@transaction.atomic
def accept_many(
    *,
    actor: Actor,
    demand_ids: Sequence[UUID],
    owner_id: UUID | None,
    unit_id: UUID | None,
    route: Route | None,
    measures: str,
) -> list[DispatchResult]:
    """Accept as many of these as may be, all into the same hands; tell of each other one why not.

    Without a unit each goes to that of the person in charge, else to the usual one of its category;
    its deadline is counted by its own rule. What is wrong with the hands or the measures is refused
    before any demand is touched.
    """
    hands = take_hands(actor=actor, owner_id=owner_id, unit_id=unit_id)
    checks.refuse_if(hands.errors | checks.missing(measures=measures, route=route))
    wanted = list(dict.fromkeys(demand_ids))
    locked = one.list_demands_for_update(actor=actor, demand_ids=wanted)
    found = {demand.id: demand for demand in locked}

    def accept(demand_id: UUID) -> DispatchResult:
        demand = found.get(demand_id)
        if demand is None:
            return DispatchResult(demand_id=demand_id, number="", refusal=str(one.NOT_FOUND))
        try:
            with transaction.atomic():
                handling.accept(
                    actor=actor,
                    demand_id=demand_id,
                    version=demand.version,
                    measures=measures,
                    unit_id=unit_id,
                    owner_id=owner_id,
                    route=route,
                )
        except DomainError as refused:
            return DispatchResult(demand_id=demand_id, number=demand.number, refusal=str(refused))
        return DispatchResult(demand_id=demand_id, number=demand.number)

    return [accept(demand_id) for demand_id in wanted]
