"""The queue's own periodic work."""

from collections.abc import Mapping
from datetime import timedelta

from bianfang.kernel import clock
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.jobs.registry import JobContext, register

KEPT = timedelta(days=90)


@register("jobs.purge", every="daily 03:40")
def purge(job: JobContext) -> Mapping[str, int]:
    """Remove jobs that ended long ago; what they did is in the journal."""
    del job
    ended = Job.objects.filter(finished_at__lt=clock.now() - KEPT)
    removed, _of_each = ended.delete()
    return {"removed": removed}
