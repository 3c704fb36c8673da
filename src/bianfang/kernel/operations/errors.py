"""Refusals of this package."""

from django.utils.translation import gettext as _

from bianfang.kernel.errors import DomainError


class DifferentError(DomainError):
    """The id of a stored command came back with another content, kind or sender."""

    def __init__(self) -> None:
        super().__init__(_("Another record is stored under this id. Nothing was changed."))
