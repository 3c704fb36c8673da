"""Every address × everybody: who may, who is refused, for whom it is not there."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bianfang.register.people.models import Staff
from tests.permissions import table_demands, table_field, table_outreach, table_register
from tests.permissions.routes import FAR, PEOPLE, Route
from tests.permissions.world import World, make_world

ROUTES: list[Route] = [
    *table_register.ROUTES,
    *table_outreach.ROUTES,
    *table_demands.ROUTES,
    *table_field.ROUTES,
]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOT_OF_A_TOWN = ("account_", "mfa_", "set_language", *table_field.WITHOUT_SIGN_IN)
"""Signing in and one's own second step, the files of the phone page: tested where they stand."""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.label)
def test_each_role_gets_what_the_table_says(route: Route, world: World) -> None:
    wanted = {name: route.of(name) for name in PEOPLE}
    wanted |= {FAR: route.of_far(), "stranger": route.of_stranger(), "nobody": route.nobody}
    people: dict[str, Staff | None] = {name: world.town.staff[name] for name in (*PEOPLE, FAR)}
    people |= {"stranger": world.other.staff["clerk"], "nobody": None}

    answers = {name: _status(route, world, person) for name, person in people.items()}

    assert answers == wanted


def test_nobody_is_sent_to_the_sign_in_page(world: World) -> None:
    for route in (one for one in ROUTES if one.nobody == 302):
        response = _ask(route, world, Client())

        assert response.url.startswith(reverse(settings.LOGIN_URL)), route.name


def test_no_address_is_missing_in_the_table() -> None:
    built = {name for name in _names(get_resolver()) if not name.startswith(NOT_OF_A_TOWN)}

    assert {route.name for route in ROUTES} == built


def _status(route: Route, world: World, person: Staff | None) -> int:
    client = Client()
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return int(_ask(route, world, client).status_code)


def _ask(route: Route, world: World, client: Client):  # type: ignore[no-untyped-def]  # Django's own test response
    address = reverse(route.name, args=world.args(route.things))
    return client.post(address) if route.post else client.get(address)


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
