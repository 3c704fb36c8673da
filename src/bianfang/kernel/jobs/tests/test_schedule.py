from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from bianfang.kernel import clock
from bianfang.kernel.jobs import actions, schedule, tasks, worker
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import KINDS, JobContext, register
from bianfang.kernel.jobs.tests.conftest import Register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nightly")]
DAY = date(2026, 11, 24)


@pytest.fixture
def nightly(registered: Register) -> None:
    """Only one periodic kind, due at two at night."""
    KINDS.clear()
    register("test.nightly", every="daily 02:00")(lambda job: None)
    registered("test.other", lambda job: None)


def tick(hour: int, *, days_later: int = 0) -> list[Job]:
    with clock.at(clock.in_town(DAY + timedelta(days=days_later), hour)):
        return schedule.tick()


def test_new_kind_waits_for_its_next_slot() -> None:
    assert tick(10) == []
    assert [job.slot for job in tick(3, days_later=1)] == [
        clock.in_town(DAY + timedelta(days=1), 2)
    ]


def test_slot_is_queued_once_however_often_workers_look() -> None:
    tick(10)

    assert len(tick(2, days_later=1)) == 1
    assert tick(2, days_later=1) == []
    assert tick(9, days_later=1) == []


def test_standstill_is_caught_up_by_the_latest_slot_only() -> None:
    tick(10)

    assert [job.slot for job in tick(12, days_later=4)] == [
        clock.in_town(DAY + timedelta(days=4), 2)
    ]


def test_database_refuses_a_second_job_for_a_slot() -> None:
    tick(10)
    (job,) = tick(2, days_later=1)

    with pytest.raises(IntegrityError):
        Job.objects.create(
            kind=job.kind,
            slot=job.slot,
            max_attempts=1,
            requested_at=job.requested_at,
            run_at=job.run_at,
        )


def test_two_handlers_for_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        register("test.nightly")(lambda job: None)


def test_purge_removes_what_ended_long_ago() -> None:
    with clock.at(clock.in_town(DAY - timedelta(days=100))):
        actions.enqueue(kind="test.other", town_id=None, actor=None, payload={})
        worker.run_next()
    with clock.at(clock.in_town(DAY)):
        recent = actions.enqueue(kind="test.other", town_id=None, actor=None, payload={})
        worker.run_next()
        context = JobContext(
            job_id=recent.id, town_id=None, requested_by=None, payload={}, attempt=1
        )

        result = tasks.purge(context)

    assert result == {"removed": 1}
    assert list(Job.objects.all()) == [recent]
