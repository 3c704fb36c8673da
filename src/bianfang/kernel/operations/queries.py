"""What is known of commands; everybody asks for his or her own only."""

from collections.abc import Sequence
from uuid import UUID

from bianfang.kernel.actor import Actor
from bianfang.kernel.operations.models import Operation


def list_missing(*, actor: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """Those of these commands that the actor never had carried out here, in the order given.

    After a return to an older backup they are offered again, under the same ids.
    """
    own = Operation.objects.in_town(actor.town_id).filter(staff_id=actor.person_id, id__in=ids)
    known = set(own.values_list("id", flat=True))
    return [one for one in dict.fromkeys(ids) if one not in known]


def is_known(*, actor: Actor, operation_id: UUID) -> bool:
    """Whether the actor had this command carried out here."""
    return not list_missing(actor=actor, ids=[operation_id])
