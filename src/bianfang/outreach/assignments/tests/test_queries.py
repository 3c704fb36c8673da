from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.queries import chain, gaps, tables
from bianfang.outreach.assignments.tests import factories
from bianfang.outreach.assignments.tests.factories import TODAY, SmallTown
from bianfang.register.areas import queries as area_queries
from bianfang.register.households.enums import LivingStatus
from bianfang.register.people import actions as people_actions

NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.fixture
def staffed(town: SmallTown) -> SmallTown:
    factories.assign_all(town)
    return town


def found_gaps(town: SmallTown, day: date = TODAY) -> list[tuple[str, str, int]]:
    return [
        (gap.area.name, gap.duty, gap.household_count)
        for gap in gaps.list_gaps(actor=town.clerk, day=day)
    ]


def close(town: SmallTown, *names: str) -> None:
    factories.close_areas(town, *names, on=NEXT_MONTH)


def test_who_answers_is_a_chain_from_the_town_down(staffed: SmallTown) -> None:
    links = chain.who_answers(town_id=staffed.id, area_path=staffed.areas["上庄"].path, day=TODAY)

    assert [(link.duty, link.area.name) for link in links] == [
        (Duty.PRINCIPAL_LEADER, f"试验镇{'first'}"),
        (Duty.LEADER_GROUP, "北社区"),
        (Duty.VILLAGE_CADRE, "上村"),
        (Duty.VILLAGE_HEAD, "上村"),
    ]
    group = links[1]
    assert group.group_name == "第一组"
    assert [(holder.name, holder.is_head) for holder in group.holders] == [
        ("leader", True),
        ("other_leader", False),
    ]


