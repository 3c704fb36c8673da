from datetime import date

import pytest

from bianfang.demo.demands import DemandBook, build_demands
from bianfang.demo.people import DemoHousehold, build_households
from bianfang.demo.timeline import Timeline, build_timeline
from bianfang.demo.town import DemoTown, build_town
from bianfang.demo.visits import DemoVisit, plan_visits


@pytest.fixture(scope="session")
def timeline() -> Timeline:
    return build_timeline(as_of=date(2026, 6, 30))


@pytest.fixture(scope="session")
def town(timeline: Timeline) -> DemoTown:
    return build_town(as_of=timeline.as_of)


@pytest.fixture(scope="session")
def households(timeline: Timeline) -> tuple[DemoHousehold, ...]:
    return build_households(as_of=timeline.roll_date)


@pytest.fixture(scope="session")
def book(town: DemoTown, households: tuple[DemoHousehold, ...], timeline: Timeline) -> DemandBook:
    return build_demands(town=town, households=households, timeline=timeline)


@pytest.fixture(scope="session")
def visits(
    town: DemoTown,
    households: tuple[DemoHousehold, ...],
    book: DemandBook,
    timeline: Timeline,
) -> tuple[DemoVisit, ...]:
    return plan_visits(town=town, households=households, book=book, timeline=timeline)
