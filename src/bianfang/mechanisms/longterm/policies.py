"""Who may do what about long-term measures."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.mechanisms.longterm.workflow import Move
from bianfang.register.people.enums import Permission


def can_raise_measure(actor: Actor, area_path: str) -> bool:
    """Whoever puts the demands of the place into hands, as a person."""
    return actor.staff_id is not None and actor.may_at(Permission.ACCEPT_DEMAND, area_path)


def check_can_raise_measure(actor: Actor, area_path: str) -> None:
    """Refuse outside the places whose demands the actor accepts."""
    if not can_raise_measure(actor, area_path):
        raise NotAllowedError(_("You may not raise long-term measures for this place."))


def can_make_move(actor: Actor, measure: LongTermMeasure, move: Move) -> bool:
    """Whoever may raise it may change it; its person in charge and unit report it as done, too."""
    if can_raise_measure(actor, measure.area_path):
        return True
    if move is not Move.FINISH or actor.staff_id is None:
        return False
    is_handler = actor.may_for(Permission.HANDLE_DEMAND, measure.unit_id)
    return is_handler or measure.owner_id == actor.staff_id


def check_can_make_move(actor: Actor, measure: LongTermMeasure, move: Move) -> None:
    """Refuse a move that is not this actor's."""
    if not can_make_move(actor, measure, move):
        raise NotAllowedError(_("This long-term measure is not yours to change."))
