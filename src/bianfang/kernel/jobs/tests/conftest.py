from collections.abc import Callable, Iterator

import pytest

from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs.registry import KINDS, Handler, register

Register = Callable[[str, Handler], None]


@pytest.fixture
def clerk() -> Actor:
    return Actor(town_id=new_id(), name="高雅琴", staff_id=new_id())


@pytest.fixture
def registered() -> Iterator[Register]:
    """Registers handlers for one test."""
    before = dict(KINDS)

    def remember(name: str, handler: Handler) -> None:
        register(name)(handler)

    yield remember
    KINDS.clear()
    KINDS.update(before)
