"""Refusals of this package, named by their reason."""

from django.utils.translation import gettext as _

from bianfang.kernel.errors import MoveError
from bianfang.mechanisms.longterm.enums import MOVE_LABELS, STATE_LABELS


class MeasureMoveError(MoveError):
    """The measure's state does not permit the move."""

    def __init__(self, *, state: str, move: str) -> None:
        facts = {"state": STATE_LABELS[state], "move": MOVE_LABELS[move]}
        super().__init__(_("In the state “%(state)s” it cannot be: %(move)s.") % facts)
        self.state = state
        self.move = move
