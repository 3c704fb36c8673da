"""One row a job, one row a schedule."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs.enums import JobState


class Job(models.Model):
    """One piece of work. Workers serve all towns, so `town_id` is a mere value here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    slot = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField()
    requested_by = models.UUIDField(null=True)
    requested_at = models.DateTimeField()
    run_at = models.DateTimeField()
    worker = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "jobs_job"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "slot"], name="job_once_per_slot"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run_at"], condition=Q(state="queued"), name="job_queue"),
            models.Index(fields=["heartbeat_at"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["town_id", "kind", "-requested_at"], name="job_of_town"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Still to be done, or being done."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}


class Schedule(models.Model):
    """The last slot for which a periodic kind was queued."""

    kind = models.CharField(max_length=60, primary_key=True)
    every = models.CharField(max_length=40)
    last_slot = models.DateTimeField()

    class Meta:
        db_table = "jobs_schedule"

    def __str__(self) -> str:
        return f"{self.kind} {self.every}"
