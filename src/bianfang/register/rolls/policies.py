"""Who may import and export rolls."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.people.enums import Permission


def can_import_roll(actor: Actor) -> bool:
    """Importing changes the whole register: for the visiting office."""
    return actor.may(Permission.IMPORT_ROLL)


def check_can_import_roll(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_import_roll(actor):
        raise NotAllowedError(_("Only the visiting office imports rolls."))


def check_can_export_roll(actor: Actor, area_path: str) -> None:
    """A roll holds identity numbers in full: only with the right to export there."""
    if not actor.may_at(Permission.EXPORT_REGISTER, area_path):
        raise NotAllowedError(_("Your posts do not include exporting the roll of this area."))
