"""The life of a demand, as a table: states, moves, who acts next, which clock runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DemandState(StrEnum):
    """Where a demand stands."""

    REGISTERED = "registered"
    HANDLING = "handling"
    AWAITING_REVIEW = "awaiting_review"
    WRITTEN_OFF = "written_off"
    CARRIED_OVER = "carried_over"
    MERGED = "merged"
    DECLINED = "declined"


class Move(StrEnum):
    """What people do to a demand."""

    REGISTER_SOLVED = "register_solved"
    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    REASSIGN = "reassign"
    NOTE_PROGRESS = "note_progress"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    SUBMIT_RESULT = "submit_result"
    SEND_BACK = "send_back"
    WRITE_OFF = "write_off"
    REOPEN = "reopen"
    CARRY_OVER = "carry_over"


@dataclass(frozen=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), the permission asked, and what it must bring."""

    sources: frozenset[DemandState]
    target: DemandState | None
    permission: str
    requires: tuple[str, ...] = ()


_S = DemandState
_OPEN = frozenset({_S.HANDLING, _S.CARRIED_OVER})
FOUR_FIELDS = ("content", "measures", "owner", "due_on")

RULES: Mapping[Move, Rule] = {
    Move.REGISTER_SOLVED: Rule(
        frozenset({_S.REGISTERED}), _S.AWAITING_REVIEW, "register_demand",
        (*FOUR_FIELDS, "result", "reply"),
    ),
    Move.ACCEPT: Rule(frozenset({_S.REGISTERED}), _S.HANDLING, "accept_demand", FOUR_FIELDS),
    Move.DECLINE: Rule(frozenset({_S.REGISTERED}), _S.DECLINED, "accept_demand", ("reason",)),
    Move.MERGE: Rule(
        frozenset({_S.REGISTERED, _S.HANDLING}), _S.MERGED, "accept_demand", ("into", "reason")
    ),
    Move.REASSIGN: Rule(_OPEN, None, "accept_demand", FOUR_FIELDS),
    Move.NOTE_PROGRESS: Rule(_OPEN, None, "handle_demand", ("note",)),
    Move.ASK_EXTENSION: Rule(_OPEN, None, "handle_demand", ("reason", "due_on")),
    Move.DECIDE_EXTENSION: Rule(_OPEN, None, "approve_extension", ("decision",)),
    Move.SUBMIT_RESULT: Rule(
        _OPEN, _S.AWAITING_REVIEW, "handle_demand", ("outcome", "result", "reply")
    ),
    Move.SEND_BACK: Rule(
        frozenset({_S.AWAITING_REVIEW}), _S.HANDLING, "review_demand", ("reason",)
    ),
    Move.WRITE_OFF: Rule(frozenset({_S.AWAITING_REVIEW}), _S.WRITTEN_OFF, "review_demand"),
    Move.REOPEN: Rule(frozenset({_S.WRITTEN_OFF}), _S.HANDLING, "review_demand", ("reason",)),
    Move.CARRY_OVER: Rule(
        frozenset({_S.HANDLING}), _S.CARRIED_OVER, "carry_over", ("half_year_list", "reason")
    ),
}

OWNERS: Mapping[DemandState, str] = {
    DemandState.REGISTERED: "accept_demand",
    DemandState.HANDLING: "handle_demand",
    DemandState.AWAITING_REVIEW: "review_demand",
    DemandState.CARRIED_OVER: "handle_demand",
    DemandState.WRITTEN_OFF: "nobody",
    DemandState.MERGED: "nobody",
    DemandState.DECLINED: "nobody",
}
"""Who has to act next: the permission that moves it on, or nobody."""

ACCEPTED = frozenset(DemandState) - {DemandState.REGISTERED, DemandState.MERGED, DemandState.DECLINED}
"""States in which the four compulsory fields are never empty (I2)."""

CLOCK_RUNS = frozenset({DemandState.HANDLING, DemandState.CARRIED_OVER})
"""States in which the deadline can be missed."""

COUNTED = frozenset(DemandState) - {DemandState.MERGED, DemandState.DECLINED}
"""States that stand in the total of the solved rate: every numbered demand of its own."""


def can_move(state: DemandState, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def moves_from(state: DemandState) -> list[Move]:
    """All moves that the state permits, in the order of the table."""
    return [move for move in Move if can_move(state, move)]
