"""One demand and its moves: who sees what, what is asked, what comes back after a refusal."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.kernel.journal.models import AccessEntry
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move

FRAME = 4


def _page(demand: Demand) -> str:
    return reverse("demands:detail", args=[demand.id])


def _move(demand: Demand, move: Move) -> str:
    return reverse("demands:move", args=[demand.id, move.value])


def _moves(client: Client, demand: Demand) -> list[Move]:
    return [button.move for button in client.get(_page(demand)).context["buttons"]]


def _accepting(town: SmallTown, demand: Demand, **typed: str) -> dict[str, str]:
    return {
        "version": str(demand.version),
        "content": demand.content,
        "measures": "更换灯具",
        "owner_id": str(town.staff["handler"].id),
        "unit_id": str(town.units["civil"].id),
        "category_id": str(demand.category_id),
        "route": "timed",
        "due_on": "",
        **typed,
    }


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.mark.parametrize(
    ("state", "who", "moves"),
    [
        (State.REGISTERED, "clerk", [Move.ACCEPT, Move.MERGE, Move.DECLINE]),
        (State.REGISTERED, "leader", []),
        (
            State.HANDLING,
            "handler",
            [Move.NOTE_PROGRESS, Move.SUBMIT_RESULT, Move.ASK_EXTENSION, Move.RETURN],
        ),
        (State.PAUSED, "handler", [Move.NOTE_PROGRESS, Move.RESUME]),
        (State.PAUSED, "head", [Move.NOTE_PROGRESS, Move.RESUME, Move.REASSIGN]),
        (State.AWAITING_REVIEW, "clerk", [Move.WRITE_OFF, Move.SEND_BACK]),
        (State.AWAITING_REVIEW, "handler", []),
        (State.WRITTEN_OFF, "clerk", [Move.REOPEN]),
        (State.MERGED, "clerk", [Move.UNMERGE]),
        (State.MERGED, "leader", []),
        (State.DECLINED, "clerk", []),
    ],
)
def test_only_what_state_and_rights_permit_is_offered(
    state: State, who: str, moves: list[Move], sign_in: SignIn, town: SmallTown
) -> None:
    demand = factories.IN_STATE[state](town)

    assert _moves(sign_in(who), demand) == moves


@pytest.mark.parametrize("state", list(State))
def test_page_of_every_state_tells_who_acts_next(
    state: State, clerk: Client, town: SmallTown
) -> None:
    demand = factories.IN_STATE[state](town)

    response = clerk.get(_page(demand))

    current = [step for step in response.context["steps"] if step.is_now]
    assert response.status_code == 200
    assert len(current) == 1
    assert response.context["next_step"].sentence


def test_next_step_names_a_second_person_and_not_the_handler(
    clerk: Client, town: SmallTown
) -> None:
    demand = factories.submitted(town, factories.handling_state(town), by="clerk")

    step = clerk.get(_page(demand)).context["next_step"]

    assert "second_clerk" in step.names
    assert "clerk" not in step.names.replace("second_clerk", "")
    assert not step.is_mine


def test_accept_asks_for_all_four_fields_at_once_and_keeps_what_was_typed(
    clerk: Client, town: SmallTown
) -> None:
    demand = factories.registered(town)
    typed = _accepting(town, demand, measures="", owner_id="", content="", due_on="2026-11-01")

    response = clerk.post(_move(demand, Move.ACCEPT), typed)

    text = response.content.decode()
    assert response.status_code == 200
    for name in ("content", "measures", "owner_id", "due_on"):
        assert f'id="id_{name}_error"' in text, name
    assert 'value="2026-11-01"' in text
    assert fresh(demand).state == State.REGISTERED


def test_accept_counts_the_deadline_and_says_so_before(clerk: Client, town: SmallTown) -> None:
    demand = factories.registered(town)

    opened = clerk.get(_page(demand))
    done = clerk.post(_move(demand, Move.ACCEPT), _accepting(town, demand))

    accepted = fresh(demand)
    assert f"{accepted.due_on}" in str(opened.context["form"].fields["due_on"].help_text)
    assert done.headers["Location"] == f"{_page(demand)}#top"
    assert (accepted.state, accepted.due_days) == (State.HANDLING, 12)


def test_deadline_beyond_the_known_holidays_is_called_provisional(
    clerk: Client, town: SmallTown
) -> None:
    with clock.at(factories.morning(date(2026, 12, 28))):
        demand = factories.registered(town)
        form = clerk.get(_page(demand)).context["form"]
        clerk.post(_move(demand, Move.ACCEPT), _accepting(town, demand))
        text = clerk.get(_page(demand), headers={"accept-language": "en"}).content.decode()

    assert "放假" in str(form.fields["due_on"].help_text)
    assert "provisional" in text


def test_decline_needs_reason_and_where_to_go(clerk: Client, town: SmallTown) -> None:
    demand = factories.registered(town)
    page = _move(demand, Move.DECLINE)
    typed = {"version": str(demand.version), "reply_mode": "phone", "reason": "", "go_to": ""}

    refused = clerk.post(page, typed).content.decode()
    clerk.post(page, {**typed, "reason": "不属本级", "go_to": "县供电公司"})

    assert 'id="id_reason_error"' in refused
    assert 'id="id_go_to_error"' in refused
    assert fresh(demand).state == State.DECLINED
    assert "县供电公司" in clerk.get(_page(demand)).content.decode()


def test_merge_offers_what_looks_alike_and_finds_others(clerk: Client, town: SmallTown) -> None:
    into = factories.registered(town)
    far = factories.registered(town, household_id=town.far_household.id, content="别处的井盖")
    demand = factories.registered(town)
    page = _move(demand, Move.MERGE)

    offered = clerk.get(page).context["form"]
    empty = clerk.post(page, {"reason": "同一盏灯"})
    found = clerk.post(page, {"text": "井盖", "reason": "同一盏灯", "search": "1"})
    done = clerk.post(page, {"into": str(into.id), "reason": "同一盏灯"})

    assert str(into.id) in dict(offered.fields["into"].choices)
    assert 'id="id_into_error"' in empty.content.decode()
    assert str(far.id) in dict(found.context["form"].fields["into"].choices)
    assert "同一盏灯" in found.content.decode()
    assert done.status_code == 302
    assert fresh(demand).merged_into_id == into.id
    assert into.number in clerk.get(_page(demand)).content.decode()
    assert demand.number in clerk.get(_page(into)).content.decode()


def test_handler_notes_progress_and_submits(sign_in: SignIn, town: SmallTown) -> None:
    handler, demand = sign_in("handler"), factories.handling_state(town)
    typed = {
        "version": str(demand.version), "outcome": "solved", "result": "已换灯", "reply": "",
        "reply_mode": "phone", "replied_on": "", "satisfaction": "satisfied",
    }  # fmt: skip

    handler.post(_move(demand, Move.NOTE_PROGRESS), {"note": "灯具已到货"})
    refused = handler.post(_move(demand, Move.SUBMIT_RESULT), typed)
    done = handler.post(_move(demand, Move.SUBMIT_RESULT), {**typed, "reply": "已电话告知"})

    text = handler.get(_page(demand)).content.decode()
    assert 'id="id_reply_error"' in refused.content.decode()
    assert "已换灯" in refused.content.decode()
    assert done.status_code == 302
    assert fresh(demand).state == State.AWAITING_REVIEW
    assert "灯具已到货" in text
    assert "已电话告知" in text


def test_more_time_is_asked_by_one_and_decided_by_another(sign_in: SignIn, town: SmallTown) -> None:
    handler, head = sign_in("handler"), sign_in("head")
    demand = factories.handling_state(town)

    handler.post(
        _move(demand, Move.ASK_EXTENSION), {"new_due_on": "2026-12-31", "reason": "等灯具"}
    )
    asked = head.get(_page(demand))
    moves = _moves(handler, demand)
    by_handler = handler.get(_move(demand, Move.DECIDE_EXTENSION))
    untold = head.post(_move(demand, Move.DECIDE_EXTENSION), {"grant": "grant"})
    head.post(
        _move(demand, Move.DECIDE_EXTENSION), {"grant": "grant", "told_resident": "月底前修好"}
    )

    assert asked.context["move"] == Move.DECIDE_EXTENSION
    assert "等灯具" in asked.content.decode()
    assert Move.ASK_EXTENSION not in moves
    assert by_handler.status_code == 403
    assert 'id="id_told_resident_error"' in untold.content.decode()
    assert fresh(demand).due_on == date(2026, 12, 31)
    assert Extension.objects.in_town(town.town.id).get().told_resident == "月底前修好"
    assert "2026-12-31" in handler.get(_page(demand)).content.decode()


def test_reviewer_sends_back_writes_off_and_reopens(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    demand = factories.awaiting_review(town)

    clerk.post(_move(demand, Move.SEND_BACK), {"reason": "写清哪天修"})
    factories.submitted(town, fresh(demand))
    own = sign_in("handler").post(_move(demand, Move.WRITE_OFF), {"satisfaction": "satisfied"})
    clerk.post(_move(demand, Move.WRITE_OFF), {"satisfaction": "satisfied"})
    closed = fresh(demand)
    clerk.post(_move(demand, Move.REOPEN), {"reason": "又不亮了", "due_on": ""})

    assert own.status_code == 403
    assert (closed.state, closed.satisfaction) == (State.WRITTEN_OFF, "satisfied")
    assert fresh(demand).reopened_count == 1
    assert "写清哪天修" in clerk.get(_page(demand)).content.decode()


def test_carried_demand_and_list_lead_to_each_other(clerk: Client, town: SmallTown) -> None:
    demand, half_year = factories.handling_state(town), factories.half_year(town)
    page = _move(demand, Move.CARRY_OVER)

    refused = clerk.post(page, {"half_year_list": "", "reason": "资金未到位"})
    clerk.post(page, {"half_year_list": str(half_year.id), "reason": "资金未到位"})

    on_list = reverse("halfyear:detail", args=[half_year.id])
    assert 'id="id_half_year_list_error"' in refused.content.decode()
    assert fresh(demand).state == State.CARRIED_OVER
    assert on_list in clerk.get(_page(demand)).content.decode()
    assert _page(demand) in clerk.get(on_list).content.decode()


def test_owners_are_offered_by_nearness(clerk: Client, town: SmallTown) -> None:
    demand = factories.registered(town)

    field = clerk.get(_page(demand)).context["form"].fields["owner_id"]

    groups = [(str(title), [text for _key, text in pairs]) for title, pairs in field.choices[1:]]
    assert groups[0][1][0].startswith("secretary")
    assert groups[1][0] == "roads first"
    assert "far_secretary" in groups[-1][1][0]
    everybody = [text for _title, texts in groups for text in texts]
    assert not any(text.startswith(("admin", "officer")) for text in everybody)


def test_proposer_is_masked_for_who_need_not_know(
    clerk: Client, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand = factories.handling_state(town, content="董大山说路灯不亮")
    full = clerk.get(_page(demand)).content.decode()
    monkeypatch.setattr(policies, "can_see_proposer", lambda *_who: False)

    masked = clerk.get(_page(demand)).content.decode()

    assert "董大山" in full
    assert "董大山" not in masked
    assert "说路灯不亮" in masked


def test_phone_is_shown_once_for_a_reason_that_is_logged(sign_in: SignIn, town: SmallTown) -> None:
    demand = factories.handling_state(town, proposer_phone="10000001234")
    handler = sign_in("handler")
    page = reverse("demands:phone", args=[demand.id])

    asked = handler.get(page)
    empty = handler.post(page, {"reason": ""})
    shown = handler.post(page, {"reason": "约上门时间"})
    refused = sign_in("leader").get(page)

    logged = AccessEntry.objects.in_town(town.town.id).get()
    assert "10000001234" not in asked.content.decode() + empty.content.decode()
    assert "10000001234" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert (logged.reason, logged.target_id) == ("约上门时间", demand.id)
    assert refused.status_code == 403
    assert page in handler.get(_page(demand)).content.decode()


def test_wrong_area_sees_nothing_wrong_role_is_refused_nobody_signs_in(
    sign_in: SignIn, town: SmallTown
) -> None:
    demand = factories.registered(town)

    assert sign_in("far_secretary").get(_page(demand)).status_code == 404
    assert sign_in("leader").get(_move(demand, Move.ACCEPT)).status_code == 403
    assert sign_in("leader").post(_move(demand, Move.ACCEPT), {}).status_code == 403
    assert Client().get(_page(demand)).status_code == 302


def test_swapped_form_is_the_form_of_the_page(clerk: Client, town: SmallTown) -> None:
    demand = factories.registered(town)
    page = _move(demand, Move.DECLINE)
    headers: dict[str, Any] = {"hx-request": "true", "hx-target": "act"}

    part = clerk.get(page, headers=headers).content.decode()

    assert "<html" not in part
    assert part.strip().startswith('<section class="card" id="act"')


def test_similar_demands_are_suggested_with_reasons(clerk: Client, town: SmallTown) -> None:
    other = factories.registered(town)
    demand = factories.registered(town)

    alike = clerk.get(_page(demand)).context["alike"]

    assert [one.demand.number for one in alike] == [other.number]
    assert alike[0].why


def test_page_keeps_its_budget(clerk: Client, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    few = _ask(clerk, _page(demand))
    for note in ("一", "二", "三"):
        handling.note_progress(actor=town.handler, demand_id=demand.id, note=note)
        factories.registered(town)

    many = _ask(clerk, _page(demand))

    assert many <= few + 1
    assert many <= FRAME + 12


def _ask(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "完成时限"), ("en", "Deadline")])
def test_page_speaks_both_languages(
    clerk: Client, town: SmallTown, language: str, word: str
) -> None:
    demand = factories.handling_state(town)

    text = clerk.get(_page(demand), headers={"accept-language": language}).content.decode()

    assert word in text


def test_path_dates_a_carry_over_by_its_own_day(clerk: Client, town: SmallTown) -> None:
    with clock.at(factories.morning(date(2026, 11, 18))):
        demand = factories.carried_over(town)
        steps = clerk.get(_page(demand)).context["steps"]

    assert [(step.note, step.is_now) for step in steps[:2]] == [
        ("2026-11-18", False),
        ("2026-11-18", True),
    ]
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(
        accepted_at=factories.morning(date(2026, 6, 18))
    )
    assert clerk.get(_page(demand)).context["steps"][1].note == "2026-11-18"
