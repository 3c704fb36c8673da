"""What may be the same matter: while it is typed, without scripts, and on the demand's page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import merging, review
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.visits.models import Visit
from bianfang.register.areas.queries import forget_areas

ADD = "demands:add"
HTMX: dict[str, Any] = {"hx-request": "true"}
PHONE = "10000001234"
WORDS = "村口的路灯不亮了，晚上走路很不方便"


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _typed(town: SmallTown, **typed: str) -> dict[str, str]:
    return {
        "source": "call",
        "who": "register",
        "household_number": town.household.number,
        "content": "",
        "category_id": "",
        "alike": "1",
        **typed,
    }


def _record(town: SmallTown) -> str:
    return reverse("visits:record", args=[town.household.id])


def _ask(client: Client, address: str, data: dict[str, str]) -> tuple[str, list[str]]:
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        response = client.post(address, data, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode(), [query["sql"] for query in asked]


def test_suggestion_shows_enough_to_decide(clerk: Client, town: SmallTown) -> None:
    like = factories.handling_state(town, household_id=town.neighbour.id)

    text, _queries = _ask(clerk, reverse(ADD), _typed(town, content=WORDS))

    assert "<html" not in text
    for shown in (like.number, like.content, "handler", "上庄", "2026-11-16"):
        assert shown in text, shown
    assert reverse("demands:detail", args=[like.id]) in text
    assert "state-" in text


def test_looking_writes_nothing_and_puts_nothing_into_an_address(
    clerk: Client, town: SmallTown
) -> None:
    factories.registered(town, proposer_phone=PHONE)
    page = clerk.get(reverse(ADD)).content.decode()

    typed = _typed(town, content=WORDS, proposer_phone=PHONE)
    text, queries = _ask(clerk, reverse(ADD), typed)

    assert "hx-get" not in page[page.index("<main") :]
    assert f'hx-post="{reverse(ADD)}"' in page
    assert not [sql for sql in queries if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in queries if PHONE in sql]
    assert PHONE not in text
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_same_phone_is_found_from_anywhere_in_scope(clerk: Client, town: SmallTown) -> None:
    called = factories.registered(
        town, household_id=town.far_household.id, content="低保", proposer_phone=PHONE
    )

    text, _queries = _ask(clerk, reverse(ADD), _typed(town, proposer_phone=PHONE))
    half, _queries = _ask(clerk, reverse(ADD), _typed(town, proposer_phone=PHONE[:6]))

    assert called.number in text
    assert called.number not in half


def test_place_of_somebody_not_on_the_register_is_enough(clerk: Client, town: SmallTown) -> None:
    like = factories.registered(town)
    of_place = _typed(
        town,
        who="other",
        area_id=str(town.place.upper_hamlet.id),
        category_id=str(town.category.id),
    )

    there, _queries = _ask(clerk, reverse(ADD), of_place)
    nowhere, _queries = _ask(clerk, reverse(ADD), of_place | {"area_id": ""})

    assert like.number in there
    assert like.number not in nowhere


def test_household_that_is_not_clear_yet_suggests_nothing(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)

    typed = _typed(town, household_number="nobody at all", category_id=str(town.category.id))
    text, _queries = _ask(clerk, reverse(ADD), typed)

    assert "todo" not in text


def test_without_scripts_a_button_looks_and_keeps_what_was_typed(
    clerk: Client, town: SmallTown
) -> None:
    like = factories.registered(town)
    typed = _typed(
        town, content=WORDS, category_id=str(town.category.id), household_id=str(town.household.id)
    )

    page = clerk.post(reverse(ADD), typed).content.decode()
    nothing = clerk.post(reverse(ADD), {"alike": "1"}, headers={"accept-language": "en"})

    noscript = page[page.index("<noscript>", page.index("<main")) :]
    assert 'name="alike"' in noscript[: noscript.index("</noscript>")]
    assert like.number in page
    assert WORDS in page
    assert "field-error" not in page
    assert "Nothing looks like the same matter." in nothing.content.decode()
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_reader_who_need_not_know_sees_no_name_in_a_suggestion(
    clerk: Client, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.registered(town, content="董大山说路灯不亮")
    monkeypatch.setattr(policies, "can_see_proposer", lambda *_people: False)

    text, _queries = _ask(clerk, reverse(ADD), _typed(town))

    assert "说路灯不亮" in text
    assert "董大山" not in text


def test_number_of_questions_does_not_grow_with_what_is_found(
    clerk: Client, town: SmallTown
) -> None:
    typed = _typed(town, content=WORDS, proposer_phone=PHONE)
    factories.registered(town)
    _text, few = _ask(clerk, reverse(ADD), typed)
    for _place in range(3):
        factories.handling_state(town, household_id=town.neighbour.id)

    _text, many = _ask(clerk, reverse(ADD), typed)

    assert len(many) == len(few) <= 9


def test_row_of_a_visit_is_looked_up_by_itself(sign_in: SignIn, town: SmallTown) -> None:
    things.fill_round(town)
    like = factories.registered(town, household_id=town.neighbour.id)
    secretary = sign_in("secretary")
    said = {"demands-1-content": WORDS, "demands-1-category": str(town.category.id)}

    second, queries = _ask(secretary, _record(town), {**said, "alike": "1"})
    first, _queries = _ask(secretary, _record(town), {**said, "alike": "0"})
    odd, _queries = _ask(secretary, _record(town), {**said, "alike": "x"})

    assert like.number in second
    assert like.number not in first + odd
    assert len(queries) <= 7
    assert not Visit.objects.in_town(town.town.id).exists()


def test_visit_without_scripts_shows_it_beside_the_row(sign_in: SignIn, town: SmallTown) -> None:
    things.fill_round(town)
    like = factories.registered(town, household_id=town.neighbour.id)
    sent = things.visit_form(town) | {"demands-0-content": WORDS, "alike": "0", "demand-rows": "2"}

    response = sign_in("secretary").post(_record(town), sent)

    text = response.content.decode()
    assert like.number in text
    assert WORDS in text
    assert len(response.context["desk"].rows) == 2
    assert 'formaction="#demand-1"' in text
    assert not Visit.objects.in_town(town.town.id).exists()


def test_saving_a_visit_looks_for_nothing(sign_in: SignIn, town: SmallTown) -> None:
    """The cost of a plain POST stays what it was."""
    things.fill_round(town)
    factories.registered(town, household_id=town.neighbour.id)
    sent = things.visit_form(town)
    secretary = sign_in("secretary")

    with CaptureQueriesContext(connection) as asked:
        response = secretary.post(_record(town), sent)

    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert response.status_code == 302
    assert not [sql for sql in reads if 'FROM "demands_demand"' in sql]


TALK = reverse("forums:add")


def test_row_of_a_group_talk_is_looked_up_for_its_household_or_village(
    sign_in: SignIn, town: SmallTown
) -> None:
    like = factories.registered(town, household_id=town.neighbour.id)
    own = factories.registered(town, content="想修院墙")
    secretary = sign_in("secretary")
    said = {"demands-1-content": WORDS, "alike": "1", "area": str(town.place.upper.id)}
    asks = {"households": str(town.household.id), "demands-1-resident": str(town.household.id)}

    of_village, queries = _ask(secretary, TALK, said)
    of_household, _queries = _ask(secretary, TALK, {**said, **asks})
    not_ticked, _queries = _ask(
        secretary, TALK, {**said, "area": "", "demands-1-resident": str(town.household.id)}
    )
    of_community, _queries = _ask(secretary, TALK, {**said, "area": str(town.place.north.id)})

    assert like.number in of_village
    assert own.number not in of_village
    assert like.number in of_household
    assert own.number in of_household
    assert like.number not in not_ticked + of_community
    assert len(queries) <= 7
    assert not Visit.objects.in_town(town.town.id).exists()


def test_group_talk_without_scripts_shows_it_beside_the_row(
    sign_in: SignIn, town: SmallTown
) -> None:
    like = factories.registered(town, household_id=town.neighbour.id)
    sent = {
        "area": str(town.place.upper.id),
        "subject": "用电",
        "demands-0-content": WORDS,
        "demand-rows": "2",
        "alike": "0",
    }

    response = sign_in("secretary").post(TALK, sent)

    text = response.content.decode()
    assert like.number in text
    assert "用电" in text
    assert "field-error" not in text
    assert len(response.context["desk"].rows) == 2


def _page(demand: Demand) -> str:
    return reverse("demands:detail", args=[demand.id])


def test_page_of_the_original_names_every_proposer(sign_in: SignIn, town: SmallTown) -> None:
    into = factories.handling_state(town)
    merged = factories.registered(
        town, household_id=town.neighbour.id, proposer_phone=PHONE, content="路灯坏了"
    )
    merging.merge(actor=town.clerk, demand_id=merged.id, into_id=into.id, reason="同一盏灯")
    handler = sign_in("handler")

    page = handler.get(_page(into)).content.decode()
    form = handler.get(reverse("demands:move", args=[into.id, "submit_result"])).content.decode()
    phone = reverse("demands:phone", args=[merged.id])
    asked = handler.get(phone)

    for shown in (merged.number, "欧阳小河", "2026-11-16", "路灯坏了", phone):
        assert shown in page, shown
    assert f'href="{_page(merged)}"' not in page
    assert "欧阳小河" in form[form.index("act-form") :]
    assert asked.status_code == 200
    assert _page(into) in asked.content.decode()
    assert handler.get(_page(merged)).status_code == 404
    assert _page(merged) in sign_in("clerk").get(_page(into)).content.decode()


def test_proposers_of_merged_ones_are_masked_by_right(
    sign_in: SignIn, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = factories.registered(town)
    merged = factories.registered(
        town, household_id=town.neighbour.id, content="欧阳小河说路灯坏了"
    )
    merging.merge(actor=town.clerk, demand_id=merged.id, into_id=into.id, reason="同一盏灯")
    monkeypatch.setattr(policies, "can_see_proposer", lambda *_people: False)

    text = sign_in("leader").get(_page(into)).content.decode()

    assert merged.number in text
    assert "欧阳小河" not in text
    assert "说路灯坏了" in text


def test_merged_demand_tells_with_which_it_is_answered(sign_in: SignIn, town: SmallTown) -> None:
    into = factories.handling_state(town)
    merged = factories.registered(town)
    merging.merge(actor=town.clerk, demand_id=merged.id, into_id=into.id, reason="同一盏灯")
    clerk = sign_in("clerk")

    waiting = clerk.get(_page(merged), headers={"accept-language": "en"}).content.decode()
    factories.submitted(town, factories.fresh(into))
    review.write_off(actor=town.clerk, demand_id=into.id)
    answered = clerk.get(_page(merged), headers={"accept-language": "en"}).content.decode()

    assert f"Handled with {into.number}" in waiting
    assert f"will be answered with {into.number}" in waiting
    assert f"Answered with {into.number}" in answered
    assert "已电话告知" in answered
    assert _page(into) in answered


def test_original_out_of_scope_is_named_without_a_link(sign_in: SignIn, town: SmallTown) -> None:
    into = factories.registered(town, household_id=town.far_household.id)
    merged = factories.registered(town)
    merging.merge(actor=town.clerk, demand_id=merged.id, into_id=into.id, reason="同一条线路")

    text = sign_in("secretary").get(_page(merged)).content.decode()

    assert into.number in text
    assert f'href="{_page(into)}"' not in text


def test_merge_is_taken_back_from_the_page(sign_in: SignIn, town: SmallTown) -> None:
    merged = factories.merged(town)
    clerk = sign_in("clerk")
    page = reverse("demands:move", args=[merged.id, "unmerge"])

    empty = clerk.post(page, {"reason": ""}).content.decode()
    done = clerk.post(page, {"reason": "另一盏灯"})

    assert 'id="id_reason_error"' in empty
    assert done.status_code == 302
    assert factories.fresh(merged).state == State.REGISTERED
    assert sign_in("leader").get(page).status_code == 403
