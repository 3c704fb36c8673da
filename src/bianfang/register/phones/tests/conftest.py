from collections.abc import Iterator

import pytest

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.register.people.enums import Role
from bianfang.register.people.tests import factories
from bianfang.register.people.tests.factories import Office


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(factories.TODAY)):
        yield


@pytest.fixture
def office(db: None) -> Office:
    return factories.make_office()


@pytest.fixture
def cadre(office: Office) -> Actor:
    return _serving(office, "cadre")


@pytest.fixture
def colleague(office: Office) -> Actor:
    return _serving(office, "colleague")


def _serving(office: Office, name: str) -> Actor:
    staff = office.staff(name)
    office.post(staff, Role.VILLAGE_CADRE, "上村")
    return office.acting(staff)
