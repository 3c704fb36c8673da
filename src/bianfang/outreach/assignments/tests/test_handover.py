from datetime import date, timedelta

import pytest

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotAllowedError
from bianfang.outreach.assignments.actions import duties, handover
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import GroupMember, Responsibility
from bianfang.outreach.assignments.tests import factories
from bianfang.outreach.assignments.tests.factories import LONG_AGO, TODAY, SmallTown

YESTERDAY = TODAY - timedelta(days=1)
NEXT_MONTH = TODAY + timedelta(days=30)


def hand_over(
    town: SmallTown, giver: str, taker: str, on: date = TODAY, actor: Actor | None = None
) -> list[Responsibility]:
    return handover.hand_over(
        actor=actor or town.clerk,
        from_staff_id=town.staff[giver].id,
        to_staff_id=town.staff[taker].id,
        on=on,
    )


def held(town: SmallTown, person: str) -> list[tuple[str, date, date | None]]:
    rows = Responsibility.objects.in_town(town.id).filter(staff=town.staff[person])
    rows = rows.select_related("area").order_by("area_path", "valid_from")
    return [(row.area.name, row.valid_from, row.valid_to) for row in rows]


def test_hand_over_ends_every_duty_and_begins_it_for_the_successor(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    factories.assign_person(town, "下村", Duty.VILLAGE_CADRE, "cadre")

    now = hand_over(town, "cadre", "worker")

    assert [row.area.name for row in now] == ["上村", "下村"]
    assert held(town, "cadre") == [
        ("上村", LONG_AGO, YESTERDAY),
        ("下村", LONG_AGO, YESTERDAY),
    ]
    assert held(town, "worker") == [("上村", TODAY, None), ("下村", TODAY, None)]


def test_hand_over_moves_what_has_not_begun(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre", NEXT_MONTH)

    hand_over(town, "cadre", "worker")

    assert held(town, "cadre") == []
    assert held(town, "worker") == [("上村", NEXT_MONTH, None)]


def test_hand_over_gives_nothing_twice(town: SmallTown) -> None:
    for person in ("cadre", "worker"):
        factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, person)
        factories.assign_person(town, "下村", Duty.VILLAGE_HEAD, person, NEXT_MONTH)

    hand_over(town, "cadre", "worker")

    assert held(town, "cadre") == [("上村", LONG_AGO, YESTERDAY)]
    assert held(town, "worker") == [("上村", LONG_AGO, None), ("下村", NEXT_MONTH, None)]


def test_hand_over_passes_on_group_seats(town: SmallTown) -> None:
    group = factories.make_group(town, "第一组", "leader")
    both = factories.make_group(town, "第二组", "leader", "other_leader")

    hand_over(town, "leader", "other_leader")

    seats = GroupMember.objects.in_town(town.id).current_on(TODAY)
    assert {(seat.group_id, seat.staff_id, seat.is_head) for seat in seats} == {
        (group.id, town.staff["other_leader"].id, True),
        (both.id, town.staff["other_leader"].id, False),
    }


def test_hand_over_passes_on_standing_in_but_nobody_stands_in_for_himself(
    town: SmallTown,
) -> None:
    foreign = factories.assign_person(town, "下村", Duty.VILLAGE_CADRE, "secretary")
    own = factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "worker")
    for row in (foreign, own):
        duties.set_substitute(
            actor=town.clerk,
            responsibility_id=row.id,
            substitute_id=town.staff["cadre"].id,
            from_=TODAY,
            to=NEXT_MONTH,
        )

    hand_over(town, "cadre", "worker")

    foreign.refresh_from_db()
    own.refresh_from_db()
    assert foreign.substitute_id == town.staff["worker"].id
    assert own.substitute_id is None


def test_hand_over_of_nothing_is_refused(town: SmallTown) -> None:
    with pytest.raises(FieldError) as refused:
        hand_over(town, "cadre", "worker")

    assert refused.value.field == "from_staff"


def test_hand_over_to_oneself_or_a_stranger_is_refused(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")
    stranger = factories.make_town("second").staff["cadre"]

    with pytest.raises(FieldError) as to_oneself:
        hand_over(town, "cadre", "cadre")
    with pytest.raises(FieldError):
        handover.hand_over(
            actor=town.clerk,
            from_staff_id=town.staff["cadre"].id,
            to_staff_id=stranger.id,
            on=TODAY,
        )

    assert to_oneself.value.field == "to_staff"


def test_hand_over_needs_the_right(town: SmallTown) -> None:
    factories.assign_person(town, "上村", Duty.VILLAGE_CADRE, "cadre")

    with pytest.raises(NotAllowedError):
        hand_over(town, "cadre", "worker", actor=town.actors["worker"])
