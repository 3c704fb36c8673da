"""The life of a look-back and of its checks, as tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.outreach.lookback.errors import LookBackMoveError


class LookBackState(StrEnum):
    """Where a look-back stands."""

    DRAWN = "drawn"
    GOING_ON = "going_on"
    FINISHED = "finished"
    GIVEN_UP = "given_up"


class Move(StrEnum):
    """What people do to a look-back."""

    DRAW = "draw"
    ASSIGN = "assign"
    RECORD = "record"
    REPLACE = "replace"
    FINISH = "finish"
    GIVE_UP = "give_up"


class CheckResult(StrEnum):
    """What a check came to."""

    WAITING = "waiting"
    NOT_REACHED = "not_reached"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), the permission asked, and what it must bring.

    A rule without sources is a birth. `when_decided` is where it leads once no check is open.
    """

    sources: frozenset[LookBackState]
    target: LookBackState | None
    permission: str
    requires: tuple[str, ...] = ()
    when_decided: LookBackState | None = None


_S = LookBackState

RULES: Mapping[Move, Rule] = {
    Move.DRAW: Rule(
        sources=frozenset(),
        target=_S.DRAWN,
        permission="plan_look_back",
        requires=("title", "area", "from_day", "to_day", "method", "strata_by"),
    ),
    Move.ASSIGN: Rule(
        sources=frozenset({_S.DRAWN, _S.GOING_ON}),
        target=_S.GOING_ON,
        permission="plan_look_back",
        requires=("checker",),
    ),
    Move.RECORD: Rule(
        sources=frozenset({_S.GOING_ON}),
        target=None,
        permission="review_demand",
        requires=("way", "result"),
        when_decided=_S.FINISHED,
    ),
    Move.REPLACE: Rule(sources=frozenset({_S.GOING_ON}), target=None, permission="plan_look_back"),
    Move.FINISH: Rule(
        sources=frozenset({_S.GOING_ON}), target=_S.FINISHED, permission="plan_look_back"
    ),
    Move.GIVE_UP: Rule(
        sources=frozenset({_S.DRAWN, _S.GOING_ON}),
        target=_S.GIVEN_UP,
        permission="plan_look_back",
        requires=("reason",),
    ),
}

OWNERS: Mapping[LookBackState, str] = {
    LookBackState.DRAWN: "plan_look_back",
    LookBackState.GOING_ON: "review_demand",
    LookBackState.FINISHED: "nobody",
    LookBackState.GIVEN_UP: "nobody",
}
"""Who has to act next: the permission that moves it on, or nobody."""

NEXT_RESULTS: Mapping[CheckResult, frozenset[CheckResult]] = {
    CheckResult.WAITING: frozenset(
        {CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED}
    ),
    CheckResult.NOT_REACHED: frozenset(
        {CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED}
    ),
    CheckResult.PASSED: frozenset(),
    CheckResult.FAILED: frozenset(),
}
"""What may be recorded after what: a try may be repeated, a decision stands."""

DECIDED = frozenset(result for result, after in NEXT_RESULTS.items() if not after)
"""Results that count as checked."""

OPEN = frozenset(CheckResult) - DECIDED
"""Results after which somebody still has to try."""

RUNNING = frozenset({LookBackState.DRAWN, LookBackState.GOING_ON})
"""States in which checks may be handed out."""


def can_move(state: LookBackState, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: LookBackState, move: Move) -> None:
    """Refuse a move that the table does not have."""
    if not can_move(state, move):
        raise LookBackMoveError(state=state, move=move)


def state_after(state: LookBackState, move: Move, results: Iterable[CheckResult]) -> LookBackState:
    """Where the move leads, given the results of all checks that were not replaced."""
    rule = RULES[move]
    if rule.when_decided and all(result in DECIDED for result in results):
        return rule.when_decided
    return rule.target or state


def may_follow(result: CheckResult, following: CheckResult) -> bool:
    """Whether the one result may be recorded after the other."""
    return following in NEXT_RESULTS[result]


def is_untouched(results: Iterable[CheckResult]) -> bool:
    """Whether nothing has been noted of any check, replaced ones as well: only then given up."""
    return all(result is CheckResult.WAITING for result in results)


def is_tried(results: Iterable[CheckResult]) -> bool:
    """Whether each check has a result, be it that nobody was reached."""
    return all(result is not CheckResult.WAITING for result in results)
