"""Signing in and out, the second step, the lock after many attempts, the demo's buttons."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from bianfang.faces.desk import demo
from bianfang.faces.desk.demo import DemoLogin
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.demands.tests.factories import SmallTown

PASSWORD = "a-long-password"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_attempts_before() -> None:
    cache.clear()


@pytest.fixture
def username(town: SmallTown) -> str:
    clerk = town.staff["clerk"]
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk.username


def _try(client: Client, username: str, password: str):  # type: ignore[no-untyped-def]  # Django's own test response
    return client.post(LOGIN, {"login": username, "password": password})


def test_right_password_opens_the_overview(username: str) -> None:
    client = Client()

    response = _try(client, username, PASSWORD)

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("desk:home")
    assert client.get(reverse("desk:home")).status_code == 200


def test_sign_in_leads_back_to_the_page_that_was_asked_for(username: str) -> None:
    client = Client()
    asked = client.get(reverse("areas:tree"))

    response = client.post(
        asked.headers["Location"], {"login": username, "password": PASSWORD, "next": "/areas/"}
    )

    assert response.headers["Location"] == "/areas/"


def test_wrong_password_is_told_on_the_form(username: str) -> None:
    response = _try(Client(), username, "wrong")

    text = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in text
    assert f'value="{username}"' in text


def test_eight_wrong_passwords_close_the_account_for_a_while(username: str) -> None:
    client = Client()
    for _attempt in range(7):
        _try(client, username, "wrong")

    last = _try(client, username, "wrong")
    right = _try(client, username, PASSWORD)

    assert last.status_code == 429
    assert "<h1>" in last.content.decode()
    assert right.status_code == 429


def test_closed_account_does_not_open(username: str, town: SmallTown) -> None:
    clerk = town.staff["clerk"]
    clerk.is_active = False
    clerk.save()
    client = Client()

    _try(client, username, PASSWORD)

    assert client.get(reverse("desk:home")).status_code == 302


def test_signing_out_takes_a_button(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    asked = client.get("/accounts/logout/")

    done = client.post("/accounts/logout/")

    assert asked.status_code == 200
    assert done.status_code == 302
    assert client.get(reverse("desk:home")).status_code == 302


def test_nobody_signs_up() -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_password_is_changed_by_its_owner(username: str) -> None:
    client = Client()
    _try(client, username, PASSWORD)
    words = {
        "oldpassword": PASSWORD,
        "password1": "another-long-word",
        "password2": "another-long-word",
    }

    page = client.get("/accounts/password/")
    response = client.post("/accounts/password/", words)

    assert page.status_code == 200
    assert response.status_code == 302
    assert _try(Client(), username, "another-long-word").status_code == 302


def test_second_step_is_switched_on_used_and_switched_off(username: str) -> None:
    client = Client()
    _try(client, username, PASSWORD)
    asked_again = client.get("/accounts/two-step/totp/activate/")
    activate = client.post(asked_again.headers["Location"], {"password": PASSWORD}, follow=True)
    secret = activate.context["form"].secret

    done = client.post("/accounts/two-step/totp/activate/", {"code": _code(secret)})
    codes = client.get(done.headers["Location"])
    second = Client()
    asked = _try(second, username, PASSWORD)
    page = second.get(asked.headers["Location"])
    recovery = codes.context["unused_codes"][0]
    opened = second.post(asked.headers["Location"], {"code": recovery})

    assert activate.status_code == codes.status_code == page.status_code == 200
    assert 'src="data:image/svg+xml' in activate.content.decode()
    assert recovery in codes.content.decode()
    assert asked.headers["Location"] == "/accounts/two-step/authenticate/"
    assert opened.status_code == 302
    assert second.get(reverse("desk:home")).status_code == 200
    assert client.get("/accounts/two-step/").status_code == 200
    assert client.get("/accounts/two-step/recovery-codes/generate/").status_code == 200
    assert client.get("/accounts/two-step/totp/deactivate/").status_code == 200
    assert client.post("/accounts/two-step/totp/deactivate/").status_code == 302


def test_changing_the_protection_asks_for_the_password_again(
    username: str, sign_in: SignIn
) -> None:
    client = sign_in("clerk")

    asked = client.get("/accounts/two-step/totp/activate/")
    page = client.get(asked.headers["Location"])

    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert page.status_code == 200


def test_language_is_chosen_before_and_after_signing_in(sign_in: SignIn) -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": LOGIN})

    assert "Sign in" in client.get(LOGIN).content.decode()
    assert (
        client.post("/language/", {"language": "zh-hans", "next": LOGIN}).headers["Location"]
        == LOGIN
    )


def test_demo_roles_stand_on_the_sign_in_page_in_demo_mode_only(
    town: SmallTown, settings: Settings
) -> None:
    kept = list(demo._listers)
    demo.offer_logins(_one_login)
    settings.DEMO = False
    hidden = Client().get(LOGIN).content.decode()
    settings.DEMO = True

    shown = Client().get(LOGIN).content.decode()

    demo._listers[:] = kept
    assert "Wang the clerk" not in hidden
    assert "Wang the clerk" in shown
    assert 'value="the-clerk"' in shown


def _one_login(_town: Town) -> list[DemoLogin]:
    return [DemoLogin(username="the-clerk", password="x", name="Wang the clerk", role="clerk")]


def _code(secret: str) -> str:
    counter = int(time.time()) // 30  # allauth asks the machine's own clock
    return str(format_hotp_value(hotp_value(secret, counter)))
