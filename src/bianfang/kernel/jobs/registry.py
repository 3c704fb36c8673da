"""Which function does which kind of work, and when the periodic ones are due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.jobs.errors import JobCancelledError
from bianfang.kernel.jobs.slots import latest_slot


@dataclass(kw_only=True, slots=True)
class JobContext:
    """What a handler is told, and how it tells how far it is."""

    job_id: UUID
    town_id: UUID | None
    requested_by: UUID | None
    payload: Mapping[str, Any]
    attempt: int
    percent: int = 0
    total: int = 0
    message: str = ""
    is_cancelled: bool = field(default=False)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is. Call it often: it writes nothing itself.

        It ends the handler by JobCancelledError when somebody has cancelled the job.
        """
        if self.is_cancelled:
            raise JobCancelledError(_("The work was cancelled."))
        self.percent = min(100, done * 100 // total) if total else 0
        self.total, self.message = total, message


Handler = Callable[[JobContext], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A registered kind of work."""

    name: str
    handler: Handler
    every: str = ""
    max_attempts: int = 3


KINDS: dict[str, Kind] = {}


def register(name: str, *, every: str = "", max_attempts: int = 3) -> Callable[[Handler], Handler]:
    """Make the decorated function the handler of a kind; what it returns is kept as the result."""
    if every:
        latest_slot(every, clock.now())

    def remember(handler: Handler) -> Handler:
        if name in KINDS:
            msg = f"Two handlers for jobs of kind {name!r}."
            raise ValueError(msg)
        KINDS[name] = Kind(name=name, handler=handler, every=every, max_attempts=max_attempts)
        return handler

    return remember
