"""What must not happen anywhere fails wherever it happens: traps laid under the whole suite."""

from collections.abc import Generator, Iterator

import pytest

from tests.traps import network, orm, pages, scope


def pytest_configure() -> None:
    """The first of all: nothing reaches out, not even while tests are collected."""
    network.lay()


@pytest.fixture(scope="session", autouse=True)
def traps() -> Iterator[None]:
    """Once a session, after Django is set up."""
    scope.lay()
    pages.lay()
    with pytest.MonkeyPatch.context() as patch:
        orm.lay(patch)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """The body of a test, not the making and emptying of its tables."""
    with scope.watching():
        return (yield)
