"""Who goes to which door: cadres, village secretaries, workers, and leaders for some of them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bianfang.demo.people import DemoHousehold
from bianfang.demo.staffing import DemoStaff
from bianfang.demo.town import DemoTown

_DOORS_OF_A_PRINCIPAL = 34
_DOORS_OF_A_LEADER = 22
_WITH_SECRETARY, _WITH_WORKER, _ALONE = 0.42, 0.70, 0.86
_CADRE_CALLS = 0.7
_PRINCIPAL_OF_STORIES = "secretary"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitorPlan:
    """The people of every village, and the doors that leaders have taken for themselves."""

    rng: random.Random
    cadres: Mapping[str, str]
    workers: Mapping[str, Sequence[str]]
    leaders: Mapping[str, str]

    def visitors_of(self, household: DemoHousehold, mode: str) -> tuple[str, ...]:
        """User names of those who come or call; the first writes the visit down."""
        cadre = self.cadres[household.village_key]
        worker = self.rng.choice(self.workers[household.community_key])
        if mode == "phone":
            return (cadre if self.rng.random() < _CADRE_CALLS else worker,)
        secretary = f"village{household.village_key[1:]}"
        leader = self.leaders.get(household.number)
        if leader:
            return (cadre, leader, secretary)
        draw = self.rng.random()
        if draw < _WITH_SECRETARY:
            return (cadre, secretary)
        if draw < _WITH_WORKER:
            return (cadre, worker)
        return (cadre,) if draw < _ALONE else (secretary, worker)


def plan_visitors(
    *, town: DemoTown, villages: Mapping[str, Sequence[DemoHousehold]], rng: random.Random
) -> VisitorPlan:
    """Draw the doors of principal leaders in the whole town and of leaders in their communities."""
    households = [household for members in villages.values() for household in members]
    leaders: dict[str, str] = {}
    for person in town.of_role("leader"):
        own = [household for household in households if household.community_key in person.area_keys]
        leaders |= _draw_doors(rng, person, own, _DOORS_OF_A_LEADER)
    for person in town.of_role("principal_leader"):
        leaders |= _draw_doors(rng, person, households, _DOORS_OF_A_PRINCIPAL)
    leaders |= {
        household.number: _PRINCIPAL_OF_STORIES for household in households if household.story
    }
    workers: dict[str, list[str]] = {}
    for person in town.of_role("community_worker"):
        workers.setdefault(person.area_keys[0], []).append(person.username)
    cadres = {
        key: person.username for person in town.of_role("village_cadre") for key in person.area_keys
    }
    return VisitorPlan(rng=rng, cadres=cadres, workers=workers, leaders=leaders)


def _draw_doors(
    rng: random.Random, person: DemoStaff, households: Sequence[DemoHousehold], count: int
) -> dict[str, str]:
    return {household.number: person.username for household in rng.sample(households, count)}
