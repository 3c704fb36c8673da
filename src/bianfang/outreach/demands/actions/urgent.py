"""Dangers that cannot wait their turn: registered and in the hands of a unit in one go."""

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.deadlines import Deadline, count_deadline
from bianfang.outreach.demands.actions.inputs import UrgentInput
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import DemandState
from bianfang.register.people import queries as people


def hand_over(demand: Demand, given: UrgentInput) -> checks.Errors:
    """Mark it urgent and give it to whoever answers for the usual unit of its category.

    Where nobody serves there it waits, marked, to be accepted: no danger is lost to a vacant post.
    """
    demand.urgent = True
    errors = checks.missing(measures=given.measures)
    unit_id = demand.category.usual_unit_id if demand.theme else None
    if unit_id is None:
        return errors
    demand.unit_id = unit_id
    owner = people.find_in_charge(town_id=demand.town_id, unit_id=unit_id, day=clock.today())
    if owner is None:
        return errors
    demand.owner, demand.measures = owner, given.measures.strip()
    demand.route, demand.state = Route.TIMED, DemandState.HANDLING
    demand.accepted_at, demand.assigned_on = clock.now(), clock.today()
    _deadline(demand, given.days).set_on(demand)
    return errors


def _deadline(demand: Demand, days: int) -> Deadline:
    if days:
        return count_deadline(demand.registered_on, days)
    return Deadline(due_on=demand.registered_on)
