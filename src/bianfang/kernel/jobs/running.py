"""Two ways to have a worker: a process of its own, or a thread of the web process."""

import atexit
import signal
import threading
from types import FrameType

from bianfang.kernel.jobs import wake
from bianfang.kernel.jobs.worker import work

FINISH_WITHIN = 20


def run_worker() -> None:
    """Serve the queue until TERM or INT; a second signal does not wait for the running job."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        signal.signal(number, signal.SIG_DFL)
        stop.set()
        wake.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    work(stop)


def start_inside() -> threading.Event:
    """Serve the queue from a thread of this process, so that a small town needs no second one.

    When the process ends, a running job has some seconds to finish. Where the web server does not
    grant them, the job begins anew with the next worker.
    """
    stop = threading.Event()
    thread = threading.Thread(target=work, args=[stop], name="jobs", daemon=True)

    def end() -> None:
        stop.set()
        wake.wake()
        thread.join(FINISH_WITHIN)

    atexit.register(end)
    thread.start()
    return stop
