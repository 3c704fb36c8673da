"""Who may do what to a demand; from where it may be done stands in `workflow`.

Three ways lead to a demand: a right over its area, a right for the unit that handles it, or being
its person in charge. Whoever has none of them is refused; so is a job without a person behind it.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.demands.enums import MOVE_LABELS, ConfirmWay, Route
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.workflow import RULES, Move, moves_from
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.enums import Permission

SAME_PERSON = _("Whoever handled a demand does not write it off; a second person has to look.")
OWN_CLOCK = _("Whoever is in charge of a demand does not decide on the own deadline.")
OWN_CALL = _("Whoever handled a demand does not call about it; somebody else notes a phone call.")
OWN_REOPENING = _("Whoever handled a demand does not decide whether it is reopened.")
SAME_ASKER = _("Whoever asks for more time does not decide on it; somebody else has to.")


def can_register_demand(actor: Actor, area_path: str) -> bool:
    """Whoever may register demands at the place, as a person."""
    return actor.staff_id is not None and actor.may_at(Permission.REGISTER_DEMAND, area_path)


def check_can_register_demand(actor: Actor, area_path: str) -> None:
    """Refuse outside the places where the actor may register demands."""
    if not can_register_demand(actor, area_path):
        raise NotAllowedError(_("You may not register demands of this place."))


def can_make_move(actor: Actor, demand: Demand, move: Move) -> bool:
    """Whether the move is this actor's to make, whatever the demand's state."""
    return _refusal(actor, demand, move) is None


def check_can_make_move(actor: Actor, demand: Demand, move: Move) -> None:
    """Refuse a move that is not this actor's, with the reason."""
    reason = _refusal(actor, demand, move)
    if reason is not None:
        raise NotAllowedError(reason)


def list_moves(actor: Actor, demand: Demand) -> list[Move]:
    """The moves that both the state and the rights permit: the buttons of the page."""
    return [move for move in moves_from(State(demand.state)) if can_make_move(actor, demand, move)]


def can_decide_extension(actor: Actor, demand: Demand, extension: Extension) -> bool:
    """Whoever may approve for the demand and did not ask himself."""
    asked_by_self = extension.asked_by_id == actor.staff_id
    return can_make_move(actor, demand, Move.DECIDE_EXTENSION) and not asked_by_self


def check_can_decide_extension(actor: Actor, demand: Demand, extension: Extension) -> None:
    """Refuse a decision on one's own request, or without the right to approve."""
    check_can_make_move(actor, demand, Move.DECIDE_EXTENSION)
    if not can_decide_extension(actor, demand, extension):
        raise NotAllowedError(SAME_ASKER)


def is_bound_to_unit(actor: Actor, demand: Demand, move: Move) -> bool:
    """Whether the move is the actor's only as the head of the unit, and so stays within it."""
    return _holds_in_unit(actor, demand, move) and not _holds(actor, demand, move)


def can_see_proposer(actor: Actor, demand: Demand, original: Demand | None = None) -> bool:
    """Whether the proposer's full name is shown: to the register's readers and the handlers.

    Whoever handles the original owes its reply to the proposers of what was merged into it.
    """
    return (
        _answers(actor, original)
        or actor.may_at(Permission.VIEW_REGISTER, demand.area_path)
        or actor.may_for(Permission.HANDLE_DEMAND, demand.unit_id)
        or _is_in_charge(actor, demand)
    )


def can_reveal_phone(actor: Actor, demand: Demand, original: Demand | None = None) -> bool:
    """Whether the proposer's phone may be looked at, with a reason that is kept."""
    return (
        _answers(actor, original)
        or actor.may_at(Permission.REVEAL_IDENTITY, demand.area_path)
        or actor.may_for(Permission.HANDLE_DEMAND, demand.unit_id)
        or _is_in_charge(actor, demand)
    )


def check_can_reveal_phone(actor: Actor, demand: Demand, original: Demand | None = None) -> None:
    """Refuse whoever does not need the phone for the handling."""
    if not can_reveal_phone(actor, demand, original):
        raise NotAllowedError(_("The phone is for those who handle the demand."))


def is_handler(actor: Actor, demand: Demand) -> bool:
    """Whether the actor handled the demand, or is in charge of it."""
    return actor.staff_id is not None and (
        actor.staff_id in _first_persons(demand) or _is_in_charge(actor, demand)
    )


def can_note_answer(actor: Actor, demand: Demand) -> bool:
    """Whoever serves residents at the place, or handles the demand, as a person."""
    return actor.staff_id is not None and (
        actor.may_at(Permission.REGISTER_DEMAND, demand.area_path)
        or actor.may_for(Permission.HANDLE_DEMAND, demand.unit_id)
        or _is_in_charge(actor, demand)
    )


