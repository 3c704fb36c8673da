"""The 127 demands of the two rounds, who brought them, who handled them and how they ended.

116 are solved; 11 stay open and go on the list of the next half-year. Two more were the same
matter as another demand and are merged into it: they count as no demand of their own.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from bianfang.demo import handling
from bianfang.demo.forums import DemoForum, build_forums
from bianfang.demo.handling import DemoStep
from bianfang.demo.people import DemoHousehold, DemoResident
from bianfang.demo.proposers import could_propose, reachable_adults
from bianfang.demo.seeds import DEFAULT_SEED, stream
from bianfang.demo.texts.categories import CATEGORY_BY_CODE, Theme
from bianfang.demo.texts.demand_text import (
    DemandKind,
    DemandText,
    ExtensionText,
    Route,
    Satisfaction,
    VisitMode,
)
from bianfang.demo.texts.demands import DEMAND_TEXTS, DUPLICATE_TEXTS
from bianfang.demo.timeline import DemoRound, Timeline, add_weekdays, draw_time
from bianfang.demo.town import DemoTown

_FIRST_ROUND_SOLVED = 68
_FIRST_ROUND_OPEN = 3
_LEAST_PER_COMMUNITY = 8
_QIN_COMMUNITY = "c03"
_REVIEW_WEEKDAYS = 2
_LAST_DAYS_BEFORE_SHOWING = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoDemand:
    """One demand with its whole history; `round` and `household_number` name its visit.

    Users are user names. `closed_on` and what follows are empty while the demand is open.
    """

    key: str
    round: int
    mode: VisitMode
    source: Literal["visit", "forum"]
    forum_key: str  # empty unless heard at a group talk
    household_number: str
    community_key: str
    hamlet_key: str
    proposer: DemoResident
    heard_on: date
    heard_at: time
    registered_by: str
    kind: DemandKind
    theme: Theme
    category: str
    route: Route
    content: str
    measures: str
    unit: str
    owner: str
    reviewer: str
    approver: str
    sla_days: int
    steps: tuple[DemoStep, ...]
    extension: ExtensionText | None
    extension_asked_on: date | None
    outcome: Literal["solved", ""]
    result: str
    reply: str
    reply_mode: Literal["in_person", "phone", ""]
    handling_days: int | None
    closed_on: date | None
    written_off_on: date | None
    satisfaction: Satisfaction
    carry_over_reason: str

    @property
    def is_open(self) -> bool:
        return not self.outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoDuplicate:
    """The same matter brought by another household and merged into the earlier demand."""

    key: str
    into: str
    round: int
    household_number: str
    hamlet_key: str
    proposer: DemoResident
    heard_on: date
    heard_at: time
    registered_by: str
    kind: DemandKind
    category: str
    content: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandBook:
    """All demands in the order of their days, with the group talks that brought some of them."""

    demands: tuple[DemoDemand, ...]
    duplicates: tuple[DemoDuplicate, ...]
    forums: tuple[DemoForum, ...]


def build_demands(
    *,
    town: DemoTown,
    households: Sequence[DemoHousehold],
    timeline: Timeline,
    seed: int = DEFAULT_SEED,
) -> DemandBook:
    """Spread the texts over rounds, communities and believable households."""
    rng = stream(seed, "demands")
    forums = build_forums(town=town, timeline=timeline, rng=stream(seed, "forums"))
    desk = handling.Desk(town=town, rng=stream(seed, "handling"))
    choice = _Choice(households, timeline.roll_date, rng)
    demands = [
        _build_demand(rng, desk, timeline, forums, round_, text, choice.draw(text, community))
        for round_, text, community in _spread(rng, timeline)
    ]
    demands.sort(key=lambda demand: (demand.heard_on, demand.heard_at, demand.key))
    by_key = {demand.key: demand for demand in demands}
    duplicates = [
        _build_duplicate(desk, timeline, text, by_key[into], choice)
        for text, into in DUPLICATE_TEXTS
    ]
    return DemandBook(demands=tuple(demands), duplicates=tuple(duplicates), forums=forums)


def _spread(rng: random.Random, timeline: Timeline) -> Iterator[tuple[DemoRound, DemandText, str]]:
    """Every text once, with its round and community; each community gets its share."""
    solved = [text for text in DEMAND_TEXTS if not text.still_open]
    unsolved = [text for text in DEMAND_TEXTS if text.still_open]
    rng.shuffle(solved)
    rng.shuffle(unsolved)
    solved.sort(key=_is_not_qin)
    first = solved[:_FIRST_ROUND_SOLVED] + unsolved[:_FIRST_ROUND_OPEN]
    chosen = {text.key for text in first}
    communities = [f"c{place:02}" for place in range(1, 13)]
    free = communities * _LEAST_PER_COMMUNITY
    free += rng.choices(communities, k=len(DEMAND_TEXTS) - len(free))
    rng.shuffle(free)
    for text, community in zip(DEMAND_TEXTS, free, strict=True):
        round_ = timeline.rounds[0 if text.key in chosen else 1]
        yield round_, text, _QIN_COMMUNITY if text.proposer == "qin" else community


def _is_not_qin(text: DemandText) -> bool:
    """The household of the story is helped in the first round and seen again in the second."""
    return text.proposer != "qin"


class _Choice:
    """Draws households: nobody brings two demands."""

    def __init__(self, households: Sequence[DemoHousehold], day: date, rng: random.Random) -> None:
        self._day = day
        self._rng = rng
        self._taken: set[str] = set()
        self._by_community: dict[str, list[DemoHousehold]] = {}
        for household in households:
            self._by_community.setdefault(household.community_key, []).append(household)

    def draw(self, text: DemandText, community: str, hamlet: str = "") -> DemoHousehold:
        """A household that fits the text, of the hamlet or community, else of the next with any."""
        places = sorted(self._by_community)
        start = places.index(community)
        for place in (*places[start:], *places[:start]):
            fitting = [
                household
                for household in self._by_community[place]
                if household.number not in self._taken
                and household.hamlet_key.startswith(hamlet)
                and could_propose(text, household, self._day)
            ]
            if fitting:
                return self._take(self._rng.choice(fitting))
        msg = f"no household of the town could bring {text.key}"
        raise LookupError(msg)

    def _take(self, household: DemoHousehold) -> DemoHousehold:
        self._taken.add(household.number)
        return household


def _build_demand(
    rng: random.Random,
    desk: handling.Desk,
    timeline: Timeline,
    forums: Sequence[DemoForum],
    round_: DemoRound,
    text: DemandText,
    household: DemoHousehold,
) -> DemoDemand:
    forum = _forum_of(forums, round_, household) if text.mode == "forum" else None
    heard_on = forum.held_on if forum else _draw_day(rng, timeline, round_, text)
    closed_on = None if text.still_open else add_weekdays(heard_on, text.days)
    people = desk.assign(text, household)
    return DemoDemand(
        key=text.key,
        round=round_.number,
        mode=text.mode,
        source="forum" if forum else "visit",
        forum_key=forum.key if forum else "",
        household_number=household.number,
        community_key=household.community_key,
        hamlet_key=household.hamlet_key,
        proposer=reachable_adults(household, heard_on, is_by_phone=text.mode == "phone")[0],
        heard_on=heard_on,
        heard_at=forum.held_at if forum else _draw_hearing(rng, text),
        registered_by=people.registrar,
        kind=text.kind,
        theme=CATEGORY_BY_CODE[text.category].theme,
        category=text.category,
        route=text.route,
        content=text.content,
        measures=text.measures,
        unit=people.unit,
        owner=people.owner,
        reviewer=people.reviewer,
        approver=people.approver,
        sla_days=handling.sla_of(text),
        steps=handling.steps_of(text, heard_on),
        extension=text.extension,
        extension_asked_on=handling.extension_day(text, heard_on),
        outcome="" if text.still_open else "solved",
        result=handling.result_of(text),
        reply=text.reply,
        reply_mode=_reply_mode(text),
        handling_days=None if text.still_open else text.days,
        closed_on=closed_on,
        written_off_on=add_weekdays(closed_on, _REVIEW_WEEKDAYS) if closed_on else None,
        satisfaction=text.satisfaction,
        carry_over_reason=text.still_open.format(half=timeline.next_half_zh),
    )


def _forum_of(
    forums: Sequence[DemoForum], round_: DemoRound, household: DemoHousehold
) -> DemoForum:
    key = household.community_key
    return next(forum for forum in forums if forum.round == round_.number and forum.area_key == key)


def _draw_day(rng: random.Random, timeline: Timeline, round_: DemoRound, text: DemandText) -> date:
    """A weekday of the round, early enough for the solution to be checked before the showing."""
    last = timeline.as_of - timedelta(days=_LAST_DAYS_BEFORE_SHOWING)
    days = [
        day
        for day in round_.weekdays[1:-2]
        if add_weekdays(day, text.days + _REVIEW_WEEKDAYS) <= last
    ]
    return rng.choice(days)


def _draw_hearing(rng: random.Random, text: DemandText) -> time:
    """What is settled on a call the same day is heard in the morning."""
    is_early = text.mode == "phone" and text.route == "onsite"
    return draw_time(rng, "day" if is_early else text.mode)


def _reply_mode(text: DemandText) -> Literal["in_person", "phone", ""]:
    if text.still_open:
        return ""
    return "phone" if text.mode == "phone" else "in_person"


def _build_duplicate(
    desk: handling.Desk,
    timeline: Timeline,
    text: DemandText,
    into: DemoDemand,
    choice: _Choice,
) -> DemoDuplicate:
    household = choice.draw(text, into.community_key, hamlet=into.hamlet_key)
    heard_on = add_weekdays(into.heard_on, 2)
    return DemoDuplicate(
        key=text.key,
        into=into.key,
        round=into.round,
        household_number=household.number,
        hamlet_key=household.hamlet_key,
        proposer=reachable_adults(household, heard_on, is_by_phone=False)[0],
        heard_on=heard_on,
        heard_at=time(10, 30),
        registered_by=desk.assign(text, household).registrar,
        kind=text.kind,
        category=text.category,
        content=text.content,
        reason=text.measures,
    )
