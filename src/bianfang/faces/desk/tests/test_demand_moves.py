"""Every move of a demand through its page: made, refused with its reason, overtaken by others."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.demand_moves import MOVE_FORMS
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling, review
from bianfang.outreach.demands.enums import ExtensionDecision, ExtensionState
from bianfang.outreach.demands.models import Demand, Extension, HalfYearList
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Browsers of the town's people, and the addresses of moves."""

    town: SmallTown
    sign_in: SignIn

    def page(self, demand: Demand, move: Move) -> str:
        return reverse("demands:move", args=[demand.id, move.value])

    def post(self, who: str, demand: Demand, move: Move, **typed: Any) -> Any:
        return self.sign_in(who).post(self.page(demand, move), typed)

    def made(self, who: str, demand: Demand, move: Move, **typed: Any) -> Demand:
        """Make the move, which leads back to the demand."""
        response = self.post(who, demand, move, **typed)
        assert response.status_code == 302, response.content.decode()
        assert response.headers["Location"] == f"{reverse('demands:detail', args=[demand.id])}#top"
        return factories.fresh(demand)

    def hands(self) -> dict[str, str]:
        """Who shall handle it."""
        town = self.town
        return {
            "unit_id": str(town.units["civil"].id),
            "owner_id": str(town.staff["handler"].id),
            "route": "timed",
        }


@pytest.fixture
def desk(town: SmallTown, sign_in: SignIn) -> Desk:
    return Desk(town=town, sign_in=sign_in)


def _accept(desk: Desk, demand: Demand, **changes: Any) -> dict[str, Any]:
    return {
        "version": demand.version,
        "content": demand.content,
        "measures": "更换灯具",
        "category_id": str(demand.category_id),
        "due_on": "",
        **desk.hands(),
        **changes,
    }


def _result(demand: Demand, **changes: Any) -> dict[str, Any]:
    return {
        "version": demand.version,
        "outcome": "solved",
        "result": "换了灯",
        "reply": "电话告知",
        "reply_mode": "phone",
        "replied_on": "2026-11-16",
        "satisfaction": "not_asked",
        **changes,
    }


def test_accepting_sets_the_four_fields_and_counts_the_deadline(
    desk: Desk, town: SmallTown
) -> None:
    demand = factories.registered(town)

    accepted = desk.made("clerk", demand, Move.ACCEPT, **_accept(desk, demand, content="路灯坏了"))

    assert (accepted.state, accepted.measures) == (State.HANDLING, "更换灯具")
    assert (accepted.content, accepted.owner_id) == ("路灯坏了", town.staff["handler"].id)
    assert accepted.due_days is not None


def test_chosen_deadline_is_taken_over(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)

    accepted = desk.made(
        "clerk", demand, Move.ACCEPT, **_accept(desk, demand, due_on="2026年12月1日")
    )

    assert f"{accepted.due_on}" == "2026-12-01"


def test_refused_acceptance_names_every_field_and_keeps_the_words(
    desk: Desk, town: SmallTown
) -> None:
    demand = factories.registered(town)
    typed = _accept(desk, demand, content="", owner_id="", measures="更换整排灯具", due_on="x")

    text = desk.post("clerk", demand, Move.ACCEPT, **typed).content.decode()
    second = desk.post("clerk", demand, Move.ACCEPT, **typed | {"due_on": "2026-11-01"})

    assert "更换整排灯具" in text
    assert 'id="id_due_on_error"' in text
    for field in ("content", "owner_id", "due_on"):
        assert f'id="id_{field}_error"' in second.content.decode(), field
    assert factories.fresh(demand).state == State.REGISTERED


def test_declining_tells_why_and_where_to_turn(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)
    typed = {"version": demand.version, "reason": "不属本级职责", "reply_mode": "in_person"}

    refused = desk.post("clerk", demand, Move.DECLINE, **typed).content.decode()
    declined = desk.made("clerk", demand, Move.DECLINE, **typed, go_to="县供电公司")

    assert 'id="id_go_to_error"' in refused
    assert "不属本级职责" in refused
    assert (declined.state, declined.transferred_to) == (State.DECLINED, "县供电公司")


