"""Writing over HTTP with four signed-in clients: a demand, a visit with one, a sheet of visits.

The yardstick in the same run is a page that writes nothing: what the server costs by itself.
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from uuid_utils.compat import uuid7

from bench import load, setup
from bench.server import serving

CLIENTS = 4
SECONDS = 15.0
LINES = 15
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Print the rates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        cookies = [town.sign_in(clerk) for clerk in bench.clerks]
        headers = [{**FORM, "Cookie": each, "X-CSRFToken": town.CSRF} for each in cookies]
        share = len(bench.households) // CLIENTS
        visits = [
            VisitClient(
                headers=headers[n],
                households=bench.households[n * share : (n + 1) * share],
                category=bench.categories[0],
                visitor=bench.clerks[n].id,
                topics=bench.topics[:2],
            )
            for n in range(CLIENTS)
        ]
        demands = [
            DemandClient(
                headers=headers[n],
                area=bench.hamlet_id,
                category=bench.categories[n],
            )
            for n in range(CLIENTS)
        ]
        sheets = [
            SheetClient(
                headers=headers[n],
                numbers=town.sheet_numbers()[n::CLIENTS],
                category=bench.categories[0],
                visitor=bench.clerks[n].id,
                topics=bench.topics[:2],
            )
            for n in range(CLIENTS)
        ]
        with serving(folder) as (port, _):
            plain = load.run(
                port, load.Maker("GET", "/help/start/", None), cookies, seconds=SECONDS, good=200
            )
            demand = load.run(port, ask, demands, seconds=SECONDS, good=302)
            visit = load.run(port, ask, visits, seconds=SECONDS, good=302)
            sheet = load.run(port, ask, sheets, seconds=SECONDS, good=302)
        print(f"page that writes nothing  {plain}")
        for label, done in (("demand", demand), ("visit with a demand", visit), ("sheet", sheet)):
            print(f"{label:<24}  {done}  ratio {done.rate / plain.rate:.2f}")
        print(f"visits by sheets          {sheet.rate * LINES:7.1f}/s")


def ask(client: "VisitClient | DemandClient | SheetClient", number: int) -> load.Request:
    """The next request of a client."""
    return client.request(number)


class VisitClient:
    """Visits its households one after the other; each asks for something."""

    def __init__(
        self,
        *,
        headers: dict[str, str],
        households: list[UUID],
        category: UUID,
        visitor: UUID,
        topics: list[UUID],
    ) -> None:
        self.headers, self.households = headers, households
        self.category, self.visitor, self.topics = category, visitor, topics

    def request(self, number: int) -> load.Request:
        """One visit, as the form sends it."""
        household = self.households[number % len(self.households)]
        fields: dict[str, Any] = {
            "visit_id": uuid7(),
            "mode": "day",
            "outcome": "met",
            "happened_at": _town_now(),
            "visitors": [self.visitor],
            "topics": self.topics,
            "demand-rows": 1,
            "demands-0-content": "村口路灯不亮，晚上走路不方便。",
            "demands-0-category": self.category,
            "demands-0-route": "later",
            "demands-0-kind": "request",
            "demands-0-outcome": "solved",
            "demands-0-reply_mode": "in_person",
            "demands-0-satisfaction": "not_asked",
        }
        return "POST", f"/visits/add/{household}/", _body(fields), self.headers


class DemandClient:
    """Registers demands of people who came to the office."""

    def __init__(self, *, headers: dict[str, str], area: UUID, category: UUID) -> None:
        self.headers, self.area, self.category = headers, area, category

    def request(self, number: int) -> load.Request:
        """One demand, as the form sends it."""
        fields = {
            "proposer_name": f"王{number % 97}",
            "area_id": self.area,
            "source": "walk_in",
            "content": f"第{number}件：排水沟堵塞，雨天积水，请尽快清理。",
            "category_id": self.category,
            "kind": "request",
        }
        return "POST", "/demands/add/", _body(fields), self.headers


class SheetClient:
    """Types in paper sheets; each household of a sheet asks for something."""

    def __init__(
        self,
        *,
        headers: dict[str, str],
        numbers: list[str],
        category: UUID,
        visitor: UUID,
        topics: list[UUID],
    ) -> None:
        self.headers, self.numbers = headers, numbers
        self.category, self.visitor, self.topics = category, visitor, topics

    def request(self, number: int) -> load.Request:
        """One full sheet, as the form sends it."""
        fields: dict[str, Any] = {
            "visitors": [self.visitor],
            "topics": self.topics,
            "day": _town_now()[:10],
        }
        for row in range(LINES):
            fields |= {
                f"rows-{row}-visit_id": uuid7(),
                f"rows-{row}-outcome": "1",
                f"rows-{row}-mode": "1",
                f"rows-{row}-demand": "村口路灯不亮，晚上走路不方便。",
                f"rows-{row}-category": self.category,
            }
        sheet = self.numbers[number % len(self.numbers)]
        return "POST", f"/sheets/enter/?number={sheet}", _body(fields), self.headers


def _body(fields: dict[str, Any]) -> bytes:
    return urlencode(fields, doseq=True).encode()


def _town_now() -> str:
    from bianfang.kernel import clock  # noqa: PLC0415  # models can be imported behind setup only

    return clock.local(datetime.now(tz=UTC)).strftime("%Y-%m-%dT%H:%M")


if __name__ == "__main__":
    main()
