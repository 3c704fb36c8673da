"""What residents say after the write-off: on the phone, by their code; three are not satisfied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from itertools import cycle
from uuid import UUID

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK
from bianfang.demo.building.script import Script, moment
from bianfang.demo.building.stories import Stories, heard_at_once
from bianfang.demo.demands import DemandBook, DemoDemand
from bianfang.demo.texts import words as texts
from bianfang.demo.timeline import add_weekdays
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import confirming, handling, requests, review
from bianfang.outreach.demands.enums import ConfirmWay, Outcome, ReplyMode, Satisfaction
from bianfang.outreach.demands.models import Demand, Receipt
from bianfang.outreach.demands.queries import confirmations, one

OTHER = "visits.2"
CALLED, DECIDED, EVENING, REVIEWED = time(10, 0), time(15, 0), time(16, 30), time(17, 0)
SETTLED_BEFORE = 40
"""Days before the showing by which a reopened demand is written off again, before look-backs."""
EVERY_FOURTH = 4
ACCEPTED, DECLINED = "late_music", "old_phone_signal"


@dataclass(kw_only=True)
class Words:
    """Plans calls and codes; whoever handled a demand does not call about it."""

    ground: Ground
    stories: Stories
    script: Script
    as_of: date

    def plan(self, book: DemandBook) -> None:
        """One or two working days after the write-off, by those whom nobody heard at once."""
        said: dict[Satisfaction, Iterator[str]] = {
            Satisfaction.SATISFIED: cycle(texts.SATISFIED),
            Satisfaction.MOSTLY: cycle(texts.MOSTLY),
        }
        for number, demand in enumerate(self._to_be_asked(book)):
            answer = Satisfaction(demand.satisfaction)
            word = next(said[answer]) if answer in said else ""
            is_coded = number % EVERY_FOURTH == 0 and answer in said
            self._plan(demand, partial(self._say, demand.key, answer, word, is_coded=is_coded))
        for demand in book.demands:
            if demand.key in texts.UNSATISFIED:
                self._plan(demand, partial(self._complain, demand))
        last = self._last_handled(book)
        day = add_weekdays(self.as_of - timedelta(days=4), 1)
        act = partial(
            self._say, last.key, Satisfaction.UNSATISFIED, texts.STILL_OPEN, is_coded=True
        )
        self.script.plan(moment(day, CALLED), act)

    def _to_be_asked(self, book: DemandBook) -> list[DemoDemand]:
        silent = {Satisfaction.NOT_ASKED, Satisfaction.UNSATISFIED}
        return [
            demand
            for demand in book.demands
            if demand.written_off_on
            and demand.satisfaction not in silent
            and heard_at_once(demand) is Satisfaction.NOT_ASKED
        ]

    def _last_handled(self, book: DemandBook) -> DemoDemand:
        """The last that was handled within a deadline and written off in time to be heard of."""
        by = self.as_of - timedelta(days=6)
        closed = [x for x in book.demands if x.written_off_on and x.written_off_on <= by]
        timed = [x for x in closed if x.route == "timed"]
        return max(timed, key=lambda demand: (demand.written_off_on, demand.key))

    def _plan(self, demand: DemoDemand, act: partial[None]) -> None:
        assert demand.written_off_on is not None
        day = add_weekdays(demand.written_off_on, 1)
        if day < self.as_of:
            self.script.plan(moment(day, CALLED), act)

    def _say(self, key: str, answer: Satisfaction, word: str, *, is_coded: bool = False) -> None:
        demand_id = self.stories.ids[key]
        actor = self._somebody_else(demand_id)
        if is_coded:
            receipt = Receipt.objects.in_town(self.ground.town.id).get(demand=demand_id)
            confirming.confirm_by_code(
                actor=actor, code=str(receipt.code), answer=answer, word=word
            )
        else:
            confirming.note_answer(
                actor=actor, demand_id=demand_id, answer=answer, way=ConfirmWay.PHONE, word=word
            )

    def _complain(self, demand: DemoDemand) -> None:
        """Not satisfied: one demand is handled again, for the other there is a reason not to."""
        assert demand.written_off_on is not None
        day = add_weekdays(demand.written_off_on, 1)
        is_early = day <= self.as_of - timedelta(days=SETTLED_BEFORE)
        answer, word = Satisfaction.UNSATISFIED, texts.UNSATISFIED[demand.key]
        self._say(demand.key, answer, word, is_coded=demand.key == DECLINED)
        if is_early and demand.key == ACCEPTED:
            self.script.plan(moment(day, DECIDED), partial(self._accept, demand))
            again = add_weekdays(day, 4)
            self.script.plan(moment(again, EVENING), partial(self._answer, demand))
            self.script.plan(moment(again, REVIEWED), partial(self._write_off, demand))
            following = moment(add_weekdays(again, 1), CALLED)
            self.script.plan(following, partial(self._say, demand.key, Satisfaction.SATISFIED, ""))
        elif demand.key == DECLINED:
            self.script.plan(moment(day, DECIDED), partial(self._decline, demand))

    def _accept(self, demand: DemoDemand) -> None:
        actor, request_id = self._waiting(demand)
        requests.accept_request(actor=actor, request_id=request_id, reason=texts.REOPENED)

    def _decline(self, demand: DemoDemand) -> None:
        actor, request_id = self._waiting(demand)
        requests.decline_request(
            actor=actor,
            request_id=request_id,
            reason=texts.DECLINED,
            reply_mode=ReplyMode.PHONE,
        )

    def _answer(self, demand: DemoDemand) -> None:
        actor = self.ground.actor(demand.owner)
        stored = self._stored(demand.key)
        handling.submit_result(
            actor=actor,
            demand_id=stored.id,
            version=stored.version,
            outcome=Outcome.SOLVED,
            result=texts.RESULT_AGAIN,
            reply=texts.REPLY_AGAIN,
            reply_mode=ReplyMode.IN_PERSON,
        )

    def _write_off(self, demand: DemoDemand) -> None:
        demand_id = self.stories.ids[demand.key]
        review.write_off(actor=self._somebody_else(demand_id), demand_id=demand_id)

    def _waiting(self, demand: DemoDemand) -> tuple[Actor, UUID]:
        actor = self._somebody_else(self.stories.ids[demand.key])
        found = confirmations.find_open_request(actor=actor, demand=self._stored(demand.key))
        assert found is not None
        return actor, found.id

    def _somebody_else(self, demand_id: UUID) -> Actor:
        """The office, by one of its two who did not handle the demand."""
        actors = [self.ground.actor(CLERK), self.ground.actor(OTHER)]
        stored = one.get_demand(actor=actors[0], demand_id=demand_id)
        return next(actor for actor in actors if not policies.is_handler(actor, stored))

    def _stored(self, key: str) -> Demand:
        return one.get_demand(actor=self.ground.actor(CLERK), demand_id=self.stories.ids[key])
