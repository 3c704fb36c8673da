"""Workers as processes that are killed and stopped, on a database of their own kind."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

ENOUGH = 40
PRELUDE = """
import django
django.setup()
from bianfang.kernel.jobs.tests import handlers
"""
WORK = "from bianfang.kernel.jobs.running import run_worker; run_worker()"
WORK_INSIDE = """
import sys
from bianfang.kernel.jobs.running import start_inside
start_inside()
sys.stdin.readline()
"""
ENQUEUE = """
import sys
from bianfang.kernel.jobs.actions import enqueue
enqueue(kind="test.waits_for_file", town_id=None, actor=None, payload={"folder": sys.argv[1]})
"""
Row = tuple[Any, ...]


class Bench:
    """A database with jobs, and processes that work on it."""

    def __init__(
        self, folder: Path, environment: dict[str, str], ask: Callable[[str], Row]
    ) -> None:
        self.folder, self.environment, self._ask = folder, environment, ask
        self.started: list[subprocess.Popen[str]] = []

    def run(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # this interpreter, our own words
            [sys.executable, "-c", PRELUDE + code, *arguments],
            env=self.environment,
            stdin=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def enqueue(self) -> None:
        assert self.run(ENQUEUE, str(self.folder)).wait(ENOUGH) == 0

    def job(self) -> Row:
        return self._ask("SELECT state, attempts, progress FROM jobs_job")

    def result(self) -> Any:
        (result,) = self._ask("SELECT result FROM jobs_job")
        return json.loads(result) if isinstance(result, str) else result

    def until(self, happened: Callable[[], bool]) -> None:
        end, pause = time.monotonic() + ENOUGH, threading.Event()
        while not happened():
            assert time.monotonic() < end, f"waited in vain; the job is {self.job()}"
            pause.wait(0.05)

    def begun(self, attempt: int) -> Callable[[], bool]:
        return (self.folder / f"begun-{attempt}").exists


@pytest.fixture
def bench(transactional_db: None, tmp_path: Path) -> Iterator[Bench]:
    del transactional_db
    made = (on_postgres if connection.vendor == "postgresql" else on_sqlite)(tmp_path)
    yield made
    for process in made.started:
        process.kill()
        process.communicate()


def on_sqlite(folder: Path) -> Bench:
    environment = {**os.environ, "BIANFANG_DATA_DIR": str(folder)}
    migrate = [sys.executable, "-m", "django", "migrate", "jobs", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)  # our own words

    def ask(question: str) -> Row:
        with sqlite3.connect(folder / "bianfang.sqlite3", timeout=ENOUGH) as database:
            row: Row = database.execute(question).fetchone()
        database.close()
        return row

    return Bench(folder, environment, ask)


def on_postgres(folder: Path) -> Bench:
    server = urlsplit(os.environ["BIANFANG_DATABASE_URL"])
    url = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {**os.environ, "BIANFANG_DATA_DIR": str(folder), "BIANFANG_DATABASE_URL": url}

    def ask(question: str) -> Row:
        with psycopg.connect(url) as database:
            row = database.execute(question).fetchone()
        assert row is not None
        return row

    return Bench(folder, environment, ask)


def test_job_of_a_killed_worker_runs_again_at_once(bench: Bench) -> None:
    bench.enqueue()
    first = bench.run(WORK)
    bench.until(bench.begun(1))

    first.send_signal(signal.SIGKILL)
    first.wait(ENOUGH)
    bench.run(WORK)
    bench.until(bench.begun(2))
    (bench.folder / "go").touch()
    bench.until(lambda: bench.job()[0] == "done")

    assert bench.job() == ("done", 2, 100)
    assert bench.result() == {"attempt": 2}


def test_worker_told_to_end_finishes_its_job_first(bench: Bench) -> None:
    bench.enqueue()
    worker = bench.run(WORK)
    bench.until(bench.begun(1))
    bench.until(lambda: bench.job() == ("running", 1, 25))

    worker.send_signal(signal.SIGTERM)
    (bench.folder / "go").touch()

    assert worker.wait(ENOUGH) == 0
    assert bench.job() == ("done", 1, 100)


def test_thread_of_a_web_process_works_and_ends_with_it(bench: Bench) -> None:
    web = bench.run(WORK_INSIDE)
    bench.enqueue()
    bench.until(bench.begun(1))
    (bench.folder / "go").touch()
    bench.until(lambda: bench.job()[0] == "done")

    web.communicate("\n", timeout=ENOUGH)

    assert web.returncode == 0
    assert bench.job() == ("done", 1, 100)
