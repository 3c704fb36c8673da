"""Who enters a month, and who describes items and sets colours."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people.enums import Permission


def can_enter_month(actor: Actor, demand: Demand) -> bool:
    """Whoever handles the demand: its owner, its unit, the handlers of its place."""
    return demand_policies.can_make_move(actor, demand, Move.NOTE_PROGRESS)


def check_can_enter_month(actor: Actor, demand: Demand) -> None:
    """Refuse whoever does not handle it."""
    demand_policies.check_can_make_move(actor, demand, Move.NOTE_PROGRESS)


def can_describe(actor: Actor) -> bool:
    """The visiting office, which carries demands over."""
    return demand_policies.can_manage_half_year_lists(actor)


def check_can_describe(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_describe(actor):
        raise NotAllowedError(_("Items and colours are described by the visiting office."))


def can_export(actor: Actor) -> bool:
    """Whoever may take a ledger away."""
    return actor.may(Permission.EXPORT_LEDGER)


def check_can_export(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_export(actor):
        raise NotAllowedError(_("You may not take lists away."))
