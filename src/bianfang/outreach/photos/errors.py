"""Refusals with a name of their own."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.errors import DomainError


class SentTwiceError(DomainError):
    """The same operation arrived with another photo, visit or demand."""

    def __init__(self) -> None:
        super().__init__(_("Another photo was stored under this sending; nothing was changed."))


class NoPictureError(DomainError):
    """The content is not a picture that can be kept."""
