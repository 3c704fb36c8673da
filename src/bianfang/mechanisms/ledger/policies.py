"""Who may take the ledger away as a file."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.register.people.enums import Permission


def can_export_ledger(actor: Actor, area: PathRange) -> bool:
    """Whoever holds the export right over the whole of the area."""
    return any(
        held.lower <= area.lower and area.upper <= held.upper
        for held in actor.reach(Permission.EXPORT_LEDGER)
    )


def check_can_export_ledger(actor: Actor, area: PathRange) -> None:
    """Refuse where the export right does not reach."""
    if not can_export_ledger(actor, area):
        raise NotAllowedError(_("You may not take away the ledger of this area."))
