import pytest
from django.test import Client

from bianfang.faces.field.tests.factories import Phone
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.people import actions as people
from bianfang.register.phones import actions
from bianfang.register.phones.models import FieldPhone

pytestmark = pytest.mark.django_db
ID = str(new_id())
HEADER = {"X-Bianfang-Phone": ID}
POSTS = ["start", "commands", "known", "numbers", "photos"]


@pytest.fixture
def known(town: SmallTown, phone: Phone) -> FieldPhone:
    assert phone.post("start", {"phone_id": ID, "phone_name": "Android"}).status_code == 200
    return FieldPhone.objects.in_town(town.town.id).get()


def ask(client: Client, path: str, header: dict[str, str] = HEADER) -> int:
    return int(client.post(f"/field/api/{path}/", headers=header).status_code)


def built(client: Client) -> list[str]:
    """Those of the addresses that are there: each has an answer, if only to an empty body."""
    return [path for path in POSTS if ask(client, path, {}) != 404]


def test_a_phone_in_use_is_answered(phone: Phone, known: FieldPhone) -> None:
    assert {ask(phone.client, path) for path in built(phone.client)} == {400}
    assert phone.client.get("/field/api/csrf/", headers=HEADER).status_code == 200


def test_an_ordered_phone_gets_no_other_answer(
    town: SmallTown, phone: Phone, known: FieldPhone
) -> None:
    actions.ask_to_empty(actor=town.secretary, phone_id=known.id)
    hamlet = f"bundles/{town.place.upper_hamlet.id}"

    for path in [*built(phone.client), hamlet]:
        answer = phone.client.post(f"/field/api/{path}/", headers=HEADER)
        assert (answer.status_code, answer.json()) == (410, {"code": "wipe"})
    assert phone.client.get("/field/api/csrf/", headers=HEADER).status_code == 410


@pytest.mark.parametrize("phone_id", ["", "x", str(new_id())], ids=["none", "no id", "another"])
def test_another_phone_of_the_same_person_is_answered(
    town: SmallTown, phone: Phone, known: FieldPhone, phone_id: str
) -> None:
    actions.ask_to_empty(actor=town.secretary, phone_id=known.id)

    assert ask(phone.client, "numbers", {"X-Bianfang-Phone": phone_id}) == 400


def test_whose_account_was_closed_gets_the_order_although_nobody_can_sign_in(
    town: SmallTown, phone: Phone, known: FieldPhone
) -> None:
    people.set_active(actor=town.admin, staff_id=phone.staff.id, active=False)

    assert phone.client.get("/field/api/csrf/", headers=HEADER).status_code == 410
    assert ask(Client(), "numbers") == 410
    assert ask(Client(), "numbers", {}) == 401


def test_a_phone_says_that_it_is_empty_without_sign_in_and_token(
    town: SmallTown, phone: Phone, known: FieldPhone
) -> None:
    actions.ask_to_empty(actor=town.secretary, phone_id=known.id)
    strict = Client(enforce_csrf_checks=True)

    for _again in range(2):
        answer = strict.post(
            "/field/api/wiped/", {"phone_id": ID}, content_type="application/json", headers=HEADER
        )
        assert (answer.status_code, answer.json()) == (200, {})

    known.refresh_from_db()
    assert known.wiped_on is not None
    assert ask(phone.client, "numbers") == 400


def test_a_phone_may_empty_itself_without_an_order(phone: Phone, known: FieldPhone) -> None:
    assert phone.post("wiped", {"phone_id": ID}).status_code == 200

    known.refresh_from_db()
    assert (known.wipe_asked_on, known.wiped_on) == (None, known.last_day)


def test_an_unknown_phone_and_nonsense(phone: Phone) -> None:
    assert phone.post("wiped", {"phone_id": str(new_id())}).status_code == 200
    assert phone.post("wiped", {"phone_id": "x"}).status_code == 400
    assert phone.client.get("/field/api/wiped/").status_code == 405
