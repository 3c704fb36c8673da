"""Who sets up channels; the own address is everybody's own."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.people.enums import Permission


def can_manage_channels(actor: Actor) -> bool:
    """The system administrator."""
    return actor.may(Permission.MANAGE_CHANNELS)


def check_can_manage_channels(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_manage_channels(actor):
        raise NotAllowedError(_("Channels are set up by the system administrator."))
