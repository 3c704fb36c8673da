from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.kernel.workcalendar.queries import forget_calendar
from tests.journeys.pages import Desk
from tests.journeys.town import JourneyTown, Lived, found_town, settle

OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def journey_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journeys")
    create_keyfile(folder / "keyring.json", cipher=CipherName.AES_GCM)
    return folder


@pytest.fixture(autouse=True)
def files_of_the_tests(settings: Settings, journey_folder: Path) -> None:
    settings.BIANFANG_KEYRING_FILE = journey_folder / "keyring.json"
    settings.BIANFANG_UPLOADS = journey_folder / "uploads"
    forget_calendar()


@pytest.fixture
def town(transactional_db: None, files_of_the_tests: None) -> JourneyTown:
    return found_town()


@pytest.fixture
def lived(town: JourneyTown) -> Lived:
    return settle(town)


@pytest.fixture
def open_desk(browser: Browser, live_server: LiveServer) -> Iterator[OpenDesk]:
    """A browser of its own for everybody who is named."""
    contexts: list[BrowserContext] = []

    def open_for(name: str = "", *, script: bool = True, width: int = 1440) -> Desk:
        context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(8_000)
        contexts.append(context)
        desk = Desk(context.new_page(), live_server.url)
        return desk.sign_in(name) if name else desk

    yield open_for
    for context in contexts:
        context.close()
