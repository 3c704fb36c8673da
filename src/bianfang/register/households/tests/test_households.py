from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from bianfang.kernel.errors import (
    ChangedError,
    DomainError,
    FieldError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.register.areas.models import Area
from bianfang.register.households.actions import areas as area_actions
from bianfang.register.households.actions import households as actions
from bianfang.register.households.enums import (
    ContactTime,
    HouseholdEnd,
    LivingStatus,
    ResidentEnd,
)
from bianfang.register.households.events import ChangeKind
from bianfang.register.households.models import Household, Resident
from bianfang.register.households.tests.factories import SPOUSE, Village, hearing, make_village
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def entries(village: Village, target_id: Any) -> list[tuple[str, Any]]:
    rows = Entry.objects.in_town(village.office.town_id).filter(target_id=target_id)
    return [(entry.verb, entry.facts) for entry in rows.order_by("id")]


def test_a_household_is_put_on_the_register(village: Village) -> None:
    home = actions.create_household(
        actor=village.worker,
        hamlet_id=village.office["上庄"].id,
        number=" 0101010001 ",
        door=" 3巷12号 ",
        living_status=LivingStatus.AWAY,
        contact_time=ContactTime.EVENING,
        note="老人在家",
    )

    stored = village.now(home)
    assert (str(stored), stored.number, stored.door) == ("0101010001", "0101010001", "3巷12号")
    assert stored.area_path == village.office["上庄"].path
    assert (stored.entered_on, stored.version, stored.is_counted) == (TODAY, 1, True)
    assert entries(village, home.id) == [("household_created", {"number": "0101010001"})]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": " "}, "number"),
        ({"number": "0101010001"}, "number"),
        ({"number": "1" * 21}, "number"),
        ({"door": "号" * 61}, "door"),
        ({"living_status": LivingStatus.VACANT}, "status_reason"),
        ({"living_status": LivingStatus.VACANT, "status_reason": " "}, "status_reason"),
        ({"living_status": LivingStatus.VACANT, "status_reason": "因" * 121}, "status_reason"),
    ],
)
def test_a_household_that_cannot_be_is_refused(
    village: Village, given: dict[str, Any], field: str
) -> None:
    village.home()

    with pytest.raises(FieldError) as refused:
        village.home(**{"number": "0101010002", **given})

    assert list(refused.value.errors) == [field]


def test_a_number_is_given_once_in_the_town_even_after_the_end(village: Village) -> None:
    home = village.home()
    actions.end_household(
        actor=village.system, household_id=home.id, reason=HouseholdEnd.NOBODY_LEFT, on=TODAY
    )
    other = make_village("second")

    with pytest.raises(FieldError):
        village.home(hamlet="远庄")
    assert other.home().number == home.number


def test_a_household_lives_in_an_open_hamlet_where_one_may_edit(village: Village) -> None:
    place = village.office
    area_actions.close_area(
        actor=village.system, area_id=place["下庄"].id, successor_id=place["上庄"].id, on=TODAY
    )

    for name in ("上村", "下庄"):
        with pytest.raises(FieldError) as refused:
            village.home(hamlet=name)
        assert list(refused.value.errors) == ["hamlet"]
    for actor in (village.leader, village.far_worker):
        with pytest.raises(NotAllowedError):
            actions.create_household(actor=actor, hamlet_id=place["上庄"].id, number="1")


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        (LivingStatus.RESIDENT, "", [ChangeKind.JOINED]),
        (LivingStatus.AWAY, "", [ChangeKind.JOINED]),
        (LivingStatus.VACANT, "迁居县城", []),
        (LivingStatus.UNKNOWN, "", []),
    ],
)
def test_a_counted_household_that_joins_is_told_of(
    village: Village, status: LivingStatus, reason: str, told: list[ChangeKind]
) -> None:
    with hearing() as heard:
        home = village.home(living_status=status, status_reason=reason)

    assert [event.kind for event in heard] == told
    assert all(event.household_id == home.id for event in heard)
    assert all(event.town_id == home.town_id for event in heard)


def edit(village: Village, home: Household, version: int = 1, **changes: Any) -> Household:
    values = {"door": "", "contact_time": ContactTime.ANY, "note": "", **changes}
    return actions.edit_household(
        actor=village.worker, household_id=home.id, version=version, **values
    )


def test_what_a_household_tells_is_changed(village: Village) -> None:
    home = village.home(note="old")

    edit(village, home, door=" 5号 ", contact_time=ContactTime.PHONE, note="old")

    stored = village.now(home)
    assert (stored.door, stored.contact_time, stored.note, stored.version) == (
        "5号",
        ContactTime.PHONE,
        "old",
        2,
    )
    assert entries(village, home.id)[-1] == (
        "household_edited",
        {"fields": ["door", "contact_time"]},
    )
    with pytest.raises(FieldError):
        edit(village, home, version=2, door="号" * 61)


