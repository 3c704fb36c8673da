"""The jobs, as the worker runs them."""

from typing import Any

import pytest

from bianfang.kernel.jobs import worker
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.errors import JobCancelledError
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import JobContext
from bianfang.register.people.models import Post
from bianfang.register.rolls.actions import intake, merging
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import ROLL_DAY, RollTown, book, job_of
from bianfang.register.rolls.tests.workbooks import person


def now(roll: RollImport) -> RollImport:
    roll.refresh_from_db()
    return roll


def test_jobs_check_and_merge(town: RollTown) -> None:
    roll = intake.upload_and_check(
        actor=town.clerk, file_name="a.xlsx", content=book(person()), as_of=ROLL_DAY
    )
    assert worker.run_next()
    assert now(roll).state == "checked"

    roll = intake.request_merge(actor=town.clerk, roll_id=roll.id)
    assert worker.run_next()

    assert now(roll).state == "merged"
    assert job_of(roll).result == {"state": "merged"}
    assert roll.merged_by_id == town.clerk.staff_id
    assert town.names("0101010001") == ["高远"]


def test_merge_job_that_runs_again_has_nothing_to_do(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    intake.request_merge(actor=town.clerk, roll_id=roll.id)
    factories.merge(town, roll)

    worker.run_next()

    assert job_of(now(roll)).state == JobState.DONE
    assert roll.counts["did_households_new"] == 1


def test_refused_merge_is_given_back_with_the_reason(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    intake.request_merge(actor=town.clerk, roll_id=roll.id)
    Post.objects.in_town(town.town.id).filter(staff=town.clerk.staff_id).delete()

    worker.run_next()

    assert now(roll).state == "checked"
    assert roll.failure
    assert job_of(roll).state == JobState.FAILED
    assert town.households() == []


def test_broken_merge_is_given_back_and_tried_again(
    town: RollTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = factories.checked(town, book(person()))
    intake.request_merge(actor=town.clerk, roll_id=roll.id)

    def break_off(**given: Any) -> RollImport:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr(merging, "merge_roll", break_off)
        worker.run_next()

    assert now(roll).state == "checked"
    assert roll.failure
    assert job_of(roll).state == JobState.QUEUED


def test_job_that_nobody_asked_for_acts_for_the_system(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    roll = intake.request_merge(actor=town.clerk, roll_id=roll.id)
    Job.objects.filter(id=job_of(roll).id).update(requested_by=None)

    worker.run_next()

    assert now(roll).state == "merged"
    assert roll.merged_by_id is None


def test_cancelled_merge_is_given_back(town: RollTown, monkeypatch: pytest.MonkeyPatch) -> None:
    roll = factories.checked(town, book(person()))
    roll = intake.request_merge(actor=town.clerk, roll_id=roll.id)

    def cancelled(*_given: object) -> None:
        raise JobCancelledError("已取消")

    monkeypatch.setattr(JobContext, "progress", cancelled)

    worker.run_next()

    assert now(roll).state == "checked"
    assert town.households() == []
