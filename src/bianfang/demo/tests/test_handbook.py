"""The handbook's page about the town must say what the town is."""

from collections import Counter
from pathlib import Path

import pytest

from bianfang.demo.demands import DemandBook
from bianfang.demo.people import DemoHousehold
from bianfang.demo.texts.demand_text import Route
from bianfang.demo.town import DemoTown

HANDBOOK = Path(__file__).parents[4] / "docs" / "handbook"
ROUTES: tuple[Route, ...] = ("onsite", "timed", "meeting")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_of_the_page_hold_the_towns_figures(
    language: str,
    town: DemoTown,
    households: tuple[DemoHousehold, ...],
    book: DemandBook,
) -> None:
    statuses = Counter(household.status for household in households)
    routes = Counter(demand.route for demand in book.demands)

    expected = [
        *(len(town.of_kind(kind)) for kind in ("community", "village", "hamlet")),
        len(households),
        statuses["resident"],
        statuses["away"],
        statuses["vacant"],
        statuses["resident"] + statuses["away"],
        len(town.staff),
        len(book.demands),
        *(routes[route] for route in ROUTES),
        sum(not demand.is_open for demand in book.demands),
        sum(demand.is_open for demand in book.demands),
        sum(demand.extension is not None for demand in book.demands),
    ]
    assert _figures_of(language) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_counts_the_demands_of_each_theme(language: str, book: DemandBook) -> None:
    text = _page(language)
    for count in Counter(demand.theme for demand in book.demands).values():
        assert f" {count}" in text


def _page(language: str) -> str:
    return (HANDBOOK / language / "demo-town.md").read_text(encoding="utf-8")


def _figures_of(language: str) -> list[int]:
    """The numbers in the second column of the page's tables; words such as "about" are left out."""
    cells = [
        line.split("|")[2].strip()
        for line in _page(language).splitlines()
        if line.startswith("|") and "---" not in line
    ]
    numbers = [part.strip() for cell in cells for part in cell.split("/")]
    return [
        int(number.replace(",", "")) for number in numbers if number.replace(",", "").isdecimal()
    ]