def test_nothing_is_overwritten_and_who_came_first_is_told(village: Village) -> None:
    home = village.home()
    edit(village, home, door="5号")

    with override("en"), pytest.raises(ChangedError) as refused:
        edit(village, home, door="6号")

    assert "worker的名 changed this household on 2026-03-02 at 15:30" in str(refused.value)
    assert village.now(home).door == "5号"


def test_a_change_of_a_member_counts_as_a_change_of_the_household(village: Village) -> None:
    home = village.home()
    edit(village, home)
    village.person(home, "秦某某")

    with override("en"), pytest.raises(ChangedError, match="tests changed this household"):
        edit(village, home, version=2)


def test_a_change_nobody_wrote_down_is_told_without_a_name(village: Village) -> None:
    home = Household.objects.create(
        town_id=village.office.town_id,
        hamlet=village.office["上庄"],
        area_path=village.office["上庄"].path,
        number="1",
        entered_on=TODAY,
        version=2,
    )

    with override("en"), pytest.raises(ChangedError, match="Somebody changed"):
        edit(village, home)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (LivingStatus.RESIDENT, LivingStatus.AWAY, ChangeKind.STATUS),
        (LivingStatus.RESIDENT, LivingStatus.VACANT, ChangeKind.LEFT),
        (LivingStatus.AWAY, LivingStatus.UNKNOWN, ChangeKind.LEFT),
        (LivingStatus.UNKNOWN, LivingStatus.RESIDENT, ChangeKind.JOINED),
        (LivingStatus.VACANT, LivingStatus.UNKNOWN, ChangeKind.STATUS),
        (LivingStatus.RESIDENT, LivingStatus.RESIDENT, None),
    ],
)
def test_a_status_is_set_and_its_change_told(
    village: Village, old: LivingStatus, new: LivingStatus, kind: ChangeKind | None
) -> None:
    home = village.home(living_status=old, status_reason="迁居县城")

    with hearing() as heard:
        actions.set_living_status(
            actor=village.worker, household_id=home.id, status=new, reason=" 随子女居住 "
        )

    stored = village.now(home)
    assert (stored.living_status, stored.status_reason, stored.version) == (new, "随子女居住", 2)
    assert [event.kind for event in heard] == ([kind] if kind else [])
    assert entries(village, home.id)[-1] == ("living_status_set", {"old": old, "new": new})


def test_a_vacant_house_needs_its_reason(village: Village) -> None:
    home = village.home()

    for reason in ("", "  ", "因" * 121):
        with pytest.raises(FieldError) as refused:
            actions.set_living_status(
                actor=village.worker,
                household_id=home.id,
                status=LivingStatus.VACANT,
                reason=reason,
            )
        assert list(refused.value.errors) == ["status_reason"]


def end(village: Village, home: Household, reason: HouseholdEnd, **changes: Any) -> Household:
    return actions.end_household(
        actor=village.worker, household_id=home.id, reason=reason, **{"on": TODAY, **changes}
    )


@pytest.mark.parametrize(
    ("reason", "members_reason"),
    [
        (HouseholdEnd.MOVED_OUT, ResidentEnd.MOVED_OUT),
        (HouseholdEnd.ENTERED_BY_MISTAKE, ResidentEnd.ENTERED_BY_MISTAKE),
        (HouseholdEnd.NOT_ON_ROLL, ResidentEnd.NOT_ON_ROLL),
    ],
)
def test_people_leave_with_their_household_for_the_same_reason(
    village: Village, reason: HouseholdEnd, members_reason: ResidentEnd
) -> None:
    home = village.home()
    for name, relation in (("秦某某", "02"), ("王某", SPOUSE)):
        village.person(home, name, relation)

    with hearing() as heard:
        end(village, home, reason)

    stored = village.now(home)
    people = Resident.objects.in_town(home.town_id).filter(household=home)
    assert (stored.ended_on, stored.end_reason, stored.is_counted) == (TODAY, reason, False)
    assert {(person.ended_on, person.end_reason) for person in people} == {(TODAY, members_reason)}
    assert [(event.kind, event.note) for event in heard] == [(ChangeKind.LEFT, reason)]
    assert entries(village, home.id)[-1] == (
        "household_ended",
        {"reason": reason, "on": "2026-03-02", "people": 2},
    )


@pytest.mark.parametrize("reason", [HouseholdEnd.MERGED, HouseholdEnd.NOBODY_LEFT])
def test_people_are_settled_before_their_household_is_gone(
    village: Village, reason: HouseholdEnd
) -> None:
    home = village.home(living_status=LivingStatus.UNKNOWN)
    village.person(home, "秦某某")

    with pytest.raises(DomainError):
        end(village, home, reason)
    empty = village.home("0101010002", living_status=LivingStatus.UNKNOWN)
    with hearing() as heard:
        assert end(village, empty, reason).end_reason == reason

    assert heard == []


