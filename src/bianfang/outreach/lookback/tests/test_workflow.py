import pytest

from bianfang.outreach.lookback import workflow
from bianfang.outreach.lookback.actions.checking import VERBS
from bianfang.outreach.lookback.enums import MOVE_LABELS, RESULT_LABELS, STATE_LABELS
from bianfang.outreach.lookback.errors import LookBackMoveError
from bianfang.outreach.lookback.workflow import CheckResult as Result
from bianfang.outreach.lookback.workflow import LookBackState as State
from bianfang.outreach.lookback.workflow import Move
from bianfang.register.people.enums import Permission

TABLE: dict[State, set[Move]] = {
    State.DRAWN: {Move.ASSIGN, Move.GIVE_UP},
    State.GOING_ON: {Move.ASSIGN, Move.RECORD, Move.REPLACE, Move.FINISH, Move.GIVE_UP},
    State.FINISHED: set(),
    State.GIVEN_UP: set(),
}
TARGETS: dict[Move, State | None] = {
    Move.DRAW: State.DRAWN,
    Move.ASSIGN: State.GOING_ON,
    Move.RECORD: None,
    Move.REPLACE: None,
    Move.FINISH: State.FINISHED,
    Move.GIVE_UP: State.GIVEN_UP,
}
RESULTS: dict[Result, set[Result]] = {
    Result.WAITING: {Result.PASSED, Result.FAILED, Result.NOT_REACHED},
    Result.NOT_REACHED: {Result.PASSED, Result.FAILED, Result.NOT_REACHED},
    Result.PASSED: set(),
    Result.FAILED: set(),
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    allowed = move in TABLE[state]

    assert workflow.can_move(state, move) is allowed
    if allowed:
        workflow.check_move(state, move)
    else:
        with pytest.raises(LookBackMoveError) as refused:
            workflow.check_move(state, move)
        assert str(STATE_LABELS[state]) in str(refused.value)
        assert str(MOVE_LABELS[move]) in str(refused.value)


@pytest.mark.parametrize("before", Result)
@pytest.mark.parametrize("after", Result)
def test_every_result_follows_only_those_of_the_table(before: Result, after: Result) -> None:
    assert workflow.may_follow(before, after) is (after in RESULTS[before])


def test_every_move_leads_where_the_table_says() -> None:
    assert {move: rule.target for move, rule in workflow.RULES.items()} == TARGETS


def test_every_state_move_and_result_has_words_and_every_state_an_owner() -> None:
    known = {permission.value for permission in Permission}

    assert set(workflow.OWNERS) == set(State) == set(TABLE)
    assert set(workflow.OWNERS.values()) <= known | {"nobody"}
    assert {rule.permission for rule in workflow.RULES.values()} <= known
    assert set(STATE_LABELS) == {state.value for state in State}
    assert set(MOVE_LABELS) == {move.value for move in Move}
    assert set(RESULT_LABELS) == {result.value for result in Result}
    assert set(VERBS) == set(Result) - {Result.WAITING}


def test_decided_and_open_share_the_results_out() -> None:
    assert {Result.PASSED, Result.FAILED} == workflow.DECIDED
    assert {Result.WAITING, Result.NOT_REACHED} == workflow.OPEN
    assert set(State) - {State.FINISHED, State.GIVEN_UP} == workflow.RUNNING


@pytest.mark.parametrize(
    ("move", "results", "state"),
    [
        (Move.RECORD, [Result.PASSED, Result.FAILED], State.FINISHED),
        (Move.RECORD, [Result.PASSED, Result.NOT_REACHED], State.GOING_ON),
        (Move.RECORD, [Result.PASSED, Result.WAITING], State.GOING_ON),
        (Move.REPLACE, [Result.PASSED], State.GOING_ON),
        (Move.ASSIGN, [Result.WAITING], State.GOING_ON),
        (Move.FINISH, [Result.NOT_REACHED], State.FINISHED),
    ],
)
def test_a_look_back_ends_with_its_last_decision(
    move: Move, results: list[Result], state: State
) -> None:
    assert workflow.state_after(State.GOING_ON, move, results) is state


def test_tried_means_that_nothing_waits() -> None:
    assert workflow.is_tried([Result.NOT_REACHED, Result.PASSED])
    assert not workflow.is_tried([Result.WAITING])
