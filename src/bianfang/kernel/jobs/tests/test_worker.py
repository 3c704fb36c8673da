import os
from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.kernel.jobs import actions, beat, lives, worker
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import JobContext
from bianfang.kernel.jobs.tests.conftest import Register

pytestmark = pytest.mark.django_db
NOBODY = 2**22 + 1  # above the highest number that Linux gives a process


def enqueue(clerk: Actor) -> Job:
    return actions.enqueue(kind="test.it", town_id=clerk.town_id, actor=clerk, payload={})


def running(clerk: Actor, *, by: str, silent: timedelta, attempts: int = 1) -> Job:
    """A job that a worker took and has not ended."""
    job = enqueue(clerk)
    Job.objects.filter(id=job.id).update(
        state=JobState.RUNNING,
        worker=by,
        attempts=attempts,
        heartbeat_at=clock.now() - silent,
        started_at=clock.now() - silent,
    )
    job.refresh_from_db()
    return job


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def of_process(number: int) -> str:
    place, _number, started = lives.identity().rsplit("/", 2)
    return f"{place}/{number}/{started}"


def test_jobs_run_in_the_order_of_their_times(clerk: Actor, registered: Register) -> None:
    ran = []
    registered("test.it", lambda job: ran.append(job.job_id))
    first, second = enqueue(clerk), enqueue(clerk)

    while worker.run_next():
        pass

    assert ran == [first.id, second.id]
    assert state_of(first) == state_of(second) == JobState.DONE


def test_progress_shows_in_the_row(clerk: Actor, registered: Register) -> None:
    seen = []

    def count(job: JobContext) -> None:
        job.progress(30, 120, "读取花名册")
        beat.pulse(job, worker=lives.identity())
        row = Job.objects.get(id=job.job_id)
        seen.append((row.state, row.progress, row.total, row.message))

    registered("test.it", count)
    job = enqueue(clerk)

    worker.run_next()

    assert seen == [(JobState.RUNNING, 25, 120, "读取花名册")]
    job.refresh_from_db()
    assert (job.progress, job.total) == (100, 120)


def test_expected_failure_is_said_and_not_repeated(clerk: Actor, registered: Register) -> None:
    def refuse(job: JobContext) -> None:
        raise DomainError("第 3 行没有户主。")

    registered("test.it", refuse)
    job = enqueue(clerk)

    worker.run_next()

    assert state_of(job) == JobState.FAILED
    assert job.error == "第 3 行没有户主。"


def test_unexpected_failure_is_tried_again_later_and_later(
    clerk: Actor, registered: Register
) -> None:
    def stumble(job: JobContext) -> None:
        raise LookupError("13800000000")

    registered("test.it", stumble)
    job = enqueue(clerk)
    waits = []

    for _attempt in range(3):
        with clock.at(max(clock.now(), job.run_at)):
            asked = clock.now()
            assert worker.run_next()
            job.refresh_from_db()
            waits.append(job.run_at - asked)

    assert waits[:2] == [timedelta(seconds=15), timedelta(seconds=30)]
    assert (job.state, job.attempts, job.error) == (JobState.FAILED, 3, "LookupError")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(NOBODY, id="its process is dead"),
        pytest.param(os.getppid(), id="its number is another process now"),
        pytest.param(os.getpid(), id="this worker could not write its end"),
    ],
)
def test_job_of_a_worker_here_is_lost_when_that_worker_is(
    clerk: Actor, registered: Register, number: int
) -> None:
    registered("test.it", lambda job: None)
    job = running(clerk, by=of_process(number), silent=timedelta())

    worker.requeue_lost()

    assert state_of(job) == JobState.QUEUED
    assert worker.run_next()
    assert (state_of(job), job.attempts) == (JobState.DONE, 2)


def test_job_of_a_living_worker_here_goes_on_though_it_is_silent(
    clerk: Actor, registered: Register
) -> None:
    registered("test.it", lambda job: None)
    place, _number, _started = lives.identity().rsplit("/", 2)
    parent = f"{place}/{os.getppid()}/{lives._started(os.getppid())}"
    job = running(clerk, by=parent, silent=timedelta(minutes=10))

    worker.requeue_lost()

    assert state_of(job) == JobState.RUNNING


@pytest.mark.parametrize(
    ("silent", "state"),
    [(timedelta(seconds=80), JobState.RUNNING), (timedelta(seconds=100), JobState.QUEUED)],
)
def test_job_of_a_worker_elsewhere_is_lost_by_silence(
    clerk: Actor, registered: Register, silent: timedelta, state: JobState
) -> None:
    registered("test.it", lambda job: None)
    job = running(clerk, by="elsewhere/pid:[1]/12/34", silent=silent)

    worker.requeue_lost()

    assert state_of(job) == state


def test_job_that_killed_its_worker_three_times_is_given_up(
    clerk: Actor, registered: Register
) -> None:
    registered("test.it", lambda job: None)
    job = running(clerk, by=of_process(NOBODY), silent=timedelta(), attempts=3)

    worker.requeue_lost()

    assert state_of(job) == JobState.FAILED
    assert job.error


def test_late_worker_writes_into_nothing(clerk: Actor, registered: Register) -> None:
    def lose_the_job(job: JobContext) -> None:
        Job.objects.filter(id=job.job_id).update(attempts=2, worker="elsewhere/pid:[1]/12/34")

    registered("test.it", lose_the_job)
    job = enqueue(clerk)

    worker.run_next()

    assert (state_of(job), job.attempts, job.finished_at) == (JobState.RUNNING, 2, None)
