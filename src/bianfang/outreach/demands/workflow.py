"""The life of a demand, as a table: states, moves, who acts next, which clock runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.outreach.demands.errors import DemandMoveError, RequestMoveError


class DemandState(StrEnum):
    """Where a demand stands."""

    REGISTERED = "registered"
    HANDLING = "handling"
    AWAITING_REVIEW = "awaiting_review"
    WRITTEN_OFF = "written_off"
    CARRIED_OVER = "carried_over"
    PAUSED = "paused"
    MERGED = "merged"
    DECLINED = "declined"


class Move(StrEnum):
    """What people do to a demand."""

    REGISTER_SOLVED = "register_solved"
    RAISE_URGENT = "raise_urgent"
    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    UNMERGE = "unmerge"
    REASSIGN = "reassign"
    NOTE_PROGRESS = "note_progress"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    SUBMIT_RESULT = "submit_result"
    SEND_BACK = "send_back"
    WRITE_OFF = "write_off"
    REOPEN = "reopen"
    CARRY_OVER = "carry_over"
    PAUSE = "pause"
    RESUME = "resume"
    RETURN = "return"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), the permission asked, and what it must bring.

    A rule without sources is a birth. A demand on a half-year list goes to `if_carried`, one that
    was accepted before to `if_accepted`, where they are given. Whoever holds `in_unit` for the unit
    that has it may make the move too, as long as it stays with the unit's people.
    """

    sources: frozenset[DemandState]
    target: DemandState | None
    permission: str
    requires: tuple[str, ...] = ()
    if_carried: DemandState | None = None
    if_accepted: DemandState | None = None
    in_unit: str = ""


_S = DemandState
_IN_WORK = frozenset({_S.HANDLING, _S.CARRIED_OVER})
_WITH_HANDLER = _IN_WORK | {_S.PAUSED}
FOUR_FIELDS = ("content", "measures", "owner", "due_on")
RESULT_FIELDS = ("outcome", "result", "reply", "reply_mode", "replied_on")

RULES: Mapping[Move, Rule] = {
    Move.REGISTER_SOLVED: Rule(
        sources=frozenset(),
        target=_S.AWAITING_REVIEW,
        permission="register_demand",
        requires=(*FOUR_FIELDS, *RESULT_FIELDS),
    ),
    Move.RAISE_URGENT: Rule(
        sources=frozenset(),
        target=_S.HANDLING,
        permission="register_demand",
        requires=FOUR_FIELDS,
    ),
    Move.ACCEPT: Rule(
        sources=frozenset({_S.REGISTERED}),
        target=_S.HANDLING,
        permission="accept_demand",
        requires=(*FOUR_FIELDS, "route"),
        in_unit="assign_in_unit",
    ),
    Move.DECLINE: Rule(
        sources=frozenset({_S.REGISTERED}),
        target=_S.DECLINED,
        permission="accept_demand",
        requires=("reason", "go_to"),
    ),
    Move.MERGE: Rule(
        sources=frozenset({_S.REGISTERED, _S.HANDLING}),
        target=_S.MERGED,
        permission="accept_demand",
        requires=("into", "reason"),
    ),
    Move.UNMERGE: Rule(
        sources=frozenset({_S.MERGED}),
        target=_S.REGISTERED,
        permission="accept_demand",
        requires=("reason",),
        if_accepted=_S.HANDLING,
    ),
    Move.REASSIGN: Rule(
        sources=_WITH_HANDLER,
        target=None,
        permission="accept_demand",
        requires=("measures", "owner", "route", "reason"),
        in_unit="assign_in_unit",
    ),
    Move.NOTE_PROGRESS: Rule(
        sources=_WITH_HANDLER, target=None, permission="handle_demand", requires=("note",)
    ),
    Move.ASK_EXTENSION: Rule(
        sources=_IN_WORK,
        target=None,
        permission="handle_demand",
        requires=("new_due_on", "reason"),
    ),
    Move.DECIDE_EXTENSION: Rule(
        sources=_IN_WORK,
        target=None,
        permission="approve_extension",
        requires=("note", "told_resident"),
    ),
    Move.SUBMIT_RESULT: Rule(
        sources=_IN_WORK,
        target=_S.AWAITING_REVIEW,
        permission="handle_demand",
        requires=RESULT_FIELDS,
    ),
    Move.SEND_BACK: Rule(
        sources=frozenset({_S.AWAITING_REVIEW}),
        target=_S.HANDLING,
        permission="review_demand",
        requires=("reason",),
        if_carried=_S.CARRIED_OVER,
    ),
    Move.WRITE_OFF: Rule(
        sources=frozenset({_S.AWAITING_REVIEW}), target=_S.WRITTEN_OFF, permission="review_demand"
    ),
    Move.REOPEN: Rule(
        sources=frozenset({_S.WRITTEN_OFF}),
        target=_S.HANDLING,
        permission="review_demand",
        requires=("reason",),
        if_carried=_S.CARRIED_OVER,
    ),
    Move.CARRY_OVER: Rule(
        sources=_IN_WORK,
        target=_S.CARRIED_OVER,
        permission="carry_over",
        requires=("half_year_list", "reason"),
    ),
    Move.PAUSE: Rule(
        sources=frozenset({_S.HANDLING}),
        target=_S.PAUSED,
        permission="approve_extension",
        requires=("reason",),
    ),
    Move.RESUME: Rule(
        sources=frozenset({_S.PAUSED}), target=_S.HANDLING, permission="handle_demand"
    ),
    Move.RETURN: Rule(
        sources=frozenset({_S.HANDLING}),
        target=_S.REGISTERED,
        permission="handle_demand",
        requires=("suggested_unit", "reason"),
    ),
}

