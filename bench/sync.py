"""Visits brought home from phones, over HTTP in batches; on the database that the settings name.

One phone empties its queue of ten thousand; then four phones send batches of fifty for a while, and
again with a demand in each visit.
The yardstick, in turn with the first: a loop that writes nothing but rows of visits, one a commit.
"""

import http.client
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from bench import load, setup
from bench.server import serving

if TYPE_CHECKING:
    from bench.town import BenchTown

QUEUED, BATCH = 10_000, 200
ROUNDS, SINGLE = 10, 200
CLIENTS, SMALL, SECONDS = 4, 50, 15.0
EVERY = 10
"""Of so many visits one brings a demand."""
PATH = "/field/api/commands/"


def main() -> None:
    """Print the rates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from django.db import connection  # noqa: PLC0415  # there are settings behind setup only

        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        cookies = [town.sign_in(clerk) for clerk in bench.clerks]
        phones = [
            Phone(
                cookies=cookies[n],
                csrf=town.CSRF,
                person=bench.clerks[n].id,
                households=bench.households[n::CLIENTS],
                category=bench.categories[0],
                topics=bench.topics[:2],
            )
            for n in range(CLIENTS)
        ]
        with serving(folder) as (port, _):
            alone, queued = _in_turn(port, phones[0], bench)
            together = load.run(port, ask, phones, seconds=SECONDS, good=200)
            full = load.run(port, ask_full, phones, seconds=SECONDS, good=200)
        print(f"database                         {connection.vendor}")
        print(f"rows of visits, one a commit     {alone:7.0f}/s")
        print(f"queue of {QUEUED}, batches of {BATCH}   {queued:7.0f} visits/s", end="")
        print(f"  ratio {queued / alone:.2f}")
        print(f"{CLIENTS} phones, batches of {SMALL}         {together.rate * SMALL:7.0f} visits/s")
        print(f"  batches                        {together}")
        print(f"the same, a demand each          {full.rate * SMALL:7.0f} visits/s")
        print(f"  batches                        {full}")


class Phone:
    """Signed in as one person; each batch is of fresh visits, as the contract says."""

    def __init__(
        self,
        *,
        cookies: str,
        csrf: str,
        person: UUID,
        households: list[UUID],
        category: UUID,
        topics: list[UUID],
    ) -> None:
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": cookies,
            "X-CSRFToken": csrf,
            "X-Bianfang-Phone": str(uuid7()),
        }
        self.person, self.households = str(person), households
        self.category, self.topics = str(category), [str(topic) for topic in topics]

    def request(self, homes: list[UUID], *, every: int = EVERY) -> load.Request:
        """A batch with a visit to each of these; of so many one brings a demand."""
        now = datetime.now(tz=UTC).isoformat()
        frame = {
            "phone_id": self.headers["X-Bianfang-Phone"],
            "person_id": self.person,
            "last_accepted": None,
            "commands": [
                {
                    "id": str(uuid7()),
                    "kind": "visit.record",
                    "made_at": now,
                    "body": self._visit(home, now, has_demand=place % every == 0),
                }
                for place, home in enumerate(homes)
            ],
        }
        return "POST", PATH, json.dumps(frame, ensure_ascii=False).encode(), self.headers

    def _visit(self, home: UUID, now: str, *, has_demand: bool) -> dict[str, Any]:
        return {
            "visit_id": str(uuid7()),
            "household_id": str(home),
            "mode": "evening",
            "outcome": "met",
            "happened_at": now,
            "visitor_ids": [self.person],
            "topic_ids": self.topics,
            "respondent_relation": "02",
            "village_facts": "",
            "note": "",
            "demands": [self._demand()] if has_demand else [],
            "findings": [],
            "answers": None,
            "changes": None,
        }

    def _demand(self) -> dict[str, Any]:
        return {
            "content": "村口路灯不亮，晚上走路不方便。",
            "category_id": self.category,
            "kind": "request",
            "urgent": False,
            "resident_id": None,
            "route": "timed",
            "outcome": "solved",
            "result": "",
            "reply": "",
            "reply_mode": "in_person",
            "satisfaction": "not_asked",
        }


def ask(phone: Phone, number: int) -> load.Request:
    """The next batch of a phone, round its households."""
    start = number * SMALL % (len(phone.households) - SMALL)
    return phone.request(phone.households[start : start + SMALL])


def ask_full(phone: Phone, number: int) -> load.Request:
    """The same where every visit brings a demand."""
    start = number * SMALL % (len(phone.households) - SMALL)
    return phone.request(phone.households[start : start + SMALL], every=1)


def _in_turn(port: int, phone: Phone, bench: "BenchTown") -> tuple[float, float]:
    """Rows alone and visits of the queue, a second: the middle of what each round took."""
    share = QUEUED // ROUNDS
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    alone, queued = [], []
    for number in range(ROUNDS):
        alone.append(_single_rows(bench))
        homes = bench.households[number * share : (number + 1) * share]
        queued.append(_send(connection, phone, homes))
    connection.close()
    return statistics.median(alone), statistics.median(queued)


def _send(connection: http.client.HTTPConnection, phone: Phone, homes: list[UUID]) -> float:
    """Visits a second; each of them has to be accepted."""
    accepted, start = 0, time.perf_counter()
    for first in range(0, len(homes), BATCH):
        method, path, body, headers = phone.request(homes[first : first + BATCH])
        connection.request(method, path, body, headers)
        told = json.loads(connection.getresponse().read())
        accepted += sum(one["state"] == "accepted" for one in told["answers"])
    taken = time.perf_counter() - start
    if accepted != len(homes):
        raise SystemExit(f"accepted {accepted} of {len(homes)}")
    return len(homes) / taken


def _single_rows(bench: "BenchTown") -> float:
    """Rows a second, each in a transaction of its own; nothing else is written."""
    from django.db import transaction  # noqa: PLC0415  # there are settings behind setup only

    from bianfang.outreach.visits.models import Visit  # noqa: PLC0415  # as above

    now, path = datetime.now(tz=UTC), "0001"
    start = time.perf_counter()
    for home in bench.households[:SINGLE]:
        with transaction.atomic():
            Visit(
                town_id=bench.town.id, household_id=home, area_path=path, mode="day",
                outcome="met", happened_at=now, visitor_names="干部0", recorded_at=now,
                recorded_by_id=bench.clerks[0].id,
            ).save(force_insert=True)  # fmt: skip
    return SINGLE / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
