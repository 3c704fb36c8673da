"""Reasons why a job does not go on."""

from bianfang.kernel.errors import DomainError


class JobCancelledError(DomainError):
    """Somebody cancelled the running job, or it was given to another worker."""
