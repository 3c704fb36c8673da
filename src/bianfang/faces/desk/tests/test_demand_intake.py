"""A new demand: who asks, both ways of handling, what comes back after a refusal."""

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState as State

ADD = "demands:add"
MOST_INPUTS = 8


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _typed(town: SmallTown, **typed: str) -> dict[str, str]:
    return {
        "source": "call",
        "who": "register",
        "household_number": town.household.number,
        "content": "路灯不亮",
        "category_id": str(town.category.id),
        "route": "later",
        **typed,
    }


def _only(town: SmallTown) -> Demand:
    return Demand.objects.in_town(town.town.id).get()


def test_household_is_taken_by_its_number_and_the_rest_follows(
    clerk: Client, town: SmallTown
) -> None:
    response = clerk.post(reverse(ADD), _typed(town))

    demand = _only(town)
    assert len(_typed(town)) <= MOST_INPUTS
    assert response.headers["Location"] == reverse("demands:detail", args=[demand.id])
    assert (demand.state, demand.source) == (State.REGISTERED, "call")
    assert (demand.household_id, demand.proposer_name) == (town.household.id, "董大山")


def test_settled_on_the_spot_in_the_same_form(clerk: Client, town: SmallTown) -> None:
    settled = {"route": "onsite", "result": "换了灯泡", "reply": "当面告知"}

    clerk.post(reverse(ADD), _typed(town, **settled))

    demand = _only(town)
    assert (demand.state, demand.handling_days) == (State.AWAITING_REVIEW, 0)
    assert (demand.outcome, demand.reply_mode) == ("solved", "in_person")


def test_result_that_would_be_lost_is_asked_about(clerk: Client, town: SmallTown) -> None:
    response = clerk.post(reverse(ADD), _typed(town, result="换了灯泡"))

    text = response.content.decode()
    assert 'id="id_route_error"' in text
    assert "换了灯泡" in text
    assert not Demand.objects.in_town(town.town.id).exists()


def test_everything_that_is_missing_is_named_at_once(clerk: Client, town: SmallTown) -> None:
    typed = _typed(town, content="", category_id="", household_number="", route="onsite")

    text = clerk.post(reverse(ADD), typed).content.decode()

    for name in ("content", "category_id", "household_number", "result", "reply"):
        assert f'id="id_{name}_error"' in text, name


def test_person_who_is_not_on_the_register_needs_name_and_place(
    clerk: Client, town: SmallTown
) -> None:
    typed = _typed(town, who="other", household_number="")

    refused = clerk.post(reverse(ADD), typed).content.decode()
    clerk.post(
        reverse(ADD),
        {**typed, "proposer_name": "过路人", "area_id": str(town.place.upper_hamlet.id)},
    )

    assert 'id="id_proposer_name_error"' in refused
    assert 'id="id_area_id_error"' in refused
    assert (_only(town).proposer_name, _only(town).household_id) == ("过路人", None)


def test_several_households_that_fit_are_offered(clerk: Client, town: SmallTown) -> None:
    third = factories.make_household(town.place.upper_hamlet, "010101003", "董大海")
    third.head_pinyin = "dongdahai"
    third.save(update_fields=["head_pinyin"])

    refused = clerk.post(reverse(ADD), _typed(town, household_number="董大"))
    taken = clerk.post(
        reverse(ADD), _typed(town, household_number="董大", household_id=str(third.id))
    )

    offered = dict(refused.context["form"].fields["household_id"].choices)
    assert {str(town.household.id), str(third.id)} <= set(offered)
    assert 'id="id_household_number_error"' in refused.content.decode()
    assert taken.status_code == 302
    assert _only(town).household_id == third.id


def test_household_that_nobody_has_is_said(clerk: Client, town: SmallTown) -> None:
    text = clerk.post(reverse(ADD), _typed(town, household_number="没有的人")).content.decode()

    assert 'id="id_household_number_error"' in text
    assert "路灯不亮" in text


def test_looking_for_a_household_registers_nothing(clerk: Client, town: SmallTown) -> None:
    typed = {**_typed(town, household_number="董大山"), "search": "1"}
    headers = {"hx-request": "true", "hx-target": "found"}

    whole = clerk.post(reverse(ADD), typed).content.decode()
    part = clerk.post(reverse(ADD), typed, headers=headers).content.decode()
    nothing = clerk.post(
        reverse(ADD), {**typed, "household_number": "没有的人"}, headers=headers
    ).content.decode()

    assert "路灯不亮" in whole
    assert part.strip().startswith('<div class="found" id="found"')
    assert str(town.household.id) in part
    assert "field-help" in nothing
    assert not Demand.objects.in_town(town.town.id).exists()


def test_more_than_can_be_shown_is_said(clerk: Client, town: SmallTown) -> None:
    for place in range(9):
        factories.make_household(town.place.upper_hamlet, f"6{place:08d}", "王五")

    response = clerk.post(reverse(ADD), {"household_number": "王五", "search": "1"})

    assert len(response.context["desk"].found) == 8
    assert response.context["desk"].has_more


def test_form_opens_for_a_household_whose_page_was_left(clerk: Client, town: SmallTown) -> None:
    response = clerk.get(reverse(ADD), {"household": str(town.household.id)})
    elsewhere = clerk.get(reverse(ADD), {"household": str(factories.some_id())})

    assert response.context["form"]["household_id"].value() == str(town.household.id)
    assert elsewhere.status_code == 404


def test_form_sent_twice_is_one_demand(clerk: Client, town: SmallTown) -> None:
    typed = _typed(town, demand_id=str(factories.some_id()))

    clerk.post(reverse(ADD), typed)
    clerk.post(reverse(ADD), typed)

    assert Demand.objects.in_town(town.town.id).count() == 1


def test_next_one_can_follow_at_once(clerk: Client, town: SmallTown) -> None:
    response = clerk.post(reverse(ADD), _typed(town, again="1"), follow=True)

    assert response.request["PATH_INFO"] == reverse(ADD)
    assert _only(town).number in response.content.decode()


def test_phone_that_is_none_is_refused_beside_its_field(clerk: Client, town: SmallTown) -> None:
    text = clerk.post(reverse(ADD), _typed(town, proposer_phone="12")).content.decode()

    assert 'id="id_proposer_phone_error"' in text


def test_household_outside_ones_areas_is_not_found(sign_in: SignIn, town: SmallTown) -> None:
    typed = _typed(town, household_number=town.far_household.number)

    response = sign_in("secretary").post(reverse(ADD), typed)

    assert response.status_code == 200
    assert 'id="id_household_number_error"' in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("handler", 403), ("admin", 403), ("leader", 200)])
def test_who_may_register(who: str, status: int, sign_in: SignIn) -> None:
    assert sign_in(who).get(reverse(ADD)).status_code == status


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "登记诉求"), ("en", "New demand")])
def test_form_speaks_both_languages(clerk: Client, language: str, word: str) -> None:
    assert word in clerk.get(reverse(ADD), headers={"accept-language": language}).content.decode()