OWNERS: Mapping[DemandState, str] = {
    DemandState.REGISTERED: "accept_demand",
    DemandState.HANDLING: "handle_demand",
    DemandState.AWAITING_REVIEW: "review_demand",
    DemandState.CARRIED_OVER: "handle_demand",
    DemandState.PAUSED: "handle_demand",
    DemandState.WRITTEN_OFF: "nobody",
    DemandState.MERGED: "nobody",
    DemandState.DECLINED: "nobody",
}
"""Who has to act next: the permission that moves it on, or nobody."""

ACCEPTED = frozenset(DemandState) - {
    DemandState.REGISTERED,
    DemandState.MERGED,
    DemandState.DECLINED,
}
"""States in which the four compulsory fields are never empty (I2)."""

ANSWERED = frozenset({DemandState.AWAITING_REVIEW, DemandState.WRITTEN_OFF})
"""States in which outcome, result and reply are never empty (I1)."""

CLOCK_RUNS = _IN_WORK
"""States in which the deadline can be missed."""

UNSETTLED = frozenset({DemandState.REGISTERED, *_WITH_HANDLER, DemandState.AWAITING_REVIEW})
"""States from which a demand still has a way to go."""

COUNTED = frozenset(DemandState) - {DemandState.MERGED, DemandState.DECLINED}
"""States that stand in the total of the solved rate: every numbered demand of its own."""


def can_move(state: DemandState, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: DemandState, move: Move) -> None:
    """Refuse a move that the table does not have, telling which it has."""
    if not can_move(state, move):
        raise DemandMoveError(state=state, move=move, possible=moves_from(state))


def moves_from(state: DemandState) -> list[Move]:
    """All moves that the state permits, in the order of the table."""
    return [move for move in Move if can_move(state, move)]


def state_after(
    state: DemandState, move: Move, *, is_carried: bool = False, is_accepted: bool = False
) -> DemandState:
    """Where the move leads; a demand on a half-year list returns there, not to common handling."""
    rule = RULES[move]
    if is_carried and rule.if_carried:
        return rule.if_carried
    if is_accepted and rule.if_accepted:
        return rule.if_accepted
    return rule.target or state


class RequestState(StrEnum):
    """Where a resident's request to reopen stands."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SETTLED = "settled"


class RequestMove(StrEnum):
    """What becomes of a request to reopen; raising and settling follow from other acts."""

    RAISE = "raise"
    ACCEPT = "accept"
    DECLINE = "decline"
    SETTLE = "settle"


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestRule:
    """A move of a request; without a permission it follows from another act."""

    sources: frozenset[RequestState]
    target: RequestState
    permission: str = ""
    requires: tuple[str, ...] = ()


_WAITS = frozenset({RequestState.RAISED})

REQUEST_RULES: Mapping[RequestMove, RequestRule] = {
    RequestMove.RAISE: RequestRule(sources=frozenset(), target=RequestState.RAISED),
    RequestMove.ACCEPT: RequestRule(
        sources=_WAITS,
        target=RequestState.ACCEPTED,
        permission="review_demand",
        requires=("reason",),
    ),
    RequestMove.DECLINE: RequestRule(
        sources=_WAITS,
        target=RequestState.DECLINED,
        permission="review_demand",
        requires=("reason", "reply_mode"),
    ),
    RequestMove.SETTLE: RequestRule(sources=_WAITS, target=RequestState.SETTLED),
}
"""Settled: the demand was reopened for another reason, or the resident is satisfied after all."""

REQUEST_OWNERS: Mapping[RequestState, str] = {
    RequestState.RAISED: "review_demand",
    RequestState.ACCEPTED: "nobody",
    RequestState.DECLINED: "nobody",
    RequestState.SETTLED: "nobody",
}
"""Who has to act next on a request: a permission, or nobody."""


def can_move_request(state: RequestState, move: RequestMove) -> bool:
    """Whether the move may be made from the state."""
    return state in REQUEST_RULES[move].sources


def check_request_move(state: RequestState, move: RequestMove) -> None:
    """Refuse to decide twice."""
    if not can_move_request(state, move):
        raise RequestMoveError(state=state)
