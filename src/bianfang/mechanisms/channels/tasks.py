"""The job that sends one message."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bianfang.kernel.jobs.registry import JobContext, register
from bianfang.mechanisms.channels.actions import delivering


@register("channels.deliver")
def deliver(job: JobContext) -> Mapping[str, Any]:
    """Try once; a further attempt is a job of its own."""
    assert job.town_id is not None
    delivery = UUID(job.payload["delivery"])
    return {"state": delivering.deliver(town_id=job.town_id, delivery_id=delivery)}
