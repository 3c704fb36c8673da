from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel import clock
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.tests import factories


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    return path


@pytest.fixture(autouse=True)
def keys_of_the_tests(settings: Settings, key_file: Path) -> None:
    settings.BIANFANG_KEYRING_FILE = key_file


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.BIANFANG_UPLOADS = tmp_path


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    forget_calendar()
    with clock.at(factories.morning()):
        yield
    forget_calendar()
