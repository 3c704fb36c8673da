"""What goes wrong on the way out."""

from django.utils.functional import Promise

from bianfang.kernel.errors import DomainError, MoveError


class SendError(DomainError):
    """A message did not leave; `may_retry` only where it surely has not arrived."""

    def __init__(self, message: str | Promise, *, may_retry: bool = False) -> None:
        super().__init__(message)
        self.may_retry = may_retry


class DeliveryMoveError(MoveError):
    """The delivery's state does not permit this move."""

    def __init__(self, *, state: str, move: str) -> None:
        super().__init__(f"{state}: {move}")
