"""Refusals of this package, named by their reason."""

from django.utils.translation import gettext as _

from bianfang.kernel.errors import MoveError
from bianfang.outreach.campaigns.enums import MOVE_LABELS, STATE_LABELS


class CampaignMoveError(MoveError):
    """The campaign's state does not permit the move."""

    def __init__(self, *, state: str, move: str) -> None:
        sentence = _("A campaign in the state “%(state)s” cannot: %(move)s.")
        super().__init__(sentence % {"state": STATE_LABELS[state], "move": MOVE_LABELS[move]})
        self.state = state
        self.move = move
