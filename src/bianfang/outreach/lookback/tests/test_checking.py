from collections.abc import Callable

import pytest

from bianfang.kernel.errors import (
    FieldErrors,
    MoveError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.enums import Verb as DemandVerb
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback import policies
from bianfang.outreach.lookback.actions import checking
from bianfang.outreach.lookback.enums import CheckWay, Verb
from bianfang.outreach.lookback.models import LookBack
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import give, handed_out, record, state_of
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState
from bianfang.register.people.models import Staff

PASSED, FAILED, NOT_REACHED = CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED


@pytest.fixture
def closed(town: SmallTown) -> SmallTown:
    factories.closed(town)
    return town


def verbs_of(town: SmallTown, look_back: LookBack) -> list[str]:
    about = Entry.objects.about(town_id=town.town.id, kind="lookback", target_id=look_back.id)
    return [entry.verb for entry in about]


def test_checks_are_handed_out_in_bulk(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)

    checks = give(closed, look_back)

    assert {check.checker_id for check in checks} == {closed.staff["second_clerk"].id}
    assert state_of(look_back) == LookBackState.GOING_ON
    assert verbs_of(closed, look_back) == [Verb.DRAWN, Verb.ASSIGNED]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("clerk", policies.WROTE_IT_OFF),
        ("handler", policies.HANDLED_IT),
        ("secretary", policies.NOT_THERE),
        ("head", policies.NOT_THERE),
        ("officer", policies.NOT_THERE),
    ],
)
def test_whoever_may_not_check_is_refused_with_the_reason(
    closed: SmallTown, who: str, sentence: str
) -> None:
    look_back = factories.drawn(closed)
    checks = factories.checks_of(look_back)

    results = checking.assign(
        actor=closed.clerk,
        look_back_id=look_back.id,
        check_ids=[check.id for check in checks],
        checker_id=closed.staff[who].id,
    )

    assert [result.refusal for result in results] == [str(sentence)] * 2
    assert [result.number for result in results] == factories.numbers(checks)
    assert {check.checker_id for check in factories.checks_of(look_back)} == {None}
    assert state_of(look_back) == LookBackState.DRAWN


def test_on_the_spot_whoever_wrote_it_down_does_not_check(town: SmallTown) -> None:
    demand = demands.on_site(town)
    review.write_off(actor=town.clerk, demand_id=demand.id)

    assert policies.refusal_to_check(town.secretary, demands.fresh(demand)) == policies.HANDLED_IT


def test_a_worker_checks_only_in_the_own_community(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)

    near, far = give(closed, look_back, to="worker")

    assert near.checker_id == closed.staff["worker"].id
    assert far.checker_id is None


def test_a_checker_is_named_and_serves(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)
    Staff.objects.in_town(closed.town.id).filter(id=closed.staff["leader"].id).update(
        is_active=False
    )

    def hand_to(checker: object) -> None:
        checking.assign(
            actor=closed.clerk,
            look_back_id=look_back.id,
            check_ids=[],
            checker_id=checker,  # type: ignore[arg-type]  # an id or nothing
        )

    for checker in (None, closed.staff["leader"].id):
        with pytest.raises(FieldErrors) as refused:
            hand_to(checker)
        assert set(refused.value.errors) == {"checker"}
    with pytest.raises(NotFoundError):
        hand_to(demands.some_id())


def test_a_check_that_passes_leaves_the_demand_closed(closed: SmallTown) -> None:
    check, other = handed_out(closed)

    record(closed, check, PASSED)

    stored = factories.fresh(check)
    assert (stored.result, stored.way, stored.attempts) == (PASSED, CheckWay.PHONE, 1)
    assert stored.checked_on == factories.day(0)
    assert stored.demand.state == DemandState.WRITTEN_OFF
    assert state_of(check.look_back) == LookBackState.GOING_ON
    assert factories.fresh(other).result == CheckResult.WAITING


