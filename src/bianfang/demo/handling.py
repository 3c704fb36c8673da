"""Who handles a demand, within which time, and by which steps."""

import random
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bianfang.demo.people import DemoHousehold
from bianfang.demo.staffing import DemoStaff
from bianfang.demo.texts.categories import CATEGORY_BY_CODE, MEETING_SLA_DAYS
from bianfang.demo.texts.demand_text import OWN_COMMUNITY, OWN_VILLAGE, DemandText
from bianfang.demo.timeline import add_weekdays
from bianfang.demo.town import DemoTown

_EXTENSION_ASKED_BEFORE = 2
# Contact cadres sit in a unit as well, but answer for their villages.
_ANSWERING_ROLES = frozenset({"unit_head", "unit_handler", "community_worker", "village_secretary"})


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoStep:
    """A note of progress and its day."""

    on: date
    note: str


class People(NamedTuple):
    """User names; the reviewer and the approver are never the owner."""

    unit: str
    registrar: str
    owner: str
    reviewer: str
    approver: str


class Desk:
    """Finds the unit, the owner and those who check, by text and place."""

    def __init__(self, *, town: DemoTown, rng: random.Random) -> None:
        self._rng = rng
        self._by_unit: dict[str, list[str]] = {}
        for person in town.staff:
            if person.role in _ANSWERING_ROLES:
                self._by_unit.setdefault(person.unit, []).append(person.username)
        self._cadres = {
            key: person.username
            for person in town.of_role("village_cadre")
            for key in person.area_keys
        }
        self._clerks = [person.username for person in town.of_role("town_clerk")]
        self._leaders: dict[str, str] = {}
        for leader in town.of_role("leader"):
            self._remember_leader(leader)

    def _remember_leader(self, leader: DemoStaff) -> None:
        for key in leader.area_keys:
            self._leaders.setdefault(key, leader.username)

    def cadre_of(self, village_key: str) -> str:
        """The contact cadre of the village."""
        return self._cadres[village_key]

    def leader_of(self, community_key: str) -> str:
        """The first leader of the community's group."""
        return self._leaders[community_key]

    def workers_of(self, community_key: str) -> list[str]:
        """The workers of the community."""
        return self._by_unit[f"community_{community_key[1:]}"]

    def assign(self, text: DemandText, household: DemoHousehold) -> People:
        """The unit the text names, else the village when settled on site, else the category's."""
        unit = self._unit_of(text, household)
        staff = self._by_unit[unit]
        owner = self._rng.choice(staff[1:] or staff)
        return People(
            unit=unit,
            registrar=self.cadre_of(household.village_key),
            owner=owner,
            reviewer=self._reviewer(text, household, owner),
            approver=staff[0] if staff[0] != owner else self.leader_of(household.community_key),
        )

    def _unit_of(self, text: DemandText, household: DemoHousehold) -> str:
        unit = text.unit
        if not unit:
            onsite = text.route == "onsite"
            unit = OWN_VILLAGE if onsite else CATEGORY_BY_CODE[text.category].unit
        if unit == OWN_VILLAGE:
            return f"village_{household.village_key[1:]}"
        if unit == OWN_COMMUNITY:
            return f"community_{household.community_key[1:]}"
        return unit

    def _reviewer(self, text: DemandText, household: DemoHousehold, owner: str) -> str:
        onsite = text.route == "onsite"
        checkers = self.workers_of(household.community_key) if onsite else self._clerks
        return self._rng.choice([person for person in checkers if person != owner])


def sla_of(text: DemandText) -> int:
    """Working days promised: none on site, the category's own, one length for meetings."""
    if text.route == "onsite":
        return 0
    if text.route == "meeting":
        return MEETING_SLA_DAYS
    return CATEGORY_BY_CODE[text.category].sla_days


def steps_of(text: DemandText, heard_on: date) -> tuple[DemoStep, ...]:
    """What was explained to the resident, and what had been done half-way."""
    if text.route == "onsite":
        return ()
    explained = DemoStep(on=add_weekdays(heard_on, 1), note=text.explained)
    half_way = add_weekdays(heard_on, max(2, (text.days or sla_of(text)) // 2))
    done = text.measures.split("，")[0].rstrip("。")
    prefix = "会办议定事项在办：" if text.route == "meeting" else "正在办理："
    return (explained, DemoStep(on=half_way, note=f"{prefix}{done}。"))


def extension_day(text: DemandText, heard_on: date) -> date | None:
    """An extension is asked for before the deadline passes."""
    if text.extension is None:
        return None
    return add_weekdays(heard_on, sla_of(text) - _EXTENSION_ASKED_BEFORE)


def result_of(text: DemandText) -> str:
    """The result in one clause: how the reply begins."""
    if not text.reply:
        return ""
    first = text.reply.split("。")[0].split("，")[0]
    return f"{first}。"
