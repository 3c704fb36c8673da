#!/usr/bin/env python3
"""All tests twice, on SQLite and on PostgreSQL; arguments go to pytest.

What a full run needs and this machine lacks (Chromium, PostgreSQL) is installed when run as root on
Debian, else named and left out; with BIANFANG_TEST_NOTHING_LEFT_OUT=1 leaving out is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import postgres_for_tests

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COVERAGE_STOP = "--cov-fail-under=90"


def main(arguments: list[str]) -> int:
    browser = installed(has_browser, "chromium", "fonts-noto-cjk")
    postgres = installed(has_postgres, "postgresql")
    covered = "--cov" in arguments
    results = {"SQLite": on_sqlite([*arguments, *(["--cov-report="] if covered else [])])}
    if postgres:
        more = ["--cov-append", COVERAGE_STOP] if covered else []
        results["PostgreSQL"] = on_postgres([*arguments, *more])
    for database, code in results.items():
        print(f"{'ok    ' if code == 0 else 'FAILED'}  tests on {database}")
    for present, package in ((browser, "chromium"), (postgres, "postgresql")):
        if not present:
            print(f"MISSING Debian's package {package} or its like: those tests were left out")
    strict = bool(os.environ.get("BIANFANG_TEST_NOTHING_LEFT_OUT"))
    return 1 if any(results.values()) or (strict and not (browser and postgres)) else 0


def has_browser() -> bool:
    return any(map(shutil.which, BROWSERS))


def has_postgres() -> bool:
    return postgres_for_tests.binaries() is not None


def installed(present: Callable[[], bool], *packages: str) -> bool:
    if not present():
        subprocess.run([ROOT / "scripts" / "install_debian.sh", *packages], check=False)
    return present()


def on_sqlite(arguments: list[str]) -> int:
    kept = {name: value for name, value in os.environ.items() if name != "BIANFANG_DATABASE_URL"}
    return suite("SQLite", arguments, kept)


def on_postgres(arguments: list[str]) -> int:
    with postgres_for_tests.cluster() as url:
        return suite("PostgreSQL", arguments, {**os.environ, "BIANFANG_DATABASE_URL": url})


def suite(database: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"--- tests on {database}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *arguments]
    with tempfile.TemporaryDirectory(prefix="bianfang-test-") as folder:
        environment = {**environment, "BIANFANG_DATA_DIR": folder}
        return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
