"""Refusals of this package, named by their reason."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from bianfang.kernel.errors import MoveError
from bianfang.outreach.meetings.enums import MOVE_LABELS, STATE_LABELS


class MeetingMoveError(MoveError):
    """The meeting's state does not permit the move; the sentence names what it does permit."""

    def __init__(self, *, state: str, move: str, possible: Iterable[str]) -> None:
        words = ", ".join(str(MOVE_LABELS[name]) for name in possible)
        facts = {"state": STATE_LABELS[state], "move": MOVE_LABELS[move], "possible": words}
        if words:
            message = _("In the state “%(state)s” it cannot be: %(move)s. Possible: %(possible)s.")
        else:
            message = _("In the state “%(state)s” it cannot be: %(move)s. Its life has ended.")
        super().__init__(message % facts)


class ItemsLeftError(MoveError):
    """The meeting cannot be closed; `sentences` names every item and what it lacks."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join([_("The meeting cannot be closed yet."), *sentences]))
        self.sentences = tuple(sentences)
