"""Reading jobs, within the town."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.jobs.models import Job


def get_job(*, actor: Actor, job_id: UUID) -> Job:
    """One job of the actor's town; whether the actor may see what it does, its package decides."""
    job = Job.objects.filter(town_id=actor.town_id, id=job_id).first()
    if job is None:
        raise NotFoundError(_("There is no such job."))
    return job


def list_jobs(*, actor: Actor, kind: str) -> QuerySet[Job]:
    """Jobs of a kind in the actor's town, newest first."""
    return Job.objects.filter(town_id=actor.town_id, kind=kind).order_by("-requested_at")
