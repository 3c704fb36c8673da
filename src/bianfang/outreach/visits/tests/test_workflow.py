from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.outreach.visits.enums import (
    ROUND_STATE_LABELS,
    SETTLING,
    TargetOutcome,
    VisitOutcome,
)
from bianfang.outreach.visits.workflow import (
    MOVES,
    OWNERS,
    RANK,
    RoundState,
    Standing,
    can_move,
    standing_of,
)
from bianfang.register.people.enums import Permission

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)

S, V, T = RoundState, VisitOutcome, TargetOutcome

ALLOWED = {
    (S.DRAFT, S.ACTIVE),
    (S.DRAFT, S.CANCELLED),
    (S.ACTIVE, S.FINISHED),
}


@pytest.mark.parametrize(("state", "target"), list(product(RoundState, RoundState)))
def test_rounds_move_by_the_table_only(state: RoundState, target: RoundState) -> None:
    assert can_move(state, target) is ((state, target) in ALLOWED)


def test_every_state_has_moves_an_owner_and_a_word() -> None:
    assert set(MOVES) == set(OWNERS) == set(RoundState)
    assert set(ROUND_STATE_LABELS) == {state.value for state in RoundState}
    assert set(OWNERS.values()) <= {right.value for right in Permission} | {"nobody"}


def test_states_without_a_way_on_belong_to_nobody() -> None:
    assert {state for state, owner in OWNERS.items() if owner == "nobody"} == {
        state for state, moves in MOVES.items() if not moves
    }


SETTLED = [
    ([], T.OPEN, 0),
    ([(V.CLOSED_DOOR, NINE)], T.OPEN, 1),
    ([(V.NOT_REACHED, NINE), (V.CLOSED_DOOR, TEN)], T.OPEN, 2),
    ([(V.MET, NINE)], T.MET, 0),
    ([(V.CLOSED_DOOR, NINE), (V.MET, TEN)], T.MET, 1),
    ([(V.DECLINED, NINE)], T.DECLINED, 0),
    ([(V.DECLINED, NINE), (V.MET, TEN)], T.MET, 0),
    ([(V.MET, NINE), (V.MOVED, TEN)], T.MET, 0),
    ([(V.DECLINED, NINE), (V.MOVED, TEN)], T.DECLINED, 0),
    ([(V.MOVED, NINE), (V.DECLINED, TEN)], T.MOVED, 0),
    ([(V.MOVED, NINE), (V.CLOSED_DOOR, TEN)], T.MOVED, 1),
]


@pytest.mark.parametrize(("visits", "outcome", "attempts"), SETTLED)
def test_a_household_is_settled_by_its_visits_whatever_their_order(
    visits: list[tuple[VisitOutcome, datetime]], outcome: TargetOutcome, attempts: int
) -> None:
    for order in permutations(visits):
        standing = standing_of(order)
        assert (standing.outcome, standing.attempts) == (outcome, attempts)


def test_the_first_talk_tells_when_a_household_was_settled() -> None:
    standing = standing_of([(V.MET, TEN), (V.DECLINED, NINE - timedelta(days=1)), (V.MET, NINE)])

    assert (standing.settled_at, standing.last_try_at) == (NINE, TEN)


def test_leaving_settles_only_who_was_not_met() -> None:
    assert standing_of([], left_at=TEN) == Standing(outcome=T.LEFT, settled_at=TEN)
    assert standing_of([(V.MOVED, TEN)], left_at=NINE).outcome == T.MOVED
    assert standing_of([(V.CLOSED_DOOR, NINE)], left_at=TEN).attempts == 1


def test_every_outcome_has_a_rank_and_every_visit_is_an_attempt_or_settles() -> None:
    assert set(RANK) == set(TargetOutcome)
    assert set(SETTLING) == {V.MET, V.DECLINED, V.MOVED}
    assert RANK[T.OPEN] == max(RANK.values())


moments = st.integers(0, 5).map(lambda hours: NINE + timedelta(hours=hours))
visit_lists = st.lists(st.tuples(st.sampled_from(list(V)), moments), max_size=6)


@given(visits=visit_lists, left_at=st.none() | moments, data=st.data())
def test_any_order_of_telling_gives_the_same_end(
    visits: list[tuple[VisitOutcome, datetime]], left_at: datetime | None, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(visits))
    early = Standing() if left_at is None else Standing().after_leaving(left_at)

    for outcome, happened_at in shuffled:
        early = early.after(outcome, happened_at)

    assert early == standing_of(visits, left_at=left_at)
    assert (early.settled_at is None) is (early.outcome == T.OPEN)
