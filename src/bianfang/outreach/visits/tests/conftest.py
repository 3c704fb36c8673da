from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel import clock, events
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions.register_changes import note_register_change
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going
from bianfang.register.households.events import HouseholdChanged


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    return path


@pytest.fixture(autouse=True)
def keys_of_the_tests(settings: Settings, key_file: Path) -> None:
    settings.BIANFANG_KEYRING_FILE = key_file


@pytest.fixture(autouse=True)
def listening() -> None:
    """Connected twice is once: the same as in the running house."""
    events.connect(HouseholdChanged, note_register_change)


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(TODAY, 16)):
        yield


@pytest.fixture
def going(db: None) -> Going:
    """A town in the middle of its first round."""
    return factories.make_going()
