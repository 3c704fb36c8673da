"""Registering a demand that came by itself, to be accepted, or handled on the spot."""

from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.actions.drafts import AnyInput, HandedIn, draft_demands
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput, UrgentInput
from bianfang.outreach.demands.actions.storing import store_drafts
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Satisfaction
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one


@transaction.atomic
def register(*, actor: Actor, demand: DemandInput) -> Demand:
    """Give a demand its number; it waits to be accepted. A repeated `demand_id` stores nothing."""
    return _register(actor, demand, demand.demand_id)


@transaction.atomic
def register_solved(
    *,
    actor: Actor,
    demand: DemandInput,
    result: str,
    reply: str,
    outcome: Outcome | None = Outcome.SOLVED,
    reply_mode: ReplyMode | None = ReplyMode.IN_PERSON,
    transferred_to: str = "",
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED,
    measures: str = "",
    unit_id: UUID | None = None,
) -> Demand:
    """Handle on the spot: registered and closed the same day, waiting for a second person."""
    solved = OnsiteInput(
        demand=demand,
        result=result,
        reply=reply,
        outcome=outcome,
        reply_mode=reply_mode,
        transferred_to=transferred_to,
        satisfaction=satisfaction,
        measures=measures,
        unit_id=unit_id,
    )
    return _register(actor, solved, demand.demand_id)


@transaction.atomic
def register_urgent(*, actor: Actor, demand: UrgentInput) -> Demand:
    """A danger that cannot wait its turn: numbered, and with the unit of its category at once."""
    return _register(actor, demand, demand.demand.demand_id)


def _register(actor: Actor, given: AnyInput, demand_id: UUID | None) -> Demand:
    stored = one.find_own(actor=actor, demand_id=demand_id) if demand_id else None
    if stored:
        return stored
    drafts = draft_demands(actor=actor, handed_in=[HandedIn(given=given)])
    return store_drafts(actor, drafts)[0]
