"""How rounds, visits and households of a round look in lists."""

from bianfang.faces.desk.badges import Badge, Kind
from bianfang.outreach.visits.enums import (
    ROUND_STATE_LABELS,
    RoundChangeKind,
    TargetOutcome,
    VisitMode,
    VisitOutcome,
)
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.workflow import RoundState

_ROUNDS: dict[str, Kind] = {
    RoundState.DRAFT: "waiting",
    RoundState.ACTIVE: "active",
    RoundState.FINISHED: "done",
    RoundState.CANCELLED: "void",
}
_OUTCOMES: dict[str, Kind] = {
    VisitOutcome.MET: "done",
    VisitOutcome.DECLINED: "explained",
    VisitOutcome.MOVED: "moved",
    VisitOutcome.CLOSED_DOOR: "waiting",
    VisitOutcome.NOT_REACHED: "waiting",
}
_TARGETS: dict[str, Kind] = {
    TargetOutcome.OPEN: "waiting",
    TargetOutcome.MET: "done",
    TargetOutcome.DECLINED: "explained",
    TargetOutcome.MOVED: "moved",
    TargetOutcome.LEFT: "void",
}
_CHANGES: dict[str, Kind] = {
    RoundChangeKind.JOINED: "active",
    RoundChangeKind.LEFT: "void",
    RoundChangeKind.STATUS: "waiting",
    RoundChangeKind.MOVED: "moved",
}
MODE_ICONS = {
    VisitMode.DAY: "day",
    VisitMode.EVENING: "evening",
    VisitMode.PHONE: "phone",
    VisitMode.FORUM: "forum",
}


def round_state(round_: Round) -> Badge:
    """Where a round stands."""
    return Badge(str(ROUND_STATE_LABELS[round_.state]), _ROUNDS[round_.state])


def visit_outcome(outcome: str) -> Badge:
    """What came of a visit."""
    return Badge(str(VisitOutcome(outcome).label), _OUTCOMES[outcome])


def target_outcome(outcome: str) -> Badge:
    """How a household of a round is settled."""
    return Badge(str(TargetOutcome(outcome).label), _TARGETS[outcome])


def change_kind(kind: str) -> Badge:
    """What changed on the register."""
    return Badge(str(RoundChangeKind(kind).label), _CHANGES[kind])
