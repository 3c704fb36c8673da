"""Who sets the ladder; a digest is its reader's alone."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.people.enums import Permission


def can_set_ladder(actor: Actor) -> bool:
    """Whoever keeps the work calendar and the deadline rules."""
    return actor.may(Permission.MANAGE_CALENDAR)


def check_can_set_ladder(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_set_ladder(actor):
        raise NotAllowedError(_("The steps of reminders are set by whoever keeps the calendar."))
