from collections.abc import Iterator

import pytest

from bianfang.kernel import clock
from bianfang.register.areas.tests import factories
from bianfang.register.areas.tests.factories import Tree


@pytest.fixture(autouse=True)
def a_fixed_day() -> Iterator[None]:
    with clock.at(clock.in_town(factories.TODAY)):
        yield


@pytest.fixture
def tree(db: None) -> Tree:
    return factories.make_tree()
