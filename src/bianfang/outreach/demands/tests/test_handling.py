from datetime import date, timedelta
from functools import partial

import pytest

from bianfang.kernel.errors import (
    ChangedError,
    FieldErrors,
    MoveError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import handling, merging
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Route, Satisfaction, Verb
from bianfang.outreach.demands.models import Demand, Step
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post, Unit


def last_entry(demand: Demand) -> Entry:
    found = Entry.objects.about(town_id=demand.town_id, kind="demand", target_id=demand.id)
    entry = found.last()
    assert isinstance(entry, Entry)
    return entry


def accept(town: SmallTown, demand: Demand, **changes: object) -> Demand:
    given: dict[str, object] = {
        "actor": town.clerk,
        "demand_id": demand.id,
        "version": demand.version,
        "measures": "更换灯具",
        "unit_id": town.units["civil"].id,
        "owner_id": town.staff["handler"].id,
        "route": Route.TIMED,
    }
    return handling.accept(**{**given, **changes})  # type: ignore[arg-type]  # checked by the action


def test_accept_fills_the_four_fields_and_counts_working_days(town: SmallTown) -> None:
    demand = factories.fresh(accept(town, factories.registered(town)))

    assert demand.state == State.HANDLING
    assert demand.owner_id == town.staff["handler"].id
    assert demand.unit_id == town.units["civil"].id
    assert demand.due_on == demand.first_due_on == date(2026, 12, 2)
    assert demand.due_days == 12
    assert demand.due_counted_from == MONDAY
    assert demand.accepted_at == factories.morning()
    assert demand.version == 2
    entry = last_entry(demand)
    assert entry.verb == Verb.ACCEPTED
    assert entry.facts == {
        "route": "timed",
        "due_on": "2026-12-02",
        "owner": "handler",
        "unit": town.units["civil"].name,
    }


def test_the_rounds_days_come_before_those_of_the_category(town: SmallTown) -> None:
    demand = factories.registered(town)
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(round=town.round.id)

    assert accept(town, demand).due_days == 8


def test_a_chosen_deadline_is_taken_as_it_is(town: SmallTown) -> None:
    day = MONDAY + timedelta(days=3)

    demand = accept(town, factories.registered(town), due_on=day)

    assert demand.due_on == day
    assert demand.due_days is None
    assert not demand.due_is_provisional


def test_accept_names_every_missing_field_at_once(town: SmallTown) -> None:
    demand = factories.registered(town)

    with pytest.raises(FieldErrors) as refused:
        accept(town, demand, content=" ", measures="", owner_id=None, route=None)

    assert set(refused.value.errors) == {"content", "measures", "owner", "route"}
    assert factories.fresh(demand).state == State.REGISTERED


def test_accept_refuses_a_past_day_and_the_spot(town: SmallTown) -> None:
    with pytest.raises(FieldErrors) as refused:
        accept(
            town,
            factories.registered(town),
            due_on=MONDAY - timedelta(days=1),
            route=Route.ONSITE,
        )

    assert set(refused.value.errors) == {"due_on", "route"}


def test_accept_may_reword_and_sort_anew(town: SmallTown) -> None:
    demand = accept(
        town,
        factories.registered(town),
        content=" 路灯两盏不亮 ",
        category_id=town.other_category.id,
    )

    assert demand.content == "路灯两盏不亮"
    assert demand.theme == town.other_category.theme


def test_accept_refuses_a_category_that_is_not_there(town: SmallTown) -> None:
    with pytest.raises(FieldErrors) as refused:
        accept(town, factories.registered(town), category_id=factories.some_id())

    assert set(refused.value.errors) == {"category"}


def test_without_a_unit_that_of_the_person_in_charge_leads(town: SmallTown) -> None:
    assert accept(town, factories.registered(town), unit_id=None).unit == town.units["civil"]


def test_of_a_person_without_a_unit_or_with_two_the_usual_one_leads(town: SmallTown) -> None:
    secretary, both = town.staff["secretary"].id, town.staff["handler"]
    demand = accept(town, factories.registered(town), unit_id=None, owner_id=secretary)
    assert demand.unit == town.units["roads"]

    Post.objects.create(
        town=town.town,
        staff=both,
        role=Role.UNIT_HEAD,
        unit=town.units["roads"],
        area=town.place.town,
        valid_from=MONDAY,
    )
    assert accept(town, factories.registered(town), unit_id=None).unit == town.units["roads"]


def test_other_hands_bring_their_unit_and_a_person_without_one_leaves_it(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    hand_over = partial(handling.reassign, actor=town.clerk, demand_id=demand.id, reason="轮岗")

    demand = hand_over(
        version=demand.version, owner_id=town.staff["roads_handler"].id, unit_id=None
    )
    assert demand.unit == town.units["roads"]
    demand = hand_over(version=demand.version, owner_id=town.staff["secretary"].id, unit_id=None)
    assert demand.unit == town.units["roads"]


def test_without_any_unit_the_person_in_charge_leads(town: SmallTown) -> None:
    demand = factories.registered(town, category_id=town.other_category.id)

    demand = accept(town, demand, unit_id=None, owner_id=town.staff["secretary"].id)

    assert demand.unit is None
    assert last_entry(demand).facts["unit"] == ""


def test_whoever_left_and_units_that_closed_are_refused(town: SmallTown) -> None:
    town.staff["handler"].is_active = False
    town.staff["handler"].save()
    Unit.objects.in_town(town.town.id).filter(id=town.units["civil"].id).update(closed_on=MONDAY)

    with pytest.raises(FieldErrors) as refused:
        accept(town, factories.registered(town))

    assert set(refused.value.errors) == {"owner", "unit"}


def test_an_outdated_page_is_told_so(town: SmallTown) -> None:
    demand = factories.registered(town)
    accept(town, demand)

    with pytest.raises(ChangedError):
        accept(town, demand, version=1)


def test_out_of_scope_is_not_found_and_in_scope_may_be_refused(town: SmallTown) -> None:
    demand = factories.registered(town)

    with pytest.raises(NotFoundError):
        accept(town, demand, actor=town.far_secretary)
    with pytest.raises(NotAllowedError):
        accept(town, demand, actor=town.leader)


def test_a_second_acceptance_is_refused_by_the_state(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(MoveError):
        accept(town, demand)


def test_decline_tells_where_to_go_instead(town: SmallTown) -> None:
    demand = factories.fresh(factories.declined(town))

    assert demand.state == State.DECLINED
    assert demand.transferred_to == "县供电公司"
    assert demand.reply == "不属本级职责"
    assert demand.replied_on == demand.closed_on == MONDAY
    entry = last_entry(demand)
    assert (entry.verb, entry.reason) == (Verb.DECLINED, "不属本级职责")
    assert entry.facts["go_to"] == "县供电公司"


def test_decline_without_reason_or_place_is_refused(town: SmallTown) -> None:
    demand = factories.registered(town)

    with pytest.raises(FieldErrors) as refused:
        handling.decline(actor=town.clerk, demand_id=demand.id, version=1, reason="", go_to=" ")
    assert set(refused.value.errors) == {"reason", "go_to"}
    with pytest.raises(FieldErrors) as refused:
        handling.decline(
            actor=town.clerk, demand_id=demand.id, version=1, reason="不属本级", go_to="县" * 61
        )
    assert set(refused.value.errors) == {"go_to"}


def test_merge_points_at_the_other_and_both_tell_of_it(town: SmallTown) -> None:
    into, demand = factories.registered(town), factories.registered(town)

    merging.merge(actor=town.clerk, demand_id=demand.id, into_id=into.id, reason="同一盏灯")

    demand = factories.fresh(demand)
    assert demand.state == State.MERGED
    assert demand.merged_into_id == into.id
    assert last_entry(demand).facts == {"into": into.number}
    assert last_entry(into).facts == {"absorbed": demand.number}
    assert factories.fresh(into).state == State.REGISTERED


def test_merging_on_leaves_no_chain(town: SmallTown) -> None:
    first, second, third = (factories.registered(town) for _ in range(3))
    merging.merge(actor=town.clerk, demand_id=first.id, into_id=second.id, reason="重复")

    merging.merge(actor=town.clerk, demand_id=second.id, into_id=third.id, reason="重复")

    assert factories.fresh(first).merged_into_id == third.id
    assert factories.fresh(second).merged_into_id == third.id


def test_merge_into_itself_or_without_a_reason_is_refused(town: SmallTown) -> None:
    into, demand = factories.registered(town), factories.registered(town)

    with pytest.raises(FieldErrors) as refused:
        merging.merge(actor=town.clerk, demand_id=demand.id, into_id=demand.id, reason="重复")
    assert set(refused.value.errors) == {"into"}
    with pytest.raises(FieldErrors) as refused:
        merging.merge(actor=town.clerk, demand_id=demand.id, into_id=into.id, reason=" ")
    assert set(refused.value.errors) == {"reason"}


@pytest.mark.parametrize(
    "state", [State.MERGED, State.DECLINED, State.WRITTEN_OFF, State.AWAITING_REVIEW]
)
def test_merge_into_what_is_no_longer_open_is_refused(town: SmallTown, state: State) -> None:
    into = factories.IN_STATE[state](town)
    demand = factories.registered(town)

    with pytest.raises(FieldErrors) as refused:
        merging.merge(actor=town.clerk, demand_id=demand.id, into_id=into.id, reason="重复")

    assert set(refused.value.errors) == {"into"}


def test_reassign_keeps_the_deadline_and_remembers_the_hands_before(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    due_on = demand.due_on

    handling.reassign(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        owner_id=town.staff["roads_handler"].id,
        unit_id=town.units["roads"].id,
        reason="归口调整",
        measures="先架线后装灯",
        route=Route.MEETING,
    )

    demand = factories.fresh(demand)
    assert demand.due_on == due_on
    assert (demand.measures, demand.route) == ("先架线后装灯", Route.MEETING)
    entry = last_entry(demand)
    assert entry.facts["from_owner"] == "handler"
    assert entry.facts["owner"] == "roads_handler"
    assert entry.reason == "归口调整"


def test_reassign_without_owner_reason_or_measures_is_refused(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(FieldErrors) as refused:
        handling.reassign(
            actor=town.clerk,
            demand_id=demand.id,
            version=demand.version,
            owner_id=None,
            unit_id=None,
            reason="",
            measures=" ",
            route=Route.ONSITE,
        )

    assert set(refused.value.errors) == {"owner", "reason", "measures", "route"}


def test_progress_is_added_and_never_conflicts(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    handling.note_progress(actor=town.handler, demand_id=demand.id, note=" 已联系供电所 ")

    stored = factories.fresh(demand)
    assert stored.progress == "已联系供电所"
    assert stored.version == demand.version
    [step] = Step.objects.in_town(town.town.id).filter(demand=demand.id)
    assert str(step) == step.note
    assert (step.note, step.staff_id) == ("已联系供电所", town.staff["handler"].id)
    assert last_entry(demand).facts == {"step": str(step.id)}


def test_an_empty_note_is_refused(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(FieldErrors) as refused:
        handling.note_progress(actor=town.handler, demand_id=demand.id, note="")

    assert set(refused.value.errors) == {"note"}


@pytest.mark.parametrize("state", [State.HANDLING, State.CARRIED_OVER])
def test_a_result_waits_for_review(town: SmallTown, state: State) -> None:
    demand = factories.submitted(town, factories.IN_STATE[state](town), Outcome.TRANSFERRED)

    demand = factories.fresh(demand)
    assert demand.state == State.AWAITING_REVIEW
    assert demand.handled_by_id == town.staff["handler"].id
    assert demand.closed_on == demand.replied_on == MONDAY
    assert last_entry(demand).facts == {
        "outcome": "transferred",
        "reply_mode": "phone",
        "replied_on": "2026-11-16",
        "transferred_to": "供电所",
        "days": 0,
    }


def test_a_result_without_its_parts_is_refused_by_name(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(FieldErrors) as refused:
        handling.submit_result(
            actor=town.handler,
            demand_id=demand.id,
            version=demand.version,
            outcome=None,
            result="",
            reply="",
            reply_mode=None,
            replied_on=MONDAY + timedelta(days=1),
        )
    assert set(refused.value.errors) == {
        "outcome",
        "result",
        "reply",
        "reply_mode",
        "replied_on",
    }
    with pytest.raises(FieldErrors) as refused:
        handling.submit_result(
            actor=town.handler,
            demand_id=demand.id,
            version=demand.version,
            outcome=Outcome.TRANSFERRED,
            result="已转",
            reply="已告知",
            reply_mode=ReplyMode.PHONE,
            replied_on=MONDAY - timedelta(days=1),
        )
    assert set(refused.value.errors) == {"transferred_to", "replied_on"}


def test_the_residents_opinion_is_kept(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    handling.submit_result(
        actor=town.handler,
        demand_id=demand.id,
        version=demand.version,
        outcome=Outcome.EXPLAINED,
        result="不符合条件",
        reply="已当面说明",
        reply_mode=ReplyMode.IN_PERSON,
        satisfaction=Satisfaction.MOSTLY,
    )

    assert factories.fresh(demand).satisfaction == Satisfaction.MOSTLY
