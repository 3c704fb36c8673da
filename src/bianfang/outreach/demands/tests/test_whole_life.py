"""Whatever is done with a demand, in whatever order: its states and days are those on paper."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError
from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.actions import (
    clocks,
    deadline_rules,
    deadlines,
    handling,
    review,
)
from bianfang.outreach.demands.enums import (
    DayUnit,
    ExtensionDecision,
    ExtensionState,
    Outcome,
    ReplyMode,
    Route,
)
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, fresh
from bianfang.outreach.demands.tests.naive import Paper

EXAMPLES = 25
ACTS = (
    "accept", "pause", "resume", "ask", "grant", "refuse", "give_back",
    "submit", "send_back", "write_off", "reopen",
)  # fmt: skip
WHATEVER = st.tuples(
    st.sampled_from([*ACTS, "wait", "wait", "rule", "rule_for_open", "calendar"]),
    st.integers(min_value=1, max_value=9),
)
UNITS = (DayUnit.WORKDAY, DayUnit.CALENDAR)


class Life:
    """One demand in the system beside the same demand on paper."""

    def __init__(self, town: SmallTown) -> None:
        self.town = town
        self.demand = factories.registered(town)
        self.paper = Paper(today=MONDAY, usual_days=town.category.usual_days)

    def go(self, what: str, number: int) -> None:
        """Do it in both; what the one refuses the other refuses."""
        with clock.at(factories.morning(self.paper.today)):
            if what in ACTS:
                self._act(what, number)
            else:
                getattr(self, f"_{what}")(number)
        self._compare(what)

    def _act(self, what: str, number: int) -> None:
        act: Callable[[int], object] = getattr(self, f"_{what}")
        try:
            with transaction.atomic():
                act(number)
        except DomainError:
            was_done = False
        else:
            was_done = True
        may = self.paper.ask(number) if what == "ask" else getattr(self.paper, what)()
        assert was_done is may, what

    def _compare(self, what: str) -> None:
        stored, paper = fresh(self.demand), self.paper
        known = (stored.state, stored.due_on, stored.first_due_on, stored.reopened_count)
        assert known == (paper.state, paper.due, paper.first_due, paper.reopened), what

    def _wait(self, number: int) -> None:
        self.paper.today += timedelta(days=number)

    def _rule(self, number: int, *, for_open: bool = False) -> None:
        was_late, unit = self.paper.is_late(), UNITS[number % 2]
        deadline_rules.set_rule(
            actor=self.town.clerk,
            days=number,
            unit=unit,
            source="镇限时办结制度",
            may_pause=True,
            applies_to_open=for_open,
        )
        self.paper.set_rule(number, unit, for_open=for_open)
        assert self.paper.is_late() <= was_late

    def _rule_for_open(self, number: int) -> None:
        self._rule(number, for_open=True)

    def _calendar(self, number: int) -> None:
        """A day off or a make-up workday near today, in the past as well."""
        was_late = self.paper.is_late()
        day, is_workday = self.paper.today + timedelta(days=number - 4), number % 3 == 0
        WorkdayOverride.objects.filter(date=day).delete()
        WorkdayOverride.objects.create(date=day, is_workday=is_workday, source="notice")
        forget_calendar()
        deadlines.recount_deadlines(actor=self.town.clerk)
        self.paper.change_calendar(day, is_workday=is_workday)
        assert self.paper.is_late() <= was_late

    def _accept(self, _number: int) -> None:
        handling.accept(
            actor=self.town.clerk,
            demand_id=self.demand.id,
            version=self._version,
            measures="更换灯具",
            unit_id=self.town.units["civil"].id,
            owner_id=self.town.staff["handler"].id,
            route=Route.TIMED,
        )

    def _pause(self, _number: int) -> None:
        clocks.pause(actor=self.town.head, demand_id=self.demand.id, reason="等待批复")

    def _resume(self, _number: int) -> None:
        clocks.resume(actor=self.town.handler, demand_id=self.demand.id)

    def _ask(self, number: int) -> None:
        due_on = fresh(self.demand).due_on
        handling.ask_extension(
            actor=self.town.handler,
            demand_id=self.demand.id,
            new_due_on=due_on + timedelta(days=number) if due_on else None,
            reason="配件未到",
        )

    def _grant(self, _number: int) -> None:
        self._decide(ExtensionDecision.GRANT)

    def _refuse(self, _number: int) -> None:
        self._decide(ExtensionDecision.REFUSE)

    def _decide(self, grant: ExtensionDecision) -> None:
        rows = Extension.objects.in_town(self.town.town.id).order_by("id")
        asked = rows.filter(state=ExtensionState.ASKED).first() or rows.last()
        if asked is None:
            raise DomainError("nothing was asked for")
        handling.decide_extension(
            actor=self.town.head,
            extension_id=asked.id,
            grant=grant,
            note="按期办结",
            told_resident="已电话说明",
        )

    def _give_back(self, _number: int) -> None:
        clocks.give_back(
            actor=self.town.handler,
            demand_id=self.demand.id,
            version=self._version,
            suggested_unit_id=self.town.units["roads"].id,
            reason="属道路管理",
        )

    def _submit(self, _number: int) -> None:
        handling.submit_result(
            actor=self.town.handler,
            demand_id=self.demand.id,
            version=self._version,
            outcome=Outcome.SOLVED,
            result="已更换",
            reply="已电话告知",
            reply_mode=ReplyMode.PHONE,
        )

    def _send_back(self, _number: int) -> None:
        review.send_back(actor=self.town.clerk, demand_id=self.demand.id, reason="补充结果")

    def _write_off(self, _number: int) -> None:
        review.write_off(actor=self.town.clerk, demand_id=self.demand.id)

    def _reopen(self, _number: int) -> None:
        review.reopen(actor=self.town.clerk, demand_id=self.demand.id, reason="又不亮了")

    @property
    def _version(self) -> int:
        stored: Demand = fresh(self.demand)
        return stored.version


def test_every_life_is_as_on_paper(town: SmallTown) -> None:
    """The town is built once; each example is taken back."""

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(rule_days=st.integers(0, 9), acts=st.lists(WHATEVER, min_size=5, max_size=30))
    def live(rule_days: int, acts: list[tuple[str, int]]) -> None:
        forget_calendar()
        with transaction.atomic():
            life = Life(town)
            if rule_days:
                life.go("rule", rule_days)
            life.go("accept", 1)
            for what, number in acts:
                life.go(what, number)
            transaction.set_rollback(True)

    live()
