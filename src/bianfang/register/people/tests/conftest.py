from collections.abc import Iterator

import pytest

from bianfang.kernel import clock
from bianfang.register.people.tests import factories
from bianfang.register.people.tests.factories import Office


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(factories.TODAY)):
        yield


@pytest.fixture
def office(db: None) -> Office:
    return factories.make_office()
