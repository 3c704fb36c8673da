"""Every demand from its first word to its end: each step by the person and day of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from bianfang.demo.building.campaigns import Campaigns
from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK, Rounds, soon_after
from bianfang.demo.building.script import Script, moment
from bianfang.demo.demands import DemandBook, DemoDemand, DemoDuplicate
from bianfang.demo.forums import DemoForum
from bianfang.demo.visits import DemoVisit
from bianfang.kernel.actor import Actor
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.campaigns.actions import visiting
from bianfang.outreach.demands.actions import carry, handling, merging, outings, review
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import (
    DemandKind,
    ExtensionDecision,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
)
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.visits.enums import EntryChannel

ACCEPTED, NOTED, ANSWERED, REVIEWED = time(8, 30), time(16, 0), time(16, 30), time(17, 0)
CARRIED = time(9, 0)
HAZARDS = "gas_safety"


def heard_at_once(demand: DemoDemand) -> Satisfaction:
    """What is heard on the spot; the rest is said later, to somebody else (`words`)."""
    said = Satisfaction(demand.satisfaction)
    is_late = demand.route != "onsite" or said is Satisfaction.UNSATISFIED
    return Satisfaction.NOT_ASKED if is_late else said


def suggested(item: DemoDemand | DemoDuplicate) -> Route | None:
    """What the visitor thought right, which is what was done."""
    if isinstance(item, DemoDuplicate) or item.route == "onsite":
        return None
    return Route(item.route)


@dataclass(kw_only=True)
class Stories:
    """Plans what happens to the demands; `ids` fill as they are registered.

    The deadline of those in `by_rule` is counted by the rule of their category.
    """

    ground: Ground
    rounds: Rounds
    script: Script
    residents: Mapping[str, UUID]
    campaigns: Campaigns
    ids: dict[str, UUID] = field(default_factory=dict)
    by_rule: set[str] = field(default_factory=set)

    def plan(self, book: DemandBook, visits: Sequence[DemoVisit]) -> None:
        """Plan all demands: heard in visits and talks, handled, ended or carried over."""
        told: dict[str, DemoDemand | DemoDuplicate] = {each.key: each for each in book.demands}
        told |= {each.key: each for each in book.duplicates}
        for visit in visits:
            if visit.demand_keys:
                heard = [told[key] for key in visit.demand_keys]
                when = soon_after(visit.on, visit.at)
                self.script.plan(when, partial(self._hear, visit, heard))
        for forum in book.forums:
            said = [demand for demand in book.demands if demand.forum_key == forum.key]
            when = soon_after(forum.held_on, forum.held_at, minutes=100)
            self.script.plan(when, partial(self._listen, forum, said))
        for demand in book.demands:
            self._plan_handling(demand)
        for duplicate in book.duplicates:
            when = moment(duplicate.heard_on + timedelta(days=1), ACCEPTED)
            self.script.plan(when, partial(self._merge, duplicate))
        open_ones = [demand for demand in book.demands if demand.is_open]
        last = moment(self.rounds.timeline.as_of, CARRIED)
        self.script.plan(last, partial(self._carry_over, open_ones))

    def _hear(self, visit: DemoVisit, heard: Sequence[DemoDemand | DemoDuplicate]) -> None:
        recorded = visiting.record_visit(
            actor=self.ground.actor(heard[0].registered_by),
            visit=replace(self.rounds.visit_input(visit), channel=EntryChannel.DESK),
            demands=[self._input(item, Source.VISIT) for item in heard],
            given=self.campaigns.of_demands(visit),
        )
        self._remember(heard, recorded.demands)

    def _listen(self, forum: DemoForum, said: Sequence[DemoDemand]) -> None:
        recorded = outings.record_forum_with_demands(
            actor=self.ground.actor(forum.chair),
            forum=self.rounds.forum_input(forum, [demand.household_number for demand in said]),
            demands=[self._input(demand, Source.FORUM) for demand in said],
        )
        self._remember(said, recorded.demands)

    def _remember(
        self, told: Sequence[DemoDemand | DemoDuplicate], demands: Sequence[Demand]
    ) -> None:
        for item, demand in zip(told, demands, strict=True):
            self.ids[item.key] = demand.id

    def _input(self, item: DemoDemand | DemoDuplicate, source: Source) -> DemandInput | OnsiteInput:
        said = DemandInput(
            content=item.content,
            category_id=self.ground.categories[item.category],
            source=source,
            kind=DemandKind(item.kind),
            household_id=self.rounds.households[item.household_number],
            resident_id=self.residents[item.proposer.id_number],
            urgent=item.category == HAZARDS,
            suggested_route=suggested(item),
        )
        if isinstance(item, DemoDuplicate) or item.route != "onsite":
            return said
        return OnsiteInput(
            demand=said,
            measures=item.measures,
            result=item.result,
            reply=item.reply,
            reply_mode=ReplyMode(item.reply_mode),
            satisfaction=heard_at_once(item),
            unit_id=self.ground.units.get(item.unit),
        )

    def _plan_handling(self, demand: DemoDemand) -> None:
        plan = self.script.plan
        if demand.route != "onsite":
            accepted = moment(demand.heard_on + timedelta(days=1), ACCEPTED)
            plan(accepted, partial(self._accept, demand))
            for number, step in enumerate(demand.steps, start=1):
                noted = max(moment(step.on, NOTED), accepted + timedelta(minutes=number))
                plan(noted, partial(self._note, demand, step.note))
            if demand.extension_asked_on:
                asked = max(moment(demand.extension_asked_on, NOTED), accepted)
                plan(asked, partial(self._extend, demand, asked))
            if demand.closed_on:
                plan(
                    self._not_before(demand.closed_on, ANSWERED, accepted),
                    partial(self._answer, demand),
                )
        if demand.written_off_on:
            plan(moment(demand.written_off_on, REVIEWED), partial(self._write_off, demand))

    @staticmethod
    def _not_before(day: date, at: time, first: datetime) -> datetime:
        return max(moment(day, at), first + timedelta(minutes=30))

    def _accept(self, demand: DemoDemand) -> None:
        actor, stored = self.get(CLERK, demand.key)
        handling.accept(
            actor=actor,
            demand_id=stored.id,
            version=stored.version,
            measures=demand.measures,
            unit_id=self.ground.units.get(demand.unit),
            owner_id=self.ground.staff[demand.owner].id,
            route=Route(demand.route),
            due_on=None if demand.key in self.by_rule else _promised(demand),
        )

    def _note(self, demand: DemoDemand, note: str) -> None:
        actor = self.ground.actor(demand.owner)
        handling.note_progress(actor=actor, demand_id=self.ids[demand.key], note=note)

    def _extend(self, demand: DemoDemand, asked: datetime) -> None:
        assert demand.extension is not None
        actor, stored = self.get(demand.owner, demand.key)
        assert stored.due_on is not None
        extension = handling.ask_extension(
            actor=actor,
            demand_id=stored.id,
            new_due_on=load_calendar().add_workdays(stored.due_on, demand.extension.extra_days),
            reason=demand.extension.reason,
        )
        self.script.plan(asked + timedelta(minutes=50), partial(self._grant, demand, extension.id))

    def _grant(self, demand: DemoDemand, extension_id: UUID) -> None:
        assert demand.extension is not None
        handling.decide_extension(
            actor=self.ground.actor(demand.approver),
            extension_id=extension_id,
            grant=ExtensionDecision.GRANT,
            told_resident=demand.extension.told,
        )

    def _answer(self, demand: DemoDemand) -> None:
        actor, stored = self.get(demand.owner, demand.key)
        handling.submit_result(
            actor=actor,
            demand_id=stored.id,
            version=stored.version,
            outcome=Outcome(demand.outcome),
            result=demand.result,
            reply=demand.reply,
            reply_mode=ReplyMode(demand.reply_mode),
            satisfaction=heard_at_once(demand),
        )

    def _write_off(self, demand: DemoDemand) -> None:
        """Whoever chaired a talk and solved something there does not review it: the office does."""
        actor, stored = self.get(demand.reviewer, demand.key)
        if stored.handled_by_id == actor.staff_id:
            actor = self.ground.actor(CLERK)
        review.write_off(actor=actor, demand_id=stored.id)

    def _merge(self, duplicate: DemoDuplicate) -> None:
        merging.merge(
            actor=self.ground.actor(CLERK),
            demand_id=self.ids[duplicate.key],
            into_id=self.ids[duplicate.into],
            reason=duplicate.reason,
        )

    def _carry_over(self, demands: Sequence[DemoDemand]) -> None:
        actor, timeline = self.ground.actor(CLERK), self.rounds.timeline
        year, half = timeline.next_half
        made = carry.create_half_year_list(
            actor=actor, year=year, half=half, title=f"{year}年{'上下'[half - 1]}半年实事清单"
        )
        for demand in demands:
            carry.carry_over(
                actor=actor,
                demand_id=self.ids[demand.key],
                list_id=made.id,
                reason=demand.carry_over_reason,
            )

    def get(self, username: str, key: str) -> tuple[Actor, Demand]:
        """Who acts, and the demand as it stands for that person."""
        actor = self.ground.actor(username)
        return actor, one.get_demand(actor=actor, demand_id=self.ids[key])


def _promised(demand: DemoDemand) -> date:
    return load_calendar().add_workdays(demand.heard_on, demand.sla_days)
