"""The life of a delivery as a table, how often it is tried, and the hours in which it may leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bianfang.mechanisms.channels.errors import DeliveryMoveError


class DeliveryState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    REPLACED = "replaced"


class Move(StrEnum):
    """What the sending job does to a message."""

    CLAIM = "claim"
    CONFIRM = "confirm"
    POSTPONE = "postpone"
    GIVE_UP = "give_up"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Rule:
    """From where a move leads where."""

    sources: frozenset[DeliveryState]
    target: DeliveryState


_S = DeliveryState
RULES: Mapping[Move, Rule] = {
    Move.CLAIM: Rule(frozenset({_S.QUEUED}), _S.SENDING),
    Move.CONFIRM: Rule(frozenset({_S.SENDING}), _S.SENT),
    Move.POSTPONE: Rule(frozenset({_S.SENDING}), _S.QUEUED),
    Move.GIVE_UP: Rule(frozenset({_S.QUEUED, _S.SENDING}), _S.FAILED),
    Move.REPLACE: Rule(frozenset({_S.QUEUED}), _S.REPLACED),
}
OWNERS: Mapping[DeliveryState, str] = {
    _S.QUEUED: "job",
    _S.SENDING: "job",
    _S.SENT: "nobody",
    _S.FAILED: "nobody",
    _S.REPLACED: "nobody",
}
"""Who has to act next. What is being sent when its worker dies is given up, not sent twice."""

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""Back-off after each refusal that may be tried again; then it is given up."""
MOST_A_MINUTE = 20
"""What a group robot of either kind takes in a minute."""


class WorkCalendar(Protocol):
    """What the window asks of the work calendar."""

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked."""
        ...

    def add_workdays(self, start: date, count: int) -> date:
        """The count-th working day after a day."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of a working day in which what is not urgent may leave."""

    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def next_moment(self, now: datetime, calendar: WorkCalendar) -> datetime:
        """`now` (on the town's clock) inside the window, else the next opening."""
        day = now.date()
        if calendar.is_workday(day):
            if self.opens <= now.time() < self.closes:
                return now
            if now.time() < self.opens:
                return datetime.combine(day, self.opens, now.tzinfo)
        return datetime.combine(calendar.add_workdays(day, 1), self.opens, now.tzinfo)


def after(state: DeliveryState, move: Move) -> DeliveryState:
    """Where the move leads; refused where the table does not have it."""
    rule = RULES[move]
    if state not in rule.sources:
        raise DeliveryMoveError(state=state, move=move)
    return rule.target


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
