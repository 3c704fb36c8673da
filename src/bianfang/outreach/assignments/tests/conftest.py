from collections.abc import Iterator

import pytest

from bianfang.kernel import clock
from bianfang.outreach.assignments.tests import factories
from bianfang.outreach.assignments.tests.factories import SmallTown


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(factories.TODAY)):
        yield


@pytest.fixture
def town(db: None) -> SmallTown:
    return factories.make_town()
