"""Which household could believably bring which demand."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from bianfang.demo.people import DemoHousehold, DemoResident
from bianfang.demo.texts.demand_text import DemandText, Proposer

_CHILD, _OLD, _FARMING = 16, 62, (38, 66)
_SEVERE = ("一级", "二级")


class _Portrait(NamedTuple):
    """What the choice looks at."""

    household: DemoHousehold
    ages: tuple[int, ...]

    @property
    def head_age(self) -> int:
        return self.ages[0]

    @property
    def is_aided(self) -> bool:
        return any(person.is_dibao or person.is_tekun for person in self.household.residents)

    @property
    def is_home(self) -> bool:
        return self.household.status == "resident"

    @property
    def size(self) -> int:
        return len(self.ages)

    @property
    def is_couple(self) -> bool:
        return self.household.residents[1:2] != () and (
            self.household.residents[1].relation == "配偶"
        )

    def has_child_of(self, words: tuple[str, ...]) -> bool:
        return any(
            person.relation in words and 3 <= age < _CHILD
            for person, age in zip(self.household.residents, self.ages, strict=True)
        )


_MATCHES: dict[Proposer, Callable[[_Portrait], bool]] = {
    "any": lambda seen: seen.is_home,
    "elder": lambda seen: seen.is_home and seen.head_age >= _OLD,
    "elder_alone": lambda seen: (
        seen.is_home and seen.size == 1 and seen.head_age >= 70 and not seen.is_aided
    ),
    "elder_couple": lambda seen: (
        seen.is_home
        and seen.size == 2
        and seen.is_couple
        and seen.head_age >= _OLD
        and not seen.is_aided
    ),
    "migrant": lambda seen: seen.household.status == "away",
    "dibao": lambda seen: seen.is_home and seen.is_aided,
    "disabled": lambda seen: (
        seen.is_home
        and any(person.disability.endswith(_SEVERE) for person in seen.household.residents)
    ),
    "parent": lambda seen: seen.is_home and seen.is_couple and seen.has_child_of(("子", "女")),
    "one_parent": lambda seen: (
        seen.is_home
        and not seen.is_couple
        and seen.head_age < 50
        and seen.size > 2
        and seen.has_child_of(("子", "女"))
        and not seen.is_aided
    ),
    "grandparents": lambda seen: (
        seen.is_home and seen.size == 3 and seen.has_child_of(("孙子", "孙女"))
    ),
    "farmer": lambda seen: seen.is_home and _FARMING[0] <= seen.head_age < _FARMING[1],
    "family": lambda seen: seen.is_home and seen.size > 1 and 18 <= seen.head_age < 60,
    "qin": lambda seen: seen.household.story == "qin",
}


def could_propose(text: DemandText, household: DemoHousehold, day: date) -> bool:
    """Whether the household fits the words; the three of the stories have their own."""
    if household.story and text.proposer != household.story:
        return False
    if household.status == "vacant":
        return False
    ages = tuple(age_on(person, day) for person in household.residents)
    return _MATCHES[text.proposer](_Portrait(household, ages))


def age_on(resident: DemoResident, day: date) -> int:
    """Full years on that day."""
    born = resident.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def reachable_adults(
    household: DemoHousehold, day: date, *, is_by_phone: bool
) -> list[DemoResident]:
    """Who can answer: those away when called, those at home at the door; never nobody."""
    adults = [person for person in household.residents if age_on(person, day) >= _CHILD]
    reachable = [person for person in adults if bool(person.away_place) == is_by_phone]
    return reachable or adults or list(household.residents)
