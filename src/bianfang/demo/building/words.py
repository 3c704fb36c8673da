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
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import confirming, handling, receipts, requests, review
from bianfang.outreach.demands.enums import ConfirmWay, Outcome, ReplyMode, Satisfaction
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import confirmations, one

OTHER = "visits.2"
CALLED, DECIDED, EVENING, REVIEWED = time(10, 0), time(15, 0), time(16, 30), time(17, 0)
EVERY_FOURTH, LATELY = 4, 4
DECLINED = "old_phone_signal"


@dataclass(kw_only=True)
class Words:
    """Plans calls and codes; whoever handled a demand does not call about it."""

    ground: Ground
    stories: Stories
    script: Script
    as_of: date

    def plan(self, book: DemandBook) -> None:
        """The working day after the write-off, of those whom nobody heard at once."""
        said: dict[Satisfaction, Iterator[str]] = {
            Satisfaction.SATISFIED: cycle(texts.SATISFIED),
            Satisfaction.MOSTLY: cycle(texts.MOSTLY),
        }
        again = self._first_handled(book)
        for number, demand in enumerate(self._to_be_asked(book)):
            answer = Satisfaction(demand.satisfaction)
            word = next(said[answer]) if answer in said else ""
            is_coded = number % EVERY_FOURTH == 0 and answer in said
            act = partial(self._say, demand.key, answer, word, is_coded=is_coded)
            self._plan(demand, partial(self._be_right, again) if demand is again else act)
        for demand in book.demands:
            if demand.key == DECLINED:
                self._plan(demand, partial(self._complain, demand))
            elif demand.key in texts.UNSATISFIED:
                day = add_weekdays(self.as_of - timedelta(days=LATELY), 1)
                self.script.plan(moment(day, CALLED), partial(self._complain, demand))

    def _to_be_asked(self, book: DemandBook) -> list[DemoDemand]:
        silent = {Satisfaction.NOT_ASKED, Satisfaction.UNSATISFIED}
        return [
            demand
            for demand in book.demands
            if demand.written_off_on
            and demand.satisfaction not in silent
            and heard_at_once(demand) is Satisfaction.NOT_ASKED
        ]

    def _first_handled(self, book: DemandBook) -> DemoDemand:
        """Handled within a deadline, and over long before any look-back is drawn."""
        timed = [demand for demand in self._to_be_asked(book) if demand.route == "timed"]
        return min(timed, key=lambda demand: (demand.written_off_on, demand.key))

    def _plan(self, demand: DemoDemand, act: partial[None]) -> None:
        assert demand.written_off_on is not None
        day = add_weekdays(demand.written_off_on, 1)
        if day < self.as_of:
            self.script.plan(moment(day, CALLED), act)

    def _say(self, key: str, answer: Satisfaction, word: str, *, is_coded: bool = False) -> None:
        demand_id = self.stories.ids[key]
        actor = self._somebody_else(demand_id)
        if is_coded:
            code = receipts.show_code(actor=self.ground.actor(CLERK), demand_id=demand_id)
            confirming.confirm_by_code(actor=actor, code=code, answer=answer, word=word)
        else:
            confirming.note_answer(
                actor=actor, demand_id=demand_id, answer=answer, way=ConfirmWay.PHONE, word=word
            )

    def _complain(self, demand: DemoDemand) -> None:
        """Not satisfied: one waits for a decision, the other is told why it stays as it is."""
        word = texts.UNSATISFIED[demand.key]
        self._say(demand.key, Satisfaction.UNSATISFIED, word, is_coded=demand.key == DECLINED)
        if demand.key == DECLINED:
            self.script.plan(moment(clock.today(), DECIDED), partial(self._decline, demand))

    def _be_right(self, demand: DemoDemand) -> None:
        """Not satisfied, and right: handled again within days, then content."""
        self._say(demand.key, Satisfaction.UNSATISFIED, texts.AGAIN, is_coded=True)
        day = clock.today()
        done = add_weekdays(day, 4)
        asked = moment(add_weekdays(done, 1), CALLED)
        self.script.plan(moment(day, DECIDED), partial(self._accept, demand))
        self.script.plan(moment(done, EVENING), partial(self._answer, demand))
        self.script.plan(moment(done, REVIEWED), partial(self._write_off, demand))
        self.script.plan(asked, partial(self._say, demand.key, Satisfaction.SATISFIED, ""))

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
