"""A round that goes on in the small town of the assignments' tests, reached through actions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY, SmallTown
from bianfang.outreach.visits.actions import checklists, recording, rounds
from bianfang.outreach.visits.actions.inputs import VisitCorrection, VisitInput
from bianfang.outreach.visits.enums import TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Checklist, Round, Target, Topic, Visit
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.models import Household

STARTED = TODAY - timedelta(days=7)
DUE = TODAY + timedelta(days=60)
TIMED_DAYS = 8

HOUSEHOLDS: dict[str, tuple[str, LivingStatus]] = {
    "1001": ("上庄", LivingStatus.RESIDENT),
    "1002": ("上庄", LivingStatus.AWAY),
    "1003": ("上坡", LivingStatus.RESIDENT),
    "1004": ("上庄", LivingStatus.VACANT),
    "2001": ("下庄", LivingStatus.RESIDENT),
    "3001": ("远庄", LivingStatus.RESIDENT),
}
COUNTED = ("1001", "1002", "1003", "2001", "3001")


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """A town with a round that goes on; households by number, topics by their words."""

    town: SmallTown
    round: Round
    checklist: Checklist
    topics: Mapping[str, Topic]
    households: Mapping[str, Household]

    @property
    def id(self) -> UUID:
        return self.town.id

    @property
    def clerk(self) -> Actor:
        return self.town.clerk

    @property
    def secretary(self) -> Actor:
        return self.town.actors["secretary"]


def make_checklist(town: SmallTown, name: str = "遍访清单", *texts: str) -> Checklist:
    """A published checklist."""
    checklist = checklists.create_checklist(actor=town.clerk, name=name, intro="您好")
    for text in texts or ("就业创业", "养老保障", "燃气安全"):
        checklists.add_topic(
            actor=town.clerk, checklist_id=checklist.id, kind=TopicKind.EXPLAIN, text=text
        )
    return checklists.publish_checklist(actor=town.clerk, checklist_id=checklist.id)


def make_households(town: SmallTown) -> dict[str, Household]:
    return {
        number: towns.make_household(
            town, hamlet, number, status, "外迁" if status == LivingStatus.VACANT else ""
        )
        for number, (hamlet, status) in HOUSEHOLDS.items()
    }


def plan_round(town: SmallTown, name: str = "第一轮", starts_on: date = STARTED) -> Round:
    return rounds.create_round(actor=town.clerk, name=name, starts_on=starts_on, due_on=DUE)


def configure(town: SmallTown, round_: Round, checklist: Checklist) -> Round:
    return rounds.configure_round(
        actor=town.clerk,
        round_id=round_.id,
        checklist_id=checklist.id,
        coordinator_id=town.office.id,
        timed_days=TIMED_DAYS,
    )


def make_ready(slug: str = "first") -> Going:
    """Everything in place, and the round still a plan."""
    town = towns.make_town(slug)
    towns.assign_all(town)
    households = make_households(town)
    checklist = make_checklist(town)
    round_ = configure(town, plan_round(town), checklist)
    topics = {topic.text: topic for topic in Topic.objects.in_town(town.id).order_by("order")}
    return Going(town=town, round=round_, checklist=checklist, topics=topics, households=households)


def make_going(slug: str = "first") -> Going:
    """The round started a week ago."""
    ready = make_ready(slug)
    with clock.at(clock.in_town(STARTED, 9)):
        started = rounds.start_round(actor=ready.clerk, round_id=ready.round.id)
    return replace(ready, round=started)


def make_finished(slug: str = "first") -> Going:
    """Everybody was met yesterday, and the round is finished."""
    going = make_going(slug)
    for number in COUNTED:
        meet(going, number)
    finished = rounds.finish_round(actor=going.clerk, round_id=going.round.id)
    return replace(going, round=finished)


def yesterday(hour: int = 10, minute: int = 0) -> datetime:
    return clock.in_town(TODAY - timedelta(days=1), hour, minute)


def told(going: Going, number: str = "1001", /, **changes: object) -> VisitInput:
    """A plain talk of yesterday morning with one household, by the village secretary."""
    visit = VisitInput(
        household_id=going.households[number].id,
        mode=VisitMode.DAY,
        outcome=VisitOutcome.MET,
        happened_at=yesterday(),
        visitor_ids=(going.town.staff["secretary"].id,),
    )
    return replace(visit, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def meet(going: Going, number: str = "1001", /, **changes: object) -> Visit:
    """The same, written down."""
    return recording.record_visit(actor=going.clerk, visit=told(going, number, **changes))


def corrected(visit: VisitInput, **changes: object) -> VisitCorrection:
    """The same visit as a correction, with some things put right."""
    same = VisitCorrection(
        mode=visit.mode,
        outcome=visit.outcome,
        happened_at=visit.happened_at,
        visitor_ids=visit.visitor_ids,
        topic_ids=visit.topic_ids,
        respondent_relation=visit.respondent_relation,
        village_facts=visit.village_facts,
        note=visit.note,
    )
    return replace(same, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def target_of(going: Going, number: str) -> Target:
    """The household's row in the round, as the database has it."""
    target = Target.objects.in_town(going.id).get(
        round=going.round, household=going.households[number]
    )
    assert isinstance(target, Target)
    return target
