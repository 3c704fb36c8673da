"""Taking jobs, running them, and seeing to those whose worker is gone."""

import logging
import threading
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError
from bianfang.kernel.jobs import lives, schedule, wake
from bianfang.kernel.jobs.beat import Beat
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.errors import JobCancelledError
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import KINDS, JobContext

POLL = 0.5
ROUND = timedelta(seconds=15)
LOST_AFTER = timedelta(seconds=90)
LOST_HERE_AFTER = timedelta(minutes=15)
BACK_OFF = timedelta(seconds=15)
BACK_OFF_MOST = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def work(stop: threading.Event) -> None:
    """Serve the queue until `stop` is set; a job that runs then is finished first."""
    next_round = clock.now()
    while not stop.is_set():
        ran = False
        try:
            close_old_connections()
            if clock.now() >= next_round:
                next_round = clock.now() + ROUND
                requeue_lost()
                schedule.tick()
            ran = run_next(with_beat=True)
        except DatabaseError:
            logger.exception("The queue cannot be reached; trying again.")
        if not ran and not stop.is_set():
            wake.wait(POLL)
    connection.close()


def run_next(*, with_beat: bool = False) -> bool:
    """Take the job that waits longest and run it to an end; False when none waits."""
    job = _claim()
    if job is None:
        return False
    context = JobContext(
        job_id=job.id,
        town_id=job.town_id,
        requested_by=job.requested_by,
        payload=job.payload,
        attempt=job.attempts,
    )
    try:
        with Beat(context, worker=job.worker) if with_beat else nullcontext():
            result = KINDS[job.kind].handler(context) or {}
    except JobCancelledError:
        logger.info("Job %s was cancelled.", job.id)
    except DomainError as error:
        _end(job, JobState.FAILED, message=context.message[:200], error=str(error))
    except Exception as error:
        logger.exception("Job %s (%s) failed.", job.id, job.kind)
        _retry_or_fail(_running(job), job, error=type(error).__name__, wait=_back_off(job.attempts))
    else:
        _end(job, JobState.DONE, progress=100, total=context.total, result=result)
    return True


def requeue_lost() -> int:
    """Give the jobs of dead workers to the living; of those that killed too many, give up."""
    lost = [job for job in Job.objects.filter(state=JobState.RUNNING) if _is_lost(job)]
    for job in lost:
        silent = _running(job).filter(heartbeat_at=job.heartbeat_at)
        _retry_or_fail(silent, job, error=_("The worker ended during the job."), wait=timedelta())
    return len(lost)


def _is_lost(job: Job) -> bool:
    """Of this machine's processes the number tells, of the others silence.

    This very worker asks only between its jobs, so a row of its own is one whose end could not be
    written. On this machine silence tells late: on SQLite a long transaction hinders the beat.
    """
    silence = clock.now() - (job.heartbeat_at or job.requested_at)
    if not lives.is_here(job.worker):
        return silence > LOST_AFTER
    own = job.worker == lives.identity()
    return own or not lives.is_alive(job.worker) or silence > LOST_HERE_AFTER


def _claim() -> Job | None:
    """The update names what was read, so that of two workers one gets the row and one nothing."""
    waiting = Job.objects.filter(state=JobState.QUEUED, kind__in=KINDS).order_by("run_at", "id")
    while job := waiting.filter(run_at__lte=clock.now()).first():
        now = clock.now()
        mine = Job.objects.filter(id=job.id, state=JobState.QUEUED, attempts=job.attempts)
        if mine.update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            worker=lives.identity(),
            started_at=now,
            heartbeat_at=now,
            progress=0,
            error="",
        ):
            job.refresh_from_db()
            return job
    return None


def _running(job: Job) -> QuerySet[Job]:
    """The row while it still is this attempt's: a late worker writes into nothing."""
    return Job.objects.filter(
        id=job.id, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts
    )


def _end(job: Job, state: JobState, **values: Any) -> None:
    result: Mapping[str, Any] = values.pop("result", {})
    _running(job).update(state=state, finished_at=clock.now(), result=dict(result), **values)


def _retry_or_fail(rows: QuerySet[Job], job: Job, *, error: str, wait: timedelta) -> None:
    now = clock.now()
    if job.attempts < job.max_attempts:
        rows.update(state=JobState.QUEUED, run_at=now + wait, error=error)
    else:
        rows.update(state=JobState.FAILED, finished_at=now, error=error)


def _back_off(attempts: int) -> timedelta:
    doubled: timedelta = BACK_OFF * 2 ** (attempts - 1)
    return min(doubled, BACK_OFF_MOST)
