"""Refusals of this package, named by their reason."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from bianfang.kernel.errors import DomainError


class AssignmentsRefusedError(DomainError):
    """Some lines of a list cannot be taken over, so none was; `lines` says which and why."""

    def __init__(self, lines: Mapping[int, str]) -> None:
        words = [
            _("Line %(number)d: %(sentence)s") % {"number": place + 1, "sentence": sentence}
            for place, sentence in sorted(lines.items())
        ]
        super().__init__("\n".join(words))
        self.lines = dict(lines)
