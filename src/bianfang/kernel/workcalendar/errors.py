"""Why a notice was not taken in."""

from bianfang.kernel.errors import DomainError


class NoticeError(DomainError):
    """The pasted notice has lines that cannot be read, or is not the notice of that year."""
