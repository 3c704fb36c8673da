"""The first and the last step of every change to a demand."""

from uuid import UUID

from bianfang.kernel import clock, events
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands import policies, workflow
from bianfang.outreach.demands.events import UrgentDemandPlaced
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState, Move


def begin_move(actor: Actor, demand_id: UUID, move: Move, *, version: int | None = None) -> Demand:
    """Lock the demand in scope, ask whether the actor may, then whether the state permits it."""
    demand = one.get_demand_for_update(actor=actor, demand_id=demand_id, version=version)
    policies.check_can_make_move(actor, demand, move)
    workflow.check_move(DemandState(demand.state), move)
    return demand


def save_change(demand: Demand, *fields: str) -> Demand:
    """Save these fields and count the version up, so that an older page notices."""
    demand.changed_at = clock.now()
    demand.version += 1
    demand.save(update_fields=[*fields, "changed_at", "version"])
    return demand


def tell_of_urgent(demand: Demand) -> None:
    """Say in whose hands a safety hazard is now; before acceptance in those of the usual unit."""
    unit_id = demand.unit_id or demand.category.usual_unit_id
    placed = UrgentDemandPlaced(
        town_id=demand.town_id, demand_id=demand.id, unit_id=unit_id, owner_id=demand.owner_id
    )
    events.emit(placed)
