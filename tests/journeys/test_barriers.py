import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.addresses import NO_SUCH_PAGE, pages_of_clerk
from tests.journeys.conftest import OpenDesk
from tests.journeys.pages import Desk
from tests.journeys.town import Lived

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}
ONLY = {"resultTypes": ["violations"]}


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_bars_the_way_and_pages_fit(lived: Lived, open_desk: OpenDesk, width: int) -> None:
    axe = Axe()
    found: list[tuple[str, ...]] = []
    stranger = open_desk(width=width)
    stranger.go("/accounts/login/")
    found += barriers(axe, stranger, width)
    clerk = open_desk("clerk", width=width)

    for path in pages_of_clerk(lived):
        status = clerk.go(path).status
        if status != (404 if path == NO_SUCH_PAGE else 200):
            found.append((path, f"answers {status}"))
        found += barriers(axe, clerk, width)

    assert found == []


def barriers(axe: Axe, desk: Desk, width: int) -> list[tuple[str, ...]]:
    path = desk.page.url.removeprefix(desk.base)
    seen: list[tuple[str, ...]] = [
        (path, rule["id"], str(node["target"]), node["failureSummary"][:300])
        for rule in axe.run(desk.page, options=ONLY).response["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"][:3]
    ]
    shown = desk.page.evaluate("document.documentElement.scrollWidth")
    return [*seen, (path, f"{shown} wide")] if shown > width else seen
