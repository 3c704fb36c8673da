"""The life of a roll import, as a table."""

from collections.abc import Mapping
from enum import StrEnum


class RollState(StrEnum):
    """Where an import stands. `failed` keeps the reason; the file can be sent again."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    MERGING = "merging"
    MERGED = "merged"
    DISCARDED = "discarded"
    FAILED = "failed"


MOVES: Mapping[RollState, frozenset[RollState]] = {
    RollState.UPLOADED: frozenset({RollState.CHECKED, RollState.FAILED, RollState.DISCARDED}),
    RollState.CHECKED: frozenset(
        {RollState.CHECKED, RollState.MERGING, RollState.FAILED, RollState.DISCARDED}
    ),
    RollState.MERGING: frozenset({RollState.MERGED, RollState.FAILED, RollState.CHECKED}),
    RollState.MERGED: frozenset(),
    RollState.DISCARDED: frozenset(),
    RollState.FAILED: frozenset({RollState.DISCARDED}),
}

OWNERS: Mapping[RollState, str] = {
    RollState.UPLOADED: "system",
    RollState.CHECKED: "import_roll",
    RollState.MERGING: "system",
    RollState.MERGED: "nobody",
    RollState.DISCARDED: "nobody",
    RollState.FAILED: "import_roll",
}
"""Who has to act next: a permission, the system's own job, or nobody."""


def can_move(state: RollState, target: RollState) -> bool:
    """Whether an import may go from one state to the other."""
    return target in MOVES[state]
