from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.register.households import queries
from bianfang.register.households.actions import held, households, residents
from bianfang.register.households.actions.held import FoundAt, FoundChange
from bianfang.register.households.enums import (
    ContactTime,
    HeldField,
    HouseholdEnd,
    LivingStatus,
)
from bianfang.register.households.errors import HeldChangeMoveError
from bianfang.register.households.models import HeldChange, Household, Resident
from bianfang.register.households.tests.factories import Village, make_village

DOOR = FoundChange(field=HeldField.DOOR, seen="1 号", sent="2 号")
TIME = FoundChange(field=HeldField.CONTACT_TIME, seen="any", sent="evening")
AWAY = FoundChange(field=HeldField.LIVING_STATUS, seen="resident", sent="away")
EMPTY = FoundChange(
    field=HeldField.LIVING_STATUS, seen="resident", sent="vacant", reason=" 已搬走 "
)


def phone(sent: str, resident_id: UUID | None = None) -> FoundChange:
    return FoundChange(field=HeldField.PHONE, sent=sent, resident_id=resident_id)


@pytest.fixture
def home(village: Village) -> Household:
    return village.home(door="1 号")


def found(home: Household, **changes: Any) -> FoundAt:
    given = {"household_id": home.id, "visit_id": new_id(), "found_at": clock.now(), **changes}
    return FoundAt(**given)


def report(
    village: Village, home: Household, *changes: FoundChange, **where: Any
) -> list[HeldChange]:
    actor = where.pop("actor", village.worker)
    return held.report_changes(actor=actor, found=found(home, **where), changes=changes)


def edit(village: Village, home: Household, **changes: Any) -> None:
    now = village.now(home)
    given = {"door": now.door, "contact_time": ContactTime(now.contact_time), **changes}
    households.edit_household(
        actor=village.system, household_id=home.id, version=now.version, note="", **given
    )


def fresh(change: HeldChange) -> HeldChange:
    return HeldChange.objects.in_town(change.town_id).get(id=change.id)


def verbs(village: Village) -> list[str]:
    rows = Entry.objects.in_town(village.office.town_id).filter(verb__startswith="change_")
    return list(rows.order_by("id").values_list("verb", flat=True))


def test_what_the_register_still_says_is_changed(village: Village, home: Household) -> None:
    assert report(village, home, DOOR, TIME, EMPTY) == []

    now = village.now(home)
    assert (now.door, now.contact_time) == ("2 号", "evening")
    assert (now.living_status, now.status_reason) == ("vacant", "已搬走")
    assert verbs(village) == []


def test_what_was_changed_meanwhile_is_held_with_all_three_values(
    village: Village, home: Household
) -> None:
    edit(village, home, door="3 号", contact_time=ContactTime.DAY)

    kept = report(village, home, DOOR, TIME, AWAY)

    now = village.now(home)
    assert (now.door, now.contact_time, now.living_status) == ("3 号", "day", "away")
    assert [(fresh(one).seen, fresh(one).now, fresh(one).sent) for one in kept] == [
        ("1 号", "3 号", "2 号"),
        ("any", "day", "evening"),
    ]
    assert {one.reported_by_id for one in kept} == {village.worker.staff_id}
    assert verbs(village) == ["change_held"] * 2
    assert str(kept[0]) == "door open"


@pytest.mark.parametrize(
    "change",
    [
        FoundChange(field=HeldField.DOOR, seen="旧", sent="1 号"),
        FoundChange(field=HeldField.DOOR, seen="旧", sent="旧"),
    ],
    ids=["the register says the same", "nothing was changed"],
)
def test_nothing_is_done_where_there_is_nothing_to_do(
    change: FoundChange, village: Village, home: Household
) -> None:
    before = village.now(home).version

    assert report(village, home, change) == []
    assert village.now(home).version == before


