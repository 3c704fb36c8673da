"""Tells the workers of this process that there is something to do; others look twice a second."""

import threading

_something = threading.Event()


def wake() -> None:
    """End the present wait."""
    _something.set()


def wait(seconds: float) -> None:
    """Wait for `wake`, at most so long."""
    _something.wait(seconds)
    _something.clear()
