"""The daily job."""

from collections.abc import Mapping
from typing import Any

from bianfang.kernel.jobs.registry import JobContext, register
from bianfang.kernel.tenancy import queries as tenancy
from bianfang.mechanisms.reminders import actions


@register("reminders.daily", every="daily 08:30")
def remind(job: JobContext) -> Mapping[str, Any]:
    """Make the digests of all towns; done again it adds nothing."""
    towns = list(tenancy.list_towns())
    made = 0
    for place, town in enumerate(towns, start=1):
        made += actions.make_digests(town_id=town.id)
        job.progress(place, len(towns))
    return {"digests": made}