def test_a_household_that_left_is_not_changed_any_more(village: Village) -> None:
    home = village.home()
    with pytest.raises(FieldError):
        end(village, home, HouseholdEnd.MOVED_OUT, on=TOMORROW)
    end(village, home, HouseholdEnd.MOVED_OUT)

    for act in (
        lambda: end(village, home, HouseholdEnd.MOVED_OUT),
        lambda: edit(village, home, version=2),
        lambda: village.person(home, "秦某某"),
        lambda: actions.set_living_status(
            actor=village.worker, household_id=home.id, status=LivingStatus.AWAY
        ),
    ):
        with pytest.raises(DomainError):
            act()


def test_households_are_changed_where_one_may_edit_and_elsewhere_not_there(
    village: Village,
) -> None:
    home, other = village.home(), make_village("second")

    def acts(actor: Any) -> list[Any]:
        one: dict[str, Any] = {"actor": actor, "household_id": home.id}
        return [
            lambda: actions.edit_household(
                version=1, door="", contact_time=ContactTime.ANY, note="", **one
            ),
            lambda: actions.set_living_status(status=LivingStatus.AWAY, **one),
            lambda: actions.end_household(reason=HouseholdEnd.NOBODY_LEFT, on=TODAY, **one),
        ]

    for act in acts(village.leader):
        with pytest.raises(NotAllowedError):
            act()
    for actor in (village.far_worker, other.system, village.office.admin):
        for act in acts(actor):
            with pytest.raises(NotFoundError):
                act()


def move(village: Village, source: str, target: str, **changes: Any) -> int:
    given = {"actor": village.system, "on": TODAY, **changes}
    return actions.move_households(
        from_area_id=village.office[source].id, to_area_id=village.office[target].id, **given
    )


def test_all_households_of_a_hamlet_move_with_their_people(village: Village) -> None:
    homes = [village.home(f"010101000{number}") for number in (1, 2)]
    person = village.person(homes[0], "秦某某")
    gone = village.home("0101010003")
    end(village, gone, HouseholdEnd.MOVED_OUT)
    stays = village.home("0102010001", "下庄")

    with hearing() as heard:
        assert move(village, "上庄", "远庄") == 2

    path = village.office["远庄"].path
    person.refresh_from_db()
    assert {village.now(home).area_path for home in homes} == {person.area_path} == {path}
    assert village.now(homes[0]).hamlet == village.office["远庄"]
    assert [village.now(home).version for home in homes] == [3, 2]
    assert village.now(gone).area_path != path
    assert village.now(stays).area_path != path
    assert {(event.household_id, event.kind, event.note) for event in heard} == {
        (home.id, ChangeKind.MOVED, "上庄 → 远庄") for home in homes
    }
    assert entries(village, homes[1].id)[-1] == (
        "household_moved",
        {"from": "上庄", "to": "远庄", "on": "2026-03-02"},
    )


def test_a_move_needs_another_hamlet_and_the_right_at_both(village: Village) -> None:
    village.home()

    for target in ("上庄", "上村"):
        with pytest.raises(FieldError) as refused:
            move(village, "上庄", target)
        assert list(refused.value.errors) == ["hamlet"]
    for actor in (village.worker, village.far_worker, village.leader):
        with pytest.raises(NotAllowedError):
            move(village, "上庄", "远庄", actor=actor)
    with pytest.raises(NotFoundError):
        actions.move_households(
            actor=village.system, from_area_id=new_id(), to_area_id=new_id(), on=TODAY
        )


def close(village: Village, name: str, successor: str, **changes: Any) -> Area:
    given = {"actor": village.system, "on": TODAY, **changes}
    return area_actions.close_area(
        area_id=village.office[name].id, successor_id=village.office[successor].id, **given
    )


def test_a_hamlet_ends_with_its_households_in_its_successor(village: Village) -> None:
    home = village.home()

    closed = close(village, "上庄", "远庄")

    assert (closed.valid_to, closed.successor_id) == (TODAY, village.office["远庄"].id)
    assert village.now(home).hamlet_id == village.office["远庄"].id
    close(village, "上村", "远村")


def test_a_hamlet_does_not_end_before_its_day_or_when_its_households_may_not_move(
    village: Village,
) -> None:
    home = village.home()

    with pytest.raises(FieldError):
        close(village, "上庄", "远庄", on=TOMORROW)
    with pytest.raises(FieldError):
        close(village, "上庄", "远村")
    with pytest.raises(NotAllowedError):
        close(village, "上庄", "远庄", actor=village.office.admin)
    assert village.now(home).hamlet_id == village.office["上庄"].id
    assert close(village, "下庄", "远庄", actor=village.office.admin).valid_to == TODAY
