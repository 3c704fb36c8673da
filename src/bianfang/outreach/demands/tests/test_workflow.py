import pytest

from bianfang.outreach.demands import workflow
from bianfang.outreach.demands.enums import MOVE_LABELS, REQUEST_LABELS, STATE_LABELS
from bianfang.outreach.demands.errors import DemandMoveError, RequestMoveError
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move, RequestMove, RequestState
from bianfang.register.people.enums import Permission

TABLE: dict[State, set[Move]] = {
    State.REGISTERED: {Move.ACCEPT, Move.DECLINE, Move.MERGE},
    State.HANDLING: {
        Move.MERGE,
        Move.REASSIGN,
        Move.NOTE_PROGRESS,
        Move.ASK_EXTENSION,
        Move.DECIDE_EXTENSION,
        Move.SUBMIT_RESULT,
        Move.CARRY_OVER,
        Move.PAUSE,
        Move.RETURN,
    },
    State.PAUSED: {Move.REASSIGN, Move.NOTE_PROGRESS, Move.RESUME},
    State.CARRIED_OVER: {
        Move.REASSIGN,
        Move.NOTE_PROGRESS,
        Move.ASK_EXTENSION,
        Move.DECIDE_EXTENSION,
        Move.SUBMIT_RESULT,
        Move.CARRY_OVER,
    },
    State.AWAITING_REVIEW: {Move.SEND_BACK, Move.WRITE_OFF},
    State.WRITTEN_OFF: {Move.REOPEN},
    State.MERGED: {Move.UNMERGE},
    State.DECLINED: set(),
}
TARGETS: dict[Move, State | None] = {
    Move.REGISTER_SOLVED: State.AWAITING_REVIEW,
    Move.RAISE_URGENT: State.HANDLING,
    Move.ACCEPT: State.HANDLING,
    Move.DECLINE: State.DECLINED,
    Move.MERGE: State.MERGED,
    Move.UNMERGE: State.REGISTERED,
    Move.REASSIGN: None,
    Move.NOTE_PROGRESS: None,
    Move.ASK_EXTENSION: None,
    Move.DECIDE_EXTENSION: None,
    Move.SUBMIT_RESULT: State.AWAITING_REVIEW,
    Move.SEND_BACK: State.HANDLING,
    Move.WRITE_OFF: State.WRITTEN_OFF,
    Move.REOPEN: State.HANDLING,
    Move.CARRY_OVER: State.CARRIED_OVER,
    Move.PAUSE: State.PAUSED,
    Move.RESUME: State.HANDLING,
    Move.RETURN: State.REGISTERED,
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    allowed = move in TABLE[state]

    assert workflow.can_move(state, move) is allowed
    assert (move in workflow.moves_from(state)) is allowed
    if allowed:
        workflow.check_move(state, move)
    else:
        with pytest.raises(DemandMoveError):
            workflow.check_move(state, move)


@pytest.mark.parametrize("move", Move)
def test_every_move_leads_where_the_table_says(move: Move) -> None:
    assert workflow.RULES[move].target == TARGETS[move]


def test_every_state_has_an_owner_that_is_a_permission_or_nobody() -> None:
    known = {permission.value for permission in Permission} | {"nobody"}

    assert set(workflow.OWNERS) == set(State)
    assert set(workflow.OWNERS.values()) <= known


@pytest.mark.parametrize("state", State)
def test_the_owner_of_a_state_holds_the_permission_of_a_move_out_of_it(state: State) -> None:
    leaving = {
        workflow.RULES[move].permission
        for move in workflow.moves_from(state)
        if workflow.RULES[move].target not in {None, state}
    }

    if workflow.OWNERS[state] != "nobody":
        assert workflow.OWNERS[state] in leaving
    else:
        assert leaving <= {"review_demand", "accept_demand"}


def test_every_move_asks_for_a_known_permission() -> None:
    known = {permission.value for permission in Permission}

    assert {rule.permission for rule in workflow.RULES.values()} <= known
    assert set(workflow.RULES) == set(Move)


def test_every_state_and_every_move_has_words() -> None:
    assert set(STATE_LABELS) == {state.value for state in State}
    assert set(MOVE_LABELS) == {move.value for move in Move}


def test_every_state_is_reached_by_a_move() -> None:
    reached = {rule.target for rule in workflow.RULES.values()}

    assert reached == {*State, None}


def test_no_clock_runs_while_it_is_stopped() -> None:
    assert State.PAUSED not in workflow.CLOCK_RUNS
    assert State.PAUSED in workflow.UNSETTLED & workflow.ACCEPTED


def test_sets_of_states_fit_together() -> None:
    assert workflow.ANSWERED <= workflow.ACCEPTED
    assert workflow.CLOCK_RUNS <= workflow.ACCEPTED
    assert workflow.UNSETTLED <= workflow.COUNTED
    assert set(State) - workflow.COUNTED == {State.MERGED, State.DECLINED}


@pytest.mark.parametrize("move", [Move.SEND_BACK, Move.REOPEN])
def test_a_carried_demand_returns_to_its_list(move: Move) -> None:
    [source] = workflow.RULES[move].sources

    assert workflow.state_after(source, move, is_carried=False) is State.HANDLING
    assert workflow.state_after(source, move, is_carried=True) is State.CARRIED_OVER


def test_an_unmerged_demand_returns_to_where_it_was() -> None:
    assert workflow.state_after(State.MERGED, Move.UNMERGE) is State.REGISTERED
    assert workflow.state_after(State.MERGED, Move.UNMERGE, is_accepted=True) is State.HANDLING


def test_a_move_without_a_target_stays() -> None:
    after = workflow.state_after(State.HANDLING, Move.NOTE_PROGRESS, is_carried=False)

    assert after is State.HANDLING


def test_the_refusal_names_state_move_and_what_is_possible() -> None:
    with pytest.raises(DemandMoveError) as refused:
        workflow.check_move(State.REGISTERED, Move.WRITE_OFF)

    for word in (STATE_LABELS["registered"], MOVE_LABELS["write_off"], MOVE_LABELS["decline"]):
        assert str(word) in str(refused.value)


def test_the_refusal_of_an_ended_demand_offers_nothing() -> None:
    with pytest.raises(DemandMoveError) as refused:
        workflow.check_move(State.MERGED, Move.ACCEPT)

    assert str(MOVE_LABELS["accept"]) in str(refused.value)
    assert str(MOVE_LABELS["reopen"]) not in str(refused.value)


REQUESTS: dict[RequestState, set[RequestMove]] = {
    RequestState.RAISED: {RequestMove.ACCEPT, RequestMove.DECLINE, RequestMove.SETTLE},
    RequestState.ACCEPTED: set(),
    RequestState.DECLINED: set(),
    RequestState.SETTLED: set(),
}


@pytest.mark.parametrize("move", RequestMove)
@pytest.mark.parametrize("state", RequestState)
def test_a_request_to_reopen_is_decided_once(state: RequestState, move: RequestMove) -> None:
    is_allowed = move in REQUESTS[state]

    assert workflow.can_move_request(state, move) is is_allowed
    if is_allowed:
        workflow.check_request_move(state, move)
    else:
        with pytest.raises(RequestMoveError, match=str(REQUEST_LABELS[state])):
            workflow.check_request_move(state, move)


def test_every_state_of_a_request_has_a_word_an_owner_and_a_way_to_it() -> None:
    reached = {rule.target for rule in workflow.REQUEST_RULES.values()}

    assert set(REQUEST_LABELS) == set(RequestState) == reached == set(workflow.REQUEST_OWNERS)
    assert {rule.permission for rule in workflow.REQUEST_RULES.values()} <= {"", *Permission}
    for state, owner in workflow.REQUEST_OWNERS.items():
        rules = [r for r in workflow.REQUEST_RULES.values() if state in r.sources and r.permission]
        assert (owner == "nobody") is (not rules)
