import pytest

from bianfang.outreach.meetings import workflow
from bianfang.outreach.meetings.enums import MOVE_LABELS, STATE_LABELS
from bianfang.outreach.meetings.errors import MeetingMoveError
from bianfang.outreach.meetings.workflow import MeetingState as State
from bianfang.outreach.meetings.workflow import Move
from bianfang.register.people.enums import Permission

TABLE: dict[State, set[Move]] = {
    State.PLANNED: {
        Move.CHANGE,
        Move.PUT_ON,
        Move.TAKE_OFF,
        Move.REORDER,
        Move.BEGIN,
        Move.CANCEL,
    },
    State.IN_SESSION: {Move.CHANGE, Move.PUT_ON, Move.REORDER, Move.RECORD, Move.CLOSE},
    State.CLOSED: {Move.CORRECT, Move.CARRY_OUT},
    State.CANCELLED: set(),
}
TARGETS: dict[Move, State] = {
    Move.PLAN: State.PLANNED,
    Move.BEGIN: State.IN_SESSION,
    Move.CLOSE: State.CLOSED,
    Move.CANCEL: State.CANCELLED,
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
        with pytest.raises(MeetingMoveError):
            workflow.check_move(state, move)


@pytest.mark.parametrize("move", Move)
def test_every_move_leads_where_the_table_says(move: Move) -> None:
    assert workflow.RULES[move].target == TARGETS.get(move)


def test_every_state_can_be_reached_and_has_an_owner_and_a_word() -> None:
    known = {permission.value for permission in Permission} | {"nobody"}

    assert set(TARGETS.values()) == set(State)
    assert set(workflow.OWNERS) == set(State) == set(STATE_LABELS)
    assert set(workflow.OWNERS.values()) <= known


def test_every_move_has_a_word() -> None:
    assert set(MOVE_LABELS) == set(Move)


def test_an_agenda_is_open_where_something_can_be_put_on_it() -> None:
    assert workflow.RULES[Move.PUT_ON].sources == workflow.OPEN


def test_the_refusal_names_what_is_possible_if_anything_is() -> None:
    with pytest.raises(MeetingMoveError) as closed:
        workflow.check_move(State.CLOSED, Move.BEGIN)
    with pytest.raises(MeetingMoveError) as cancelled:
        workflow.check_move(State.CANCELLED, Move.BEGIN)

    assert str(MOVE_LABELS[Move.CORRECT]) in str(closed.value)
    assert str(MOVE_LABELS[Move.CORRECT]) not in str(cancelled.value)
