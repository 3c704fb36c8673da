"""Deciding on a resident's request to reopen; whoever handled the demand does not."""

from datetime import date
from uuid import UUID

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies, workflow
from bianfang.outreach.demands.actions import checks, review
from bianfang.outreach.demands.enums import ReplyMode, Verb
from bianfang.outreach.demands.models import Demand, ReopenRequest
from bianfang.outreach.demands.queries import confirmations
from bianfang.outreach.demands.workflow import RequestMove, RequestState


@transaction.atomic
def accept_request(
    *, actor: Actor, request_id: UUID, reason: str, due_on: date | None = None
) -> ReopenRequest:
    """The resident is right: the demand is handled again, with a new deadline, and counted."""
    request, demand = _begin(actor, request_id, RequestMove.ACCEPT)
    checks.refuse_if(checks.missing(reason=reason) | checks.past_day_errors(due_on=due_on))
    _decide(actor, request, RequestState.ACCEPTED, reason)
    review.reopen(actor=actor, demand_id=demand.id, reason=reason, due_on=due_on)
    return request


@transaction.atomic
def decline_request(
    *, actor: Actor, request_id: UUID, reason: str, reply_mode: ReplyMode | None
) -> ReopenRequest:
    """It stays as it is; the resident is told why."""
    request, demand = _begin(actor, request_id, RequestMove.DECLINE)
    checks.refuse_if(checks.missing(reason=reason, reply_mode=reply_mode))
    request.reply_mode = reply_mode or ""
    _decide(actor, request, RequestState.DECLINED, reason)
    facts = {"reply_mode": request.reply_mode}
    journal.record(
        actor=actor,
        verb=Verb.REOPENING_DECLINED,
        target=demand,
        facts=facts,
        reason=request.answer,
    )
    return request


def _begin(actor: Actor, request_id: UUID, move: RequestMove) -> tuple[ReopenRequest, Demand]:
    request, demand = confirmations.get_request_for_update(actor=actor, request_id=request_id)
    policies.check_can_decide_request(actor, demand)
    workflow.check_request_move(RequestState(request.state), move)
    return request, demand


def _decide(actor: Actor, request: ReopenRequest, state: RequestState, reason: str) -> None:
    request.state, request.answer = state, reason.strip()
    request.decided_at, request.decided_by_id = clock.now(), actor.person_id
    request.save(update_fields=["state", "answer", "decided_at", "decided_by", "reply_mode"])
