from datetime import date, timedelta

import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.actions import deadlines, handling
from bianfang.outreach.demands.enums import ExtensionDecision
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown


def publish(*holidays: date) -> None:
    """As the import of the yearly notice does: National Day tells that the year is known."""
    for day in (*holidays, date(2026, 10, 1)):
        WorkdayOverride.objects.create(
            date=day, is_workday=False, source="notice", provisional=False
        )
    forget_calendar()


def test_a_deadline_in_a_year_without_notice_is_provisional(town: SmallTown) -> None:
    assert factories.handling_state(town).due_is_provisional

    publish()

    assert not factories.handling_state(town).due_is_provisional


def test_weekends_and_published_holidays_are_not_counted(town: SmallTown) -> None:
    publish(MONDAY + timedelta(days=1))

    assert deadlines.count_deadline(MONDAY, 1).due_on == MONDAY + timedelta(days=2)
    assert deadlines.count_deadline(MONDAY, 4).due_on == MONDAY + timedelta(days=7)


def test_counting_anew_moves_provisional_deadlines_and_keeps_the_promise(
    town: SmallTown,
) -> None:
    demand = factories.handling_state(town)
    promised = demand.due_on
    publish(MONDAY + timedelta(days=1))

    moved = deadlines.recount_deadlines(actor=town.clerk)

    stored = factories.fresh(demand)
    assert moved == 1
    assert promised is not None
    assert stored.due_on == promised + timedelta(days=1)
    assert stored.first_due_on == promised
    assert not stored.due_is_provisional
    assert deadlines.recount_deadlines(actor=town.clerk) == 0


def test_counting_anew_without_a_difference_only_takes_the_mark_off(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    publish()

    assert deadlines.recount_deadlines(actor=town.clerk) == 0

    stored = factories.fresh(demand)
    assert stored.due_on == demand.due_on
    assert not stored.due_is_provisional


def test_chosen_and_extended_deadlines_are_left_alone(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    later = demand.due_on + timedelta(days=7)
    extension = handling.ask_extension(
        actor=town.handler, demand_id=demand.id, new_due_on=later, reason="配件未到"
    )
    handling.decide_extension(
        actor=town.head,
        extension_id=extension.id,
        grant=ExtensionDecision.GRANT,
        told_resident="已告知",
    )
    publish(MONDAY + timedelta(days=1))

    assert deadlines.recount_deadlines(actor=town.clerk) == 0
    assert factories.fresh(demand).due_on == later


def test_counting_anew_is_for_whoever_keeps_the_calendar(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        deadlines.recount_deadlines(actor=town.secretary)
    assert Demand.objects.in_town(town.town.id).count() == 0
