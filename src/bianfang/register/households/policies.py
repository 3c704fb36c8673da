"""Who may change the register and see what is protected."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotAllowedError
from bianfang.register.people.enums import Permission


def can_edit_register(actor: Actor, area_path: str) -> bool:
    """Edit households and residents at this place."""
    return actor.may_at(Permission.EDIT_REGISTER, area_path)


def check_can_edit_register(actor: Actor, area_path: str) -> None:
    """Refuse whoever may only read here."""
    if not can_edit_register(actor, area_path):
        raise NotAllowedError(_("You may read the register here, but not change it."))


def can_reveal_identity(actor: Actor, area_path: str) -> bool:
    """See full identity numbers and phones at this place; every look is logged."""
    return actor.may_at(Permission.REVEAL_IDENTITY, area_path)


def check_can_reveal_identity(actor: Actor, area_path: str) -> None:
    """Refuse whoever has no need to know."""
    if not can_reveal_identity(actor, area_path):
        raise NotAllowedError(_("Your posts do not include seeing full numbers here."))


def check_day(day: date, *, field: str = "on") -> None:
    """A day on which something happened does not lie in the future."""
    if day > clock.today():
        raise FieldError(field, _("The day lies in the future."))


def check_lengths(row: Model, *fields: str) -> None:
    """Refuse texts that do not fit in their columns, on every database alike."""
    for name in fields:
        limit = getattr(row._meta.get_field(name), "max_length", None)
        if limit is not None and len(getattr(row, name)) > limit:
            raise FieldError(name, _("At most %(limit)s signs fit here.") % {"limit": limit})
