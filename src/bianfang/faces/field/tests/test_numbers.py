from datetime import date

import pytest

from bianfang.faces.field.tests.factories import Phone
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import AccessEntry
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.households.actions.residents import set_phone
from bianfang.register.households.models import Resident

pytestmark = pytest.mark.django_db
NUMBER = "10000001234"


@pytest.fixture
def resident(town: SmallTown) -> Resident:
    made = factories.make_resident(town.household, "董大山")
    set_phone(made, NUMBER)
    made.save()
    return made


def looks(town: SmallTown) -> list[AccessEntry]:
    return list(AccessEntry.objects.in_town(town.town.id).order_by("id"))


def ask(phone: Phone, resident: Resident) -> tuple[int, dict[str, str]]:
    answer = phone.post("numbers", {"resident_id": str(resident.id)})
    return answer.status_code, answer.json()


@pytest.mark.parametrize("who", ["secretary", "worker", "clerk"])
def test_a_number_is_given_and_the_look_written_down(
    town: SmallTown, resident: Resident, who: str
) -> None:
    assert ask(Phone(town, who), resident) == (200, {"phone": NUMBER})

    (look,) = looks(town)
    assert (look.what, look.target_id, look.staff_id) == (
        "phone_number",
        resident.id,
        town.staff[who].id,
    )
    assert look.reason


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 403), ("handler", 404), ("officer", 404), ("far_secretary", 404)],
)
def test_the_rules_of_the_register_hold_for_numbers(
    town: SmallTown, resident: Resident, who: str, status: int
) -> None:
    answer = ask(Phone(town, who), resident)

    assert answer[0] == status
    assert NUMBER not in str(answer)
    assert looks(town) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": MONDAY.replace(year=2010)},
        {"phone_last4": "", "phone": ""},
        {"ended_on": date(2026, 1, 2), "end_reason": "moved_out"},
    ],
    ids=["child", "no number", "has left"],
)
def test_there_is_a_sentence_where_no_number_is_given(
    town: SmallTown, phone: Phone, resident: Resident, changes: dict[str, object]
) -> None:
    Resident.objects.in_town(town.town.id).filter(id=resident.id).update(**changes)

    status, told = ask(phone, resident)

    assert (status, told["code"]) == (400, "bad_request")
    assert told["message"]
    assert looks(town) == []


def test_nobody_and_nonsense(phone: Phone) -> None:
    assert phone.post("numbers", {"resident_id": str(new_id())}).status_code == 404
    assert phone.post("numbers", {"resident_id": "x"}).status_code == 400
