from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import rounds
from bianfang.outreach.visits.enums import TargetOutcome, VisitMode, VisitOutcome
from bianfang.outreach.visits.queries import coverage, targets
from bianfang.outreach.visits.queries.targets import TargetFilter, TargetGroup
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, yesterday
from bianfang.register.areas.enums import AreaKind
from bianfang.register.people.enums import Role

TOWN_BUDGET = 4


def table(going: Going, level: AreaKind) -> list[tuple[str, int, int]]:
    rows = coverage.coverage(actor=going.clerk, round=going.round, level=level)
    return [(row.area.name, row.targets, row.settled) for row in rows]


def test_coverage_is_counted_at_every_level(going: Going) -> None:
    meet(going, "1001")
    meet(going, "1002", mode=VisitMode.PHONE)
    meet(going, "3001", outcome=VisitOutcome.DECLINED)
    meet(going, "2001", outcome=VisitOutcome.CLOSED_DOOR)

    assert table(going, AreaKind.HAMLET) == [
        ("上庄", 2, 2),
        ("上坡", 1, 0),
        ("下庄", 1, 0),
        ("远庄", 1, 1),
    ]
    assert table(going, AreaKind.VILLAGE) == [("上村", 3, 2), ("下村", 1, 0), ("远村", 1, 1)]
    assert table(going, AreaKind.COMMUNITY) == [("北社区", 4, 2), ("南社区", 1, 1)]
    assert [row[1:] for row in table(going, AreaKind.TOWN)] == [(5, 3)]


def test_a_row_tells_outcomes_share_and_what_is_left(going: Going) -> None:
    meet(going, "1001")
    meet(going, "1003", outcome=VisitOutcome.MOVED)

    row = coverage.coverage(actor=going.clerk, round=going.round, level=AreaKind.TOWN)[0]

    assert row.by_outcome == {
        TargetOutcome.MET: 1,
        TargetOutcome.MOVED: 1,
        TargetOutcome.OPEN: 3,
    }
    assert (row.left, row.share, row.is_covered) == (3, Decimal("40.0"), False)


def test_who_joined_later_stands_beside_the_denominator(going: Going) -> None:
    for number in factories.COUNTED:
        meet(going, number)
    late = towns.make_household(going.town, "下庄", "2002")

    lower = coverage.coverage(actor=going.clerk, round=going.round, level=AreaKind.HAMLET)[2]
    assert (lower.targets, lower.settled, lower.share) == (1, 1, Decimal("100.0"))
    assert (lower.added, lower.added_open, lower.is_covered) == (1, 1, False)

    meet(going, household_id=late.id)
    lower = coverage.coverage(actor=going.clerk, round=going.round, level=AreaKind.HAMLET)[2]
    assert (lower.added, lower.added_open, lower.is_covered) == (1, 0, True)


def test_an_area_with_later_households_only_has_no_share(going: Going) -> None:
    row = coverage.CoverageRow(area=going.town.areas["下庄"], added=1)

    assert (row.targets, row.share) == (0, None)


def test_coverage_is_seen_in_ones_own_area_only(going: Going) -> None:
    rows = coverage.coverage(
        actor=going.town.actors["far_secretary"], round=going.round, level=AreaKind.COMMUNITY
    )

    assert [(row.area.name, row.targets) for row in rows] == [("南社区", 1)]


def test_coverage_can_be_narrowed_to_a_place(going: Going) -> None:
    reach = [going.town.areas["上村"].reach]

    rows = coverage.coverage(
        actor=going.clerk, round=going.round, level=AreaKind.HAMLET, reach=reach
    )

    assert [row.area.name for row in rows] == ["上庄", "上坡"]


def test_coverage_of_the_town_stays_within_its_budget(going: Going) -> None:
    with CaptureQueriesContext(connection) as captured:
        coverage.coverage(actor=going.clerk, round=going.round, level=AreaKind.HAMLET)

    assert len(captured) <= TOWN_BUDGET


def test_roles_count_a_household_once_and_the_first_leaders_come_first(going: Going) -> None:
    staff = going.town.staff
    both = (staff["cadre"].id, staff["secretary"].id)
    meet(going, "1001", visitor_ids=both)
    meet(going, "1001", visitor_ids=(staff["cadre"].id,), happened_at=yesterday(15))
    meet(going, "1002", visitor_ids=(staff["principal"].id,), outcome=VisitOutcome.CLOSED_DOOR)
    helper = towns.make_staff(going.town.system, "helper", "帮手")
    meet(going, "1003", visitor_ids=(helper.id,))

    rows = coverage.coverage_by_role(actor=going.clerk, round=going.round)

    assert [(row.role, row.households, row.visits) for row in rows] == [
        (Role.PRINCIPAL_LEADER, 0, 1),
        (Role.VILLAGE_CADRE, 1, 2),
        (Role.VILLAGE_SECRETARY, 1, 1),
        (None, 1, 1),
    ]


