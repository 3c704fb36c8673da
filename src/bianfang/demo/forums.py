"""The group talks: one in every community in every round, in its first weeks."""

import random
from dataclasses import dataclass
from datetime import date, time

from bianfang.demo.texts.visit_notes import FORUM_PLACES, FORUM_TALKS
from bianfang.demo.timeline import Timeline
from bianfang.demo.town import DemoTown

_EARLIEST_WEEKDAY = 2
_ATTENDANCE = (11, 28)
_MORNING, _EVENING = time(9, 30), time(19, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoForum:
    """A group talk in a community; several demands can come out of it."""

    key: str
    round: int
    area_key: str
    held_on: date
    held_at: time
    place: str
    subject: str
    note: str
    attendance: int
    chair: str  # user name of the community worker


def build_forums(
    *, town: DemoTown, timeline: Timeline, rng: random.Random
) -> tuple[DemoForum, ...]:
    """Twelve talks in a round, one on a weekday; every other one in the evening."""
    forums = []
    for round_ in timeline:
        for place, community in enumerate(town.of_kind("community")):
            subject, note = FORUM_TALKS[(place + 5 * round_.number) % len(FORUM_TALKS)]
            forums.append(
                DemoForum(
                    key=f"r{round_.number}{community.key}",
                    round=round_.number,
                    area_key=community.key,
                    held_on=round_.weekdays[_EARLIEST_WEEKDAY + place],
                    held_at=_EVENING if place % 2 else _MORNING,
                    place=rng.choice(FORUM_PLACES),
                    subject=subject,
                    note=note,
                    attendance=rng.randint(*_ATTENDANCE),
                    chair=f"worker{community.key[1:]}1",
                )
            )
    return tuple(forums)
