"""Asking for work, and asking to stop it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.jobs import queries, wake
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import KINDS


def enqueue(
    *,
    kind: str,
    town_id: UUID | None,
    actor: Actor | None,
    payload: Mapping[str, Any],
    run_at: datetime | None = None,
) -> Job:
    """Ask for work as part of the caller's transaction: a rollback takes it back.

    `payload` holds ids and plain values, never personal data.
    """
    now = clock.now()
    job = Job.objects.create(
        kind=kind,
        town_id=town_id,
        payload=dict(payload),
        max_attempts=KINDS[kind].max_attempts,
        requested_by=actor.staff_id if actor else None,
        requested_at=now,
        run_at=run_at or now,
    )
    transaction.on_commit(wake.wake)
    return job


def cancel(*, actor: Actor, job_id: UUID) -> Job:
    """Stop a job of the actor's town; what it has already committed stays.

    One not yet begun never runs, a running one ends at its next word of progress.
    """
    job = queries.get_job(actor=actor, job_id=job_id)
    open_ones = Job.objects.filter(id=job.id, state__in=[JobState.QUEUED, JobState.RUNNING])
    open_ones.update(state=JobState.CANCELLED, finished_at=clock.now())
    job.refresh_from_db()
    return job
