import pytest

from bianfang.register.households import workflow
from bianfang.register.households.enums import MOVE_LABELS, STATE_LABELS
from bianfang.register.households.errors import HeldChangeMoveError
from bianfang.register.households.workflow import HeldState as State
from bianfang.register.households.workflow import Move
from bianfang.register.people.enums import Permission

TABLE: dict[State, set[Move]] = {
    State.OPEN: {Move.TAKE_OVER, Move.DROP},
    State.TAKEN: set(),
    State.DROPPED: set(),
}
TARGETS = {Move.HOLD: State.OPEN, Move.TAKE_OVER: State.TAKEN, Move.DROP: State.DROPPED}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    allowed = move in TABLE[state]

    assert workflow.can_move(state, move) is allowed
    if allowed:
        workflow.check_move(state, move)
    else:
        with pytest.raises(HeldChangeMoveError, match=str(STATE_LABELS[state])):
            workflow.check_move(state, move)


def test_every_move_leads_where_the_table_says_and_all_have_words() -> None:
    assert {move: rule.target for move, rule in workflow.RULES.items()} == TARGETS
    assert {rule.permission for rule in workflow.RULES.values()} == {Permission.EDIT_REGISTER}
    assert workflow.OWNERS == {
        State.OPEN: Permission.EDIT_REGISTER,
        State.TAKEN: "nobody",
        State.DROPPED: "nobody",
    }
    assert set(STATE_LABELS) == {state.value for state in State}
    assert set(MOVE_LABELS) == {move.value for move in Move}
