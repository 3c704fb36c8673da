"""Requests to reopen: how they arise, and what settles them without a decision."""

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.enums import Verb
from bianfang.outreach.demands.models import Confirmation, Demand, ReopenRequest
from bianfang.outreach.demands.queries import confirmations
from bianfang.outreach.demands.workflow import RequestState


def raise_request(actor: Actor, made: Confirmation) -> ReopenRequest | None:
    """Ask for reopening what was written off; one request waits at a time."""
    about = made.about
    if confirmations.find_open_request(actor=actor, demand=about):
        return None
    request = ReopenRequest.objects.create(
        town_id=about.town_id,
        demand=about,
        confirmation=made,
        raised_at=clock.now(),
        handled_by_id=about.handled_by_id,
    )
    journal.record(actor=actor, verb=Verb.REOPENING_ASKED, target=about)
    return request


def settle_request(actor: Actor, demand: Demand) -> None:
    """Close the request that waits, if there is one: there is nothing left to decide."""
    found = confirmations.find_open_request(actor=actor, demand=demand)
    if found is None:
        return
    found.state, found.decided_at = RequestState.SETTLED, clock.now()
    found.save(update_fields=["state", "decided_at"])
    journal.record(actor=actor, verb=Verb.REOPENING_SETTLED, target=demand)
