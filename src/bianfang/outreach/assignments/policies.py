"""Who may set who answers for what."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.people.enums import Permission


def can_assign(actor: Actor, area_path: str) -> bool:
    """Whoever manages assignments in that place."""
    return actor.may_at(Permission.MANAGE_ASSIGNMENTS, area_path)


def check_can_assign(actor: Actor, area_path: str) -> None:
    """Refuse outside the places where the actor manages assignments."""
    if not can_assign(actor, area_path):
        raise NotAllowedError(_("You may not change who answers for this place."))


def can_manage_groups(actor: Actor) -> bool:
    """Leader groups are the town's: whoever manages assignments anywhere may form them."""
    return actor.may(Permission.MANAGE_ASSIGNMENTS)


def check_can_manage_groups(actor: Actor) -> None:
    """Refuse whoever manages no assignments."""
    if not can_manage_groups(actor):
        raise NotAllowedError(_("Leader groups are formed by the visiting office."))