def test_merging_into_a_demand_that_looks_alike(desk: Desk, town: SmallTown) -> None:
    into, demand = factories.registered(town), factories.registered(town)

    refused = desk.post("clerk", demand, Move.MERGE, into="", reason="同一盏灯").content.decode()
    merged = desk.made("clerk", demand, Move.MERGE, into=str(into.id), reason="同一盏灯")

    assert 'id="id_into_error"' in refused
    assert (merged.state, merged.merged_into_id) == (State.MERGED, into.id)


def test_the_other_demand_is_found_by_its_number(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)
    far = factories.registered(
        town, household_id=town.far_household.id, category_id=town.other_category.id, content="低保"
    )
    typed = {"into": "", "text": far.number, "reason": "同一件事"}

    found = desk.post("clerk", demand, Move.MERGE, **typed, search="1")
    text = found.content.decode()
    merged = desk.made("clerk", demand, Move.MERGE, **typed | {"into": str(far.id)})

    assert str(far.id) in text
    assert "同一件事" in text
    assert "field-error" not in text
    assert merged.merged_into_id == far.id


def test_number_of_a_merged_demand_leads_to_its_original(desk: Desk, town: SmallTown) -> None:
    of_far = {"household_id": town.far_household.id, "category_id": town.other_category.id}
    merged = factories.merged(town)
    demand = factories.registered(town, content="低保", **of_far)

    found = desk.post("clerk", demand, Move.MERGE, text=merged.number, reason="", search="1")

    offered = [value for value, _words in found.context["form"].fields["into"].choices]
    assert offered == [str(merged.merged_into_id)]


def test_merging_into_what_was_not_offered_is_refused(desk: Desk, town: SmallTown) -> None:
    demand, closed = factories.registered(town), factories.written_off(town)

    for into in (str(closed.id), str(demand.id), "nonsense"):
        response = desk.post("clerk", demand, Move.MERGE, into=into, reason="同一盏灯")

        assert response.status_code == 200
        assert 'id="id_into_error"' in response.content.decode()
    assert factories.fresh(demand).state == State.REGISTERED


