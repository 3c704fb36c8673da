"""The life of a round, as a table; and how a household of a round is settled, as a fold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce

from bianfang.outreach.visits.enums import SETTLING, TargetOutcome, VisitOutcome


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


RANK: Mapping[TargetOutcome, int] = {
    TargetOutcome.MET: 0,
    TargetOutcome.DECLINED: 1,
    TargetOutcome.MOVED: 1,
    TargetOutcome.LEFT: 2,
    TargetOutcome.OPEN: 3,
}
"""A talk weighs more than a refusal, a refusal more than leaving; of equals the first counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a household of a round stands; whatever order its visits are told in, the end is one."""

    outcome: TargetOutcome = TargetOutcome.OPEN
    settled_at: datetime | None = None
    attempts: int = 0
    last_try_at: datetime | None = None

    def after(self, outcome: VisitOutcome, happened_at: datetime) -> "Standing":
        """How it stands once this visit is known as well."""
        settled = self._settled(SETTLING.get(outcome, TargetOutcome.OPEN), happened_at)
        return Standing(
            outcome=settled.outcome,
            settled_at=settled.settled_at,
            attempts=self.attempts + (outcome not in SETTLING),
            last_try_at=max(filter(None, [self.last_try_at, happened_at])),
        )

    def after_leaving(self, left_at: datetime) -> "Standing":
        """How it stands once the household has left the register."""
        return self._settled(TargetOutcome.LEFT, left_at)

    def _settled(self, outcome: TargetOutcome, at: datetime) -> "Standing":
        if outcome is TargetOutcome.OPEN or not self._gives_way_to(outcome, at):
            return self
        return Standing(
            outcome=outcome,
            settled_at=at,
            attempts=self.attempts,
            last_try_at=self.last_try_at,
        )

    def _gives_way_to(self, outcome: TargetOutcome, at: datetime) -> bool:
        if self.settled_at is None or RANK[outcome] != RANK[self.outcome]:
            return RANK[outcome] < RANK[self.outcome]
        return (at, outcome) < (self.settled_at, self.outcome)


def standing_of(
    visits: Iterable[tuple[VisitOutcome, datetime]], *, left_at: datetime | None = None
) -> Standing:
    """How a household stands after all its visits and, if it left, its leaving."""
    standing = reduce(lambda known, visit: known.after(*visit), visits, Standing())
    return standing if left_at is None else standing.after_leaving(left_at)
