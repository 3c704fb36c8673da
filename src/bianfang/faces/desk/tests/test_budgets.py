"""How many queries a page may ask; and that the number does not grow with its rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.meetings.models import AgendaItem
from bianfang.outreach.meetings.tests import factories as meetings
from bianfang.outreach.visits.models import Target
from bianfang.register.areas.queries import forget_areas
from bianfang.register.households.actions import held
from bianfang.register.households.enums import HeldField
from bianfang.register.households.models import Household
from bianfang.register.people.models import Post

FRAME = 4
"""Session, person, posts, areas."""


def _ask(client: Client, address: str) -> int:
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)


def _hold(town: SmallTown, household: Household) -> None:
    found = held.FoundAt(household_id=household.id, visit_id=new_id(), found_at=factories.morning())
    change = held.FoundChange(field=HeldField.DOOR, seen="旧", sent="新")
    held.hold_change(actor=town.secretary, found=found, change=change)


def _fill(town: SmallTown, number: int) -> None:
    for place in range(number):
        household = factories.make_household(town.place.upper_hamlet, f"9{place:08d}", "王五")
        factories.make_resident(household, "王五")
        _hold(town, household)
        Target.objects.create(
            town=town.town,
            round=town.round,
            household=household,
            area_path=household.area_path,
            priority=household.priority,
            living_status=household.living_status,
        )
        factories.handling_state(town, household_id=household.id)


@pytest.mark.parametrize("who", ["clerk", "leader", "secretary", "head", "admin"])
def test_overview_asks_at_most_twelve_queries(who: str, sign_in: SignIn, town: SmallTown) -> None:
    _fill(town, 3)
    client = sign_in(who)

    assert _ask(client, reverse("desk:home")) <= 12


def test_pages_of_meetings_keep_their_budget(sign_in: SignIn, town: SmallTown) -> None:
    meeting = meetings.closed(town, meetings.pooled(town), meetings.pooled(town))
    meetings.planned(town, meetings.pooled(town))
    addresses = {
        reverse("demands:pool"): 4,
        reverse("meetings:list"): 2,
        reverse("meetings:detail", args=[meeting.id]): 9,
        reverse("meetings:screen", args=[meeting.id]): 5,
        reverse("meetings:paper", args=[meeting.id]): 6,
    }
    client = sign_in("clerk")
    _ask(client, reverse("demands:pool"))
    few = {address: _ask(client, address) for address in addresses}
    for _number in range(4):
        meetings.closed(town, meetings.pooled(town))
        more = meetings.planned(town, *(meetings.pooled(town) for _each in range(3)))
        AgendaItem.objects.in_town(town.town.id).filter(meeting=more.id).update(meeting=meeting.id)

    many = {address: _ask(client, address) for address in addresses}

    assert many == few
    assert [address for address, asked in few.items() if asked > FRAME + addresses[address]] == []


@pytest.mark.parametrize(
    ("who", "name", "budget"),
    [
        ("clerk", "households:list", FRAME + 2),
        ("clerk", "areas:tree", FRAME),
        ("admin", "units:list", FRAME + 1),
        ("admin", "staff:list", FRAME + 2),
        ("officer", "journal:changes", FRAME + 1),
        ("secretary", "households:held", FRAME + 1),
        ("secretary", "desk:work", FRAME + 12),
    ],
)
def test_list_keeps_its_budget_however_many_rows(
    who: str, name: str, budget: int, sign_in: SignIn, town: SmallTown
) -> None:
    client, address = sign_in(who), reverse(name)
    _fill(town, 2)
    few = _ask(client, address)
    _fill_more(town)

    many = _ask(client, address)

    assert many == few
    assert many <= budget


def _fill_more(town: SmallTown) -> None:
    for place in range(8):
        household = factories.make_household(town.place.upper_hamlet, f"8{place:08d}", "赵六")
        factories.make_resident(household, "赵六")
        _hold(town, household)
        factories.registered(town, household_id=household.id)


def test_household_page_keeps_its_budget(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("secretary")
    address = reverse("households:detail", args=[town.household.id])
    factories.make_resident(town.household, "子")
    few = _ask(client, address)
    for person in "甲乙丙丁":
        factories.make_resident(town.household, person)
        factories.handling_state(town)

    many = _ask(client, address)

    assert many == few
    assert many <= FRAME + 11


def test_posts_of_a_unit_cost_no_query_each(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("admin")
    address = reverse("units:detail", args=[town.units["civil"].id])
    few = _ask(client, address)
    first = Post.objects.in_town(town.town.id).filter(staff=town.staff["handler"]).get()
    for name in ("clerk", "leader", "worker"):
        Post.objects.create(
            town=town.town,
            staff=town.staff[name],
            role=first.role,
            unit=town.units["civil"],
            valid_from=first.valid_from,
        )

    assert _ask(client, address) == few
