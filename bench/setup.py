"""Pointing Django at a data folder of the measurement's own."""

import os
import subprocess
import sys
from pathlib import Path

import django


def start_django(folder: Path) -> None:
    """Use `folder`; the database is SQLite in it unless BIANFANG_DATABASE_URL names another."""
    os.environ["BIANFANG_DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianfang.config.settings")
    django.setup()


def on_postgresql(name: str) -> bool:
    """Whether a PostgreSQL is named; if not, start one as for the tests and run there."""
    if os.environ.get("BIANFANG_DATABASE_URL"):
        return True
    script = Path(__file__).resolve().parent.parent / "scripts" / "postgres_for_tests.py"
    subprocess.run([sys.executable, script, sys.executable, "-m", "bench", name], check=True)
    return False


def run_apart(name: str) -> None:
    """A process for each measurement: settings are read once in a process."""
    subprocess.run([sys.executable, "-m", "bench", name], check=True)
