from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel import clock
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    return path


@pytest.fixture(autouse=True)
def files(settings: Settings, key_file: Path, tmp_path: Path) -> Path:
    """Where the kept files of a test lie."""
    settings.BIANFANG_KEYRING_FILE = key_file
    settings.BIANFANG_UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    forget_calendar()
    with clock.at(factories.morning()):
        yield
    forget_calendar()


@pytest.fixture
def town(db: None) -> SmallTown:
    return factories.make_town()
