"""Homes in the office's town, and the people in them, made by the actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from bianfang.kernel import events
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.identity import check_digit
from bianfang.kernel.codes.people_codes import Relation
from bianfang.register.households.actions.households import create_household
from bianfang.register.households.actions.residents import ResidentInput, add_resident
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.events import HouseholdChanged
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.enums import Role
from bianfang.register.people.tests.factories import Office, make_office

HEAD, SPOUSE, SON = Relation.HEAD, Relation.SPOUSE, Relation.SON


@dataclass(frozen=True, kw_only=True, slots=True)
class Village:
    """An office with people who read, edit, and may see full numbers in 上村."""

    office: Office
    worker: Actor
    leader: Actor
    far_worker: Actor

    @property
    def system(self) -> Actor:
        return self.office.system

    def home(self, number: str = "0101010001", hamlet: str = "上庄", **changes: Any) -> Household:
        """A household that lives there."""
        values = {"living_status": LivingStatus.RESIDENT, **changes}
        hamlet_id = self.office[hamlet].id
        return create_household(actor=self.system, hamlet_id=hamlet_id, number=number, **values)

    def person(self, home: Household, name: str, relation: str = HEAD, **changes: Any) -> Resident:
        """Somebody in a home."""
        given = ResidentInput(name=name, relation=relation, **changes)
        return add_resident(actor=self.system, household_id=home.id, person=given)

    def now(self, home: Household) -> Household:
        """The household as the database has it."""
        return Household.objects.in_town(self.office.town_id).get(id=home.id)


def make_village(slug: str = "first") -> Village:
    office = make_office(slug)
    posts = {
        "worker": (Role.VILLAGE_SECRETARY, "上村"),
        "leader": (Role.LEADER, "镇"),
        "far_worker": (Role.VILLAGE_SECRETARY, "远村"),
    }
    actors = {}
    for name, (role, place) in posts.items():
        staff = office.staff(f"{name}的名", username=f"{slug}-{name.replace('_', '-')}")
        office.post(staff, role, place)
        actors[name] = office.acting(staff)
    return Village(office=office, **actors)


def id_number(birth: date = date(1970, 5, 6), serial: int = 1) -> str:
    """An identity number that nobody can have; an odd serial is a man's."""
    digits = f"999999{birth:%Y%m%d}{serial:03d}"
    return digits + check_digit(digits)


_listening: list[list[HouseholdChanged]] = []


def _hear(event: HouseholdChanged) -> None:
    for heard in _listening:
        heard.append(event)


@contextmanager
def hearing() -> Iterator[list[HouseholdChanged]]:
    """What is told inside the block."""
    events.connect(HouseholdChanged, _hear)
    _listening.append([])
    try:
        yield _listening[-1]
    finally:
        _listening.pop()
