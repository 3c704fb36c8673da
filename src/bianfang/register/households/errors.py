"""Refusals of this package, named by their reason."""

from django.utils.translation import gettext as _

from bianfang.kernel.errors import MoveError
from bianfang.register.households.enums import STATE_LABELS


class HeldChangeMoveError(MoveError):
    """Somebody decided before."""

    def __init__(self, *, state: str) -> None:
        facts = {"state": STATE_LABELS[state]}
        super().__init__(_("This change was decided before: %(state)s.") % facts)
        self.state = state