def test_a_check_that_fails_reopens_the_demand_and_names_the_look_back(
    closed: SmallTown,
) -> None:
    check, _other = handed_out(closed)

    record(closed, check, FAILED, found="灯又不亮了")

    demand = demands.fresh(check.demand)
    assert (demand.state, demand.reopened_count) == (DemandState.HANDLING, 1)
    about = Entry.objects.about(town_id=closed.town.id, kind="demand", target_id=demand.id)
    last = list(about)[-1]
    assert last.verb == DemandVerb.REOPENED
    assert "十一月回头看" in last.reason
    assert "灯又不亮了" in last.reason


def test_the_last_decision_finishes_the_look_back(closed: SmallTown) -> None:
    check, other = handed_out(closed)

    record(closed, check, PASSED)
    record(closed, other, FAILED)

    stored = LookBack.objects.in_town(closed.town.id).get(id=check.look_back_id)
    assert (stored.state, stored.finished_on) == (LookBackState.FINISHED, factories.day(0))
    assert verbs_of(closed, stored)[-3:] == [Verb.PASSED, Verb.FAILED, Verb.FINISHED]


def test_nobody_reached_may_be_tried_again(closed: SmallTown) -> None:
    check, _other = handed_out(closed)

    record(closed, check, NOT_REACHED)
    record(closed, check, NOT_REACHED)
    record(closed, check, PASSED)

    assert (factories.fresh(check).attempts, factories.fresh(check).result) == (3, PASSED)


@pytest.mark.parametrize("first", [PASSED, FAILED])
def test_a_decision_stands(closed: SmallTown, first: CheckResult) -> None:
    check, _other = handed_out(closed)
    record(closed, check, first)
    refusing = (MoveError, NotAllowedError)

    with pytest.raises(refusing):
        record(closed, check, NOT_REACHED)

    [told, _open] = checking.assign(
        actor=closed.clerk,
        look_back_id=check.look_back_id,
        check_ids=[each.id for each in factories.checks_of(check.look_back)],
        checker_id=closed.staff["leader"].id,
    )
    assert told.refusal
    assert factories.fresh(check).result == first


@pytest.mark.parametrize(
    ("way", "result", "found", "wrong"),
    [
        (None, None, "", {"way", "result"}),
        (CheckWay.VISIT, None, "", {"result"}),
        (None, PASSED, "", {"way"}),
        (CheckWay.PHONE, FAILED, "  ", {"found"}),
        (CheckWay.PHONE, PASSED, "长" * 2001, {"found"}),
    ],
)
def test_way_and_result_are_asked_for_and_what_was_found_of_a_failure(
    closed: SmallTown,
    way: CheckWay | None,
    result: CheckResult | None,
    found: str,
    wrong: set[str],
) -> None:
    check, _other = handed_out(closed)

    with pytest.raises(FieldErrors) as refused:
        checking.record(
            actor=closed.second_clerk, check_id=check.id, way=way, result=result, found=found
        )

    assert set(refused.value.errors) == wrong


def test_a_demand_reopened_meanwhile_may_fail_but_not_pass(closed: SmallTown) -> None:
    check, _other = handed_out(closed)
    review.reopen(actor=closed.clerk, demand_id=check.demand_id, reason="群众来电")

    with pytest.raises(FieldErrors) as refused:
        record(closed, check, PASSED)
    assert set(refused.value.errors) == {"result"}
    record(closed, check, FAILED)

    assert factories.fresh(check).demand.reopened_count == 1


@pytest.mark.parametrize("who", ["clerk", "leader", "worker", "secretary"])
def test_only_the_person_who_was_asked_records(closed: SmallTown, who: str) -> None:
    check, _other = handed_out(closed)

    with pytest.raises(NotAllowedError):
        record(closed, check, PASSED, by=who)


@pytest.mark.parametrize("who", ["far_secretary", "handler"])
def test_out_of_scope_a_check_does_not_exist(closed: SmallTown, who: str) -> None:
    check, _other = handed_out(closed)

    with pytest.raises(NotFoundError):
        record(closed, check, PASSED, by=who)


