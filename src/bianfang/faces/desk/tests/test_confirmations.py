"""Residents' words on the desk: noting them, the slip, the code at the window, the requests."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.codes.receipt_codes import grouped, make_receipt_code
from bianfang.kernel.journal.models import AccessEntry
from bianfang.outreach.demands.actions import confirming, requests, review
from bianfang.outreach.demands.enums import ConfirmWay, ReplyMode, Satisfaction
from bianfang.outreach.demands.models import Confirmation, Demand, ReopenRequest
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh, said_of
from bianfang.outreach.demands.workflow import DemandState, RequestState
from bianfang.register.areas.queries import forget_areas

CODE, REQUESTS = reverse("confirmations:code"), reverse("confirmations:requests")
UNSATISFIED = Satisfaction.UNSATISFIED


def english(client: Client, address: str, data: dict[str, str] | None = None) -> str:
    response = client.get(address, data, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def posted(client: Client, address: str, data: dict[str, str]) -> str:
    response = client.post(address, data, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def page_of(demand: Demand) -> str:
    return reverse("demands:detail", args=[demand.id])


def note_of(demand: Demand) -> str:
    return reverse("confirmations:note", args=[demand.id])


def slip_of(demand: Demand) -> str:
    return reverse("confirmations:slip", args=[demand.id])


def test_a_word_is_noted_and_stands_on_the_page(town: SmallTown, sign_in: SignIn) -> None:
    demand, worker = factories.written_off(town), sign_in("worker")
    before = english(worker, page_of(demand))

    response = worker.post(
        note_of(demand), {"answer": "mostly", "way": "phone", "word": "灯亮了，就是晚了几天"}
    )

    assert response["Location"].startswith(page_of(demand))
    assert "Nothing is noted yet" in before
    assert note_of(demand) in before
    after = english(worker, page_of(demand))
    assert "灯亮了，就是晚了几天" in after
    assert after.count("Mostly satisfied") >= 3


def test_what_is_missing_is_said_beside_the_field(town: SmallTown, sign_in: SignIn) -> None:
    demand = factories.written_off(town)

    text = posted(sign_in("worker"), note_of(demand), {"word": "好"})

    assert "Choose what the resident says." in text
    assert "Choose how the word came." in text
    assert "好</textarea>" in text


def test_the_handler_is_offered_no_phone_call(town: SmallTown, sign_in: SignIn) -> None:
    demand, handler = factories.written_off(town), sign_in("handler")

    form = english(handler, note_of(demand))
    handler.post(note_of(demand), {"answer": "satisfied", "way": "on_spot"})

    assert 'value="on_spot"' in form
    assert 'value="phone"' not in form
    assert "A phone call is noted by somebody else." in form.replace("\n", " ")
    text = english(handler, page_of(demand))
    assert "handled it" in text
    assert "heard by the handler" in text


def test_words_are_masked_for_who_does_not_see_who_asks(
    town: SmallTown, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand = factories.written_off(town)
    said_of(town, demand, UNSATISFIED, word="董大山家门口还是黑")
    monkeypatch.setattr("bianfang.outreach.demands.policies.can_see_proposer", lambda *_who: False)
    clerk = sign_in("clerk")

    for address in (page_of(demand), REQUESTS):
        text = english(clerk, address)
        assert "董大山" not in text
        assert "董某某家门口还是黑" in text
    assert slip_of(demand) not in english(clerk, page_of(demand))
    assert clerk.get(slip_of(demand)).status_code == 403


def test_nothing_is_noted_of_what_was_not_answered(town: SmallTown, sign_in: SignIn) -> None:
    demand, worker = factories.handling_state(town), sign_in("worker")

    assert note_of(demand) not in english(worker, page_of(demand))
    text = posted(worker, note_of(demand), {"answer": "satisfied", "way": "phone"})
    assert "It has not been answered yet" in text


def test_the_slip_shows_the_code_only_at_a_click_that_is_kept(
    town: SmallTown, sign_in: SignIn
) -> None:
    demand, secretary = factories.handling_state(town), sign_in("secretary")
    code = grouped(factories.code_of(demand))
    assert slip_of(demand) in english(secretary, page_of(demand))

    closed = english(secretary, slip_of(demand))
    response = secretary.post(slip_of(demand), headers={"accept-language": "en"})

    assert code not in closed
    assert "•••-•••-••••" in closed
    shown = response.content.decode()
    assert code in shown
    assert "董某某" in shown
    assert demand.number in shown
    assert response.headers["Cache-Control"] == "no-store"
    looks = AccessEntry.objects.in_town(town.town.id).filter(target_id=demand.id)
    assert [look.what for look in looks.order_by("id")] == ["receipt_code"]


def test_the_slip_of_a_merged_demand_names_its_original(town: SmallTown, sign_in: SignIn) -> None:
    merged = factories.merged(town)
    assert merged.merged_into is not None

    text = english(sign_in("clerk"), slip_of(merged))

    assert f"handled with {merged.merged_into.number}" in text
    assert "told to you when it is accepted" in text


def test_at_the_window_a_code_leads_to_the_demand_and_its_word_is_kept(
    town: SmallTown, sign_in: SignIn
) -> None:
    demand, clerk = (
        factories.written_off(town, content="董大山说路灯不亮"),
        sign_in("far_secretary"),
    )
    code = factories.code_of(demand)

    found = posted(clerk, CODE, {"code": grouped(code).lower()})
    unsaid = posted(clerk, CODE, {"code": code, "said": "1"})
    response = clerk.post(CODE, {"code": code, "said": "1", "answer": "unsatisfied", "word": "黑"})

    assert demand.number in found
    assert "董某某说路灯不亮" in found
    assert "已电话告知" in found
    assert "Choose what the resident says." in unsaid
    assert response["Location"] == CODE
    made = Confirmation.objects.in_town(town.town.id).get(demand=demand.id)
    assert (made.answer, made.way, made.word) == (UNSATISFIED, ConfirmWay.CODE, "黑")
    assert ReopenRequest.objects.in_town(town.town.id).get().demand_id == demand.id


def test_a_wrong_code_says_the_same_whatever_is_wrong(town: SmallTown, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    texts = [
        posted(clerk, CODE, {"code": code}) for code in ("", "222", make_receipt_code(), "x" * 50)
    ]
    wrong_now = posted(clerk, CODE, {"code": make_receipt_code(), "said": "1", "answer": "mostly"})

    for text in (*texts[:3], wrong_now):
        assert "No demand is found by this code." in text
    assert "field-error" in texts[3]


def test_guessing_is_stopped_with_a_sentence(town: SmallTown, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    for _time in range(confirming.MOST_WRONG):
        posted(clerk, CODE, {"code": make_receipt_code()})

    assert "Too many wrong codes" in posted(clerk, CODE, {"code": make_receipt_code()})


def test_a_code_of_what_is_not_answered_shows_how_far_it_is(
    town: SmallTown, sign_in: SignIn
) -> None:
    demand = factories.handling_state(town)

    text = posted(sign_in("clerk"), CODE, {"code": factories.code_of(demand)})

    assert "It has not been answered yet" in text
    assert 'name="answer"' not in text


def test_a_merged_code_tells_of_the_original(town: SmallTown, sign_in: SignIn) -> None:
    merged = factories.merged(town)
    assert merged.merged_into is not None

    text = posted(sign_in("clerk"), CODE, {"code": factories.code_of(merged)})

    assert merged.merged_into.number in text
    assert "Handled with" in text


def test_a_request_is_accepted_from_the_page(town: SmallTown, sign_in: SignIn) -> None:
    request, clerk = factories.reopen_asked(town), sign_in("clerk")
    accept = reverse("confirmations:accept", args=[request.id])
    assert accept in english(clerk, page_of(request.demand))
    assert accept in english(clerk, REQUESTS)

    empty = posted(clerk, accept, {"reason": ""})
    response = clerk.post(accept, {"reason": "确实又坏了"})

    assert "Give the reason" in empty
    assert "灯又灭了" in empty
    assert response["Location"] == f"{page_of(request.demand)}#top"
    demand = fresh(request.demand)
    assert (demand.state, demand.reopened_count) == (DemandState.HANDLING, 1)
    assert english(clerk, page_of(demand)).count("Reopened") >= 2


def test_a_request_is_declined_and_the_resident_told(town: SmallTown, sign_in: SignIn) -> None:
    request, clerk = factories.reopen_asked(town), sign_in("clerk")
    decline = reverse("confirmations:decline", args=[request.id])

    clerk.post(decline, {"reason": "新灯杆明年安装", "reply_mode": "phone"})

    stored = ReopenRequest.objects.in_town(town.town.id).get()
    assert (stored.state, stored.reply_mode) == (RequestState.DECLINED, ReplyMode.PHONE)
    decided = english(clerk, REQUESTS, {"show": "decided"})
    assert request.demand.number in decided
    assert "Not reopened" in decided
    assert "新灯杆明年安装" in english(clerk, page_of(request.demand))
    assert clerk.post(decline, {"reason": "x", "reply_mode": "phone"}).status_code == 200


def test_the_handler_sees_the_request_and_decides_nothing(town: SmallTown, sign_in: SignIn) -> None:
    request, handler = factories.reopen_asked(town), sign_in("handler")
    accept = reverse("confirmations:accept", args=[request.id])

    assert accept not in english(handler, page_of(request.demand))
    assert accept not in english(handler, REQUESTS)
    assert handler.post(accept, {"reason": "x"}).status_code == 403


def test_the_list_stands_under_the_figures_and_says_when_nothing_waits(
    town: SmallTown, sign_in: SignIn
) -> None:
    clerk = sign_in("clerk")
    empty = english(clerk, REQUESTS)
    assert "No request waits" in empty
    assert empty.count("—") >= 4
    assert "Nothing was decided yet" in english(clerk, REQUESTS, {"show": "decided"})

    said_of(town, factories.written_off(town))
    factories.reopen_asked(town)

    text = english(clerk, REQUESTS)
    assert "Satisfaction rate" in text
    assert "50.0" in text
    assert "Satisfaction rate" not in english(sign_in("head"), REQUESTS)


def test_my_work_leads_to_the_requests(town: SmallTown, sign_in: SignIn) -> None:
    request = factories.reopen_asked(town)

    text = english(sign_in("clerk"), reverse("desk:work"))

    assert "Requests to reopen" in text
    assert REQUESTS in text
    assert request.demand.number in text
    listed = english(sign_in("clerk"), reverse("demands:todo", args=["reopenings"]))
    assert request.demand.number in listed


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    town: SmallTown, sign_in: SignIn
) -> None:
    clerk = sign_in("clerk")

    def queries() -> int:
        forget_areas()
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(REQUESTS).status_code == 200
        return len(captured)

    factories.reopen_asked(town)
    alone = queries()
    for _time in range(5):
        factories.reopen_asked(town)

    assert queries() == alone <= 8


def test_pages_of_the_list_follow_each_other(
    town: SmallTown, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bianfang.faces.desk.views.reopen_requests.ROWS", 1)
    first, second = factories.reopen_asked(town), factories.reopen_asked(town)
    clerk = sign_in("clerk")

    text = english(clerk, REQUESTS)
    following = re.search(r'href="(\?page=[^"]+)"', text)

    assert following is not None
    assert first.demand.number in text
    assert second.demand.number in english(clerk, REQUESTS + following[1])


def test_the_page_of_a_demand_keeps_its_queries(town: SmallTown, sign_in: SignIn) -> None:
    demand, clerk = factories.written_off(town), sign_in("clerk")

    def queries() -> int:
        forget_areas()
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(page_of(demand)).status_code == 200
        return len(captured)

    said_of(town, demand, UNSATISFIED)
    request = ReopenRequest.objects.in_town(town.town.id).get()
    requests.decline_request(
        actor=town.clerk, request_id=request.id, reason="x", reply_mode=ReplyMode.PHONE
    )
    once = queries()
    for _time in range(4):
        said_of(town, demand, UNSATISFIED)
        said_of(town, demand)

    assert queries() == once


def test_write_off_keeps_what_the_reviewer_heard(town: SmallTown, sign_in: SignIn) -> None:
    demand = factories.awaiting_review(town)
    said_of(town, demand, UNSATISFIED)

    text = english(sign_in("clerk"), page_of(demand))

    assert 'value="unsatisfied" selected' in text
    review.write_off(actor=town.clerk, demand_id=demand.id, satisfaction=UNSATISFIED)
    assert Confirmation.objects.in_town(town.town.id).count() == 1
