from datetime import date, timedelta

import pytest

from bianfang.kernel.errors import FieldError, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.assignments.actions import groups
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup, Responsibility
from bianfang.outreach.assignments.queries import one
from bianfang.outreach.assignments.tests import factories
from bianfang.outreach.assignments.tests.factories import LONG_AGO, TODAY, SmallTown
from bianfang.register.people import actions as people_actions

YESTERDAY = TODAY - timedelta(days=1)


def sitting(group: LeaderGroup, day: date = TODAY) -> list[tuple[str, bool]]:
    return [(row.staff.name, row.is_head) for row in one.list_members(group=group, day=day)]


def named(town: SmallTown, *names: str) -> list[MemberInput]:
    return [MemberInput(staff_id=town.staff[name].id, is_head=name == names[0]) for name in names]


def test_create_group_gives_it_a_name_of_its_own(town: SmallTown) -> None:
    group = groups.create_group(actor=town.clerk, name=" 第一组 ")

    assert group.name == "第一组"
    entry = Entry.objects.in_town(town.id).get(verb="leader_group_created")
    assert entry.target_id == group.id


@pytest.mark.parametrize("name", ["", "   "])
def test_create_group_without_a_name_is_refused(town: SmallTown, name: str) -> None:
    with pytest.raises(FieldError) as refused:
        groups.create_group(actor=town.clerk, name=name)

    assert refused.value.field == "name"


def test_create_group_with_a_long_name_is_refused(town: SmallTown) -> None:
    with pytest.raises(FieldError, match="60"):
        groups.create_group(actor=town.clerk, name="组" * 61)


def test_create_group_with_a_name_in_use_is_refused(town: SmallTown) -> None:
    groups.create_group(actor=town.clerk, name="第一组")

    with pytest.raises(FieldError):
        groups.create_group(actor=town.clerk, name="第一组")


def test_create_group_needs_the_right_to_assign(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        groups.create_group(actor=town.actors["worker"], name="第一组")


def test_set_members_shows_the_head_first(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "other_leader", "leader")

    assert sitting(group) == [("other_leader", True), ("leader", False)]


def test_set_members_keeps_who_stays_and_ends_who_goes_the_day_before(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader", "other_leader")

    groups.set_members(
        actor=town.clerk, group_id=group.id, members=named(town, "leader"), valid_from=TODAY
    )

    assert sitting(group, YESTERDAY) == [("leader", True), ("other_leader", False)]
    assert sitting(group) == [("leader", True)]
    assert GroupMember.objects.in_town(town.id).filter(group=group).count() == 2


def test_set_members_with_another_head_begins_a_new_seat(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader", "other_leader")

    groups.set_members(
        actor=town.clerk,
        group_id=group.id,
        members=named(town, "other_leader", "leader"),
        valid_from=TODAY,
    )

    assert sitting(group) == [("other_leader", True), ("leader", False)]
    assert sitting(group, YESTERDAY) == [("leader", True), ("other_leader", False)]


def test_set_members_anew_on_the_same_day_leaves_no_trace_of_the_mistake(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader", valid_from=TODAY)

    groups.set_members(
        actor=town.clerk, group_id=group.id, members=named(town, "other_leader"), valid_from=TODAY
    )

    assert [row.staff_id for row in GroupMember.objects.in_town(town.id)] == [
        town.staff["other_leader"].id
    ]


def test_set_members_lets_a_seat_with_an_end_go_on(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader")
    GroupMember.objects.in_town(town.id).update(valid_to=TODAY + timedelta(days=9))

    groups.set_members(
        actor=town.clerk, group_id=group.id, members=named(town, "leader"), valid_from=TODAY
    )

    assert sitting(group, TODAY + timedelta(days=99)) == [("leader", True)]


def test_set_members_needs_somebody(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组")

    with pytest.raises(FieldError) as refused:
        groups.set_members(actor=town.clerk, group_id=group.id, members=[], valid_from=TODAY)

    assert refused.value.field == "members"


def test_set_members_refuses_a_name_twice_two_heads_and_strangers(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组")
    stranger = factories.make_town("second").staff["leader"]
    leader, other = town.staff["leader"].id, town.staff["other_leader"].id
    wrong = [
        [MemberInput(staff_id=leader), MemberInput(staff_id=leader)],
        [MemberInput(staff_id=leader, is_head=True), MemberInput(staff_id=other, is_head=True)],
        [MemberInput(staff_id=stranger.id)],
    ]

    for members in wrong:
        with pytest.raises(FieldError):
            groups.set_members(
                actor=town.clerk, group_id=group.id, members=members, valid_from=TODAY
            )

    assert sitting(group) == []


def test_set_members_refuses_who_left_the_service(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组")
    people_actions.set_active(actor=town.system, staff_id=town.staff["leader"].id, active=False)

    with pytest.raises(FieldError):
        groups.set_members(
            actor=town.clerk, group_id=group.id, members=named(town, "leader"), valid_from=TODAY
        )


def test_end_group_ends_its_seats_and_what_it_answers_for(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader")
    factories.assign_group(town, "北社区", group)
    later = factories.assign_group(town, "南社区", group, TODAY + timedelta(days=30))

    groups.end_group(actor=town.clerk, group_id=group.id, on=TODAY)

    assert GroupMember.objects.in_town(town.id).get().valid_to == TODAY
    (left,) = Responsibility.objects.in_town(town.id).filter(duty=Duty.LEADER_GROUP)
    assert (left.area_id, left.valid_to) == (town.areas["北社区"].id, TODAY)
    assert left.id != later.id


def test_an_ended_group_cannot_be_changed_or_ended_again(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader")
    groups.end_group(actor=town.clerk, group_id=group.id, on=TODAY)

    with pytest.raises(MoveError, match="第一组"):
        groups.end_group(actor=town.clerk, group_id=group.id, on=TODAY)
    with pytest.raises(MoveError):
        groups.set_members(
            actor=town.clerk, group_id=group.id, members=named(town, "leader"), valid_from=TODAY
        )


def test_a_group_of_another_town_does_not_exist(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", valid_from=LONG_AGO)
    other = factories.make_town("second")

    with pytest.raises(NotFoundError):
        one.get_group(actor=other.clerk, group_id=group.id)
    with pytest.raises(NotFoundError):
        groups.end_group(actor=other.clerk, group_id=group.id, on=TODAY)
    assert one.get_group(actor=town.clerk, group_id=group.id) == group
