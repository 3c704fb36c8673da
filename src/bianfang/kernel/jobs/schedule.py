"""Queues periodic work, once per slot, however many workers look."""

from datetime import datetime

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.jobs.models import Job, Schedule
from bianfang.kernel.jobs.registry import KINDS, Kind
from bianfang.kernel.jobs.slots import latest_slot


def tick() -> list[Job]:
    """Queue what has become due.

    After a standstill only the latest slot is caught up; a kind seen for the first time waits for
    its next slot.
    """
    now = clock.now()
    due = [(kind, latest_slot(kind.every, now)) for kind in KINDS.values() if kind.every]
    queued = [_queue(kind, slot) for kind, slot in due if _is_new(kind, slot)]
    return [job for job in queued if job is not None]


def _is_new(kind: Kind, slot: datetime) -> bool:
    known, _first = Schedule.objects.get_or_create(
        kind=kind.name, defaults={"every": kind.every, "last_slot": slot}
    )
    return known.last_slot < slot


@transaction.atomic
def _queue(kind: Kind, slot: datetime) -> Job | None:
    mine = Schedule.objects.filter(kind=kind.name, last_slot__lt=slot)
    if not mine.update(last_slot=slot, every=kind.every):
        return None
    now = clock.now()
    return Job.objects.create(
        kind=kind.name, slot=slot, max_attempts=kind.max_attempts, requested_at=now, run_at=now
    )
