"""`bianfang backup`: database, uploads and keys in one archive, while the server runs."""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from bianfang.config.commands.ready import CommandError
from bianfang.kernel import clock

DATABASE = "bianfang.sqlite3"
DUMP = "bianfang.pgdump"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the keys go along."""
    parser.add_argument("file", nargs="?", default="", help="default: a dated file in backups/")
    parser.add_argument(
        "--without-keys",
        action="store_true",
        help="leave the keys out and keep them elsewhere; without them sealed fields stay sealed",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the archive (mode 0600) and say what is in it."""
    stamp = clock.local(clock.now()).strftime("%Y%m%d-%H%M%S")
    target = Path(arguments.file or settings.BIANFANG_BACKUPS / f"bianfang-{stamp}.tar.gz")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        database = _copy_database(Path(folder))
        unfinished = target.with_name(f"{target.name}.part")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
            archive.add(database, arcname=database.name)
            _add_files(archive, with_keys=not arguments.without_keys)
        unfinished.replace(target)
    sys.stdout.write(f"{target}: {target.stat().st_size / 1e6:.1f} MB\n")
    return 0


def _copy_database(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder / DATABASE)
    return _dump_postgresql(folder / DUMP)


def _copy_sqlite(target: Path) -> Path:
    """SQLite's own online backup: a consistent copy beside a busy writer, then checked."""
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        msg = f"the copy of the database is not sound ({verdict}); the archive was not written."
        raise CommandError(msg)
    return target


def _dump_postgresql(target: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        msg = "pg_dump is not installed; on Debian: apt-get install postgresql-client."
        raise CommandError(msg)
    arguments, environment = postgresql_connection()
    command = [program, "--format=custom", "--no-owner", f"--file={target}", *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603  # fixed program, own settings
    if done.returncode:
        msg = f"pg_dump failed: {done.stderr.strip()}"
        raise CommandError(msg)
    return target


def postgresql_connection() -> tuple[list[str], dict[str, str]]:
    """Arguments and environment by which PostgreSQL's own programs reach the database."""
    known = settings.DATABASES["default"]
    arguments = [f"--dbname={known['NAME']}"]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if known[key]:
            arguments.append(f"{option}={known[key]}")
    return arguments, {**os.environ, "PGPASSWORD": known["PASSWORD"]}


def _add_files(archive: tarfile.TarFile, *, with_keys: bool) -> None:
    if settings.BIANFANG_UPLOADS.is_dir():
        archive.add(settings.BIANFANG_UPLOADS, arcname="uploads")
    ring = settings.BIANFANG_KEYRING_FILE
    if with_keys and ring.exists():
        archive.add(ring, arcname="keyring.json")
        secret = settings.DATA_DIR / "secret_key"
        if secret.exists():
            archive.add(secret, arcname="secret_key")
