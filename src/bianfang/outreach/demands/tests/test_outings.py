from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import Source
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.enums import EntryChannel, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Target, Visit
from bianfang.register.households.enums import LivingStatus, Priority


@pytest.fixture(autouse=True)
def targets(town: SmallTown) -> None:
    Target.objects.bulk_create(
        Target(
            town=town.town,
            round=town.round,
            household=household,
            area_path=household.area_path,
            priority=Priority.COMMON,
            living_status=LivingStatus.RESIDENT,
        )
        for household in (town.household, town.neighbour)
    )


def visit(town: SmallTown, **changes: object) -> VisitInput:
    given = VisitInput(
        household_id=town.household.id,
        mode=VisitMode.EVENING,
        outcome=VisitOutcome.MET,
        happened_at=factories.morning(MONDAY - timedelta(days=1), 20),
        visitor_ids=(town.staff["secretary"].id,),
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def said(town: SmallTown, content: str = "村口路灯不亮") -> DemandInput:
    return DemandInput(content=content, category_id=town.category.id)


def solved(town: SmallTown) -> OnsiteInput:
    return OnsiteInput(demand=said(town, "不会用手机缴费"), result="教会缴费", reply="当面教会")


def test_a_visit_brings_its_demands_along(town: SmallTown) -> None:
    both = outings.record_visit_with_demands(
        actor=town.secretary, visit=visit(town), demands=[said(town), solved(town)]
    )

    assert both.visit.demand_count == 2
    first, second = (factories.fresh(demand) for demand in both.demands)
    assert [first.number, second.number] == ["2026-00001", "2026-00002"]
    assert [first.state, second.state] == [State.REGISTERED, State.AWAITING_REVIEW]
    for demand in (first, second):
        assert demand.visit_id == both.visit.id
        assert demand.round_id == town.round.id
        assert demand.household_id == town.household.id
        assert demand.proposer_name == "董大山"
        assert demand.source == Source.VISIT
        assert demand.registered_on == MONDAY - timedelta(days=1)
    assert second.handling_days == 0


def test_a_visit_without_demands_is_a_visit(town: SmallTown) -> None:
    both = outings.record_visit_with_demands(actor=town.secretary, visit=visit(town), demands=[])

    assert both.demands == ()
    assert both.visit.demand_count == 0


def test_a_repeated_sending_returns_what_is_stored(town: SmallTown) -> None:
    given = visit(town, visit_id=factories.some_id())

    first = outings.record_visit_with_demands(
        actor=town.secretary, visit=given, demands=[said(town)]
    )
    again = outings.record_visit_with_demands(
        actor=town.secretary, visit=given, demands=[said(town)]
    )

    assert again.demands == first.demands
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_a_wrong_demand_takes_the_visit_with_it_and_is_named(town: SmallTown) -> None:
    with pytest.raises(FieldErrors) as refused:
        outings.record_visit_with_demands(
            actor=town.secretary,
            visit=visit(town),
            demands=[said(town), DemandInput(content="", category_id=None)],
        )

    assert set(refused.value.errors) == {"demands-1-content", "demands-1-category"}
    assert not Visit.objects.in_town(town.town.id).exists()
    assert not Demand.objects.in_town(town.town.id).exists()


def test_a_group_talk_brings_demands_of_different_proposers(town: SmallTown) -> None:
    forum = ForumInput(
        area_id=town.place.upper.id,
        held_at=factories.morning(MONDAY - timedelta(days=2)),
        place="村委会",
        subject="村里照明",
        visitor_ids=(town.staff["secretary"].id,),
        household_ids=(town.household.id, town.neighbour.id),
        forum_id=factories.some_id(),
    )
    demands = [
        replace(said(town), household_id=town.household.id),
        replace(said(town), household_id=town.neighbour.id),
        replace(said(town), proposer_name="村民代表"),
    ]

    both = outings.record_forum_with_demands(actor=town.secretary, forum=forum, demands=demands)
    again = outings.record_forum_with_demands(actor=town.secretary, forum=forum, demands=demands)

    assert [each.proposer_name for each in both.demands] == ["董大山", "欧阳小河", "村民代表"]
    assert {each.source for each in both.demands} == {Source.FORUM}
    assert {each.forum_id for each in both.demands} == {both.forum.id}
    assert both.demands[2].area_path == town.place.upper.path
    assert again.demands == both.demands


def test_a_sheet_is_recorded_as_a_whole_and_once(town: SmallTown) -> None:
    sheet = {"channel": EntryChannel.SHEET}
    entries = [
        (
            visit(town, visit_id=factories.some_id(), **sheet),
            [said(town), said(town, "想修排水沟")],
        ),
        (
            visit(town, household_id=town.neighbour.id, visit_id=factories.some_id(), **sheet),
            [],
        ),
    ]

    first = outings.record_sheet(actor=town.worker, entries=entries)
    again = outings.record_sheet(actor=town.worker, entries=entries)

    assert [len(each.demands) for each in first] == [2, 0]
    assert first[0].demands[0].visit_id == first[0].visit.id
    assert [each.demands for each in again] == [each.demands for each in first]
    assert Visit.objects.in_town(town.town.id).count() == 2
    assert Demand.objects.in_town(town.town.id).count() == 2


def test_a_sheet_names_every_wrong_field_and_leaves_nothing(town: SmallTown) -> None:
    sheet = {"channel": EntryChannel.SHEET}
    wrong_visits = [
        (visit(town, **sheet), [said(town)]),
        (visit(town, visitor_ids=(), **sheet), []),
        (visit(town, household_id=town.far_household.id, **sheet), []),
    ]
    wrong_demands = [
        (visit(town, **sheet), [said(town), said(town, "")]),
        (visit(town, household_id=town.neighbour.id, **sheet), [said(town, "")]),
    ]

    with pytest.raises(FieldErrors) as refused:
        outings.record_sheet(actor=town.worker, entries=wrong_visits)
    assert set(refused.value.errors) == {"rows-1-visitors", "rows-2"}
    with pytest.raises(FieldErrors) as refused:
        outings.record_sheet(actor=town.worker, entries=wrong_demands)
    assert set(refused.value.errors) == {
        "rows-0-demands-1-content",
        "rows-1-demands-0-content",
    }
    assert not Visit.objects.in_town(town.town.id).exists()
    assert not Demand.objects.in_town(town.town.id).exists()


def test_demands_add_three_statements_to_their_visit(town: SmallTown) -> None:
    """Journal, number, rows: for any number of demands; categories are known."""

    def statements(household_id: object, *demands: DemandInput) -> int:
        with CaptureQueriesContext(connection) as captured:
            outings.record_visit_with_demands(
                actor=town.secretary,
                visit=visit(town, household_id=household_id),
                demands=demands,
            )
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    factories.registered(town)

    alone = statements(town.household.id)
    with_two = statements(town.neighbour.id, said(town), said(town, "想修排水沟"))

    assert with_two == alone + 3
    assert clock.today() == MONDAY