def test_roles_are_counted_in_reach(going: Going) -> None:
    meet(going, "1001")
    far = going.town.actors["far_secretary"]
    lower = [going.town.areas["下村"].reach]

    assert coverage.coverage_by_role(actor=far, round=going.round) == []
    assert coverage.coverage_by_role(actor=going.clerk, round=going.round, reach=lower) == []


def test_progress_adds_up_day_by_day(going: Going) -> None:
    before = TODAY - timedelta(days=2)
    meet(going, "1001", happened_at=clock.in_town(before, 23, 30))
    meet(going, "1002")
    meet(going, "1003")

    assert coverage.coverage_by_day(actor=going.clerk, round=going.round) == [
        (before, 1),
        (TODAY - timedelta(days=1), 3),
    ]


def test_rounds_are_compared_side_by_side(db: None) -> None:
    done = factories.make_finished()
    second = factories.configure(
        done.town, factories.plan_round(done.town, "第二轮"), done.checklist
    )
    towns.make_household(done.town, "下庄", "2002")
    rounds.start_round(actor=done.clerk, round_id=second.id)
    empty = factories.plan_round(done.town, "第三轮")

    rows = coverage.compare_rounds(
        actor=done.clerk, rounds=[done.round, second, empty], level=AreaKind.VILLAGE
    )

    lower = rows[1]
    first, other, nothing = lower.rounds
    assert lower.area.name == "下村"
    assert first is not None
    assert other is not None
    assert (first.targets, first.settled, other.targets, other.settled) == (1, 1, 2, 0)
    assert nothing is None


@pytest.fixture
def half_done(going: Going) -> Going:
    meet(going, "1001")
    meet(going, "1003", outcome=VisitOutcome.DECLINED)
    return going


def test_who_is_left_comes_with_hardship_first(going: Going) -> None:
    urgent = targets.list_left(actor=going.clerk, round=going.round)[4]
    urgent.priority = "1"
    urgent.save(update_fields=["priority"])
    meet(going, "1001")

    rows = targets.list_left(actor=going.clerk, round=going.round)

    assert [row.household.number for row in rows] == ["3001", "1002", "1003", "2001"]
    assert [row.priority for row in rows] == ["1", "3", "3", "3"]


def test_who_is_left_is_seen_in_reach(half_done: Going) -> None:
    lower = [half_done.town.areas["下村"].reach]
    far = half_done.town.actors["far_secretary"]

    in_lower = targets.list_left(actor=half_done.clerk, round=half_done.round, reach=lower)
    for_far = targets.list_left(actor=far, round=half_done.round)

    assert [row.household.number for row in in_lower] == ["2001"]
    assert [row.household.number for row in for_far] == ["3001"]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (TargetFilter(), ["1001", "1002", "1003", "2001", "3001"]),
        (TargetFilter(group=TargetGroup.LEFT), ["1002", "2001", "3001"]),
        (TargetFilter(group=TargetGroup.SETTLED), ["1001", "1003"]),
        (TargetFilter(outcome=TargetOutcome.DECLINED), ["1003"]),
        (TargetFilter(living_status="away"), ["1002"]),
        (TargetFilter(priority="1"), []),
        (TargetFilter(joined_later=True), []),
        (TargetFilter(joined_later=False, group=TargetGroup.SETTLED), ["1001", "1003"]),
    ],
)
def test_a_village_head_sees_who_was_visited_and_who_was_not(
    half_done: Going, filters: TargetFilter, numbers: list[str]
) -> None:
    rows = targets.list_targets(actor=half_done.clerk, round=half_done.round, filters=filters)

    assert [row.household.number for row in rows] == numbers


def test_targets_are_narrowed_to_a_place_and_to_ones_reach(half_done: Going) -> None:
    upper = TargetFilter(reach=half_done.town.areas["上村"].reach)
    secretary = half_done.secretary

    in_upper = targets.list_targets(actor=half_done.clerk, round=half_done.round, filters=upper)
    for_secretary = targets.list_targets(
        actor=secretary, round=half_done.round, filters=TargetFilter()
    )

    assert [row.id for row in in_upper] == [row.id for row in for_secretary]


def test_one_households_standing_can_be_looked_up(half_done: Going) -> None:
    def find(number: str) -> object:
        return targets.find_target(
            actor=half_done.secretary,
            round=half_done.round,
            household_id=half_done.households[number].id,
        )

    assert find("1001") == factories.target_of(half_done, "1001")
    assert find("1004") is None
    assert find("3001") is None
