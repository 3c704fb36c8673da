"""Two look-backs: one of last month, brought to its end, and one that is going on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import cycle
from uuid import UUID

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK
from bianfang.demo.building.script import Script, moment
from bianfang.demo.seeds import stream
from bianfang.demo.texts import look_backs as texts
from bianfang.demo.timeline import add_weekdays
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.actions import handling, review
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Route, Satisfaction
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.lookback import policies
from bianfang.outreach.lookback.actions import checking, drawing
from bianfang.outreach.lookback.enums import CheckWay, Confidence, SampleMethod, StrataBy
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import lists
from bianfang.outreach.lookback.queries.plan import SampleWish
from bianfang.outreach.lookback.workflow import CheckResult

CHECKERS = ("visits.2", CLERK, "leader01", "leader02", "leader03", "leader04")
"""Whom the office asks, in turn; whoever had the demand in hand is passed over."""
DRAWN_BEFORE, SECOND_BEFORE, SECOND_REACH = 18, 2, 45
"""Days before the showing, and how many days the second look-back reaches back."""
MORNING, NOON, EVENING = time(9, 0), time(11, 0), time(16, 30)


@dataclass(kw_only=True)
class LookBacks:
    """Plans both; whom a check falls to is settled when it is handed out."""

    ground: Ground
    script: Script
    as_of: date
    seed: int

    def plan(self) -> None:
        """Plan the drawing of both; what follows is planned as it happens."""
        day = self.as_of - timedelta(days=DRAWN_BEFORE)
        self.script.plan(moment(day, MORNING), partial(self._of_last_month, day))
        day = self.as_of - timedelta(days=SECOND_BEFORE)
        self.script.plan(moment(day, MORNING), partial(self._going_on, day))

    def _of_last_month(self, day: date) -> None:
        """By community at 90 % and fifteen points; the first that can fail does, the rest pass."""
        last = day.replace(day=1) - timedelta(days=1)
        look_back = self._draw(
            f"{last.year}年{last.month}月回头看",
            SampleWish(
                area_id=self.ground.areas["town"],
                from_day=last.replace(day=1),
                to_day=last,
                confidence=Confidence.NINETY,
                margin=Decimal(15),
            ),
        )
        failing = next(
            (check.id for check in self._checks(look_back) if _can_fail(check.demand)), None
        )
        words = cycle(texts.PASSED)
        for number, check in enumerate(self._hand_out(look_back)):
            when = moment(add_weekdays(day, 1 + number % 4), NOON)
            act = partial(self._pass, check.id, next(words))
            if check.id == failing:
                act = partial(self._fail, check.id)
            self.script.plan(when + timedelta(minutes=number), act)

    def _going_on(self, day: date) -> None:
        """One of each theme; some are checked, one reached nobody, the others wait."""
        look_back = self._draw(
            f"{day.year}年{day.month}月回头看",
            SampleWish(
                area_id=self.ground.areas["town"],
                from_day=day - timedelta(days=SECOND_REACH),
                to_day=day - timedelta(days=1),
                strata_by=StrataBy.THEME,
                method=SampleMethod.OF_EACH,
                of_each=2,
            ),
        )
        acts: Iterator[Callable[[UUID], None]] = iter(
            (partial(self._pass, found=texts.PASSED[0]), self._try)
        )
        for check, act in zip(self._hand_out(look_back), acts, strict=False):
            self.script.plan(moment(day, EVENING), partial(act, check.id))

    def _draw(self, title: str, wish: SampleWish) -> LookBack:
        seed = stream(self.seed, title).randint(1, drawing.LARGEST_SEED)
        return drawing.draw(actor=self.ground.actor(CLERK), title=title, wish=wish, seed=seed)

    def _checks(self, look_back: LookBack) -> list[Check]:
        rows = lists.list_checks(actor=self.ground.actor(CLERK), look_back=look_back)
        return list(rows.order_by("id"))

    def _hand_out(self, look_back: LookBack) -> list[Check]:
        """Each to the next of the checkers who had nothing to do with it."""
        for number, check in enumerate(self._checks(look_back)):
            turn = [*CHECKERS[number % 2 :], *CHECKERS[: number % 2]]
            fit = next(name for name in turn if self._may_check(name, check.demand))
            checking.assign(
                actor=self.ground.actor(CLERK),
                look_back_id=look_back.id,
                check_ids=[check.id],
                checker_id=self.ground.staff[fit].id,
            )
        return self._checks(look_back)

    def _may_check(self, username: str, demand: Demand) -> bool:
        return policies.refusal_to_check(self.ground.actor(username), demand) is None

    def _pass(self, check_id: UUID, found: str) -> None:
        self._record(check_id, CheckWay.PHONE, CheckResult.PASSED, found)

    def _try(self, check_id: UUID) -> None:
        self._record(check_id, CheckWay.PHONE, CheckResult.NOT_REACHED, texts.TRIED)

    def _record(
        self, check_id: UUID, way: CheckWay, result: CheckResult, found: str
    ) -> tuple[Actor, Demand]:
        check = self._get(check_id)
        assert check.checker is not None
        actor = self.ground.actor(check.checker.username)
        checking.record(actor=actor, check_id=check_id, way=way, result=result, found=found)
        return actor, check.demand

    def _fail(self, check_id: UUID) -> None:
        """It is opened again, handled by its owner within days, and written off by the reviewer."""
        before = self._get(check_id).demand
        names = {staff.id: name for name, staff in self.ground.staff.items()}
        self._record(check_id, CheckWay.VISIT, CheckResult.FAILED, texts.FAILED)
        day = self.as_of - timedelta(days=DRAWN_BEFORE)
        owner, reviewer = names[before.owner_id], names[before.reviewed_by_id]
        self.script.plan(
            moment(add_weekdays(day, 6), EVENING), partial(self._answer, before.id, owner)
        )
        self.script.plan(
            moment(add_weekdays(day, 7), EVENING), partial(self._write_off, before.id, reviewer)
        )

    def _answer(self, demand_id: UUID, owner: str) -> None:
        actor = self.ground.actor(owner)
        stored = one.get_demand(actor=actor, demand_id=demand_id)
        handling.submit_result(
            actor=actor,
            demand_id=demand_id,
            version=stored.version,
            outcome=Outcome.SOLVED,
            result=texts.RESULT_AGAIN,
            reply=texts.REPLY_AGAIN,
            reply_mode=ReplyMode.IN_PERSON,
            satisfaction=Satisfaction.SATISFIED,
        )

    def _write_off(self, demand_id: UUID, reviewer: str) -> None:
        review.write_off(actor=self.ground.actor(reviewer), demand_id=demand_id)

    def _get(self, check_id: UUID) -> Check:
        rows = Check.objects.in_town(self.ground.town.id).select_related("demand", "checker")
        check = rows.get(id=check_id)
        assert isinstance(check, Check)
        return check


def _can_fail(demand: Demand) -> bool:
    """Something that was to be done within a deadline, by somebody else than its reviewer."""
    return demand.route == Route.TIMED and demand.owner_id != demand.reviewed_by_id