def test_whoever_handled_it_meanwhile_does_not_check_any_more(closed: SmallTown) -> None:
    check, _other = handed_out(closed)
    demand = review.reopen(actor=closed.clerk, demand_id=check.demand_id, reason="群众来电")
    demands.submitted(closed, demand, by="second_clerk")

    with pytest.raises(NotAllowedError) as refused:
        record(closed, check, FAILED)

    assert str(refused.value) == str(policies.HANDLED_IT)


def test_a_replacement_is_the_next_of_the_group_in_the_order_of_the_seed(
    closed: SmallTown,
) -> None:
    check, _other = handed_out(closed)
    record(closed, check, NOT_REACHED)

    new = checking.replace(actor=closed.clerk, check_id=check.id)

    replaced = factories.fresh(check)
    assert replaced.replaced_by_id == new.id
    assert replaced.result == NOT_REACHED
    assert (new.stratum, new.place, new.result) == (check.stratum, 2, CheckResult.WAITING)
    assert new.demand_id != check.demand_id
    assert new.checker_id is None
    with pytest.raises(MoveError):
        checking.replace(actor=closed.clerk, check_id=check.id)
    with pytest.raises(MoveError):
        record(closed, check, PASSED)


def test_replacements_skip_what_is_open_again_and_end_with_the_group(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)
    near, _far = give(closed, look_back)
    order = [number for number in look_back.frame[near.stratum] if number != near.demand.number]
    second = factories.drawn(closed, of_each=3)
    others = {
        check.demand.number: check
        for check in factories.checks_of(second)
        if check.demand.number in order
    }
    first_in_order = min(others.values(), key=lambda check: check.place)
    review.reopen(actor=closed.clerk, demand_id=first_in_order.demand_id, reason="群众来电")
    record(closed, near, NOT_REACHED)

    new = checking.replace(actor=closed.clerk, check_id=near.id)

    assert new.demand_id != first_in_order.demand_id
    give(closed, look_back)
    record(closed, new, NOT_REACHED)
    with pytest.raises(MoveError):
        checking.replace(actor=closed.clerk, check_id=new.id)


def test_only_who_was_not_reached_is_replaced(closed: SmallTown) -> None:
    check, _other = handed_out(closed)

    with pytest.raises(MoveError):
        checking.replace(actor=closed.clerk, check_id=check.id)


def test_a_look_back_is_finished_once_every_check_was_tried(closed: SmallTown) -> None:
    check, other = handed_out(closed)
    record(closed, check, PASSED)
    with pytest.raises(MoveError):
        checking.finish(actor=closed.clerk, look_back_id=check.look_back_id)
    record(closed, other, NOT_REACHED)

    finished = checking.finish(actor=closed.clerk, look_back_id=check.look_back_id)

    assert finished.state == LookBackState.FINISHED
    with pytest.raises(MoveError):
        record(closed, other, PASSED)


@pytest.mark.parametrize("who", ["leader", "worker", "secretary"])
@pytest.mark.parametrize(
    "act",
    [
        lambda actor, check: checking.finish(actor=actor, look_back_id=check.look_back_id),
        lambda actor, check: checking.replace(actor=actor, check_id=check.id),
        lambda actor, check: checking.assign(
            actor=actor, look_back_id=check.look_back_id, check_ids=[], checker_id=None
        ),
    ],
    ids=["finish", "replace", "assign"],
)
def test_only_the_visiting_office_leads_a_look_back(
    closed: SmallTown, who: str, act: Callable[..., object]
) -> None:
    check, _other = handed_out(closed)

    with pytest.raises(NotAllowedError):
        act(closed.actors[who], check)


def test_a_look_back_of_another_town_does_not_exist(closed: SmallTown) -> None:
    check, _other = handed_out(closed)
    stranger = demands.make_town("second", code="0002").clerk

    with pytest.raises(NotFoundError):
        checking.finish(actor=stranger, look_back_id=check.look_back_id)
    with pytest.raises(NotFoundError):
        checking.replace(actor=stranger, check_id=check.id)
