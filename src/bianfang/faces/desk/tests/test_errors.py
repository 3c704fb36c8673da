"""Pages for what went wrong."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from bianfang.faces.desk import errors
from bianfang.faces.desk.middleware import WriteInGetError, read_only_get
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.errors import DomainError, NotAllowedError
from bianfang.outreach.demands.tests.factories import SmallTown


def test_unknown_address_is_answered_in_style(sign_in: SignIn) -> None:
    response = sign_in("clerk").get("/no/such/page/")

    assert response.status_code == 404
    assert '<main class="alone" id="main">' in response.content.decode()


def test_form_from_elsewhere_is_refused_in_style(town: SmallTown) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "x", "password": "y"})

    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


def test_server_error_is_drawn_without_the_database() -> None:
    request = RequestFactory().get("/")

    response = errors.server_error(request)

    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


def test_bad_request_and_refusal_have_their_pages(rf: RequestFactory) -> None:
    request = rf.get("/")

    assert errors.bad_request(request).status_code == 400
    assert (
        "only on Mondays"
        in errors.forbidden(request, NotAllowedError("only on Mondays")).content.decode()
    )
    assert errors.forbidden(request, PermissionError("inner words")).status_code == 403


def test_page_that_writes_while_it_is_looked_at_is_caught(town: SmallTown) -> None:
    def write(_request: HttpRequest):  # type: ignore[no-untyped-def]  # never answers
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tenancy_town SET name = name")

    with pytest.raises(WriteInGetError, match="tenancy_town"):
        read_only_get(write)(RequestFactory().get("/"))

    with pytest.raises(AssertionError):
        read_only_get(_fail)(RequestFactory().post("/"))


def _fail(_request: HttpRequest):  # type: ignore[no-untyped-def]  # never answers
    raise AssertionError


def test_answers_carry_the_content_rules(sign_in: SignIn) -> None:
    response = sign_in("clerk").get(reverse("desk:home"))

    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_ended_session_is_told_to_htmx_by_its_status(town: SmallTown) -> None:
    response = Client().get(reverse("areas:tree"), headers={"hx-request": "true"})

    assert response.status_code == 401


def test_big_type_is_kept_by_a_cookie(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    client.cookies["bf_type"] = "big"

    assert 'data-type="big"' in client.get(reverse("desk:home")).content.decode()


def test_refusal_that_is_no_form_s_says_why(rf: RequestFactory) -> None:
    response = errors.impossible(rf.get("/"), DomainError("the round has ended"))

    assert response.status_code == 409
    assert "the round has ended" in response.content.decode()
