"""A number for a visit by phone."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.visits import policies
from bianfang.register.households import policies as register
from bianfang.register.households import queries as households
from bianfang.register.households.actions.summary import is_child


@transaction.atomic
def give_number(*, actor: Actor, resident_id: UUID) -> str:
    """The phone of one resident, to be called now; who looked, when and at whom is written down.

    Only where one may see numbers and write down visits; a child is reached by the grown-ups.
    """
    resident = households.get_resident(actor=actor, resident_id=resident_id)
    policies.check_can_record_visit(actor, resident.area_path)
    register.check_can_reveal_identity(actor, resident.area_path)
    if resident.ended_on is not None:
        raise DomainError(_("This person has left the register already."))
    if is_child(resident, day=clock.today()):
        raise DomainError(_("The number of a child is not shown; call a grown-up who lives there."))
    if not resident.phone_last4:
        raise DomainError(_("No number of this person is known."))
    reason = _("Visit by phone")
    journal.record_access(actor=actor, what="phone_number", target=resident, reason=reason)
    return str(resident.phone)
