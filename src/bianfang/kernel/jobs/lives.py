"""Whose process a running job belongs to, and whether that process still lives."""

import os
import socket
from pathlib import Path

PROCESSES = Path("/proc")


def identity() -> str:
    """Machine, space of process numbers, number and start of this process."""
    number = os.getpid()
    return f"{_here()}/{number}/{_started(number)}"


def is_here(worker: str) -> bool:
    """Whether the worker's process number can be looked up from this process."""
    return worker.rsplit("/", 2)[0] == _here() and PROCESSES.exists()


def is_alive(worker: str) -> bool:
    """Of a worker that is here: whether that very process runs, not a later one of its number."""
    _place, number, started = worker.rsplit("/", 2)
    return _started(int(number)) == started


def _here() -> str:
    space = PROCESSES / "self/ns/pid"
    return f"{socket.gethostname()}/{space.readlink() if space.is_symlink() else ''}"


def _started(number: int) -> str:
    """The start in ticks since the machine's own, field 22 of stat; empty when there is none."""
    try:
        stat = (PROCESSES / str(number) / "stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]
