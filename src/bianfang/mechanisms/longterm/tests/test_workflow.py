import pytest

from bianfang.mechanisms.longterm import workflow
from bianfang.mechanisms.longterm.enums import MOVE_LABELS, STATE_LABELS
from bianfang.mechanisms.longterm.errors import MeasureMoveError
from bianfang.mechanisms.longterm.workflow import MeasureState as State
from bianfang.mechanisms.longterm.workflow import Move

TABLE: dict[State, set[Move]] = {State.OPEN: {Move.CHANGE, Move.FINISH}, State.DONE: set()}
TARGETS: dict[Move, State | None] = {Move.CHANGE: None, Move.FINISH: State.DONE}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    allowed = move in TABLE[state]

    assert workflow.can_move(state, move) is allowed
    if allowed:
        workflow.check_move(state, move)
    else:
        with pytest.raises(MeasureMoveError, match=str(STATE_LABELS[state])):
            workflow.check_move(state, move)


def test_every_move_leads_where_the_table_says_and_all_have_words() -> None:
    assert {move: rule.target for move, rule in workflow.RULES.items()} == TARGETS
    assert set(workflow.OWNERS) == set(State)
    assert set(STATE_LABELS) == {state.value for state in State}
    assert set(MOVE_LABELS) == {move.value for move in Move}
