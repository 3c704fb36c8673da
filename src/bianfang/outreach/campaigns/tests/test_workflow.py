import pytest

from bianfang.outreach.campaigns import workflow
from bianfang.outreach.campaigns.enums import MOVE_LABELS, STATE_LABELS
from bianfang.outreach.campaigns.errors import CampaignMoveError
from bianfang.outreach.campaigns.workflow import CampaignState as State
from bianfang.outreach.campaigns.workflow import Move
from bianfang.register.people.enums import Permission

TABLE: dict[State, set[Move]] = {
    State.DRAFT: {Move.CHANGE, Move.ASK, Move.TAKE_SPOTS, Move.START},
    State.RUNNING: {Move.CHANGE, Move.ASK, Move.TAKE_SPOTS, Move.RECORD, Move.CLOSE},
    State.CLOSED: set(),
}
TARGETS: dict[Move, State | None] = {
    Move.PLAN: State.DRAFT,
    Move.CHANGE: None,
    Move.ASK: None,
    Move.TAKE_SPOTS: None,
    Move.START: State.RUNNING,
    Move.RECORD: None,
    Move.CLOSE: State.CLOSED,
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    allowed = move in TABLE[state]

    assert workflow.can_move(state, move) is allowed
    if allowed:
        workflow.check_move(state, move)
    else:
        with pytest.raises(CampaignMoveError) as refused:
            workflow.check_move(state, move)
        assert str(STATE_LABELS[state]) in str(refused.value)
        assert str(MOVE_LABELS[move]) in str(refused.value)


def test_every_move_leads_where_the_table_says() -> None:
    assert {move: rule.target for move, rule in workflow.RULES.items()} == TARGETS


def test_every_state_and_move_has_words_and_every_state_an_owner() -> None:
    known = {permission.value for permission in Permission}

    assert set(workflow.OWNERS) == set(State) == set(TABLE)
    assert set(workflow.OWNERS.values()) <= known | {"nobody"}
    assert {rule.permission for rule in workflow.RULES.values()} <= known
    assert set(STATE_LABELS) == {state.value for state in State}
    assert set(MOVE_LABELS) == {move.value for move in Move}
