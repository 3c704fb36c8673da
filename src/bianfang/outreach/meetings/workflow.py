"""The life of a meeting, as a table: states, moves, who acts next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.outreach.meetings.errors import MeetingMoveError


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    IN_SESSION = "in_session"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """What people do to a meeting."""

    PLAN = "plan"
    CHANGE = "change"
    PUT_ON = "put_on"
    TAKE_OFF = "take_off"
    REORDER = "reorder"
    BEGIN = "begin"
    RECORD = "record"
    CLOSE = "close"
    CANCEL = "cancel"
    CORRECT = "correct"
    CARRY_OUT = "carry_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), and what it must bring.

    A rule without sources is a birth.
    """

    sources: frozenset[MeetingState]
    target: MeetingState | None = None
    requires: tuple[str, ...] = ()


_S = MeetingState
_OPEN = frozenset({_S.PLANNED, _S.IN_SESSION})
PARTICULARS = ("title", "held_on", "location", "chair", "recorder")

RULES: Mapping[Move, Rule] = {
    Move.PLAN: Rule(sources=frozenset(), target=_S.PLANNED, requires=PARTICULARS),
    Move.CHANGE: Rule(sources=_OPEN, requires=PARTICULARS),
    Move.PUT_ON: Rule(sources=_OPEN, requires=("demands",)),
    Move.TAKE_OFF: Rule(sources=frozenset({_S.PLANNED})),
    Move.REORDER: Rule(sources=_OPEN),
    Move.BEGIN: Rule(sources=frozenset({_S.PLANNED}), target=_S.IN_SESSION),
    Move.RECORD: Rule(sources=frozenset({_S.IN_SESSION})),
    Move.CLOSE: Rule(sources=frozenset({_S.IN_SESSION}), target=_S.CLOSED),
    Move.CANCEL: Rule(sources=frozenset({_S.PLANNED}), target=_S.CANCELLED, requires=("reason",)),
    Move.CORRECT: Rule(sources=frozenset({_S.CLOSED}), requires=("minutes", "reason")),
    Move.CARRY_OUT: Rule(sources=frozenset({_S.CLOSED}), requires=("result",)),
}

OWNERS: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: "manage_meetings",
    MeetingState.IN_SESSION: "manage_meetings",
    MeetingState.CLOSED: "nobody",
    MeetingState.CANCELLED: "nobody",
}
"""Who has to act next: the permission that moves it on, or nobody."""

OPEN = _OPEN
"""States in which demands can still be put on the agenda."""


def can_move(state: MeetingState, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: MeetingState, move: Move) -> None:
    """Refuse a move that the table does not have, telling which it has."""
    if not can_move(state, move):
        raise MeetingMoveError(state=state, move=move, possible=moves_from(state))


def moves_from(state: MeetingState) -> list[Move]:
    """All moves that the state permits, in the order of the table."""
    return [move for move in Move if can_move(state, move)]
