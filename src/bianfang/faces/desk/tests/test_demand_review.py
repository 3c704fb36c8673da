"""What waits: for a second person, for a meeting, for me; and the half-year lists."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import Route, TodoKind
from bianfang.outreach.demands.models import Demand, HalfYearList
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State

REVIEW = "demands:review"
FRAME = 4


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _at_a_meeting(town: SmallTown, **changes: object) -> Demand:
    demand = factories.registered(town, **changes)
    return handling.accept(
        actor=town.clerk, demand_id=demand.id, version=demand.version, measures="上会研究",
        unit_id=None, owner_id=town.staff["handler"].id, route=Route.MEETING,
    )  # fmt: skip


def test_result_and_reply_are_read_in_the_list(clerk: Client, town: SmallTown) -> None:
    factories.awaiting_review(town)

    text = clerk.get(reverse(REVIEW)).content.decode()

    assert "已更换" in text
    assert "已电话告知" in text


def test_own_result_is_shown_with_the_reason_why_not(clerk: Client, town: SmallTown) -> None:
    own = factories.submitted(town, factories.handling_state(town), by="clerk")
    other = factories.awaiting_review(town)

    response = clerk.get(reverse(REVIEW))

    refusals = {one.row.demand.id: one.refusal for one in response.context["results"]}
    assert refusals[own.id]
    assert not refusals[other.id]
    assert f'value="{own.id}"' not in response.content.decode()


def test_each_ticked_one_is_answered_for_itself(clerk: Client, town: SmallTown) -> None:
    own = factories.submitted(town, factories.handling_state(town), by="clerk")
    others = [factories.awaiting_review(town), factories.awaiting_review(town)]
    ticked = [str(one.id) for one in (own, *others)]

    response = clerk.post(reverse(REVIEW), {"demand": [*ticked, "nonsense"]}, follow=True)

    text = response.content.decode()
    assert [fresh(one).state for one in others] == [State.WRITTEN_OFF] * 2
    assert fresh(own).state == State.AWAITING_REVIEW
    assert f"{own.number} " in text
    assert 'role="alert"' in text


def test_nothing_ticked_is_said(clerk: Client) -> None:
    text = clerk.post(reverse(REVIEW), follow=True).content.decode()

    assert 'role="alert"' in text


def test_review_list_keeps_to_the_chosen_area(clerk: Client, town: SmallTown) -> None:
    factories.awaiting_review(town)

    response = clerk.get(reverse(REVIEW), {"area": town.place.south.path})

    assert response.context["results"] == []
    assert 'class="nothing"' in response.content.decode()


def test_review_list_keeps_its_budget(clerk: Client, town: SmallTown) -> None:
    factories.awaiting_review(town)
    _ask(clerk, REVIEW)
    few = _ask(clerk, REVIEW)
    for _number in range(5):
        factories.awaiting_review(town)

    assert _ask(clerk, REVIEW) == few
    assert few <= FRAME + 2


def _ask(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse(name))
    assert response.status_code == 200
    return len(asked)


def test_review_is_for_reviewers(sign_in: SignIn, town: SmallTown) -> None:
    demand = factories.awaiting_review(town)

    refused = sign_in("handler").post(reverse(REVIEW), {"demand": [str(demand.id)]})
    by_head = sign_in("head").get(reverse(REVIEW))

    assert refused.status_code == 403
    assert [one.row.demand.id for one in by_head.context["results"]] == [demand.id]


def test_pool_holds_what_waits_for_a_meeting(clerk: Client, town: SmallTown) -> None:
    waiting = _at_a_meeting(town)
    factories.handling_state(town)

    response = clerk.get(reverse("demands:pool"))
    elsewhere = clerk.get(reverse("demands:pool"), {"area": town.place.south.path})

    assert [one.row.demand.id for one in response.context["rows"]] == [waiting.id]
    assert 'class="nothing"' in elsewhere.content.decode()


@pytest.mark.parametrize("kind", list(TodoKind))
def test_all_that_waits_of_a_kind_opens(kind: TodoKind, clerk: Client, town: SmallTown) -> None:
    page = reverse("demands:todo", args=[kind.value])

    assert 'class="nothing"' in clerk.get(page).content.decode()


def test_todo_list_holds_what_is_mine(sign_in: SignIn, town: SmallTown) -> None:
    mine = factories.handling_state(town)
    page = reverse("demands:todo", args=[TodoKind.OVERDUE.value])

    with clock.at(factories.morning(date(2027, 1, 4))):
        rows = sign_in("handler").get(page).context["rows"]
        others = sign_in("clerk").get(page).context["rows"]

    assert [row.demand.id for row in rows] == [mine.id]
    assert others == []


def test_work_leads_to_the_rest_of_a_long_group(sign_in: SignIn, town: SmallTown) -> None:
    for _number in range(21):
        factories.registered(town)

    text = sign_in("clerk").get(reverse("desk:work")).content.decode()

    assert reverse("demands:todo", args=[TodoKind.TO_ACCEPT.value]) in text


def test_what_waits_is_opened_from_work_home_and_household(
    sign_in: SignIn, town: SmallTown
) -> None:
    demand = factories.registered(town)
    link = f'href="{reverse("demands:detail", args=[demand.id])}"'
    pages = [
        reverse("desk:work"),
        reverse("desk:home"),
        reverse("households:detail", args=[town.household.id]),
    ]

    clerk = sign_in("clerk")

    assert [link in clerk.get(page).content.decode() for page in pages] == [True, True, True]


def test_half_year_list_is_opened_once(clerk: Client, town: SmallTown) -> None:
    page = reverse("halfyear:add")
    typed = {"year": "2027", "half": "1", "title": "2027年上半年实事清单"}

    offered = clerk.get(page).context["form"].initial
    untitled = clerk.post(page, {**typed, "title": ""})
    made = clerk.post(page, typed)
    twice = clerk.post(page, typed)

    opened = HalfYearList.objects.in_town(town.town.id).get()
    assert (offered["year"], offered["half"]) == (2027, 1)
    assert 'id="id_title_error"' in untitled.content.decode()
    assert made.headers["Location"] == reverse("halfyear:detail", args=[opened.id])
    assert 'id="id_half_error"' in twice.content.decode()


def test_half_year_lists_tell_how_far_they_are(clerk: Client, town: SmallTown) -> None:
    over = factories.half_year(town, 2026, 1)
    factories.carried_over(town)
    carried = factories.carried_over(town)
    factories.submitted(town, carried)
    clerk.post(reverse("demands:move", args=[carried.id, "write_off"]), {"satisfaction": "mostly"})

    lines = {
        line.half_year_list.id: line
        for line in clerk.get(reverse("halfyear:list")).context["lines"]
    }
    coming = factories.half_year(town)
    detail = clerk.get(reverse("halfyear:detail", args=[coming.id]))

    tally = lines[coming.id].tally
    assert (tally.total, tally.open, tally.solved, tally.share) == (2, 1, 1, "50.0%")
    assert (lines[over.id].tally.total, lines[over.id].is_over) == (0, True)
    assert detail.context["tally"] == tally
    assert len(detail.context["rows"]) == 2


def test_list_of_nothing_says_what_to_do(clerk: Client, town: SmallTown) -> None:
    none = clerk.get(reverse("halfyear:list")).content.decode()
    empty = clerk.get(reverse("halfyear:detail", args=[factories.half_year(town).id]))

    assert 'class="nothing"' in none
    assert 'class="nothing"' in empty.content.decode()


def test_list_of_another_town_is_not_there(clerk: Client, town: SmallTown) -> None:
    other = factories.make_town("other", code="0002")
    foreign = factories.half_year(other)

    assert clerk.get(reverse("halfyear:detail", args=[foreign.id])).status_code == 404
