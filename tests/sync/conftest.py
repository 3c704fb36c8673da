from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.databases import Database, own_database
from tests.sync.town_server import ROOT, TownServer


@pytest.fixture(scope="session")
def driver() -> Path:
    """The driver page, built by `make setup`."""
    folder = ROOT / "build" / "samples" / "field-driver"
    assert (folder / "index.html").exists(), "run `make setup` first"
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with own_database(tmp_path) as database:
        yield database


@pytest.fixture
def town_server(tmp_path: Path, database: Database) -> Iterator[TownServer]:
    server = TownServer(tmp_path, database)
    try:
        yield server
    finally:
        server.kill()
