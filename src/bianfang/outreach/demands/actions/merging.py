"""Demands about one matter: joined to the original by a person, and taken apart again."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import workflow
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.saving import begin_move, save_change
from bianfang.outreach.demands.enums import Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import CLOCK_RUNS, Move
from bianfang.outreach.demands.workflow import DemandState as State


@transaction.atomic
def merge(*, actor: Actor, demand_id: UUID, into_id: UUID, reason: str) -> Demand:
    """Point a demand at the one it repeats; it keeps its number and no longer counts by itself.

    What was merged into it before points at the other one too, so that no chain arises.
    """
    if demand_id == into_id:
        raise FieldError("into", _("A demand cannot be merged into itself."))
    one.list_demands_for_update(actor=actor, demand_ids=[demand_id, into_id])
    demand = begin_move(actor, demand_id, Move.MERGE)
    into = one.get_demand(actor=actor, demand_id=into_id)
    checks.refuse_if(checks.missing(reason=reason) | _target_errors(into))
    why = reason.strip()
    _take_along(actor, demand, into, why)
    demand.state, demand.merged_into = State.MERGED, into
    save_change(demand, "state", "merged_into")
    facts = {"into": into.number}
    journal.record(actor=actor, verb=Verb.MERGED, target=demand, facts=facts, reason=why)
    facts = {"absorbed": demand.number}
    journal.record(actor=actor, verb=Verb.ABSORBED, target=into, facts=facts, reason=why)
    return demand


@transaction.atomic
def unmerge(*, actor: Actor, demand_id: UUID, reason: str) -> Demand:
    """It was another matter after all: the demand stands by itself again and counts.

    It goes back to where it was, with the deadline that was promised then. What became of the
    original does not hinder it: a demand that was settled by mistake with another is not lost.
    """
    demand = begin_move(actor, demand_id, Move.UNMERGE)
    checks.refuse_if(checks.missing(reason=reason))
    into = demand.merged_into
    assert into is not None
    was_accepted = demand.accepted_at is not None
    demand.state = workflow.state_after(State.MERGED, Move.UNMERGE, is_accepted=was_accepted)
    demand.merged_into = None
    save_change(demand, "state", "merged_into")
    why = reason.strip()
    facts = {"from_original": into.number}
    journal.record(actor=actor, verb=Verb.UNMERGED, target=demand, facts=facts, reason=why)
    facts = {"released": demand.number}
    journal.record(actor=actor, verb=Verb.RELEASED, target=into, facts=facts, reason=why)
    return demand


def _target_errors(into: Demand) -> checks.Errors:
    """Only an original that is still open takes others in; a merged one names its original."""
    if into.merged_into:
        words = _("It was merged itself, into %(number)s; choose that one.")
        return {"into": str(words) % {"number": into.merged_into.number}}
    if State(into.state) not in {State.REGISTERED, *CLOCK_RUNS}:
        return {"into": _("Only into a demand that is still open can another be merged.")}
    return {}


def _take_along(actor: Actor, demand: Demand, into: Demand, why: str) -> None:
    """What the demand had taken in goes on to the new original, and its history says so."""
    rows = one.list_merged_into(actor=actor, demand=demand)
    absorbed = list(rows.select_for_update(of=("self",), no_key=True))
    for each in absorbed:
        each.merged_into = into
        save_change(each, "merged_into")
    facts = {"into": into.number}
    told = [(each, facts) for each in absorbed]
    journal.record_many(actor=actor, verb=Verb.MERGED, targets=told, reason=why)
