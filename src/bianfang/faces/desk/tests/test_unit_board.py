"""The board of a unit: its numbers open their rows, its head gives out what came in."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.demands.tests.test_board import due, sent_to_civil
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post

PAGE = reverse("demands:unit")
BUDGET = 18


@pytest.fixture
def head(sign_in: SignIn) -> Client:
    return sign_in("head")


def _fill(town: SmallTown) -> None:
    sent_to_civil(town)
    due(factories.handling_state(town), 2)
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    handling.ask_extension(
        actor=town.handler,
        demand_id=demand.id,
        new_due_on=demand.due_on + timedelta(days=3),
        reason="配件未到",
    )


def test_empty_board_says_so_in_every_part(head: Client) -> None:
    response = head.get(PAGE)

    assert response.content.decode().count('class="nothing"') == 3
    assert [tile.text for tile in response.context["tiles"]] == ["0"] * 8


def test_every_number_opens_as_many_rows(head: Client, town: SmallTown) -> None:
    _fill(town)

    for tile in head.get(PAGE).context["tiles"]:
        assert len(head.get(tile.href).context["rows"]) == int(tile.text), tile.name


def test_people_of_the_unit_are_offered_and_nobody_else(head: Client, town: SmallTown) -> None:
    _fill(town)

    offered = {key for key, _words in head.get(PAGE).context["form"].fields["owner_id"].choices}

    wanted = {str(town.staff[name].id) for name in ("head", "handler")}
    assert {str(key) for key in offered if key} == wanted


def test_ticked_ones_go_to_the_person_named(head: Client, town: SmallTown) -> None:
    demand = sent_to_civil(town)
    typed = {
        "demand": [str(demand.id)],
        "owner_id": str(town.staff["handler"].id),
        "route": "timed",
        "measures": "上门核实",
    }

    response = head.post(PAGE, typed, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["success"]
    assert fresh(demand).state == State.HANDLING
    assert fresh(demand).unit_id == town.units["civil"].id


def test_nothing_ticked_is_told_and_nothing_happens(head: Client, town: SmallTown) -> None:
    demand = sent_to_civil(town)

    response = head.post(PAGE, {"owner_id": "", "route": "timed", "measures": ""})

    assert response.context["form"].has_error("__all__")
    assert fresh(demand).state == State.REGISTERED


def test_head_of_two_units_turns_from_one_to_the_other(head: Client, town: SmallTown) -> None:
    Post.objects.create(
        town_id=town.town.id,
        staff=town.staff["head"],
        role=Role.UNIT_HEAD,
        unit=town.units["roads"],
        valid_from=date(2020, 1, 1),
    )
    roads = town.units["roads"]

    response = head.get(PAGE, {"unit": str(roads.id)})

    assert [tab.is_current for tab in response.context["tabs"]].count(True) == 1
    assert len(response.context["tabs"]) == 2
    assert roads.name in response.context["title"]


@pytest.mark.parametrize("unit", [lambda town: town.units["roads"].id, lambda town: new_id()])
def test_board_of_another_unit_is_not_there(
    unit: Callable[[SmallTown], object], head: Client, town: SmallTown
) -> None:
    assert head.get(PAGE, {"unit": str(unit(town))}).status_code == 404


def test_lists_and_own_work_lead_to_the_board(head: Client, sign_in: SignIn) -> None:
    for page in (reverse("demands:list"), reverse("desk:work")):
        assert PAGE in head.get(page).content.decode()
        assert PAGE not in sign_in("handler").get(page).content.decode()


def test_board_asks_the_same_for_one_demand_and_for_many(head: Client, town: SmallTown) -> None:
    _fill(town)
    head.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as one:
        head.get(PAGE)
    for _one in range(4):
        _fill(town)
    with CaptureQueriesContext(connection) as many:
        head.get(PAGE)

    assert len(many) == len(one) <= BUDGET