def test_the_same_change_of_one_visit_is_held_once(village: Village, home: Household) -> None:
    edit(village, home, door="3 号")
    visit = new_id()

    first = report(village, home, DOOR, visit_id=visit)
    again = report(village, home, DOOR, visit_id=visit)
    other = report(
        village, home, FoundChange(field=HeldField.DOOR, seen="1 号", sent="4 号"), visit_id=visit
    )

    assert [one.id for one in first] == [one.id for one in again]
    assert other[0].id != first[0].id


def test_a_phone_goes_to_whom_it_is_of(village: Village, home: Household) -> None:
    head, son = village.person(home, "王一"), village.person(home, "王二", "20")

    report(village, home, phone("10000001234"), phone("10000005678", son.id))

    assert [now(one).phone for one in (head, son)] == ["10000001234", "10000005678"]


def test_a_phone_that_somebody_changed_after_the_visit_is_held(
    village: Village, home: Household
) -> None:
    head, seen_at = village.person(home, "王一"), clock.now()
    with clock.at(clock.in_town(clock.today(), 18)):
        residents.change_phone(actor=village.system, resident_id=head.id, phone="10000005678")

        (kept,) = report(village, home, phone("100 0000 1234"), found_at=seen_at)
        assert report(village, home, phone("10000005678"), found_at=seen_at) == []

    assert (fresh(kept).now, fresh(kept).sent, fresh(kept).seen) == (
        "10000005678",
        "10000001234",
        "",
    )
    assert kept.resident_id == head.id
    assert now(head).phone == "10000005678"
    held.take_over(actor=village.worker, held_id=kept.id)
    assert now(head).phone == "10000001234"


def now(person: Resident) -> Resident:
    return Resident.objects.in_town(person.town_id).get(id=person.id)


def test_wrong_changes_are_named_all_at_once_by_their_fields(
    village: Village, home: Household
) -> None:
    village.person(home, "王一")
    gone = FoundChange(field=HeldField.LIVING_STATUS, seen="resident", sent="vacant")
    long = FoundChange(field=HeldField.DOOR, seen="1 号", sent="长" * 61)

    with pytest.raises(FieldErrors) as refused:
        report(village, home, gone, long, phone("12"))
    with pytest.raises(FieldErrors) as unknown:
        report(village, home, phone("10000001234", new_id()))

    assert set(refused.value.errors) == {"living_status", "door", "phone"}
    assert set(unknown.value.errors) == {"phone"}


def test_a_wrong_status_is_not_held_either(village: Village, home: Household) -> None:
    households.set_living_status(
        actor=village.system, household_id=home.id, status=LivingStatus.UNKNOWN
    )
    gone = FoundChange(field=HeldField.LIVING_STATUS, seen="resident", sent="vacant")

    with pytest.raises(FieldErrors) as refused:
        report(village, home, gone)

    assert set(refused.value.errors) == {"living_status"}


def test_of_a_household_that_left_everything_is_held(village: Village, home: Household) -> None:
    head = village.person(home, "王一")
    residents.change_phone(actor=village.system, resident_id=head.id, phone="10000005678")
    households.end_household(
        actor=village.system,
        household_id=home.id,
        reason=HouseholdEnd.MOVED_OUT,
        on=clock.today(),
    )

    (kept,) = report(village, home, DOOR)

    assert kept.state == "open"
    with pytest.raises(DomainError, match="已"):
        held.take_over(actor=village.worker, held_id=kept.id)
    assert held.drop(actor=village.worker, held_id=kept.id).state == "dropped"


def test_a_phone_of_a_household_that_left_is_held_while_its_people_stay(
    village: Village, home: Household
) -> None:
    village.person(home, "王一")
    Household.objects.in_town(home.town_id).filter(id=home.id).update(
        ended_on=date(2026, 1, 1), end_reason=HouseholdEnd.NOBODY_LEFT
    )

    assert len(report(village, home, phone("10000001234"))) == 1
    with pytest.raises(FieldErrors) as refused:
        report(village, home, phone("10000001234", new_id()))
    assert set(refused.value.errors) == {"phone"}


