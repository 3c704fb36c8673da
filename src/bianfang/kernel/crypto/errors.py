"""Why something could not be sealed or opened."""

from bianfang.kernel.errors import DomainError


class KeyFileError(DomainError):
    """The key file is missing, damaged, or must not be overwritten."""


class UnknownKeyError(DomainError):
    """The text was sealed with a key that is not in the ring."""


class OpenError(DomainError):
    """The text was altered, or sealed for another field."""
