"""`bianfang restore`: an archive of `backup` into an empty data folder or database."""

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from bianfang.config.commands.backup import DATABASE, DUMP, postgresql_connection
from bianfang.config.commands.ready import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to restore."""
    parser.add_argument("file", help="an archive written by `bianfang backup`")


def run(arguments: argparse.Namespace) -> int:
    """Restore; nothing that exists is overwritten."""
    archive = Path(arguments.file)
    if not tarfile.is_tarfile(archive):
        msg = f"{archive} is not an archive written by `bianfang backup`."
        raise CommandError(msg)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as name:
        folder = Path(name)
        with tarfile.open(archive) as content:
            content.extractall(folder, filter="data")
        _restore_database(folder)
        _restore_files(folder)
    sys.stdout.write(f"restored from {archive}; `bianfang check` looks it over.\n")
    return 0


def _restore_database(folder: Path) -> None:
    wanted = DATABASE if connection.vendor == "sqlite" else DUMP
    if not (folder / wanted).exists():
        msg = (
            f"the archive holds no {wanted}: it comes from the other kind of database. "
            "Set or unset BIANFANG_DATABASE_URL as it was when the archive was written."
        )
        raise CommandError(msg)
    if connection.introspection.table_names():
        msg = "the database is not empty; restore into a new BIANFANG_DATA_DIR or database."
        raise CommandError(msg)
    if connection.vendor == "sqlite":
        connection.close()
        for stale in settings.DATA_DIR.glob(f"{DATABASE}*"):
            stale.unlink()
        shutil.move(folder / DATABASE, settings.DATA_DIR / DATABASE)
        return
    arguments, environment = postgresql_connection()
    program = shutil.which("pg_restore")
    if program is None:
        msg = "pg_restore is not installed; on Debian: apt-get install postgresql-client."
        raise CommandError(msg)
    command = [program, "--no-owner", "--exit-on-error", *arguments, str(folder / DUMP)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603  # fixed program, own settings
    if done.returncode:
        msg = f"pg_restore failed: {done.stderr.strip()}"
        raise CommandError(msg)


def _restore_files(folder: Path) -> None:
    if (folder / "uploads").is_dir():
        shutil.copytree(folder / "uploads", settings.BIANFANG_UPLOADS, dirs_exist_ok=True)
    for name, target in (
        ("keyring.json", settings.BIANFANG_KEYRING_FILE),
        ("secret_key", settings.DATA_DIR / "secret_key"),
    ):
        source = folder / name
        if source.exists():
            shutil.copy2(source, target)
            target.chmod(0o600)
