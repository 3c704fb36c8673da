import pytest

from bianfang.register.people.enums import Permission
from bianfang.register.rolls.models import STATE_LABELS
from bianfang.register.rolls.workflow import MOVES, OWNERS, RollState, can_move

S = RollState
ALLOWED = {
    (S.UPLOADED, S.CHECKED),
    (S.UPLOADED, S.FAILED),
    (S.UPLOADED, S.DISCARDED),
    (S.CHECKED, S.CHECKED),
    (S.CHECKED, S.MERGING),
    (S.CHECKED, S.FAILED),
    (S.CHECKED, S.DISCARDED),
    (S.MERGING, S.MERGED),
    (S.MERGING, S.CHECKED),
    (S.MERGING, S.FAILED),
    (S.FAILED, S.DISCARDED),
}


@pytest.mark.parametrize("target", list(S))
@pytest.mark.parametrize("state", list(S))
def test_moves_are_those_of_the_table(state: RollState, target: RollState) -> None:
    assert can_move(state, target) == ((state, target) in ALLOWED)


@pytest.mark.parametrize("state", list(S))
def test_every_state_has_moves_a_label_and_an_owner(state: RollState) -> None:
    assert state in MOVES
    assert dict(STATE_LABELS)[state.value]
    assert OWNERS[state] in {"system", "nobody", *Permission}
    assert (OWNERS[state] == "nobody") == (not MOVES[state])
