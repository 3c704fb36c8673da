"""Refusals of this package, named by their reason."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bianfang.kernel.errors import DomainError, MoveError
from bianfang.outreach.visits.enums import ROUND_STATE_LABELS


class RoundStateError(MoveError):
    """The round is in a state in which this cannot be done."""

    def __init__(self, *, name: str, state: str) -> None:
        facts = {"round": name, "state": ROUND_STATE_LABELS[state]}
        super().__init__(_("%(round)s cannot do this in its state: %(state)s.") % facts)


class RoundNotReadyError(MoveError):
    """WHO, WHAT or HOW is not complete; `sentences` names everything that is missing."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join([_("The round cannot start yet."), *sentences]))
        self.sentences = tuple(sentences)


class HouseholdsLeftError(MoveError):
    """Households are still to be visited, so the round is not finished."""

    def __init__(self, count: int) -> None:
        sentence = _("Households still to be visited: %(count)d. The round's page lists them.")
        super().__init__(sentence % {"count": count})
        self.count = count


class ChecklistPublishedError(MoveError):
    """A published checklist never changes."""

    def __init__(self, name: str) -> None:
        facts = {"checklist": name}
        super().__init__(_("%(checklist)s is published and stays so; make a new version.") % facts)


class SentTwiceError(DomainError):
    """The id of a stored record came back with other content."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Another record is stored under this number. Nothing was changed; "
                "open the form anew and send it again."
            )
        )
