"""Suite-wide: which tests this machine can run, and how the browser is started."""

import os
import shutil
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.queries.categories import forget_categories
from bianfang.register.areas.queries import forget_areas

pytest_plugins = ["tests.traps"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what the database or the machine cannot run; browser journeys come last."""
    lacking = {
        "postgres": connection.vendor != "postgresql" and "needs BIANFANG_DATABASE_URL",
        "browser": _chromium() is None and "needs a Chromium",
    }
    for item in items:
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


KEEPERS = (
    "bianfang.kernel.workcalendar.queries._SECONDS_KEPT",
    "bianfang.register.areas.queries.SECONDS_KEPT",
    "bianfang.outreach.demands.queries.categories._SECONDS_KEPT",
)
"""How long lists are kept: in a test until it ends, so that none runs out between two counts."""


@pytest.fixture(autouse=True)
def _fresh_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one's pages had read, and nothing is read twice in a test."""
    for keeper in KEEPERS:
        monkeypatch.setattr(keeper, 10**9)
    forget_areas()
    forget_categories()
    forget_calendar()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A page that was asked for in English leaves that language behind in its thread."""
    translation.deactivate()


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded. The flags let it run as root in a container."""
    # Playwright's loop runs in the test's own thread; the tests still touch the ORM one at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": _chromium(), "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """As staff use it: Chinese, in the town's time zone."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
