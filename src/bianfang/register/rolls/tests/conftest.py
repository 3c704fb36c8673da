from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from bianfang.kernel import clock
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import RollTown


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rolls")
    create_keyfile(folder / "keyring.json", cipher=CipherName.AES_GCM)
    return folder


@pytest.fixture(scope="module", autouse=True)
def place_of_files(data_folder: Path) -> Iterator[None]:
    """Keys and sent workbooks of these tests, for the fixtures of whole modules as well."""
    with override_settings(
        BIANFANG_KEYRING_FILE=data_folder / "keyring.json",
        BIANFANG_UPLOADS=data_folder / "uploads",
    ):
        yield


@pytest.fixture(autouse=True)
def summer() -> Iterator[None]:
    with clock.at(clock.in_town(factories.TODAY)):
        yield


@pytest.fixture
def town(db: None) -> RollTown:
    return factories.make_town()
