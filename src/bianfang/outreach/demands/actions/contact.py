"""Looking at a proposer's phone: allowed to the handlers, with a reason that is kept."""

from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.queries import one


@transaction.atomic
def reveal_phone(*, actor: Actor, demand_id: UUID, reason: str) -> str:
    """The proposer's phone in full; who looked, when and why is written down first.

    Whoever handles the original answers those too whose demands were merged into it.
    """
    demand, original = one.get_with_original(actor=actor, demand_id=demand_id)
    policies.check_can_reveal_phone(actor, demand, original)
    checks.refuse_if(checks.missing(reason=reason))
    journal.record_access(actor=actor, what="proposer_phone", target=demand, reason=reason.strip())
    return str(demand.proposer_phone)
