"""Changes that met another one: both values beside each other, and two buttons."""

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.households.actions import held
from bianfang.register.households.actions.held import FoundAt, FoundChange
from bianfang.register.households.enums import HeldField
from bianfang.register.households.models import HeldChange, Household

LIST = "households:held"


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    return sign_in("secretary")


def hold(town: SmallTown, household: Household | None = None, **change: str) -> HeldChange:
    given = {"field": HeldField.DOOR, "seen": "旧门", "sent": "12 号乙", **change}
    found = FoundAt(
        household_id=(household or town.household).id,
        visit_id=new_id(),
        found_at=factories.morning(),
    )
    return held.hold_change(
        actor=town.secretary,
        found=found,
        change=FoundChange(**given),  # type: ignore[arg-type]  # names are checked by the dataclass
    )


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_list_shows_both_values_who_found_it_and_where(secretary: Client, town: SmallTown) -> None:
    door = hold(town)
    hold(town, field=HeldField.CONTACT_TIME, seen="day", sent="weekend")
    hold(town, field=HeldField.LIVING_STATUS, seen="away", sent="vacant", reason="已搬走")

    shown = text(secretary, LIST)

    for words in (
        "12 号乙",
        "旧门",
        "周末",
        "空户",
        "已搬走",
        "董大山",
        town.staff["secretary"].name,
    ):
        assert words in shown
    for name, key in (("visits:detail", door.visit_id), ("households:detail", door.household_id)):
        assert reverse(name, args=[key]) in shown


def test_of_phones_only_the_last_digits_are_shown(secretary: Client, town: SmallTown) -> None:
    resident = factories.make_resident(town.household, "董大山")
    resident.relation, resident.phone = "02", "10000005678"
    resident.save()
    hold(town, field=HeldField.PHONE, seen="", sent="10000001234")

    shown = text(secretary, LIST)

    assert ("****1234" in shown, "****5678" in shown) == (True, True)
    assert "10000001234" not in shown


def test_what_waits_stands_with_the_household_and_in_my_work(
    secretary: Client, sign_in: SignIn, town: SmallTown
) -> None:
    change = hold(town)
    take = reverse("households:take_held", args=[change.id])

    home = text(secretary, "households:detail", town.household.id)
    seen = text(sign_in("leader"), "households:detail", town.household.id)

    assert "12 号乙" in home
    assert f"{take}?household={town.household.id}" in home
    assert "12 号乙" in seen
    assert take not in seen
    assert "12 号乙" in text(secretary, "desk:work")
    assert "12 号乙" not in text(sign_in("leader"), "desk:work")
    assert reverse(LIST) in text(secretary, "households:list")


def test_the_buttons_decide_and_lead_back(secretary: Client, town: SmallTown) -> None:
    first, second = hold(town), hold(town, sent="13 号")

    taken = secretary.post(reverse("households:take_held", args=[first.id]))
    dropped = secretary.post(
        reverse("households:drop_held", args=[second.id]) + f"?household={town.household.id}"
    )
    again = secretary.post(reverse("households:take_held", args=[second.id]), follow=True)

    assert taken.headers["Location"] == reverse(LIST)
    assert dropped.headers["Location"] == reverse("households:detail", args=[town.household.id])
    assert Household.objects.in_town(town.town.id).get(id=town.household.id).door == "12 号乙"
    assert "这项变更已有决定" in again.content.decode()
    assert "没有待定的变更" in text(secretary, LIST)


def test_a_button_is_no_link(secretary: Client, town: SmallTown) -> None:
    assert secretary.get(reverse("households:take_held", args=[hold(town).id])).status_code == 405


def test_pages_follow_each_other(secretary: Client, town: SmallTown) -> None:
    for number in range(52):
        hold(town, sent=f"{number} 号")

    first = secretary.get(reverse(LIST))
    second = secretary.get(reverse(LIST) + first.context["listing"].next_href)

    assert [len(one.context["rows"]) for one in (first, second)] == [50, 2]
