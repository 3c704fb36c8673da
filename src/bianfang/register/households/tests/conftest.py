from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel import clock
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.register.households.tests import factories
from bianfang.register.households.tests.factories import Village
from bianfang.register.people.tests.factories import TODAY


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    return path


@pytest.fixture(autouse=True)
def keys_of_the_tests(settings: Settings, key_file: Path) -> None:
    settings.BIANFANG_KEYRING_FILE = key_file


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(TODAY, 15, 30)):
        yield


@pytest.fixture
def village(db: None) -> Village:
    return factories.make_village()