def test_only_who_may_change_the_register_there_reports_and_decides(
    village: Village, home: Household
) -> None:
    edit(village, home, door="3 号")
    (kept,) = report(village, home, DOOR)
    acts = (
        lambda actor: report(village, home, DOOR, actor=actor),
        lambda actor: held.hold_change(actor=actor, found=found(home), change=DOOR),
        lambda actor: held.take_over(actor=actor, held_id=kept.id),
        lambda actor: held.drop(actor=actor, held_id=kept.id),
    )

    for act in acts:
        with pytest.raises(NotAllowedError):
            act(village.leader)
        for actor in (village.far_worker, make_stranger()):
            with pytest.raises(NotFoundError):
                act(actor)


def make_stranger() -> Actor:
    return make_village(f"other-{new_id().hex[-8:]}").worker


def test_taking_over_writes_the_register_and_is_told_by_the_journal(
    village: Village, home: Household
) -> None:
    edit(village, home, door="3 号", contact_time=ContactTime.DAY)
    households.set_living_status(
        actor=village.system, household_id=home.id, status=LivingStatus.UNKNOWN
    )
    kept = report(village, home, DOOR, TIME, EMPTY)

    done = [held.take_over(actor=village.worker, held_id=one.id) for one in kept]

    after = village.now(home)
    assert (after.door, after.contact_time) == ("2 号", "evening")
    assert (after.living_status, after.status_reason) == ("vacant", "已搬走")
    assert {(one.state, one.decided_by_id) for one in done} == {("taken", village.worker.staff_id)}
    assert verbs(village) == ["change_held"] * 3 + ["change_taken"] * 3


def test_leaving_it_changes_nothing_and_nothing_is_decided_twice(
    village: Village, home: Household
) -> None:
    edit(village, home, door="3 号")
    (kept,) = report(village, home, DOOR)

    held.drop(actor=village.worker, held_id=kept.id)

    assert village.now(home).door == "3 号"
    assert verbs(village)[-1] == "change_dropped"
    for act in (held.drop, held.take_over):
        with pytest.raises(HeldChangeMoveError):
            act(actor=village.worker, held_id=kept.id)


def test_the_journal_holds_no_value(village: Village, home: Household) -> None:
    edit(village, home, door="3 号")
    report(village, home, DOOR)

    entry = Entry.objects.in_town(home.town_id).filter(verb="change_held").get()

    assert entry.facts == {"field": "door"}
    assert (entry.target_kind, entry.target_id) == ("household", home.id)


def test_lists_hold_what_waits_for_the_actor_the_newest_first(
    village: Village, home: Household
) -> None:
    edit(village, home, door="3 号", contact_time=ContactTime.DAY)
    first, second = report(village, home, DOOR, TIME)
    third = report(village, home, FoundChange(field=HeldField.DOOR, seen="1 号", sent="5 号"))[0]
    held.drop(actor=village.worker, held_id=second.id)
    inside, outside = (PathRange.under(village.office[name].path) for name in ("上村", "远村"))

    def ids(actor: Actor, reach: PathRange | None = None) -> list[UUID]:
        return [one.id for one in queries.list_held(actor=actor, reach=reach)]

    assert ids(village.worker) == [third.id, first.id]
    assert ids(village.worker, inside) == [third.id, first.id]
    assert ids(village.worker, outside) == ids(village.leader) == ids(village.far_worker) == []
    seen = queries.list_held_of(actor=village.leader, household=home)
    assert [one.id for one in seen] == [third.id, first.id]


def test_a_decision_has_a_person_and_a_moment(village: Village, home: Household) -> None:
    edit(village, home, door="3 号")
    (kept,) = report(village, home, DOOR)
    rows = HeldChange.objects.in_town(home.town_id).filter(id=kept.id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="taken")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_at=clock.now())
