"""A database of a test's own, that can be put back to how it was: as a backup would."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SQLITE = "bianfang.sqlite3"


class Database(Protocol):
    """Where a server keeps its town. Both acts are done while no server is running."""

    url: str

    def remember(self) -> None: ...

    def fall_back(self) -> None: ...


class SqliteFile:
    """A file in the server's data folder."""

    url = ""

    def __init__(self, folder: Path) -> None:
        self._folder, self._kept = folder, folder / "remembered"

    def remember(self) -> None:
        """Copy the database with what its log holds."""
        self._kept.mkdir()
        for file in self._folder.glob(f"{SQLITE}*"):
            shutil.copy(file, self._kept)

    def fall_back(self) -> None:
        """Everything since is gone."""
        for file in self._folder.glob(f"{SQLITE}*"):
            file.unlink()
        for file in self._kept.iterdir():
            shutil.copy(file, self._folder)


class PostgresDatabase:
    """A database beside the one of the test run, on the same server."""

    def __init__(self, beside: str) -> None:
        self._beside = beside
        self._name = f"bianfang_sync_{secrets.token_hex(4)}"
        self.url = urlsplit(beside)._replace(path=f"/{self._name}").geturl()
        self._run("CREATE DATABASE {0}")

    def remember(self) -> None:
        """Copy it under another name."""
        self._run("CREATE DATABASE {1} TEMPLATE {0}")

    def fall_back(self) -> None:
        """Everything since is gone."""
        self._run("DROP DATABASE {0} WITH (FORCE)", "CREATE DATABASE {0} TEMPLATE {1}")

    def drop(self) -> None:
        """Leave nothing behind."""
        for name in ("{0}", "{1}"):
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, *statements: str) -> None:
        names = [sql.Identifier(self._name), sql.Identifier(f"{self._name}_kept")]
        with psycopg.connect(self._beside, autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement).format(*names))


@contextmanager
def own_database(folder: Path) -> Iterator[Database]:
    """On PostgreSQL where the test run has one, else a file."""
    beside = os.environ.get("BIANFANG_DATABASE_URL", "")
    if not beside:
        yield SqliteFile(folder)
        return
    database = PostgresDatabase(beside)
    try:
        yield database
    finally:
        database.drop()
