"""Who may order a phone to be emptied."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.people.policies import can_manage_staff
from bianfang.register.phones.models import FieldPhone


def can_empty_phone(actor: Actor, phone: FieldPhone) -> bool:
    """Whoever uses it, and whoever manages accounts."""
    return phone.staff_id == actor.staff_id or can_manage_staff(actor)


def check_can_empty_phone(actor: Actor, phone: FieldPhone) -> None:
    """Refuse everybody else."""
    if not can_empty_phone(actor, phone):
        raise NotAllowedError(_("A phone is emptied by whoever uses it or manages accounts."))
