"""Handlers for worker processes that tests start and kill."""

import threading
from collections.abc import Mapping
from pathlib import Path

from bianfang.kernel.jobs.registry import JobContext, register


@register("test.waits_for_file")
def wait_for_file(job: JobContext) -> Mapping[str, int]:
    """Tells by a file that it has begun, and ends when a file called go is there."""
    folder = Path(job.payload["folder"])
    (folder / f"begun-{job.attempt}").touch()
    job.progress(1, 4, "waiting")
    pause = threading.Event()
    while not (folder / "go").exists():
        job.progress(1, 4, "waiting")
        pause.wait(0.05)
    return {"attempt": job.attempt}
