"""The server under measurement: the project's own `serve`, in a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(
    folder: Path, *, workers: int = 2, threads: int = 1, jobs: bool = False
) -> Iterator[tuple[int, int]]:
    """Serve `folder`; gives port and process id, and ends the server afterwards.

    A process for each core with one thread: what operations.md tells for many people at once.
    """
    port = free_port()
    command = [sys.executable, "-m", "bianfang.config.cli", "serve", f"--port={port}"]
    command += [f"--workers={workers}", f"--threads={threads}"]
    command += [] if jobs else ["--no-jobs"]
    environment = {**os.environ, "BIANFANG_DATA_DIR": str(folder)}
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(port, process, folder)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _wait(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit((folder / "server.log").read_text())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    msg = "the server did not answer within 30 s"
    raise SystemExit(msg)


def tree_memory(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process and its children, in MB."""
    pids, rss, pss = [pid], 0.0, 0.0
    while pids:
        current = pids.pop()
        try:
            fields = Path(f"/proc/{current}/smaps_rollup").read_text()
            children = Path(f"/proc/{current}/task/{current}/children").read_text()
        except FileNotFoundError:
            continue
        for line in fields.splitlines():
            if line.startswith("Rss:"):
                rss += int(line.split()[1]) / 1024
            elif line.startswith("Pss:"):
                pss += int(line.split()[1]) / 1024
        pids += [int(child) for child in children.split()]
    return rss, pss
