"""The life of a long-term measure, as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.mechanisms.longterm.errors import MeasureMoveError


class MeasureState(StrEnum):
    """Where a measure stands."""

    OPEN = "open"
    DONE = "done"


class Move(StrEnum):
    """What people do to a measure."""

    CHANGE = "change"
    FINISH = "finish"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), and what it must bring."""

    sources: frozenset[MeasureState]
    target: MeasureState | None
    requires: tuple[str, ...]


_S = MeasureState
FIELDS = ("plan", "owner", "due_on", "review_on")

RULES: Mapping[Move, Rule] = {
    Move.CHANGE: Rule(sources=frozenset({_S.OPEN}), target=None, requires=(*FIELDS, "reason")),
    Move.FINISH: Rule(sources=frozenset({_S.OPEN}), target=_S.DONE, requires=("result",)),
}

OWNERS: Mapping[MeasureState, str] = {_S.OPEN: "owner", _S.DONE: "nobody"}
"""Who has to act next: the person in charge, or nobody."""


def can_move(state: MeasureState, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: MeasureState, move: Move) -> None:
    """Refuse a move that the table does not have."""
    if not can_move(state, move):
        raise MeasureMoveError(state=state, move=move)
