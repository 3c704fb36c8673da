"""Not satisfied: a request to reopen, decided by somebody who did not handle the demand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import requests, review
from bianfang.outreach.demands.enums import ReplyMode, Satisfaction, TodoKind, Verb
from bianfang.outreach.demands.models import Confirmation, ReopenRequest
from bianfang.outreach.demands.queries import confirmations, history, todo
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh, said_of
from bianfang.outreach.demands.workflow import DemandState, RequestState


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


def again(request: ReopenRequest) -> ReopenRequest:
    return ReopenRequest.objects.in_town(request.town_id).get(id=request.id)


def test_one_request_waits_at_a_time(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    said_of(town, request.demand, Satisfaction.UNSATISFIED)

    assert ReopenRequest.objects.in_town(town.town.id).get().id == request.id
    assert request.handled_by_id == town.handler.staff_id


def test_not_satisfied_before_the_review_is_for_the_reviewer(town: SmallTown) -> None:
    said_of(town, factories.awaiting_review(town), Satisfaction.UNSATISFIED)

    assert not ReopenRequest.objects.in_town(town.town.id).exists()


def test_accepted_the_demand_is_handled_again_and_counted(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    requests.accept_request(actor=town.clerk, request_id=request.id, reason="确实又坏了")

    done, demand = again(request), fresh(request.demand)
    assert (done.state, done.decided_by_id) == (RequestState.ACCEPTED, town.clerk.staff_id)
    assert (demand.state, demand.reopened_count) == (DemandState.HANDLING, 1)
    assert demand.satisfaction == Satisfaction.NOT_ASKED
    line = history.list_history(actor=town.clerk, demand=demand)[-1]
    assert (line.verb, line.reason) == (Verb.REOPENED, "确实又坏了")
    with pytest.raises(MoveError):
        requests.decline_request(
            actor=town.clerk, request_id=request.id, reason="x", reply_mode=ReplyMode.PHONE
        )


def test_declined_the_resident_is_told_why(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    requests.decline_request(
        actor=town.clerk,
        request_id=request.id,
        reason="新增灯杆已列入明年计划",
        reply_mode=ReplyMode.PHONE,
    )

    done = again(request)
    assert (done.state, done.answer) == (RequestState.DECLINED, "新增灯杆已列入明年计划")
    assert fresh(request.demand).state == DemandState.WRITTEN_OFF
    line = history.list_history(actor=town.clerk, demand=request.demand)[-1]
    assert (line.verb, line.reason) == (Verb.REOPENING_DECLINED, done.answer)
    said_of(town, request.demand, Satisfaction.UNSATISFIED)
    assert ReopenRequest.objects.in_town(town.town.id).count() == 2


def test_wrong_fields_are_named(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    with pytest.raises(FieldErrors) as accepting:
        requests.accept_request(
            actor=town.clerk,
            request_id=request.id,
            reason=" ",
            due_on=MONDAY - timedelta(days=1),
        )
    with pytest.raises(FieldErrors) as declining:
        requests.decline_request(
            actor=town.clerk, request_id=request.id, reason="", reply_mode=None
        )

    assert set(accepting.value.errors) == {"reason", "due_on"}
    assert set(declining.value.errors) == {"reason", "reply_mode"}


def test_whoever_handled_it_does_not_decide(town: SmallTown) -> None:
    request = factories.reopen_asked(town)
    own = factories.on_site(town, household_id=town.household.id)
    own = review.write_off(actor=town.clerk, demand_id=own.id)
    said_of(town, own, Satisfaction.UNSATISFIED, by="worker")
    by_head = factories.handling_state(town)
    by_head = factories.submitted(town, by_head, by="head")
    by_head = review.write_off(actor=town.clerk, demand_id=by_head.id)
    made = said_of(town, by_head, Satisfaction.UNSATISFIED)
    of_head = ReopenRequest.objects.in_town(town.town.id).get(confirmation=made.id)

    for name in ("handler", "secretary"):
        with pytest.raises(NotAllowedError):
            requests.accept_request(actor=town.actors[name], request_id=request.id, reason="x")
    with pytest.raises(NotAllowedError, match=str(policies.OWN_REOPENING)):
        requests.accept_request(actor=town.head, request_id=of_head.id, reason="x")
    for name in ("far_secretary", "roads_handler"):
        with pytest.raises(NotFoundError):
            requests.accept_request(actor=town.actors[name], request_id=request.id, reason="x")
    with pytest.raises(NotFoundError):
        requests.accept_request(actor=town.clerk, request_id=factories.some_id(), reason="x")
    requests.accept_request(actor=town.head, request_id=request.id, reason="再办")


def test_reopened_for_another_reason_settles_the_request(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    review.reopen(actor=town.clerk, demand_id=request.demand_id, reason="回头看不通过")

    done = again(request)
    assert (done.state, done.decided_by_id) == (RequestState.SETTLED, None)
    verbs = [x.verb for x in history.list_history(actor=town.clerk, demand=request.demand)]
    assert verbs[-1] is Verb.REOPENING_SETTLED


def test_satisfied_after_all_takes_the_request_back(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    said_of(town, request.demand, Satisfaction.MOSTLY)
    said_of(town, request.demand, Satisfaction.SATISFIED)

    assert again(request).state == RequestState.SETTLED


def test_it_waits_in_the_list_of_who_may_decide(town: SmallTown) -> None:
    request = factories.reopen_asked(town)

    for name in ("clerk", "second_clerk", "leader", "worker", "head"):
        kinds = {group.kind: group.count for group in todo.todo_for(town.actors[name])}
        assert kinds[TodoKind.REOPENINGS] == 1, name
    for name in ("handler", "secretary", "far_secretary"):
        kinds = {group.kind: group.count for group in todo.todo_for(town.actors[name])}
        assert TodoKind.REOPENINGS not in kinds, name
    requests.accept_request(actor=town.clerk, request_id=request.id, reason="再办")
    assert not list(todo.list_todo(actor=town.clerk, kind=TodoKind.REOPENINGS))


def test_requests_are_listed_in_scope_open_ones_first_come(town: SmallTown) -> None:
    first = factories.reopen_asked(town)
    with clock.at(factories.morning(hour=10)):
        second = factories.reopen_asked(town)

    found = confirmations.page_requests(actor=town.clerk, is_open=True)
    assert [each.id for each in found.rows] == [first.id, second.id]
    area = town.place.south.reach
    assert not confirmations.page_requests(actor=town.clerk, is_open=True, area=area).rows
    assert not confirmations.page_requests(actor=town.far_secretary, is_open=True).rows
    requests.accept_request(actor=town.clerk, request_id=first.id, reason="再办")
    decided = confirmations.page_requests(actor=town.clerk, is_open=False)
    assert [each.id for each in decided.rows] == [first.id]
    of_demand = confirmations.list_requests_of(actor=town.clerk, demand=first.demand)
    assert [each.id for each in of_demand] == [first.id]
    assert confirmations.get_request(actor=town.clerk, request_id=second.id).id == second.id
    with pytest.raises(NotFoundError):
        confirmations.get_request(actor=town.far_secretary, request_id=second.id)


def test_the_database_keeps_the_rules(town: SmallTown) -> None:
    request = factories.reopen_asked(town)
    made = request.confirmation
    plain = {"town": town.town, "demand": request.demand, "about": request.demand}
    wrong = [
        {"answer": Satisfaction.SATISFIED, "way": "", "noted_by": made.noted_by},
        {"answer": Satisfaction.NOT_ASKED, "way": "", "word": "", "noted_by": made.noted_by},
        {"answer": Satisfaction.SATISFIED, "way": "phone", "noted_by": None},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.create(**plain, at=clock.now(), **values)

    rows = ReopenRequest.objects.in_town(town.town.id)
    moment = clock.now()
    changes: list[dict[str, object]] = [
        {"state": RequestState.ACCEPTED},
        {"decided_at": moment},
        {"state": RequestState.ACCEPTED, "decided_at": moment, "answer": "x"},
        {
            "state": RequestState.ACCEPTED,
            "decided_at": moment,
            "answer": "x",
            "decided_by": town.handler.staff_id,
        },
        {
            "state": RequestState.DECLINED,
            "decided_at": moment,
            "answer": "x",
            "decided_by": town.clerk.staff_id,
        },
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopenRequest.objects.create(
            town=town.town,
            demand=request.demand,
            confirmation=made,
            raised_at=moment,
            handled_by=request.handled_by,
        )
