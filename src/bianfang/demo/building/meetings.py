"""Two joint meetings that were held, and a third that is planned; all from the pool as it stood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial
from uuid import UUID

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK
from bianfang.demo.building.script import Script, moment
from bianfang.demo.building.stories import Stories
from bianfang.demo.demands import DemandBook, DemoDemand
from bianfang.demo.texts import meetings as texts
from bianfang.demo.timeline import Timeline, add_weekdays
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists
from bianfang.outreach.meetings.actions import agenda, carrying, closing, planning, session
from bianfang.outreach.meetings.actions.inputs import MeetingInput, ResolutionInput
from bianfang.outreach.meetings.enums import ItemOutcome
from bianfang.outreach.meetings.models import AgendaItem, Meeting
from bianfang.outreach.meetings.queries import past
from bianfang.outreach.meetings.queries.agenda import list_agenda

CHAIR = "leader01"
HELD_BEFORE = (71, 58)
NEXT_AFTER = 2
MOST_ITEMS = 6
WITHIN_WEEKDAYS = 15
PLANNED, BEGUN, CLOSED, DONE = time(8, 50), time(9, 0), time(11, 0), time(16, 20)
SHOWN = time(9, 30)


@dataclass(kw_only=True)
class Meetings:
    """Plans the meetings; what is on them follows from the pool of the day."""

    ground: Ground
    stories: Stories
    script: Script
    timeline: Timeline
    told: dict[UUID, DemoDemand] = field(default_factory=dict)

    def plan(self, book: DemandBook) -> None:
        """Two meetings in the second round, and one for the days after the showing."""
        for before in HELD_BEFORE:
            day = _weekday(self.timeline.as_of - timedelta(days=before))
            self.script.plan(moment(day, PLANNED), partial(self._call, book, day))
        last = moment(self.timeline.as_of, SHOWN)
        coming = add_weekdays(self.timeline.as_of, NEXT_AFTER)
        self.script.plan(last, partial(self._plan_next, coming))

    def _call(self, book: DemandBook, day: date) -> None:
        """Plan it in the morning with what is in the pool and in time; hold it at once."""
        keys = {each.key: each for each in book.demands}
        self.told = {
            demand_id: keys[key] for key, demand_id in self.stories.ids.items() if key in keys
        }
        meeting = self._plan_meeting(day, self._choose(day))
        self.script.plan(moment(day, BEGUN), partial(self._hold, meeting))
        self.script.plan(moment(day, CLOSED), partial(self._close, meeting))

    def _choose(self, day: date) -> list[Demand]:
        """What is in time and not resolved yet, and one that was, to see how far it is."""
        waiting = [demand for demand in self._pool() if demand.due_on and demand.due_on > day]
        known = past.past_of(actor=self._clerk, demands=waiting)
        back = [demand for demand in waiting if known.get(demand.id, past.NOTHING).last_resolution]
        new = [demand for demand in waiting if demand not in back]
        return [*back[:1], *new][:MOST_ITEMS]

    def _plan_next(self, day: date) -> None:
        self._plan_meeting(day, self._pool()[:MOST_ITEMS])

    def _pool(self) -> list[Demand]:
        return list(lists.meeting_pool(actor=self._clerk))

    def _plan_meeting(self, day: date, demands: Sequence[Demand]) -> Meeting:
        present = sorted({demand.owner_id for demand in demands if demand.owner_id})
        given = MeetingInput(
            title=texts.TITLE,
            held_on=day,
            location=texts.LOCATION,
            chair_id=self.ground.staff[CHAIR].id,
            recorder_id=self.ground.staff[CLERK].id,
            attendee_ids=tuple(present),
            guests=texts.GUESTS,
        )
        return agenda.plan_with_agenda(
            actor=self._clerk, given=given, demand_ids=[demand.id for demand in demands]
        )

    def _hold(self, meeting: Meeting) -> None:
        """All are resolved but the last, which is put off."""
        begun = planning.begin_meeting(actor=self._clerk, meeting_id=meeting.id)
        items = list(list_agenda(actor=self._clerk, meeting=begun))
        for item in items[:-1]:
            self._resolve(item)
        self._write(
            items[-1],
            texts.PUT_OFF_MINUTES,
            outcome=ItemOutcome.PUT_OFF,
            reason=texts.PUT_OFF_REASON,
        )

    def _resolve(self, item: AgendaItem) -> None:
        demand = item.demand
        self._write(item, texts.MINUTES)
        session.add_resolution(
            actor=self._clerk,
            item_id=item.id,
            given=ResolutionInput(
                text=texts.resolution_of(demand.measures),
                owner_id=demand.owner_id,
                unit_id=demand.unit_id,
                due_on=min(add_weekdays(clock.today(), WITHIN_WEEKDAYS), demand.due_on),
            ),
        )

    def _write(
        self,
        item: AgendaItem,
        minutes: str,
        *,
        outcome: ItemOutcome | None = None,
        reason: str = "",
    ) -> None:
        session.write_minutes(
            actor=self._clerk,
            item_id=item.id,
            version=item.version,
            minutes=minutes.format(unit=item.demand.unit.name),
            outcome=outcome,
            reason=reason,
        )

    def _close(self, meeting: Meeting) -> None:
        """What was solved later was carried out on that day, shortly before the answer."""
        closed = closing.close_meeting(actor=self._clerk, meeting_id=meeting.id)
        for item in list_agenda(actor=self._clerk, meeting=closed):
            told = self.told[item.demand_id]
            if item.outcome == ItemOutcome.RESOLVED and told.closed_on:
                act = partial(self._carry_out, item, told)
                self.script.plan(moment(told.closed_on, DONE), act)

    def _carry_out(self, item: AgendaItem, told: DemoDemand) -> None:
        made = item.resolutions.in_town(item.town_id).order_by("id").get()
        carrying.carry_out(
            actor=self.ground.actor(told.owner), resolution_id=made.id, result=told.result
        )

    @property
    def _clerk(self) -> Actor:
        return self.ground.actor(CLERK)


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
