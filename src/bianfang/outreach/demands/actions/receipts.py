"""Receipt codes: made when the slip of a demand is first shown."""

from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.receipt_codes import make_receipt_code
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.models import Demand, Receipt
from bianfang.outreach.demands.queries import confirmations, one


@transaction.atomic
def show_code(*, actor: Actor, demand_id: UUID) -> str:
    """The code in full, to be printed and handed over; who looked is in the access log.

    No code exists before somebody wants the slip; from then on it stays the same.
    """
    demand, original = one.get_with_original(actor=actor, demand_id=demand_id)
    policies.check_can_see_receipt(actor, demand, original)
    found = receipt_of(confirmations.lock(demand))
    journal.record_access(actor=actor, what="receipt_code", target=demand, reason="")
    return str(found.code)


def receipt_of(demand: Demand) -> Receipt:
    """The receipt of a locked demand, made where there is none yet."""
    found = confirmations.find_receipt(demand=demand)
    if found is None:
        code = make_receipt_code()
        key = confirmations.code_key(code)
        found = Receipt(town_id=demand.town_id, demand=demand, code_key=key, code=code)
        found.save(force_insert=True)
    return found
