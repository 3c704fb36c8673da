"""Whatever is lost, repeated, split or reordered on the way: the same end (I9)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianfang.faces.field.tests.factories import Json, Phone, changes
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.operations.models import Operation
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.models import Visit
from bianfang.register.households.models import HeldChange, Household

PEOPLE = ("secretary", "worker")
DOORS, TIMES = ("1 号", "2 号", "3 号"), ("day", "evening")
FEW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Plan:
    """A visit that somebody will make: where, and what it brings."""

    person: int
    home: int
    demands: int
    door: str | None
    time: str | None
    is_good: bool


plans = st.lists(
    st.builds(
        Plan,
        person=st.integers(0, 1),
        home=st.integers(0, 1),
        demands=st.integers(0, 2),
        door=st.none() | st.sampled_from(DOORS),
        time=st.none() | st.sampled_from(TIMES),
        is_good=st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=7,
)
schedules = st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=6), max_size=6)
"""Batches of places in the plan: in any order, with repeats, as often as answers get lost."""


@dataclass
class World:
    """Two people with phones, what they send, and every answer they ever got."""

    town: SmallTown
    plans: list[Plan]
    commands: list[Json] = field(default_factory=list)
    answers: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.phones = [Phone(self.town, name) for name in PEOPLE]
        self.homes = [self.town.household, self.town.neighbour]
        self.commands = [self._command(plan) for plan in self.plans]

    def _command(self, plan: Plan) -> Json:
        phone, found = self.phones[plan.person], {}
        if plan.door:
            found["door"] = {"from": "", "to": plan.door}
        if plan.time:
            found["contact_time"] = {"from": "any", "to": plan.time}
        more: Json = {} if plan.is_good else {"visitor_ids": []}
        return phone.command(
            self.homes[plan.home],
            demands=[phone.demand() for _each in range(plan.demands)],
            changes=changes(**found) if found else None,
            **more,
        )

    def send(self, places: list[int]) -> None:
        """Each sends what is his, in the order of the places."""
        for person, phone in enumerate(self.phones):
            own = [
                self.commands[place]
                for place in places
                if place < len(self.plans) and self.plans[place].person == person
            ]
            for answer in phone.answers(*own) if own else ():
                self.answers[answer["id"]].append(answer)

    @property
    def good(self) -> list[tuple[Plan, Json]]:
        pairs = zip(self.plans, self.commands, strict=True)
        return [(plan, command) for plan, command in pairs if plan.is_good]

    def rows(self, model: Any) -> Any:
        return model.objects.in_town(self.town.town.id)


@contextmanager
def undone() -> Iterator[None]:
    """What one example did is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan_to_world(town: SmallTown) -> Callable[[list[Plan]], World]:
    return lambda plans: World(town, plans)


@FEW
@given(plans=plans, schedule=schedules, rest=st.permutations(range(7)))
def test_the_end_is_the_same_whatever_happens_on_the_way(
    plan_to_world: Callable[[list[Plan]], World],
    plans: list[Plan],
    schedule: list[list[int]],
    rest: list[int],
) -> None:
    with undone():
        world = plan_to_world(plans)
        for places in schedule:
            world.send(places)
        world.send(list(rest))

        check_answers(world)
        check_each_took_effect_once(world)
        check_no_change_is_lost(world)


def check_answers(world: World) -> None:
    """Always the same answer, and the same receipt, for one record."""
    for plan, command in zip(world.plans, world.commands, strict=True):
        told = world.answers[command["id"]]
        assert {one["state"] for one in told} == {"accepted" if plan.is_good else "rejected"}
        assert all(one == told[0] for one in told)
    receipts = [world.answers[command["id"]][0]["receipt"] for _plan, command in world.good]
    assert len(set(receipts)) == len(receipts)


def check_each_took_effect_once(world: World) -> None:
    sent = Counter(command["body"]["visit_id"] for _plan, command in world.good)
    stored = Counter(str(key) for key in world.rows(Visit).values_list("id", flat=True))
    brought = world.rows(Demand).values_list("visit_id", flat=True)

    assert stored == sent
    assert Counter(str(key) for key in brought) == Counter(
        command["body"]["visit_id"] for plan, command in world.good for _each in range(plan.demands)
    )
    assert world.rows(Operation).count() == len(world.good)


def check_no_change_is_lost(world: World) -> None:
    """Each change that was sent is what the register says, or waits for a decision."""
    homes = {one.id: one for one in world.rows(Household)}
    open_ones = {
        (str(one.visit_id), one.field, one.sent)
        for one in world.rows(HeldChange).filter(state="open")
    }
    for plan, command in world.good:
        home = homes[world.homes[plan.home].id]
        for name, sent in (("door", plan.door), ("contact_time", plan.time)):
            is_held = (command["body"]["visit_id"], name, sent) in open_ones
            assert sent is None or is_held or getattr(home, name) == sent
    written = Counter(
        (entry.target_id, name)
        for entry in world.rows(Entry).filter(verb="household_edited")
        for name in entry.facts["fields"]
    )
    assert all(times == 1 for times in written.values())


def test_a_server_that_was_put_back_gets_everything_again(town: SmallTown, phone: Phone) -> None:
    kept, lost = phone.command(), phone.command(demands=[phone.demand()])
    phone.answers(kept)
    backup = transaction.savepoint()
    (receipt,) = (one["receipt"] for one in phone.answers(lost))
    phone.last = lost["id"]
    assert phone.send()["is_last_known"] is True

    transaction.savepoint_rollback(backup)

    assert phone.send()["is_last_known"] is False
    asked = phone.post("known", {"ids": [kept["id"], lost["id"]]}).json()
    assert asked == {"missing": [lost["id"]]}
    (again,) = phone.answers(lost)
    assert (again["state"], again["receipt"]) == ("accepted", receipt)
    assert phone.send()["is_last_known"] is True


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
def test_of_three_who_found_three_doors_one_is_written_and_two_are_held(
    order: list[int], town: SmallTown
) -> None:
    phones = [Phone(town, name) for name in ("secretary", "worker", "clerk")]
    sent = [
        phone.command(changes=changes(door={"from": "", "to": door}))
        for phone, door in zip(phones, DOORS, strict=True)
    ]

    held = [phones[place].answers(sent[place])[0]["held"] for place in order]

    now = Household.objects.in_town(town.town.id).get(id=town.household.id)
    assert now.door == DOORS[order[0]]
    assert [[one["sent"] for one in each] for each in held] == [
        [], [DOORS[order[1]]], [DOORS[order[2]]],
    ]  # fmt: skip
