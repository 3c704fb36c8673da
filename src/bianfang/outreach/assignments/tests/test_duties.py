from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel.errors import FieldError, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.book import AssignmentInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.errors import AssignmentsRefusedError
from bianfang.outreach.assignments.models import LeaderGroup, Responsibility
from bianfang.outreach.assignments.tests import factories
from bianfang.outreach.assignments.tests.factories import LONG_AGO, TODAY, SmallTown
from bianfang.register.people import actions as people_actions

NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.fixture
def group(town: SmallTown) -> LeaderGroup:
    return factories.make_group(town, "第一组", "leader")


def terms(town: SmallTown, area: str) -> list[tuple[date, date | None]]:
    rows = Responsibility.objects.in_town(town.id).filter(area=town.areas[area])
    return [(row.valid_from, row.valid_to) for row in rows.order_by("valid_from", "id")]


def test_assign_lets_a_person_answer_for_a_village(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")

    assert (row.staff, row.group, row.area_path) == (
        town.staff["cadre"],
        None,
        town.areas["上村"].path,
    )
    entry = Entry.objects.in_town(town.id).get(verb="responsibility_assigned")
    assert entry.facts["duty"] == "village_cadre"
    assert entry.area_path == town.areas["上村"].path


def test_a_village_may_have_two_cadres_at_a_time(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "worker")

    assert terms(town, "上村") == [(LONG_AGO, None), (LONG_AGO, None)]


def test_the_same_person_twice_for_the_same_duty_is_refused(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")

    with pytest.raises(FieldError, match="上村") as refused:
        factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre", TODAY)

    assert refused.value.field == "staff"


def test_a_new_group_ends_the_previous_one_the_day_before(
    town: SmallTown, group: LeaderGroup
) -> None:
    other = factories.make_group(town, "第二组", "other_leader")
    factories.assign_group(town, "上村", group)

    factories.assign_group(town, "上村", other, TODAY)

    assert terms(town, "上村") == [
        (LONG_AGO, TODAY - timedelta(days=1)),
        (TODAY, None),
    ]
    verbs = list(
        Entry.objects.in_town(town.id)
        .filter(verb__startswith="responsibility")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert verbs == [
        "responsibility_assigned",
        "responsibility_ended",
        "responsibility_assigned",
    ]


def test_a_group_for_a_limited_time_leaves_what_comes_after_alone(
    town: SmallTown, group: LeaderGroup
) -> None:
    other = factories.make_group(town, "第二组", "other_leader")
    factories.assign_group(town, "上村", other, NEXT_MONTH)

    duties.assign(
        actor=town.clerk,
        area_id=town.areas["上村"].id,
        duty=Duty.LEADER_GROUP,
        group_id=group.id,
        valid_from=TODAY,
        valid_to=NEXT_MONTH - timedelta(days=1),
    )

    assert terms(town, "上村") == [
        (TODAY, NEXT_MONTH - timedelta(days=1)),
        (NEXT_MONTH, None),
    ]


def test_a_group_that_would_run_into_a_later_one_is_refused(
    town: SmallTown, group: LeaderGroup
) -> None:
    other = factories.make_group(town, "第二组", "other_leader")
    factories.assign_group(town, "上村", other, NEXT_MONTH)

    with pytest.raises(FieldError, match="第二组") as refused:
        factories.assign_group(town, "上村", group, TODAY)

    assert refused.value.field == "valid_from"


@pytest.mark.parametrize(("first", "second"), [("北社区", "上村"), ("上村", "北社区")])
def test_a_second_group_at_another_level_of_the_same_place_is_refused(
    town: SmallTown, group: LeaderGroup, first: str, second: str
) -> None:
    other = factories.make_group(town, "第二组", "other_leader")
    factories.assign_group(town, first, group)

    with pytest.raises(FieldError, match=first) as refused:
        factories.assign_group(town, second, other, TODAY)

    assert refused.value.field == "area"


def test_groups_of_places_beside_each_other_do_not_meet(
    town: SmallTown, group: LeaderGroup
) -> None:
    factories.assign_group(town, "上村", group)
    factories.assign_group(town, "下村", group)

    assert terms(town, "下村") == [(LONG_AGO, None)]


def test_the_same_group_again_is_refused(town: SmallTown, group: LeaderGroup) -> None:
    factories.assign_group(town, "上村", group)

    with pytest.raises(FieldError) as refused:
        factories.assign_group(town, "上村", group, TODAY)

    assert refused.value.field == "group"


def test_the_database_holds_one_lasting_group_for_an_area(
    town: SmallTown, group: LeaderGroup
) -> None:
    row = factories.assign_group(town, "上村", group)

    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(
            town_id=town.id,
            area=row.area,
            area_path=row.area_path,
            duty=Duty.LEADER_GROUP,
            group=group,
            valid_from=TODAY,
        )


@pytest.mark.parametrize(
    ("area", "duty"),
    [
        ("北社区", Duty.PRINCIPAL_LEADER),
        ("北社区", Duty.VILLAGE_CADRE),
        ("上庄", Duty.VILLAGE_HEAD),
        ("镇", Duty.LEADER_GROUP),
    ],
)
def test_a_duty_is_held_in_its_kind_of_area(
    town: SmallTown, group: LeaderGroup, area: str, duty: Duty
) -> None:
    with pytest.raises(FieldError, match=area) as refused:
        duties.assign(
            actor=town.clerk,
            area_id=town.areas[area].id,
            duty=duty,
            staff_id=town.staff["cadre"].id,
            group_id=group.id,
            valid_from=TODAY,
        )

    assert refused.value.field == "area"


def test_a_closed_area_is_refused_from_its_last_day_on(town: SmallTown) -> None:
    factories.close_areas(town, "远庄", "远村", on=NEXT_MONTH)
    factories.assign_person(town, "远村", Duty.VILLAGE_CADRE, "cadre", TODAY)

    with pytest.raises(FieldError, match="远村"):
        factories.assign_person(town, "远村", Duty.VILLAGE_HEAD, "secretary", NEXT_MONTH)


def test_a_duty_needs_its_holder(town: SmallTown, group: LeaderGroup) -> None:
    village = town.areas["上村"].id

    with pytest.raises(FieldError) as without_group:
        duties.assign(
            actor=town.clerk,
            area_id=village,
            duty=Duty.LEADER_GROUP,
            staff_id=town.staff["leader"].id,
            valid_from=TODAY,
        )
    with pytest.raises(FieldError) as without_person:
        duties.assign(
            actor=town.clerk,
            area_id=village,
            duty=Duty.VILLAGE_HEAD,
            group_id=group.id,
            valid_from=TODAY,
        )

    assert (without_group.value.field, without_person.value.field) == ("group", "staff")


def test_who_left_the_service_or_serves_elsewhere_is_refused(town: SmallTown) -> None:
    people_actions.set_active(actor=town.system, staff_id=town.staff["cadre"].id, active=False)
    stranger = factories.make_town("second").staff["cadre"]

    for staff_id in (town.staff["cadre"].id, stranger.id):
        with pytest.raises(FieldError):
            duties.assign(
                actor=town.clerk,
                area_id=town.areas["上村"].id,
                duty=Duty.VILLAGE_CADRE,
                staff_id=staff_id,
                valid_from=TODAY,
            )


def test_an_ended_group_is_refused(town: SmallTown, group: LeaderGroup) -> None:
    groups.end_group(actor=town.clerk, group_id=group.id, on=TODAY)

    with pytest.raises(FieldError):
        factories.assign_group(town, "上村", group, NEXT_MONTH)


def test_a_term_that_ends_before_it_begins_is_refused(town: SmallTown) -> None:
    with pytest.raises(FieldError) as refused:
        duties.assign(
            actor=town.clerk,
            area_id=town.areas["上村"].id,
            duty=Duty.VILLAGE_CADRE,
            staff_id=town.staff["cadre"].id,
            valid_from=TODAY,
            valid_to=LONG_AGO,
        )

    assert refused.value.field == "valid_to"


def test_assign_needs_the_right_in_that_place(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        duties.assign(
            actor=town.actors["worker"],
            area_id=town.areas["上村"].id,
            duty=Duty.VILLAGE_CADRE,
            staff_id=town.staff["cadre"].id,
            valid_from=TODAY,
        )


def test_an_area_of_another_town_does_not_exist(town: SmallTown) -> None:
    elsewhere = factories.make_town("second").areas["上村"]

    with pytest.raises(NotFoundError):
        duties.assign(
            actor=town.clerk,
            area_id=elsewhere.id,
            duty=Duty.VILLAGE_CADRE,
            staff_id=town.staff["cadre"].id,
            valid_from=TODAY,
        )


def line(town: SmallTown, area: str, person: str = "cadre") -> AssignmentInput:
    return AssignmentInput(
        area_id=town.areas[area].id,
        duty=Duty.VILLAGE_CADRE,
        staff_id=town.staff[person].id,
        valid_from=TODAY,
    )


def test_assign_many_takes_over_a_whole_list(town: SmallTown) -> None:
    rows = duties.assign_many(
        actor=town.clerk, assignments=[line(town, name) for name in ("上村", "下村", "远村")]
    )

    assert [row.area.name for row in rows] == ["上村", "下村", "远村"]
    assert Responsibility.objects.in_town(town.id).count() == 3


def test_assign_many_names_each_wrong_line_and_takes_over_nothing(town: SmallTown) -> None:
    lines = [line(town, "上村"), line(town, "北社区"), line(town, "下村"), line(town, "上村")]

    with pytest.raises(AssignmentsRefusedError) as refused:
        duties.assign_many(actor=town.clerk, assignments=lines)

    assert sorted(refused.value.lines) == [1, 3]
    assert "2" in str(refused.value).splitlines()[0]
    assert not Responsibility.objects.in_town(town.id).exists()


def test_assign_many_lets_a_group_change_within_the_list(
    town: SmallTown, group: LeaderGroup
) -> None:
    other = factories.make_group(town, "第二组", "other_leader")
    lines = [
        AssignmentInput(
            area_id=town.areas["上村"].id,
            duty=Duty.LEADER_GROUP,
            group_id=each.id,
            valid_from=day,
        )
        for each, day in ((group, TODAY), (other, NEXT_MONTH))
    ]

    duties.assign_many(actor=town.clerk, assignments=lines)

    assert terms(town, "上村") == [
        (TODAY, NEXT_MONTH - timedelta(days=1)),
        (NEXT_MONTH, None),
    ]


def test_assign_many_of_nothing_does_nothing(town: SmallTown) -> None:
    assert duties.assign_many(actor=town.clerk, assignments=[]) == []


def test_end_assignment_makes_that_day_the_last(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")

    duties.end_assignment(actor=town.clerk, responsibility_id=row.id, on=TODAY)

    assert terms(town, "上村") == [(LONG_AGO, TODAY)]


def test_end_assignment_before_its_beginning_is_refused(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre", TODAY)

    with pytest.raises(FieldError) as refused:
        duties.end_assignment(actor=town.clerk, responsibility_id=row.id, on=LONG_AGO)

    assert refused.value.field == "on"


def test_end_assignment_does_not_lengthen_what_has_ended(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    duties.end_assignment(actor=town.clerk, responsibility_id=row.id, on=TODAY)

    with pytest.raises(MoveError):
        duties.end_assignment(actor=town.clerk, responsibility_id=row.id, on=NEXT_MONTH)


def test_end_assignment_out_of_town_or_without_the_right_is_refused(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    other = factories.make_town("second")

    with pytest.raises(NotFoundError):
        duties.end_assignment(actor=other.clerk, responsibility_id=row.id, on=TODAY)
    with pytest.raises(NotAllowedError):
        duties.end_assignment(actor=town.actors["worker"], responsibility_id=row.id, on=TODAY)


def stand_in(
    town: SmallTown, row: Responsibility, person: str, first: date, last: date
) -> Responsibility:
    return duties.set_substitute(
        actor=town.clerk,
        responsibility_id=row.id,
        substitute_id=town.staff[person].id,
        from_=first,
        to=last,
    )


def test_a_substitute_stands_in_until_cleared(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")

    named = stand_in(town, row, "worker", TODAY, NEXT_MONTH)
    assert (named.substitute_id, named.substitute_to) == (town.staff["worker"].id, NEXT_MONTH)

    cleared = duties.clear_substitute(actor=town.clerk, responsibility_id=row.id)
    assert (cleared.substitute_id, cleared.substitute_from) == (None, None)


def test_a_substitute_is_somebody_else_of_the_town_within_the_term(town: SmallTown) -> None:
    row = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre", TODAY)
    duties.end_assignment(actor=town.clerk, responsibility_id=row.id, on=NEXT_MONTH)
    stranger = factories.make_town("second").staff["cadre"]

    wrong = {
        "to": ("worker", NEXT_MONTH, TODAY),
        "substitute": ("cadre", TODAY, NEXT_MONTH),
        "from_": ("worker", LONG_AGO, TODAY),
    }
    for field, (person, first, last) in wrong.items():
        with pytest.raises(FieldError) as refused:
            stand_in(town, row, person, first, last)
        assert refused.value.field == field
    with pytest.raises(FieldError):
        stand_in(town, row, "worker", TODAY, NEXT_MONTH + timedelta(days=1))
    with pytest.raises(FieldError):
        duties.set_substitute(
            actor=town.clerk,
            responsibility_id=row.id,
            substitute_id=stranger.id,
            from_=TODAY,
            to=TODAY,
        )
