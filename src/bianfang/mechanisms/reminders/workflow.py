"""The ladder: on which working days around a deadline who is reminded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

LONGEST = 30
"""Working days; a step further off than this is no reminder any more."""


class WorkCalendar(Protocol):
    """What the ladder asks of the work calendar."""

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lead from one day to the other."""
        ...


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps as working days after the deadline (before it: negative), for owner and unit's head."""

    owner: frozenset[int]
    head: frozenset[int]

    @property
    def steps(self) -> frozenset[int]:
        """All steps."""
        return self.owner | self.head


DEFAULT = Ladder(frozenset({-3, -1, 0, 1}), frozenset({1, 5}))
"""Domain.md 1.2: T-3, T-1, T0, T+1 for who is in charge; then the head of the unit."""


def step_of(day: date, due_on: date, calendar: WorkCalendar) -> int:
    """How many working days the deadline is past; negative before it, 0 on its last working day."""
    if day <= due_on:
        return -calendar.workdays_between(day, due_on)
    return calendar.workdays_between(due_on, day)


def are_steps(numbers: Iterable[int]) -> bool:
    """Whether these can be steps."""
    return all(-LONGEST <= number <= LONGEST for number in numbers)


def written(steps: Collection[int]) -> str:
    """As the table keeps them: in order, with commas between."""
    return ",".join(map(str, sorted(steps)))


def read(text: str) -> frozenset[int]:
    """The steps of what the table keeps."""
    return frozenset(int(part) for part in text.split(",") if part)
