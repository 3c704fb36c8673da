"""A load of keep-alive HTTP clients, one process each, bounded in time."""

import http.client
import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Load:
    """What came of a run."""

    requests: int
    seconds: float
    p50: float
    p95: float
    failures: int

    @property
    def rate(self) -> float:
        """Answered requests a second."""
        return self.requests / self.seconds

    def __str__(self) -> str:
        text = f"{self.rate:7.1f}/s  p50 {self.p50 * 1e3:6.1f} ms  p95 {self.p95 * 1e3:6.1f} ms"
        return f"{text}  FAILED {self.failures}" if self.failures else text


Request = tuple[str, str, bytes | None, dict[str, str]]


@dataclass(frozen=True)
class Maker:
    """The same request every time, with the client's cookies."""

    method: str
    path: str
    body: bytes | None

    def __call__(self, cookies: str, number: int) -> Request:
        return self.method, self.path, self.body, {"Cookie": cookies}


def run(
    port: int, make: Callable[[Any, int], Request], states: list[Any], *, seconds: float, good: int
) -> Load:
    """One client per state sends `make(state, n)` for some seconds; `good` is the status wanted."""
    with multiprocessing.Pool(len(states)) as pool:
        jobs = [(port, make, state, seconds, good) for state in states]
        results = pool.starmap(_client, jobs)
    times = sorted(t for taken, _ in results for t in taken)
    return Load(
        requests=len(times),
        seconds=seconds,
        p50=statistics.median(times),
        p95=times[int(len(times) * 0.95)],
        failures=sum(failed for _, failed in results),
    )


def _client(
    port: int, make: Callable[[Any, int], Request], state: Any, seconds: float, good: int
) -> tuple[list[float], int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken, failed, number = [], 0, 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        method, path, body, headers = make(state, number)
        number += 1
        start = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        failed += answer.status != good
    connection.close()
    return taken, failed