def test_who_answers_shows_a_substitute_on_the_days_only(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    duties.set_substitute(
        actor=town.clerk,
        responsibility_id=row.id,
        substitute_id=town.staff["worker"].id,
        from_=TODAY,
        to=NEXT_MONTH,
    )
    path = town.areas["上村"].path

    (today,) = chain.who_answers(town_id=town.id, area_path=path, day=TODAY)
    (later,) = chain.who_answers(
        town_id=town.id, area_path=path, day=NEXT_MONTH + timedelta(days=1)
    )
    people_actions.set_active(actor=town.system, staff_id=town.staff["worker"].id, active=False)
    (gone,) = chain.who_answers(town_id=town.id, area_path=path, day=TODAY)

    assert today.substitute is not None
    assert today.substitute.name == "worker"
    assert later.substitute is None
    assert gone.substitute is None


def test_people_of_a_place_come_nearest_first_and_once(staffed: SmallTown) -> None:
    people = chain.list_people_of(
        town_id=staffed.id, area_path=staffed.areas["上庄"].path, day=TODAY
    )

    assert [holder.name for holder in people] == [
        "secretary",
        "cadre",
        "leader",
        "other_leader",
        "principal",
    ]


def test_people_of_a_place_include_a_substitute(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    duties.set_substitute(
        actor=town.clerk,
        responsibility_id=row.id,
        substitute_id=town.staff["worker"].id,
        from_=TODAY,
        to=TODAY,
    )

    people = chain.list_people_of(town_id=town.id, area_path=town.areas["上村"].path, day=TODAY)

    assert [holder.name for holder in people] == ["cadre", "worker"]


def test_list_for_staff_finds_own_group_and_stood_in_duties(staffed: SmallTown) -> None:
    row = duties.assign(
        actor=staffed.clerk,
        area_id=staffed.areas["远村"].id,
        duty=Duty.VILLAGE_CADRE,
        staff_id=staffed.staff["worker"].id,
        valid_from=TODAY,
    )
    duties.set_substitute(
        actor=staffed.clerk,
        responsibility_id=row.id,
        substitute_id=staffed.staff["other_leader"].id,
        from_=TODAY,
        to=TODAY,
    )

    held = chain.list_for_staff(
        actor=staffed.clerk, staff_id=staffed.staff["other_leader"].id, day=TODAY
    )

    assert [(each.area.name, each.duty) for each in held] == [
        ("北社区", Duty.LEADER_GROUP),
        ("南社区", Duty.LEADER_GROUP),
        ("远村", Duty.VILLAGE_CADRE),
    ]


def test_list_for_area_keeps_the_history(town: SmallTown) -> None:
    first = factories.make_group(town, "第一组", "leader")
    second = factories.make_group(town, "第二组", "other_leader")
    factories.assign_group(town, "上村", first)
    factories.assign_group(town, "上村", second, TODAY)

    rows = chain.list_for_area(actor=town.clerk, area_id=town.areas["上村"].id)

    assert [row.group.name for row in rows] == ["第二组", "第一组"]


def test_other_towns_are_not_seen(staffed: SmallTown) -> None:
    other = factories.make_town("second")

    assert not chain.list_for_area(actor=other.clerk, area_id=staffed.areas["上村"].id)
    assert chain.list_links(town_id=other.id, day=TODAY) == []


def test_list_groups_shows_members_and_areas_of_groups_that_go_on(staffed: SmallTown) -> None:
    ended = factories.make_group(staffed, "第三组", "leader")
    groups.end_group(actor=staffed.clerk, group_id=ended.id, on=TODAY - timedelta(days=1))

    rows = tables.list_groups(actor=staffed.clerk, day=TODAY)

    assert [
        (row.group.name, len(row.members), [area.name for area in row.areas]) for row in rows
    ] == [("第一组", 2, ["北社区"]), ("第二组", 1, ["南社区"])]


def test_list_villages_shows_by_duty_who_answers_there_or_above(staffed: SmallTown) -> None:
    area_map = area_queries.area_map(town_id=staffed.id)

    rows = tables.list_villages(actor=staffed.clerk, area_map=area_map, day=TODAY)

    assert [(row.village.name, row.community.name) for row in rows] == [
        ("上村", "北社区"),
        ("下村", "北社区"),
        ("远村", "南社区"),
    ]
    (group,) = rows[2].links[Duty.LEADER_GROUP]
    assert group.group_name == "第二组"
    assert [link.holders[0].name for link in rows[0].links[Duty.VILLAGE_HEAD]] == ["secretary"]


def test_list_villages_leaves_closed_ones_out(town: SmallTown) -> None:
    close(town, "远庄", "远村")

    area_map = area_queries.area_map(town_id=town.id)
    rows = tables.list_villages(actor=town.clerk, area_map=area_map, day=NEXT_MONTH)

    assert [row.village.name for row in rows] == ["上村", "下村"]


def test_no_gap_where_everybody_is_in_place(staffed: SmallTown) -> None:
    factories.make_household(staffed, "上庄", "1")

    assert found_gaps(staffed) == []


def test_gaps_name_every_missing_duty_with_the_households_behind_it(town: SmallTown) -> None:
    factories.make_household(town, "上庄", "1")
    factories.make_household(town, "上坡", "2", LivingStatus.AWAY)
    factories.make_household(town, "上庄", "3", LivingStatus.VACANT, "外迁")

    found = found_gaps(town)

    assert ("上村", "village_head", 2) in found
    assert ("上村", "village_cadre", 2) in found
    assert ("远村", "leader_group", 0) in found
    assert ("试验镇first", "principal_leader", 2) in found
    assert len(found) == 1 + 3 * 3
    sentence = gaps.list_gaps(actor=town.clerk, day=TODAY)[0].sentence
    assert "试验镇first" in sentence


def test_a_duty_held_above_reaches_the_villages_below(staffed: SmallTown) -> None:
    held = Duty.LEADER_GROUP

    assert [gap for gap in found_gaps(staffed) if gap[1] == held] == []
    groups.end_group(
        actor=staffed.clerk,
        group_id=tables.list_groups(actor=staffed.clerk, day=TODAY)[0].group.id,
        on=TODAY,
    )

    assert found_gaps(staffed) == []
    assert [gap[0] for gap in found_gaps(staffed, NEXT_MONTH)] == ["上村", "下村"]


def test_a_closed_account_leaves_a_gap_until_somebody_stands_in(staffed: SmallTown) -> None:
    cadre = staffed.staff["cadre"]
    people_actions.set_active(actor=staffed.system, staff_id=cadre.id, active=False)
    assert [gap[:2] for gap in found_gaps(staffed)] == [
        ("上村", "village_cadre"),
        ("下村", "village_cadre"),
        ("远村", "village_cadre"),
    ]

    for row in chain.list_for_staff(actor=staffed.clerk, staff_id=cadre.id, day=TODAY):
        duties.set_substitute(
            actor=staffed.clerk,
            responsibility_id=row.id,
            substitute_id=staffed.staff["worker"].id,
            from_=TODAY,
            to=TODAY,
        )

    assert found_gaps(staffed) == []


def test_households_of_a_closed_hamlet_or_village_are_a_gap(staffed: SmallTown) -> None:
    factories.make_household(staffed, "远庄", "1")
    close(staffed, "远庄", "远村")

    assert found_gaps(staffed) == []
    (gap,) = gaps.list_gaps(actor=staffed.clerk, day=NEXT_MONTH)
    assert (gap.area.name, gap.duty, gap.household_count) == ("远庄", "household", 1)
    assert "远庄" in gap.sentence


def test_the_gap_check_takes_four_queries_however_many_gaps(town: SmallTown) -> None:
    for number, hamlet in enumerate(("上庄", "上坡", "下庄", "远庄")):
        factories.make_household(town, hamlet, f"{number}")

    with CaptureQueriesContext(connection) as captured:
        gaps.list_gaps(actor=town.clerk, day=TODAY)

    assert len(captured) == 4