def test_handing_over_needs_its_reason(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    typed = {
        "version": demand.version,
        "owner_id": str(town.staff["roads_handler"].id),
        "unit_id": str(town.units["roads"].id),
        "measures": "由路管站办理",
        "route": "meeting",
    }

    refused = desk.post("clerk", demand, Move.REASSIGN, **typed).content.decode()
    handed = desk.made("clerk", demand, Move.REASSIGN, **typed, reason="职责在路管站")

    assert 'id="id_reason_error"' in refused
    assert "由路管站办理" in refused
    assert (handed.owner_id, handed.route) == (town.staff["roads_handler"].id, "meeting")
    assert handed.due_on == demand.due_on


def test_progress_is_noted_by_the_handler(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)

    refused = desk.post("handler", demand, Move.NOTE_PROGRESS, note=" ")
    noted = desk.made("handler", demand, Move.NOTE_PROGRESS, note="灯具已订购")

    assert 'id="id_note_error"' in refused.content.decode()
    assert noted.progress == "灯具已订购"
    page = desk.sign_in("clerk").get(reverse("demands:detail", args=[demand.id]))
    assert "灯具已订购" in page.content.decode()


def test_more_time_is_asked_for_and_granted_by_somebody_else(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    earlier = desk.post(
        "handler", demand, Move.ASK_EXTENSION, new_due_on="2026-11-17", reason="未到货"
    )
    desk.made("handler", demand, Move.ASK_EXTENSION, new_due_on="2026-12-31", reason="未到货")

    unsaid = desk.post("head", demand, Move.DECIDE_EXTENSION, grant="grant")
    granted = desk.made(
        "head", demand, Move.DECIDE_EXTENSION, grant="grant", told_resident="已告知年底完成"
    )

    assert 'id="id_new_due_on_error"' in earlier.content.decode()
    assert 'id="id_told_resident_error"' in unsaid.content.decode()
    assert f"{granted.due_on}" == "2026-12-31"


def test_more_time_may_be_refused_with_the_reason(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    desk.made("handler", demand, Move.ASK_EXTENSION, new_due_on="2026-12-31", reason="未到货")

    undecided = desk.post("head", demand, Move.DECIDE_EXTENSION, note="时间足够")
    refused = desk.made("head", demand, Move.DECIDE_EXTENSION, grant="refuse", note="时间足够")

    extension = Extension.objects.in_town(town.town.id).get()
    assert 'id="id_grant_error"' in undecided.content.decode()
    assert extension.state == ExtensionState.REFUSED
    assert refused.due_on == demand.due_on


def test_who_asked_for_more_time_does_not_decide(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    desk.made("head", demand, Move.ASK_EXTENSION, new_due_on="2026-12-31", reason="未到货")

    opened = desk.sign_in("head").get(desk.page(demand, Move.DECIDE_EXTENSION))
    decided = desk.post("head", demand, Move.DECIDE_EXTENSION, grant="grant", told_resident="好")

    assert opened.status_code == 409
    assert decided.status_code == 403
    assert Extension.objects.in_town(town.town.id).get().state == ExtensionState.ASKED


def test_decision_on_nothing_is_refused_in_words(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    typed = {"grant": ExtensionDecision.GRANT.value, "told_resident": "好"}

    response = desk.post("head", demand, Move.DECIDE_EXTENSION, **typed)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_result_without_a_reply_is_refused(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)

    refused = desk.post("handler", demand, Move.SUBMIT_RESULT, **_result(demand, reply=""))
    submitted = desk.made("handler", demand, Move.SUBMIT_RESULT, **_result(demand))

    text = refused.content.decode()
    assert 'id="id_reply_error"' in text
    assert "换了灯" in text
    assert (submitted.state, submitted.result) == (State.AWAITING_REVIEW, "换了灯")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": ""}, "result"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "transferred"}, "transferred_to"),
        ({"replied_on": "2026-11-30"}, "replied_on"),
        ({"replied_on": "2026-13-01"}, "replied_on"),
        ({"reply_mode": ""}, "reply_mode"),
    ],
)
def test_each_part_of_a_result_is_checked(
    changes: dict[str, str], field: str, desk: Desk, town: SmallTown
) -> None:
    demand = factories.handling_state(town)

    response = desk.post("handler", demand, Move.SUBMIT_RESULT, **_result(demand, **changes))

    assert f'id="id_{field}_error"' in response.content.decode()
    assert factories.fresh(demand).state == State.HANDLING


def test_second_person_writes_off(desk: Desk, town: SmallTown) -> None:
    demand = factories.awaiting_review(town)

    refused = desk.post("clerk", demand, Move.WRITE_OFF, satisfaction="")
    closed = desk.made("clerk", demand, Move.WRITE_OFF, satisfaction="satisfied")

    assert 'id="id_satisfaction_error"' in refused.content.decode()
    assert (closed.state, closed.satisfaction) == (State.WRITTEN_OFF, "satisfied")


def test_whoever_handled_it_does_not_write_it_off(desk: Desk, town: SmallTown) -> None:
    demand = factories.submitted(town, factories.handling_state(town), by="clerk")

    response = desk.post("clerk", demand, Move.WRITE_OFF, satisfaction="satisfied")

    assert response.status_code == 403
    assert factories.fresh(demand).state == State.AWAITING_REVIEW


def test_sending_back_tells_what_is_lacking(desk: Desk, town: SmallTown) -> None:
    demand = factories.awaiting_review(town)

    refused = desk.post("clerk", demand, Move.SEND_BACK, reason="")
    back = desk.made("clerk", demand, Move.SEND_BACK, reason="请附照片")

    page = desk.sign_in("handler").get(desk.page(demand, Move.SUBMIT_RESULT))
    assert 'id="id_reason_error"' in refused.content.decode()
    assert back.state == State.HANDLING
    assert page.context["form"]["result"].value() == "已更换"


def test_reopened_demand_gets_a_new_deadline(desk: Desk, town: SmallTown) -> None:
    demand = factories.written_off(town)

    refused = desk.post("clerk", demand, Move.REOPEN, reason="又坏了", due_on="2026-11-01")
    reopened = desk.made("clerk", demand, Move.REOPEN, reason="又坏了", due_on="2026-12-10")

    assert 'id="id_due_on_error"' in refused.content.decode()
    assert "又坏了" in refused.content.decode()
    assert (reopened.state, reopened.reopened_count) == (State.HANDLING, 1)
    assert f"{reopened.due_on}" == "2026-12-10"


def test_carrying_over_promises_the_end_of_the_half_year(desk: Desk, town: SmallTown) -> None:
    demand, half_year = factories.handling_state(town), factories.half_year(town)
    typed = {"half_year_list": str(half_year.id), "due_on": ""}

    refused = desk.post("clerk", demand, Move.CARRY_OVER, **typed, reason="").content.decode()
    carried = desk.made("clerk", demand, Move.CARRY_OVER, **typed, reason="资金未到位")
    twice = desk.post("clerk", demand, Move.CARRY_OVER, **typed, reason="资金未到位")

    assert 'id="id_reason_error"' in refused
    assert (carried.state, carried.due_on) == (State.CARRIED_OVER, half_year.last_day)
    assert twice.context["form"].non_field_errors()


def test_list_that_is_over_is_not_offered(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    over = HalfYearList.objects.create(town=town.town, year=2025, half=1, title="旧清单")

    page = desk.sign_in("clerk").get(desk.page(demand, Move.CARRY_OVER))
    response = desk.post(
        "clerk", demand, Move.CARRY_OVER, half_year_list=str(over.id), reason="资金"
    )

    assert "旧清单" not in page.content.decode()
    assert 'id="id_half_year_list_error"' in response.content.decode()


def test_change_of_somebody_else_is_shown_and_then_overruled_knowingly(
    desk: Desk, town: SmallTown
) -> None:
    demand = factories.handling_state(town)
    mine = {
        "version": demand.version,
        "owner_id": str(town.staff["handler"].id),
        "unit_id": str(town.units["civil"].id),
        "measures": "我的措施",
        "route": "timed",
        "reason": "补充",
    }
    desk.made("second_clerk", demand, Move.REASSIGN, **mine | {"measures": "别人的措施"})

    conflict = desk.post("clerk", demand, Move.REASSIGN, **mine)

    text = conflict.content.decode()
    assert conflict.context["conflict"]
    assert "别人的措施" in text
    assert "我的措施" in text
    assert factories.fresh(demand).measures == "别人的措施"

    version = conflict.context["form"]["version"].value()
    overruled = desk.made("clerk", demand, Move.REASSIGN, **mine | {"version": version})

    assert overruled.measures == "我的措施"


def test_words_are_kept_when_the_demand_moved_on_meanwhile(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)
    typed = _accept(desk, demand, measures="另一种措施")
    handling.decline(
        actor=town.actors["second_clerk"],
        demand_id=demand.id,
        version=demand.version,
        reason="不属本级职责",
        go_to="县供电公司",
    )

    response = desk.post("clerk", demand, Move.ACCEPT, **typed)

    text = response.content.decode()
    assert response.status_code == 200
    assert "另一种措施" in text
    assert not response.context["is_possible"]
    assert factories.fresh(demand).state == State.DECLINED


def test_second_write_off_changes_nothing(desk: Desk, town: SmallTown) -> None:
    demand = factories.awaiting_review(town)
    review.write_off(actor=town.actors["second_clerk"], demand_id=demand.id)

    response = desk.post("clerk", demand, Move.WRITE_OFF, satisfaction="satisfied")

    assert response.status_code == 200
    assert factories.fresh(demand).satisfaction == "not_asked"


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999"])
def test_nonsense_for_a_version_is_no_error_page(version: str, desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)

    response = desk.post("clerk", demand, Move.ACCEPT, **_accept(desk, demand, version=version))

    assert response.status_code == 200
    assert factories.fresh(demand).state == State.REGISTERED


def test_clock_is_stopped_and_runs_again(desk: Desk, town: SmallTown) -> None:
    factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)

    refused = desk.post("head", demand, Move.PAUSE, reason="")
    paused = desk.made("head", demand, Move.PAUSE, reason="等待上级批复")
    page = desk.sign_in("handler").get(reverse("demands:detail", args=[demand.id]))
    with clock.at(factories.morning(date(2026, 11, 18))):
        resumed = desk.made("handler", demand, Move.RESUME)

    assert 'id="id_reason_error"' in refused.content.decode()
    assert paused.state == State.PAUSED
    assert "等待上级批复" in page.content.decode()
    assert (resumed.state, f"{resumed.due_on}") == (State.HANDLING, "2026-12-01")


def test_clock_is_not_offered_to_be_stopped_without_a_rule(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    page = reverse("demands:detail", args=[demand.id])

    buttons = desk.sign_in("head").get(page).context["buttons"]
    refused = desk.post("head", demand, Move.PAUSE, reason="等待上级批复")

    assert Move.PAUSE not in [button.move for button in buttons]
    assert refused.context["form"].non_field_errors()


def test_wrong_unit_returns_it_and_names_the_right_one(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    roads = str(town.units["roads"].id)
    typed = {"version": demand.version, "reason": "属道路管理"}

    refused = desk.post("handler", demand, Move.RETURN, **typed, suggested_unit_id="")
    answer = desk.post("handler", demand, Move.RETURN, **typed, suggested_unit_id=roads)
    returned = factories.fresh(demand)
    opened = desk.sign_in("clerk").get(reverse("demands:detail", args=[demand.id]))

    assert refused.context["form"].has_error("suggested_unit_id")
    assert answer.status_code == 302
    assert (returned.state, returned.owner_id) == (State.REGISTERED, None)
    assert str(opened.context["form"]["unit_id"].value()) == roads
    assert "属道路管理" in opened.content.decode()


@pytest.mark.parametrize("days", [2, 40])
def test_what_comes_too_late_is_not_offered(days: int, desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    handler = desk.sign_in("handler")

    with clock.at(factories.morning(date(2026, 11, 16) + timedelta(days=days))):
        buttons = handler.get(reverse("demands:detail", args=[demand.id])).context["buttons"]

    offered = {button.move for button in buttons}
    assert Move.RETURN not in offered
    assert (Move.ASK_EXTENSION in offered) is (days == 2)


@pytest.mark.parametrize("move", list(MOVE_FORMS))
def test_move_of_another_state_is_refused_in_words(move: Move, desk: Desk, town: SmallTown) -> None:
    make = factories.declined if move is Move.UNMERGE else factories.merged
    demand = make(town)

    client = desk.sign_in("leader" if move in {Move.DECIDE_EXTENSION, Move.PAUSE} else "clerk")

    assert client.get(desk.page(demand, move)).status_code == 409


def test_form_beside_the_demand_is_a_part_of_its_page(desk: Desk, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    headers = {"hx-request": "true", "hx-target": "act"}

    part = desk.sign_in("clerk").get(desk.page(demand, Move.REASSIGN), headers=headers)

    text = part.content.decode()
    assert "<html" not in text
    assert 'id="act"' in text


def test_demand_of_another_village_is_not_there(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)

    response = desk.post(
        "far_secretary", demand, Move.ACCEPT, **_accept(desk, demand, measures="换灯")
    )

    assert response.status_code == 404
    assert factories.fresh(demand).state == State.REGISTERED


def test_nobody_moves_anything_without_signing_in(desk: Desk, town: SmallTown) -> None:
    demand = factories.registered(town)

    response = Client().post(desk.page(demand, Move.ACCEPT), _accept(desk, demand))

    assert response.status_code == 302
    assert factories.fresh(demand).state == State.REGISTERED
