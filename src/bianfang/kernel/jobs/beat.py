"""The heartbeat of a running job: a thread with a connection of its own.

Only so can progress be seen while the handler is inside a long transaction. On SQLite such a
transaction also keeps the beat from writing; the beat then tries again.
"""

import threading
from types import TracebackType

from django.db import DatabaseError, connection

from bianfang.kernel import clock
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import JobContext

LOOK = 1.0
BEAT_EACH = 10


class Beat:
    """While entered, the job's row shows its progress and that it is alive."""

    def __init__(self, context: JobContext, *, worker: str) -> None:
        self._context, self._worker = context, worker
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job-beat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        shown, quiet = "", 0
        while not self._end.wait(LOOK):
            now = f"{self._context.percent} {self._context.total} {self._context.message}"
            quiet += 1
            if now == shown and quiet < BEAT_EACH:
                continue
            try:
                pulse(self._context, worker=self._worker)
            except DatabaseError:
                continue
            shown, quiet = now, 0
        connection.close()


def pulse(context: JobContext, *, worker: str) -> None:
    """Write one beat; a row that is no longer this worker's cancels the handler."""
    mine = Job.objects.filter(id=context.job_id, state=JobState.RUNNING, worker=worker)
    context.is_cancelled = not mine.update(
        heartbeat_at=clock.now(),
        progress=context.percent,
        total=context.total,
        message=context.message[:200],
    )
