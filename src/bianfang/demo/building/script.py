"""What happens when: acts are planned in any order and played in the order of time."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count

from bianfang.kernel import clock

Act = Callable[[], None]


@dataclass(kw_only=True, slots=True)
class Script:
    """Acts by moment; while one is played the clock stands at its moment."""

    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def plan(self, moment: datetime, act: Act) -> None:
        """Let `act` happen at `moment`, behind what is planned for the same moment already."""
        heapq.heappush(self._acts, (moment, next(self._order), act))

    def play(self) -> int:
        """Play all acts, also those that are planned meanwhile; gives how many."""
        played = 0
        while self._acts:
            moment, _, act = heapq.heappop(self._acts)
            with clock.at(moment):
                act()
            played += 1
        return played


def moment(day: date, at: time) -> datetime:
    """A moment on the town's clock."""
    return clock.in_town(day, at.hour, at.minute)
