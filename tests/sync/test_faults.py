"""A phone on a bad line to a server that dies: each visit arrives once, nothing is lost."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from tests.sync.bad_line import DRIVER, BadLine, serve
from tests.sync.town_server import TownServer

pytestmark = pytest.mark.browser

SEED = 20261124
VISITS, CHUNK = 300, 10
PIN = "270815"
MOST_TRIES = 60


@dataclass(kw_only=True)
class Phone:
    """One phone with the driver page; its tab may be closed at any moment."""

    context: BrowserContext
    address: str
    page: Page | None = None

    def open(self) -> Page:
        self.page = self.context.new_page()
        self.page.goto(f"{self.address}{DRIVER}")
        self.page.wait_for_function("window.driver !== undefined")
        assert self.page.evaluate("pin => window.driver.open(pin)", PIN) == "open"
        return self.page

    def close_in_the_middle(self) -> None:
        assert self.page is not None
        self.page.evaluate("() => { window.driver.sync(); }")
        self.page.close()

    def call(self, what: str, given: Any = None) -> Any:
        assert self.page is not None
        return self.page.evaluate(f"given => window.driver.{what}(given)", given)


@dataclass(kw_only=True)
class Scene:
    """Everything of one test."""

    line: BadLine
    phone: Phone
    ground: dict[str, Any]
    server: TownServer


@contextmanager
def scene(
    town_server: TownServer, browser: Browser, driver: Path, dice: random.Random
) -> Iterator[Scene]:
    ground = town_server.ground("found")
    town_server.start()
    power = threading.Lock()

    def cut_power() -> None:
        with power:
            town_server.kill()
            town_server.start()

    line = BadLine(port=town_server.port, driver=driver, dice=dice, cut_power=cut_power)
    listening = serve(line)
    address = f"http://127.0.0.1:{listening.server_address[1]}"
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    phone = Phone(context=context, address=address)
    try:
        _sign_in(context, address, ground["password"])
        phone.open()
        assert phone.call("begin") == len(ground["households"])
        yield Scene(line=line, phone=phone, ground=ground, server=town_server)
    finally:
        context.close()
        listening.shutdown()
        listening.server_close()


def test_three_hundred_visits_arrive_exactly_once(
    town_server: TownServer, browser: Browser, driver: Path
) -> None:
    dice = random.Random(SEED)
    with scene(town_server, browser, driver, dice) as scenery:
        planned = [_planned(scenery.ground, number) for number in range(VISITS)]
        for start in range(0, VISITS, CHUNK):
            scenery.phone.call("write", planned[start : start + CHUNK])
            if dice.random() < 0.3:
                scenery.phone.close_in_the_middle()
                scenery.phone.open()
            else:
                scenery.phone.call("sync")
        tally = _until_all_arrived(scenery.phone, VISITS)
        happened, kills = scenery.line.happened, town_server.kills
        stored = town_server.ground("count")

    assert tally["errors"] == []
    assert stored["visits"] == sorted(one["body"]["visit_id"] for one in planned)
    assert stored["demands"] == sorted(
        demand["content"] for one in planned for demand in one["body"]["demands"]
    )
    assert set(tally["receipts"]) == set(stored["visits"])
    assert len(set(tally["receipts"].values())) == VISITS
    _nothing_was_overwritten(planned, stored)
    assert kills >= 2, happened
    assert all(happened[fault] for fault in BadLine.FAULTS), happened


def test_a_server_restored_from_a_backup_is_offered_the_records_again(
    town_server: TownServer, browser: Browser, driver: Path
) -> None:
    with scene(town_server, browser, driver, random.Random(SEED)) as scenery:
        scenery.line.is_bad = False
        planned = [_planned(scenery.ground, number) for number in range(30)]
        _send(scenery.phone, planned[:10])
        town_server.kill()
        town_server.database.remember()
        town_server.start()
        before = _send(scenery.phone, planned[10:25])
        town_server.kill()
        town_server.database.fall_back()
        town_server.start()

        after = _send(scenery.phone, planned[25:])
        stored = town_server.ground("count")

    assert before["states"] == {"accepted": 25}
    assert after["offeredAgain"] == 15
    assert after["states"] == {"accepted": 30}
    assert stored["visits"] == sorted(one["body"]["visit_id"] for one in planned)
    assert len(stored["demands"]) == 10


def _sign_in(context: BrowserContext, address: str, password: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", "cadre")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    page.close()


def _planned(ground: dict[str, Any], number: int) -> dict[str, Any]:
    """Every third brings a demand; every tenth says that the door's number has changed."""
    households = ground["households"]
    household = households[number % len(households)]
    door = {"from": household["door"], "to": f"新{number}号"} if number % 10 == 0 else None
    changes = {"living_status": None, "contact_time": None, "door": door, "phone": None}
    demand = {
        "content": f"第{number}次走访提出的诉求",
        "category_id": ground["category"],
        "kind": "request",
        "urgent": False,
        "resident_id": None,
        "route": ("timed", "meeting", "")[number % 9 // 3],
        "outcome": "solved",
        "result": "",
        "reply": "",
        "reply_mode": "in_person",
        "satisfaction": "not_asked",
    }
    body = {
        "visit_id": str(new_id()),
        "household_id": household["id"],
        "mode": "day",
        "outcome": "met",
        "happened_at": clock.now().isoformat(),
        "visitor_ids": [ground["staff"]],
        "topic_ids": [],
        "respondent_relation": "",
        "village_facts": "",
        "note": "",
        "demands": [demand] if number % 3 == 0 else [],
        "findings": [],
        "answers": None,
        "changes": changes if door else None,
    }
    return {"recordId": str(new_id()), "body": body}


def _send(phone: Phone, planned: list[dict[str, Any]]) -> dict[str, Any]:
    phone.call("write", planned)
    phone.call("sync")
    tally: dict[str, Any] = phone.call("sync")
    return tally


def _until_all_arrived(phone: Phone, count: int) -> dict[str, Any]:
    tally: dict[str, Any] = {}
    for _ in range(MOST_TRIES):
        tally = phone.call("sync")
        if tally["states"] == {"accepted": count}:
            return tally
    raise AssertionError({key: tally[key] for key in ("states", "errors", "phase", "message")})


def _nothing_was_overwritten(planned: list[dict[str, Any]], stored: dict[str, Any]) -> None:
    """Of several new numbers for one door one stands in the register, the others are kept."""
    sent = [
        (one["body"]["household_id"], one["body"]["changes"]["door"]["to"])
        for one in planned
        if one["body"]["changes"]
    ]
    held = set(stored["held"])
    assert held.isdisjoint(stored["doors"].values())
    for household, door in sent:
        assert stored["doors"][household] == door or door in held
    assert len(held) == len(sent) - len({household for household, _door in sent})
