"""A natural village of 120 households as a phone takes it along, and the start before it.

Over HTTP the whole of it, then with all marks known, when nothing is sent but marks; and the
processor time of making it, which other work on the machine leaves as it is.
"""

import http.client
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import load, setup
from bench.server import serving

HOUSEHOLDS, PEOPLE, VISITS, DEMANDS = 120, 4, 4, 2
TOWN_DEMANDS = 50_000
SECONDS = 6.0
EMPTY = "/help/start/"
NOTE = "家里老人腿脚不便，约好下周再来；医保已缴，想问路灯何时修。"


def main() -> None:
    """Print p50, size, and the ratio to a page without rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        town.add_demands(bench, TOWN_DEMANDS, first=1)
        fill(bench)
        print(f"{'made in':>12} {_processor_time(bench) * 1e3:.0f} ms of the processor")
        cookies = town.sign_in(bench.clerks[0])
        start = {"phone_id": "01900000-0000-7000-8000-000000000901", "phone_name": "bench"}
        path = f"/field/api/bundles/{bench.hamlet_id}/"
        with serving(folder) as (port, _):
            page = load.Maker("GET", EMPTY, None)
            load.run(port, page, [cookies], seconds=SECONDS, good=200)  # both processes are warm
            empty = load.run(port, page, [cookies], seconds=SECONDS, good=200)
            print(f"{'without rows':>12} {empty}")
            whole = _measure(port, cookies, path, {"known": {}}, empty.p50, "whole")
            marks = json.loads(whole)["marks"]
            assert len(marks) == HOUSEHOLDS, len(marks)
            _measure(port, cookies, path, {"known": marks}, empty.p50, "known")
            _measure(port, cookies, "/field/api/start/", start, empty.p50, "start")


def _measure(
    port: int, cookies: str, path: str, body: dict[str, Any], empty: float, name: str
) -> bytes:
    from bench.town import CSRF  # noqa: PLC0415  # models can be imported behind setup only

    make = _Post(path, json.dumps(body).encode(), CSRF)
    content = _once(port, make, cookies)
    taken = load.run(port, make, [cookies], seconds=SECONDS, good=200)
    print(f"{name:>12} {taken}  {len(content) / 1e3:.0f} kB  ratio {taken.p50 / empty:.1f}")
    return content


def _processor_time(bench: Any) -> float:
    """The least of ten: what the making takes by itself."""
    from bianfang.faces.field import bundle, places  # noqa: PLC0415  # models can be imported behind setup only
    from bianfang.register.people import queries as people  # noqa: PLC0415  # as above

    actor = people.load_actor(bench.clerks[0])
    hamlet = places.get_hamlet(actor, bench.hamlet_id)
    taken = []
    for _time in range(10):
        began = time.process_time()
        json.dumps(bundle.prepare(actor, hamlet, {}), ensure_ascii=False)
        taken.append(time.process_time() - began)
    return min(taken)


class _Post:
    """The same JSON every time, with the token that belongs to the cookie."""

    def __init__(self, path: str, body: bytes, token: str) -> None:
        self.path, self.body, self.token = path, body, token

    def __call__(self, cookies: str, number: int) -> load.Request:
        headers = {
            "Cookie": cookies,
            "X-CSRFToken": self.token,
            "Content-Type": "application/json",
        }
        return "POST", self.path, self.body, headers


def _once(port: int, make: _Post, cookies: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(*make(cookies, 0))
    content = connection.getresponse().read()
    connection.close()
    return content


def fill(bench: Any) -> None:
    """Make the first natural village one of 120 households with people, visits and demands."""
    from django.db import connection  # noqa: PLC0415  # models can be imported behind setup only

    from bianfang.register.areas.models import Area  # noqa: PLC0415  # as above
    from bianfang.register.households.models import Household, Resident  # noqa: PLC0415  # as above

    hamlet = Area.objects.get(id=bench.hamlet_id)
    rows = Household.objects.filter(town=bench.town, hamlet=hamlet)
    missing = HOUSEHOLDS - rows.count()
    today = datetime.now(tz=UTC).date()
    Household.objects.bulk_create(
        Household(
            town=bench.town, hamlet=hamlet, area_path=hamlet.path, number=f"A{n:09d}",
            door=f"{n}号", living_status="resident", head_name="王建国", entered_on=today,
        )
        for n in range(missing)
    )  # fmt: skip
    homes = list(rows.order_by("number"))
    Resident.objects.bulk_create(
        Resident(
            town=bench.town, household=home, area_path=home.area_path, name="王建国",
            relation="02", phone_last4="1234", entered_on=today, order=n,
        )
        for home in homes
        for n in range(PEOPLE)
    )  # fmt: skip
    _visit_all(bench, homes)
    _ask_all(bench, homes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _visit_all(bench: Any, homes: list[Any]) -> None:
    from bianfang.outreach.visits.models import Visit  # noqa: PLC0415  # models can be imported behind setup only

    now = datetime.now(tz=UTC)
    Visit.objects.bulk_create(
        Visit(
            town=bench.town, household=home, area_path=home.area_path, mode="evening",
            outcome="met", happened_at=now - timedelta(days=40 * n), visitor_names="王建国、李秀英",
            topic_names="医疗保险缴费、燃气安全", note=NOTE, recorded_at=now,
            recorded_by=bench.clerks[0],
        )
        for home in homes
        for n in range(VISITS)
    )  # fmt: skip


def _ask_all(bench: Any, homes: list[Any]) -> None:
    from bianfang.outreach.demands.models import Category, Demand  # noqa: PLC0415  # models can be imported behind setup only

    now = datetime.now(tz=UTC)
    category = Category.objects.filter(town=bench.town).order_by("order").first()
    assert category is not None
    Demand.objects.bulk_create(
        Demand(
            town=bench.town, number=f"2026-A{place:05d}{n}", source="visit", kind="request",
            household=home, area_id=home.hamlet_id, area_path=home.area_path,
            proposer_name=home.head_name, category=category, theme=category.theme, content=NOTE,
            registered_at=now - timedelta(days=n), registered_by=bench.clerks[0], changed_at=now,
        )
        for place, home in enumerate(homes)
        for n in range(DEMANDS)
    )  # fmt: skip


if __name__ == "__main__":
    main()
