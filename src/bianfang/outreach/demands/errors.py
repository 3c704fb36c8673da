"""Refusals of this package, named by their reason."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bianfang.kernel.errors import MoveError
from bianfang.outreach.demands.enums import MOVE_LABELS, REQUEST_LABELS, STATE_LABELS


class DemandMoveError(MoveError):
    """The demand's state does not permit the move; the sentence names what it does permit."""

    def __init__(self, *, state: str, move: str, possible: Iterable[str]) -> None:
        words = ", ".join(str(MOVE_LABELS[name]) for name in possible)
        facts = {"state": STATE_LABELS[state], "move": MOVE_LABELS[move], "possible": words}
        if words:
            message = _("In the state “%(state)s” it cannot be: %(move)s. Possible: %(possible)s.")
        else:
            message = _("In the state “%(state)s” it cannot be: %(move)s. Its life has ended.")
        super().__init__(message % facts)
        self.state = state
        self.move = move


class RequestMoveError(MoveError):
    """A request to reopen is decided once."""

    def __init__(self, *, state: str) -> None:
        sentence = _("This request to reopen was decided already: %(state)s.")
        super().__init__(sentence % {"state": REQUEST_LABELS[state]})
        self.state = state


class TooManyCodesError(MoveError):
    """Somebody seems to guess receipt codes."""

    def __init__(self) -> None:
        super().__init__(_("Too many wrong codes from here. Try again in an hour."))
