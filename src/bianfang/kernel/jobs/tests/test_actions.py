from datetime import timedelta

import pytest
from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs import actions, beat, lives, queries, worker
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import JobContext
from bianfang.kernel.jobs.tests.conftest import Register

pytestmark = pytest.mark.django_db


def enqueue(clerk: Actor, kind: str = "test.noted") -> Job:
    return actions.enqueue(kind=kind, town_id=clerk.town_id, actor=clerk, payload={"roll": "7"})


@pytest.fixture(autouse=True)
def _noted(registered: Register) -> None:
    registered("test.noted", lambda job: {"roll": job.payload["roll"]})


def test_enqueue_rolled_back_leaves_no_job(clerk: Actor) -> None:
    def change_nothing() -> None:
        with transaction.atomic():
            enqueue(clerk)
            raise LookupError

    with pytest.raises(LookupError):
        change_nothing()

    assert not queries.list_jobs(actor=clerk, kind="test.noted").exists()


def test_enqueue_of_unknown_kind_is_refused(clerk: Actor) -> None:
    with pytest.raises(KeyError):
        enqueue(clerk, kind="test.unheard_of")


def test_enqueue_for_later_waits_for_its_time(clerk: Actor) -> None:
    later = clock.now() + timedelta(hours=1)
    job = actions.enqueue(
        kind="test.noted", town_id=clerk.town_id, actor=clerk, payload={"roll": "7"}, run_at=later
    )

    assert not worker.run_next()
    with clock.at(later):
        assert worker.run_next()

    job.refresh_from_db()
    assert (job.state, job.result, job.requested_by) == (
        JobState.DONE,
        {"roll": "7"},
        clerk.staff_id,
    )


def test_job_of_another_town_is_not_found(clerk: Actor) -> None:
    job = enqueue(clerk)
    stranger = Actor(town_id=new_id(), name="外镇人员", staff_id=new_id())

    with pytest.raises(NotFoundError):
        queries.get_job(actor=stranger, job_id=job.id)
    with pytest.raises(NotFoundError):
        actions.cancel(actor=stranger, job_id=job.id)
    assert not queries.list_jobs(actor=stranger, kind="test.noted").exists()


def test_cancelled_before_it_began_never_runs(clerk: Actor) -> None:
    job = actions.cancel(actor=clerk, job_id=enqueue(clerk).id)

    assert job.state == JobState.CANCELLED
    assert not job.is_open
    assert not worker.run_next()


def test_done_job_stays_done_when_cancelled(clerk: Actor) -> None:
    job = enqueue(clerk)
    worker.run_next()

    assert actions.cancel(actor=clerk, job_id=job.id).state == JobState.DONE


def test_cancelled_while_running_ends_at_the_next_word(clerk: Actor, registered: Register) -> None:
    said = []

    def talk(job: JobContext) -> None:
        actions.cancel(actor=clerk, job_id=job.job_id)
        beat.pulse(job, worker=lives.identity())
        said.append("before")
        job.progress(1, 2)
        said.append("after")

    registered("test.talks", talk)
    job = enqueue(clerk, kind="test.talks")

    worker.run_next()

    job.refresh_from_db()
    assert (said, job.state) == (["before"], JobState.CANCELLED)