def check_can_note_answer(
    actor: Actor, demand: Demand, original: Demand | None, way: ConfirmWay | None
) -> None:
    """Refuse strangers to the demand, and a phone call by whoever handled it about himself.

    On the spot, and with the code in the resident's hand, the handler may note it; it is marked.
    """
    about = original or demand
    if not (can_note_answer(actor, demand) or can_note_answer(actor, about)):
        raise NotAllowedError(_("Notes of what residents say are for those who serve them."))
    if way is ConfirmWay.PHONE and is_handler(actor, about):
        raise NotAllowedError(OWN_CALL)


def can_take_codes(actor: Actor) -> bool:
    """Whoever serves at a window, and the public page, which is no person."""
    serves = actor.may(Permission.REGISTER_DEMAND) or actor.may(Permission.HANDLE_DEMAND)
    return actor.is_system or serves


def check_can_take_codes(actor: Actor) -> None:
    """Refuse who does not serve residents."""
    if not can_take_codes(actor):
        raise NotAllowedError(_("Receipt codes are taken by those who serve residents."))


def can_see_receipt(actor: Actor, demand: Demand, original: Demand | None = None) -> bool:
    """The code speaks for the resident: only for those who may see who asks, as persons."""
    return actor.staff_id is not None and can_see_proposer(actor, demand, original)


def check_can_see_receipt(actor: Actor, demand: Demand, original: Demand | None = None) -> None:
    """Refuse whoever may not see who asks."""
    if not can_see_receipt(actor, demand, original):
        raise NotAllowedError(_("The receipt slip is for those who may see whose demand it is."))


def can_decide_request(actor: Actor, demand: Demand) -> bool:
    """Whoever may reopen the demand and did not handle it."""
    return can_make_move(actor, demand, Move.REOPEN) and not is_handler(actor, demand)


def check_can_decide_request(actor: Actor, demand: Demand) -> None:
    """Refuse without the right to reopen, or on what one handled oneself."""
    check_can_make_move(actor, demand, Move.REOPEN)
    if is_handler(actor, demand):
        raise NotAllowedError(OWN_REOPENING)


def can_manage_half_year_lists(actor: Actor) -> bool:
    """Half-year lists are the town's: whoever may carry demands over opens them."""
    return actor.may(Permission.CARRY_OVER)


def check_can_manage_half_year_lists(actor: Actor) -> None:
    """Refuse whoever may not carry demands over."""
    if not can_manage_half_year_lists(actor):
        raise NotAllowedError(_("Half-year lists are opened by the visiting office."))


def can_manage_categories(actor: Actor) -> bool:
    """Categories belong to the HOW of a round: whoever manages rounds keeps them."""
    return actor.may(Permission.MANAGE_ROUNDS)


def check_can_manage_categories(actor: Actor) -> None:
    """Refuse whoever may not manage rounds."""
    if not can_manage_categories(actor):
        raise NotAllowedError(_("The categories of demands are kept by the visiting office."))


def can_manage_deadlines(actor: Actor) -> bool:
    """Whoever keeps the work calendar sets the rules, and has deadlines counted anew by both."""
    return actor.may(Permission.MANAGE_CALENDAR)


def check_can_manage_deadlines(actor: Actor) -> None:
    """Refuse whoever may not keep the work calendar."""
    if not can_manage_deadlines(actor):
        raise NotAllowedError(_("Deadline rules are kept by whoever keeps the work calendar."))


def _refusal(actor: Actor, demand: Demand, move: Move) -> str | Promise | None:
    held = _holds(actor, demand, move) or _holds_in_unit(actor, demand, move)
    if actor.staff_id is None or not held:
        return _not_yours(move)
    if move is Move.WRITE_OFF and actor.staff_id in _first_persons(demand):
        return SAME_PERSON
    if move in {Move.DECIDE_EXTENSION, Move.PAUSE} and _is_in_charge(actor, demand):
        return OWN_CLOCK
    return None


def _holds(actor: Actor, demand: Demand, move: Move) -> bool:
    permission = RULES[move].permission
    held = actor.may_at(permission, demand.area_path) or actor.may_for(permission, demand.unit_id)
    return held or (permission == Permission.HANDLE_DEMAND and _is_in_charge(actor, demand))


def _holds_in_unit(actor: Actor, demand: Demand, move: Move) -> bool:
    return actor.may_for(RULES[move].in_unit, demand.unit_id)


def _first_persons(demand: Demand) -> set[object]:
    """Who handled it; on the spot that is also whoever wrote it down."""
    if demand.route == Route.ONSITE:
        return {demand.handled_by_id, demand.registered_by_id}
    return {demand.handled_by_id}


def _answers(actor: Actor, original: Demand | None) -> bool:
    """Whether the actor handles the demand with which the merged one is answered."""
    return original is not None and (
        actor.may_at(Permission.HANDLE_DEMAND, original.area_path)
        or actor.may_for(Permission.HANDLE_DEMAND, original.unit_id)
        or _is_in_charge(actor, original)
    )


def _is_in_charge(actor: Actor, demand: Demand) -> bool:
    return actor.staff_id is not None and demand.owner_id == actor.staff_id


def _not_yours(move: Move) -> str:
    sentence = _("This is not yours to do with this demand: %(move)s.")
    return str(sentence) % {"move": MOVE_LABELS[move]}
