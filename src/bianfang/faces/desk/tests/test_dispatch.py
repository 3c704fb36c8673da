"""The dispatcher's queue: what waits, who sent it back, giving out several at once."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.outreach.demands.actions import clocks
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State

PAGE = reverse("demands:dispatch")
BUDGET = 12


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _typed(town: SmallTown, *demands: Demand, **changes: object) -> dict[str, object]:
    return {
        "demand": [str(demand.id) for demand in demands],
        "owner_id": str(town.staff["handler"].id),
        "unit_id": "",
        "route": "timed",
        "measures": "核实后办理",
        **changes,
    }


def test_new_demands_wait_with_their_age_the_oldest_first(clerk: Client, town: SmallTown) -> None:
    first, second = factories.registered(town), factories.registered(town)
    factories.handling_state(town)

    with clock.at(factories.morning(date(2026, 11, 19))):
        waiting = clerk.get(PAGE).context["waiting"]

    assert [one.row.demand.id for one in waiting] == [first.id, second.id]
    assert [one.days for one in waiting] == [3, 3]


def test_what_the_visitor_suggests_is_shown_and_chosen_beforehand(
    clerk: Client, town: SmallTown
) -> None:
    demand = factories.registered(town, suggested_route=Route.MEETING)
    plain = factories.registered(town)

    shown = clerk.get(PAGE).content.decode()
    forms = [
        clerk.get(reverse("demands:move", args=[one.id, "accept"])).context["form"]
        for one in (demand, plain)
    ]

    assert shown.count("走访人建议：集中会办") == 1
    assert [form["route"].value() for form in forms] == ["meeting", "timed"]


def test_ticked_ones_are_given_out_together(clerk: Client, town: SmallTown) -> None:
    first, second, third = (factories.registered(town) for _one in range(3))

    response = clerk.post(PAGE, _typed(town, first, third), follow=True)

    states = [fresh(each).state for each in (first, second, third)]
    assert states == [State.HANDLING, State.REGISTERED, State.HANDLING]
    assert [message.level_tag for message in response.context["messages"]] == ["success"]
    assert len(response.context["waiting"]) == 1


def test_who_sent_it_back_and_where_it_belongs_is_told(clerk: Client, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    clocks.give_back(
        actor=town.handler,
        demand_id=demand.id,
        version=demand.version,
        suggested_unit_id=town.units["roads"].id,
        reason="属道路管理",
    )

    text = clerk.get(PAGE).content.decode()

    assert "属道路管理" in text
    assert town.units["roads"].name in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner_id": ""}, "owner_id"),
        ({"measures": ""}, "measures"),
        ({"owner_id": "nonsense"}, "owner_id"),
        ({"demand": ["nonsense", ""]}, None),
        ({"demand": []}, None),
    ],
)
def test_refused_form_keeps_what_was_ticked_and_typed(
    changes: dict[str, object], field: str | None, clerk: Client, town: SmallTown
) -> None:
    demand = factories.registered(town)

    response = clerk.post(PAGE, _typed(town, demand, **changes))

    assert response.status_code == 200
    assert response.context["form"].has_error(field or "__all__")
    assert fresh(demand).state == State.REGISTERED
    if "demand" not in changes:
        assert f'value="{demand.id}"' in response.content.decode()
        assert "checked" in response.content.decode()


def test_what_was_taken_meanwhile_is_told(clerk: Client, town: SmallTown) -> None:
    taken, new = factories.handling_state(town), factories.registered(town)

    response = clerk.post(PAGE, _typed(town, taken, new), follow=True)

    levels = [message.level_tag for message in response.context["messages"]]
    assert levels == ["success", "error"]
    assert fresh(new).state == State.HANDLING


def test_secretary_gives_out_what_is_of_the_village(sign_in: SignIn, town: SmallTown) -> None:
    own = factories.registered(town)
    factories.registered(town, household_id=town.far_household.id)

    waiting = sign_in("secretary").get(PAGE).context["waiting"]

    assert [one.row.demand.id for one in waiting] == [own.id]


def test_queue_keeps_its_budget(clerk: Client, town: SmallTown) -> None:
    for _one in range(30):
        factories.registered(town)

    with CaptureQueriesContext(connection) as asked:
        assert clerk.get(PAGE).status_code == 200

    assert len(asked) <= BUDGET


def test_empty_queue_says_so(clerk: Client) -> None:
    assert 'class="nothing"' in clerk.get(PAGE).content.decode()


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "待派发"), ("en", "To be given out")])
def test_queue_speaks_both_languages(clerk: Client, language: str, word: str) -> None:
    assert word in clerk.get(PAGE, headers={"accept-language": language}).content.decode()
