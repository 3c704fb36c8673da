"""The life of a round, as a table."""

from collections.abc import Mapping
from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    FINISHED = "finished"
    CANCELLED = "cancelled"


MOVES: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.ACTIVE, RoundState.CANCELLED}),
    RoundState.ACTIVE: frozenset({RoundState.FINISHED}),
    RoundState.FINISHED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}

OWNERS: Mapping[RoundState, str] = {
    RoundState.DRAFT: "manage_rounds",
    RoundState.ACTIVE: "manage_rounds",
    RoundState.FINISHED: "nobody",
    RoundState.CANCELLED: "nobody",
}
"""Who has to act next: the permission that moves a round on, or nobody."""


def can_move(state: RoundState, target: RoundState) -> bool:
    """Whether a round may go from one state to the other."""
    return target in MOVES[state]
