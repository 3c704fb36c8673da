"""The life of a held change, as a table: states, moves, who acts next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.register.households.errors import HeldChangeMoveError


class HeldState(StrEnum):
    """What became of a change that met another one in the register."""

    OPEN = "open"
    TAKEN = "taken"
    DROPPED = "dropped"


class Move(StrEnum):
    """What is done to a held change."""

    HOLD = "hold"
    TAKE_OVER = "take_over"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where, the permission asked. A rule without sources is a birth."""

    sources: frozenset[HeldState]
    target: HeldState
    permission: str = "edit_register"
    requires: tuple[str, ...] = ()


_OPEN = frozenset({HeldState.OPEN})

RULES: Mapping[Move, Rule] = {
    Move.HOLD: Rule(sources=frozenset(), target=HeldState.OPEN),
    Move.TAKE_OVER: Rule(sources=_OPEN, target=HeldState.TAKEN),
    Move.DROP: Rule(sources=_OPEN, target=HeldState.DROPPED),
}

OWNERS: Mapping[HeldState, str] = {
    HeldState.OPEN: "edit_register",
    HeldState.TAKEN: "nobody",
    HeldState.DROPPED: "nobody",
}
"""Who has to act next: the permission that decides, or nobody."""


def can_move(state: str, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: str, move: Move) -> None:
    """Refuse a move that the table does not have."""
    if not can_move(state, move):
        raise HeldChangeMoveError(state=state)
