"""Receipt codes: made when a demand gets its number, shown for the slip of paper."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.receipt_codes import make_receipt_code
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.models import Demand, Receipt
from bianfang.outreach.demands.queries import confirmations, one


def new_receipts(demands: Sequence[Demand]) -> list[Receipt]:
    """An unsaved code for each of these."""
    return [_new_receipt(demand) for demand in demands]


@transaction.atomic
def show_code(*, actor: Actor, demand_id: UUID) -> str:
    """The code in full, to be printed and handed over; who looked is in the access log.

    A demand from before there were codes gets its own now.
    """
    demand, original = one.get_with_original(actor=actor, demand_id=demand_id)
    policies.check_can_see_receipt(actor, demand, original)
    found = confirmations.find_receipt(demand=confirmations.lock(demand))
    if found is None:
        found = _new_receipt(demand)
        found.save(force_insert=True)
    journal.record_access(actor=actor, what="receipt_code", target=demand, reason="")
    return str(found.code)


def _new_receipt(demand: Demand) -> Receipt:
    code = make_receipt_code()
    key = confirmations.code_key(code)
    return Receipt(town_id=demand.town_id, demand=demand, code_key=key, code=code)
