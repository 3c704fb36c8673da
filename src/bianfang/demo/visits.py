"""Every household's visit of both rounds: who came when, how, what was told, what was noted.

In each round every household that lives here or works away is settled by exactly one visit; some
doors stayed closed and some calls unanswered before it. Hardship comes first.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from bianfang.demo import visitors
from bianfang.demo.demands import DemandBook
from bianfang.demo.people import DemoHousehold
from bianfang.demo.proposers import age_on, reachable_adults
from bianfang.demo.seeds import DEFAULT_SEED, stream
from bianfang.demo.texts import visit_notes
from bianfang.demo.texts.demand_text import VisitMode
from bianfang.demo.texts.topics import TOPICS, TopicText
from bianfang.demo.timeline import DemoRound, Timeline, draw_time
from bianfang.demo.town import DemoTown

VisitOutcome = Literal["met", "declined", "closed_door", "not_reached"]

_NOTED = 0.13
_DECLINED = 0.0009
_EARLIER_ATTEMPT: dict[VisitMode, float] = {"day": 0.035, "evening": 0.02, "phone": 0.06}
_AWAY_MODES: tuple[tuple[VisitMode, ...], tuple[float, ...]] = (
    ("phone", "evening", "day"),
    (0.71, 0.21, 0.08),
)
_HOME_MODES: tuple[tuple[VisitMode, ...], tuple[float, ...]] = (
    ("day", "evening", "phone"),
    (0.88, 0.105, 0.015),
)
_ON_PAPER = 0.18
_SPARE_WEEKDAYS = 3
_OLD = 62
_CHILD = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoVisit:
    """One contact with one household; `respondent` is the relation to the head in the roll's word.

    `demand_keys` names what was heard in it: demands of the book or its duplicates.
    """

    round: int
    household_number: str
    on: date
    at: time
    mode: VisitMode
    outcome: VisitOutcome
    visitors: tuple[str, ...]  # user names; the first writes it down
    is_on_paper: bool  # typed in later from a sheet by a clerk of the visiting office
    respondent: str
    topics: tuple[str, ...]
    village_facts: str
    note: str
    demand_keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """What is fixed for a household because a demand was heard in its visit."""

    on: date
    at: time
    mode: VisitMode
    key: str


def plan_visits(
    *,
    town: DemoTown,
    households: Sequence[DemoHousehold],
    book: DemandBook,
    timeline: Timeline,
    seed: int = DEFAULT_SEED,
) -> tuple[DemoVisit, ...]:
    """All visits in the order of their days; coverage of both rounds is complete."""
    villages = _by_village(households)
    visits: list[DemoVisit] = []
    for round_ in timeline:
        rng = stream(seed, f"visits {round_.number}")
        plan = visitors.plan_visitors(town=town, villages=villages, rng=rng)
        heard = _heard_in(book, round_.number)
        for members in villages.values():
            visits += _visit_village(rng, round_, members, heard, plan)
    visits.sort(key=lambda visit: (visit.on, visit.at, visit.household_number))
    return tuple(visits)


def _by_village(households: Sequence[DemoHousehold]) -> dict[str, list[DemoHousehold]]:
    """Who is to be visited, village by village, hardship first."""
    villages: dict[str, list[DemoHousehold]] = {}
    for household in households:
        if household.status != "vacant":
            villages.setdefault(household.village_key, []).append(household)
    for members in villages.values():
        members.sort(key=lambda household: (not is_in_hardship(household), household.number))
    return villages


def is_in_hardship(household: DemoHousehold) -> bool:
    """Whether a public-assistance fact puts the household first."""
    return any(person.is_dibao or person.is_tekun for person in household.residents)


def _heard_in(book: DemandBook, number: int) -> dict[str, _Heard]:
    heard = {
        demand.household_number: _Heard(
            on=demand.heard_on, at=demand.heard_at, mode=demand.mode, key=demand.key
        )
        for demand in book.demands
        if demand.round == number and demand.source == "visit"
    }
    for duplicate in book.duplicates:
        if duplicate.round == number:
            heard[duplicate.household_number] = _Heard(
                on=duplicate.heard_on, at=duplicate.heard_at, mode="day", key=duplicate.key
            )
    return heard


def _visit_village(
    rng: random.Random,
    round_: DemoRound,
    members: Sequence[DemoHousehold],
    heard: Mapping[str, _Heard],
    plan: visitors.VisitorPlan,
) -> Iterator[DemoVisit]:
    days = round_.weekdays[_SPARE_WEEKDAYS:-1]
    fact_place = rng.randrange(len(members))
    for place, household in enumerate(members):
        day = days[place * len(days) // len(members)]
        visit = _visit(rng, round_, household, heard.get(household.number), day, plan)
        yield from _earlier_attempt(rng, round_, visit)
        yield visit if place != fact_place else _with_fact(rng, visit)


def _visit(
    rng: random.Random,
    round_: DemoRound,
    household: DemoHousehold,
    heard: _Heard | None,
    day: date,
    plan: visitors.VisitorPlan,
) -> DemoVisit:
    mode = heard.mode if heard else _draw_mode(rng, household)
    declined = not heard and not household.story and rng.random() < _DECLINED
    adults = reachable_adults(household, round_.starts_on, is_by_phone=mode == "phone")
    answering = rng.choice(adults)
    return DemoVisit(
        round=round_.number,
        household_number=household.number,
        on=heard.on if heard else day,
        at=heard.at if heard else draw_time(rng, mode),
        mode=mode,
        outcome="declined" if declined else "met",
        visitors=plan.visitors_of(household, mode),
        is_on_paper=mode == "day" and rng.random() < _ON_PAPER,
        respondent="" if declined else answering.relation,
        topics=() if declined else _draw_topics(rng, round_, household),
        village_facts="",
        note="" if declined else _draw_note(rng, round_, household),
        demand_keys=(heard.key,) if heard else (),
    )


def _draw_mode(rng: random.Random, household: DemoHousehold) -> VisitMode:
    modes, weights = _AWAY_MODES if household.status == "away" else _HOME_MODES
    mode = rng.choices(modes, weights)[0]
    has_phone = any(person.phone for person in household.residents)
    return "evening" if mode == "phone" and not has_phone else mode


def _earlier_attempt(
    rng: random.Random, round_: DemoRound, visit: DemoVisit
) -> Iterator[DemoVisit]:
    """Nobody was there, or nobody answered, some days before; the visit then came off."""
    if rng.random() >= _EARLIER_ATTEMPT[visit.mode]:
        return
    on = max(round_.starts_on, visit.on - timedelta(days=rng.randint(2, 5)))
    if on < visit.on:
        yield DemoVisit(
            round=visit.round,
            household_number=visit.household_number,
            on=on,
            at=draw_time(rng, visit.mode),
            mode=visit.mode,
            outcome="not_reached" if visit.mode == "phone" else "closed_door",
            visitors=visit.visitors[:1],
            is_on_paper=False,
            respondent="",
            topics=(),
            village_facts="",
            note="",
            demand_keys=(),
        )


def _with_fact(rng: random.Random, visit: DemoVisit) -> DemoVisit:
    """One visit in every village brings back a fact about the village itself."""
    return replace(visit, village_facts=rng.choice(visit_notes.VILLAGE_FACTS))


def _draw_topics(
    rng: random.Random, round_: DemoRound, household: DemoHousehold
) -> tuple[str, ...]:
    """What is on the round's checklist and concerns this household, two to four topics."""
    told = [
        topic
        for topic in TOPICS
        if round_.number in topic.rounds
        and topic.kind != "ask"
        and _concerns(topic, household, round_.starts_on)
    ]
    chosen = rng.sample(told, min(len(told), rng.randint(2, 4)))
    return tuple(topic.code for topic in TOPICS if topic in chosen)


def _concerns(topic: TopicText, household: DemoHousehold, day: date) -> bool:
    ages = [age_on(person, day) for person in household.residents]
    if topic.code == "children":
        return min(ages) < _CHILD
    if topic.code == "employment":
        return any(_CHILD <= age < _OLD for age in ages)
    return True


def _draw_note(rng: random.Random, round_: DemoRound, household: DemoHousehold) -> str:
    if household.story == "qin":
        return visit_notes.QIN_NOTES[round_.number - 1]
    if rng.random() >= _NOTED:
        return ""
    return rng.choice(_notes_for(household, round_.starts_on))


def _notes_for(household: DemoHousehold, day: date) -> tuple[str, ...]:
    if household.status == "away":
        return visit_notes.AWAY_NOTES
    if is_in_hardship(household):
        return visit_notes.HARDSHIP_NOTES
    if age_on(household.head, day) >= _OLD:
        return visit_notes.ELDER_NOTES
    if any(6 <= age_on(person, day) < _CHILD for person in household.residents):
        return visit_notes.PARENT_NOTES
    return visit_notes.FAMILY_NOTES
