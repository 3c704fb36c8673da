"""The life of a campaign, as a table: states, moves, who acts next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bianfang.outreach.campaigns.errors import CampaignMoveError


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class Move(StrEnum):
    """What people do to a campaign."""

    PLAN = "plan"
    CHANGE = "change"
    ASK = "ask"
    TAKE_SPOTS = "take_spots"
    START = "start"
    RECORD = "record"
    CLOSE = "close"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A move: from where, to where (None: stays), the permission asked, and what it must bring.

    A rule without sources is a birth.
    """

    sources: frozenset[CampaignState]
    permission: str
    target: CampaignState | None = None
    requires: tuple[str, ...] = ()


_S = CampaignState
_OPEN = frozenset({_S.DRAFT, _S.RUNNING})
PARTICULARS = ("name", "theme", "starts_on", "ends_on", "areas")

RULES: Mapping[Move, Rule] = {
    Move.PLAN: Rule(
        sources=frozenset(), target=_S.DRAFT, permission="manage_rounds", requires=PARTICULARS
    ),
    Move.CHANGE: Rule(sources=_OPEN, permission="manage_rounds", requires=PARTICULARS),
    Move.ASK: Rule(sources=_OPEN, permission="manage_rounds", requires=("label",)),
    Move.TAKE_SPOTS: Rule(sources=_OPEN, permission="manage_rounds", requires=("number", "area")),
    Move.START: Rule(sources=frozenset({_S.DRAFT}), target=_S.RUNNING, permission="manage_rounds"),
    Move.RECORD: Rule(sources=frozenset({_S.RUNNING}), permission="record_visit"),
    Move.CLOSE: Rule(sources=frozenset({_S.RUNNING}), target=_S.CLOSED, permission="manage_rounds"),
}

OWNERS: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "manage_rounds",
    CampaignState.RUNNING: "record_visit",
    CampaignState.CLOSED: "nobody",
}
"""Who has to act next: the permission that moves it on, or nobody."""


def can_move(state: str, move: Move) -> bool:
    """Whether the move may be made from the state."""
    return state in RULES[move].sources


def check_move(state: str, move: Move) -> None:
    """Refuse a move that the table does not have."""
    if not can_move(state, move):
        raise CampaignMoveError(state=state, move=move)
