"""One demand as somebody with a paper calendar would keep it: every day is counted by itself."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bianfang.outreach.demands.enums import DayUnit
from bianfang.outreach.demands.workflow import DemandState as State

DAY = timedelta(days=1)
SATURDAY = 5
MOST_RETURNS = 2


@dataclass
class Rule:
    """A version of the rule for all demands."""

    version: int
    days: int
    unit: DayUnit


@dataclass
class Paper:
    """The demand, the rule in force and the calendar; every act tells whether it may be done."""

    today: date
    usual_days: int
    state: State = State.REGISTERED
    due: date | None = None
    first_due: date | None = None
    days: int | None = None
    unit: DayUnit = DayUnit.WORKDAY
    counted_from: date | None = None
    rule: Rule | None = None
    accepted_on: date | None = None
    assigned_on: date | None = None
    stopped_on: date | None = None
    stills: list[tuple[date, date]] = field(default_factory=list)
    asked: date | None = None
    returns: int = 0
    reopened: int = 0
    in_force: Rule | None = None
    overrides: dict[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        return self.overrides.get(day, day.weekday() < SATURDAY)

    def counts(self, day: date, unit: DayUnit) -> bool:
        return unit is DayUnit.CALENDAR or self.is_workday(day)

    def count(self, start: date, days: int, unit: DayUnit) -> date:
        day = start
        while days:
            day += DAY
            is_still = any(begin <= day < end for begin, end in self.stills)
            if self.counts(day, unit) and not is_still:
                days -= 1
        return day

    def is_late(self) -> bool:
        runs = self.state in {State.HANDLING, State.CARRIED_OVER}
        return runs and self.due is not None and self.due < self.today

    def accept(self) -> bool:
        if self.state != State.REGISTERED:
            return False
        self.accepted_on = self.accepted_on or self.today
        self.assigned_on = self.today
        self._usual(self.accepted_on)
        self.state = State.HANDLING
        return True

    def pause(self) -> bool:
        if self.state != State.HANDLING or self.rule is None:
            return False
        assert self.due is not None
        if self.due < self.today:
            return False
        self.state, self.stopped_on = State.PAUSED, self.today
        return True

    def resume(self) -> bool:
        if self.state != State.PAUSED:
            return False
        assert self.stopped_on is not None
        assert self.due is not None
        left = self._left(self.stopped_on, self.due)
        self.stills.append((self.stopped_on, self.today))
        if self.days is not None and self.counted_from is not None:
            following = self.count(self.counted_from, self.days, self.unit)
        else:
            following = self._on_from_today(left)
        self.due = max(following, self.today)
        self.state, self.stopped_on = State.HANDLING, None
        return True

    def ask(self, more: int) -> bool:
        if self.state != State.HANDLING or self.asked is not None or self.is_late():
            return False
        assert self.due is not None
        self.asked = self.due + more * DAY
        return True

    def grant(self) -> bool:
        if self.state != State.HANDLING or self.asked is None:
            return False
        assert self.due is not None
        self._choose(max(self.asked, self.due))
        self.asked = None
        return True

    def refuse(self) -> bool:
        if self.state != State.HANDLING or self.asked is None:
            return False
        self.asked = None
        return True

    def give_back(self) -> bool:
        if self.state != State.HANDLING or self.returns == MOST_RETURNS:
            return False
        assert self.assigned_on is not None
        last = self.assigned_on + DAY
        while not self.is_workday(last):
            last += DAY
        if last < self.today:
            return False
        self.returns += 1
        self.state = State.REGISTERED
        return True

    def submit(self) -> bool:
        return self._goes(State.HANDLING, State.AWAITING_REVIEW)

    def send_back(self) -> bool:
        return self._goes(State.AWAITING_REVIEW, State.HANDLING)

    def write_off(self) -> bool:
        return self._goes(State.AWAITING_REVIEW, State.WRITTEN_OFF)

    def reopen(self) -> bool:
        if not self._goes(State.WRITTEN_OFF, State.HANDLING):
            return False
        self.reopened += 1
        self._usual(self.today)
        return True

    def set_rule(self, days: int, unit: DayUnit, *, for_open: bool) -> None:
        former = self.in_force
        version = former.version + 1 if former else 1
        self.in_force = Rule(version=version, days=days, unit=unit)
        held = former is not None and self.rule is not None and self.rule.version == former.version
        if for_open and held and self.days is not None and self.state == State.HANDLING:
            self.days, self.unit, self.rule = days, unit, self.in_force
            self._count_anew()

    def change_calendar(self, day: date, *, is_workday: bool) -> None:
        self.overrides[day] = is_workday
        if self.state == State.HANDLING and self.days is not None:
            self._count_anew()

    def _goes(self, source: State, target: State) -> bool:
        if self.state != source:
            return False
        self.state = target
        return True

    def _usual(self, start: date) -> None:
        self.rule = self.in_force
        self.days = self.rule.days if self.rule else self.usual_days
        self.unit = self.rule.unit if self.rule else DayUnit.WORKDAY
        self.counted_from = start
        self.due = self.count(start, self.days, self.unit)
        self.first_due = self.first_due or self.due

    def _count_anew(self) -> None:
        assert self.counted_from is not None
        assert self.days is not None
        assert self.due is not None
        counted = self.count(self.counted_from, self.days, self.unit)
        self.due = max(counted, min(self.due, self.today))

    def _choose(self, day: date) -> None:
        self.due, self.days, self.counted_from = day, None, None

    def _left(self, first: date, last: date) -> int:
        day, left = first, 0
        while day <= last:
            left += self.counts(day, self.unit)
            day += DAY
        return left

    def _on_from_today(self, left: int) -> date:
        day = self.today - DAY
        while left:
            day += DAY
            left -= self.counts(day, self.unit)
        return day
