"""Pages of demands at their limits: odd values in the address, long lists, a hundred rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.actions import carry
from bianfang.outreach.demands.enums import Route, TodoKind
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.areas.queries import forget_areas

BUDGET = 12
MANY = 100


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.fixture
def full(town: SmallTown) -> SmallTown:
    """A hundred demands at work: some with a result, some on a half-year list."""
    half_year = factories.half_year(town)
    for place in range(MANY):
        make = factories.handling_state if place % 5 else factories.awaiting_review
        demand = make(town)
        if place % 5 == 1:
            carry.carry_over(
                actor=town.clerk, demand_id=demand.id, list_id=half_year.id, reason="资金"
            )
    Demand.objects.in_town(town.town.id).filter(state="handling").update(route=Route.MEETING)
    return town


@pytest.mark.parametrize(
    "query",
    [
        {"group": "nonsense", "sort": "nonsense", "page": "nonsense", "size": "-1"},
        {"theme": "x", "category": "x", "unit": "x", "round": "x", "route": "x", "source": "x"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "2026-02-30", "until": "x", "area": "abc"},
        {"text": "\0", "page": "WzAsIng", "outcome": "\0"},
        {"text": "%_\\' \" )", "page": "WzAsInh4IiwieCJd"},
        {"group": "closed", "sort": "due"},
        {"household": "x", "household_number": "\0"},
    ],
)
def test_nonsense_in_the_address_gives_the_page(
    query: dict[str, str], clerk: Client, town: SmallTown
) -> None:
    factories.registered(town)
    pages = ("demands:list", "demands:review", "demands:pool", "demands:add", "halfyear:list")
    addresses = [*map(reverse, pages), *(reverse("demands:todo", args=[k]) for k in TodoKind)]

    for address in addresses:
        assert clerk.get(address, query).status_code == 200, address


def test_sign_that_no_database_takes_does_not_hinder_the_search(
    clerk: Client, town: SmallTown
) -> None:
    demand, far = (
        factories.registered(town),
        factories.registered(
            town,
            household_id=town.far_household.id,
            category_id=town.other_category.id,
            content="低保",
        ),
    )
    number = town.household.number

    added = clerk.post(reverse("demands:add"), {"household_number": f"\0{number}", "search": "1"})
    merged = clerk.post(
        reverse("demands:move", args=[demand.id, "merge"]),
        {"text": f"\0{far.number}", "search": "1"},
    )
    visited = clerk.get(reverse("visits:add"), {"text": f"\0{number}"})

    assert added.context["desk"].found == [town.household]
    assert str(far.id) in merged.content.decode()
    assert town.household.head_name in visited.content.decode()


def test_days_of_impossible_years_do_not_filter(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)

    response = clerk.get(reverse("demands:list"), {"since": "0001-01-01", "until": "9999-12-31"})

    assert len(response.context["rows"]) == 1
    assert response.context["filters"].chips == []


def test_deadline_order_pages_over_demands_without_one(clerk: Client, town: SmallTown) -> None:
    handled = factories.handling_state(town)
    for _place in range(55):
        factories.registered(town)
    address = reverse("demands:list")

    first = clerk.get(address, {"sort": "due"})
    second = clerk.get(address + first.context["listing"].next_href)

    shown = [row.demand.id for page in (first, second) for row in page.context["rows"]]
    assert shown[0] == handled.id
    assert len(shown) == len(set(shown)) == 56


def test_larger_page_is_given_and_no_other_size(clerk: Client, town: SmallTown) -> None:
    for _place in range(60):
        factories.registered(town)

    shown = {
        size: len(clerk.get(reverse("demands:list"), {"size": size}).context["rows"])
        for size in ("100", "60", "x")
    }

    assert shown == {"100": 60, "60": 50, "x": 50}


def test_lists_keep_their_budget_with_a_hundred_demands(full: SmallTown, clerk: Client) -> None:
    half_year = factories.half_year(full)
    addresses = [
        reverse("demands:list") + "?size=100",
        reverse("demands:list") + "?theme=projects",
        reverse("demands:review"),
        reverse("demands:pool"),
        reverse("halfyear:list"),
        reverse("halfyear:detail", args=[half_year.id]),
        *(reverse("demands:todo", args=[kind]) for kind in TodoKind),
    ]

    asked = {address: _ask(clerk, address) for address in addresses}

    assert {address: number for address, number in asked.items() if number > BUDGET} == {}


def test_no_address_of_demands_opens_without_signing_in(town: SmallTown) -> None:
    demand, half_year = factories.registered(town), factories.half_year(town)
    addresses = [
        *map(reverse, ("demands:list", "demands:add", "demands:review", "halfyear:add")),
        reverse("demands:detail", args=[demand.id]),
        reverse("halfyear:detail", args=[half_year.id]),
    ]

    for address in addresses:
        response = Client().get(address)

        assert response.status_code == 302
        assert demand.number not in response.content.decode()


def _ask(client: Client, address: str) -> int:
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)
