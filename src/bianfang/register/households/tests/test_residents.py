from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.errors import (
    ChangedError,
    DomainError,
    FieldError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.journal.models import AccessEntry, Entry
from bianfang.register.households import queries
from bianfang.register.households.actions import households, residents
from bianfang.register.households.actions.residents import ResidentInput, RevealedIdentity
from bianfang.register.households.enums import HouseholdEnd, ResidentEnd
from bianfang.register.households.models import Household, Resident
from bianfang.register.households.tests.factories import (
    HEAD,
    SON,
    SPOUSE,
    Village,
    id_number,
    make_village,
)
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
BORN = date(1970, 5, 6)


@pytest.fixture
def home(village: Village) -> Household:
    return village.home()


def now(person: Resident) -> Resident:
    """The person as the database has it."""
    return Resident.objects.in_town(person.town_id).get(id=person.id)


def verbs(person: Resident) -> list[str]:
    rows = Entry.objects.in_town(person.town_id).filter(target_id=person.id).order_by("id")
    return list(rows.values_list("verb", flat=True))


def edit(village: Village, person: Resident, **changes: Any) -> Resident:
    version = changes.pop("version", None)
    given: dict[str, Any] = {"name": person.name, "relation": person.relation, **changes}
    return residents.edit_resident(
        actor=village.worker,
        resident_id=person.id,
        person=ResidentInput(**given),
        version=version,
    )


def test_a_person_is_added_with_number_and_phone_sealed(village: Village, home: Household) -> None:
    person = residents.add_resident(
        actor=village.worker,
        household_id=home.id,
        person=ResidentInput(
            name=" 曾长生 ",
            relation=HEAD,
            id_number=id_number(BORN).lower(),
            phone="1000000 1234",
            is_away=True,
            away_place=" 青岛 ",
            note="在外务工",
        ),
    )

    stored = now(person)
    assert (str(stored), stored.relation, stored.area_path) == ("曾长生", HEAD, home.area_path)
    assert (stored.pinyin, stored.initials.split()[0]) == ("zengchangsheng", "zcs")
    assert (stored.birth_date, stored.sex, stored.id_is_verified) == (BORN, Sex.MALE, True)
    assert (stored.id_last4, stored.phone_last4) == (id_number(BORN)[-4:], "1234")
    assert (stored.id_number, stored.phone) == (id_number(BORN), "10000001234")
    assert (stored.is_away, stored.away_place, stored.entered_on) == (True, "青岛", TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone, id_key FROM households_resident")
        assert not any(b"999999" in bytes(sealed) for sealed in cursor.fetchone())
    assert verbs(person) == ["resident_added"]


def test_the_household_repeats_what_lists_need_of_its_people(
    village: Village, home: Household
) -> None:
    village.person(home, "王某", SPOUSE)
    village.person(home, "秦某某", HEAD)

    stored = village.now(home)
    assert (stored.head_name, stored.head_pinyin, stored.head_initials) == (
        "秦某某",
        "qinmoumou",
        "qmm",
    )
    assert (stored.member_count, stored.version) == (2, 3)
    members = queries.list_members(town_id=home.town_id, household_id=home.id)
    assert [(member.name, member.order) for member in members] == [("王某", 1), ("秦某某", 2)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"relation": "父"}, "relation"),
        ({"relation": HEAD}, "relation"),
        ({"id_number": "12345"}, "id_number"),
        ({"id_number": id_number(BORN)}, "id_number"),
        ({"id_number": id_number(TOMORROW)}, "id_number"),
        ({"birth_date": TOMORROW}, "birth_date"),
        ({"phone": "123456"}, "phone"),
        ({"away_place": "外" * 61}, "away_place"),
    ],
)
def test_a_person_that_cannot_be_is_refused(
    village: Village, home: Household, given: dict[str, Any], field: str
) -> None:
    village.person(home, "秦某某", HEAD, id_number=id_number(BORN))

    with pytest.raises(FieldError) as refused:
        village.person(home, **{"name": "王某", "relation": SON, **given})

    assert list(refused.value.errors) == [field]
    assert village.now(home).member_count == 1


def test_without_a_number_birth_and_sex_are_as_told(village: Village, home: Household) -> None:
    person = village.person(home, "王某", "", birth_date=BORN, sex=Sex.FEMALE)
    nobody = village.person(home, "李某", "", sex="")

    assert (now(person).birth_date, now(person).sex) == (BORN, Sex.FEMALE)
    assert (now(person).id_number, now(person).id_key) == ("", None)
    assert (now(nobody).birth_date, now(nobody).sex) == (None, Sex.UNKNOWN)


def test_a_number_decides_birth_and_sex_whatever_is_told_beside(
    village: Village, home: Household
) -> None:
    number = id_number(BORN, 2)
    person = village.person(
        home, "王某", id_number=number, birth_date=TODAY, sex=Sex.MALE, phone="10000000001"
    )

    edit(village, person, birth_date=None, sex=Sex.MALE, name="王某某")

    assert (now(person).birth_date, now(person).sex) == (BORN, Sex.FEMALE)
    assert (now(person).id_number, now(person).phone) == (number, "10000000001")


def test_an_old_number_is_kept_in_its_new_form_and_marked(
    village: Village, home: Household
) -> None:
    person = village.person(home, "王某", id_number="999999700506001")

    assert now(person).id_number == id_number(BORN)
    assert not now(person).id_is_verified


def test_numbers_are_taken_out_again(village: Village, home: Household) -> None:
    person = village.person(home, "王某", id_number=id_number(), phone="10000000001")

    edit(village, person, id_number=" ", phone="", birth_date=BORN)

    stored = now(person)
    assert (stored.id_number, stored.id_key, stored.id_last4) == ("", None, "")
    assert (stored.phone, stored.phone_key, stored.phone_last4) == ("", None, "")
    assert stored.birth_date == BORN
    village.person(home, "李某", SON, id_number=id_number())


def test_a_number_stands_once_on_the_register_of_a_town(village: Village, home: Household) -> None:
    person = village.person(home, "王某", id_number=id_number())
    edit(village, person, id_number=id_number())
    other = make_village("second")
    other.person(other.home(), "王某", id_number=id_number())

    residents.end_resident(
        actor=village.worker, resident_id=person.id, reason=ResidentEnd.MOVED_OUT, on=TODAY
    )

    assert village.person(home, "王某", id_number=id_number()).id_key == now(person).id_key


def test_a_change_tells_which_fields_and_nothing_of_their_content(
    village: Village, home: Household
) -> None:
    person = village.person(home, "王某", id_number=id_number())

    edit(village, person, name="王新名", phone="10000000009", is_away=True, note="秘密")

    entry = Entry.objects.in_town(home.town_id).get(verb="resident_edited")
    assert entry.facts == {"fields": ["name", "phone_last4", "is_away", "note"]}
    written = str(list(Entry.objects.in_town(home.town_id).values()))
    assert not any(secret in written for secret in ("王", "10000000009", "秘密", id_number()))
    assert village.now(home).head_name == "王新名"


def test_a_form_that_was_opened_before_a_change_is_refused(
    village: Village, home: Household
) -> None:
    person = village.person(home, "王某")
    edit(village, person, version=2, name="王一")

    with override("en"), pytest.raises(ChangedError, match="worker的名 changed"):
        edit(village, person, version=2, name="王二")
    edit(village, person, name="王三")

    assert now(person).name == "王三"


def test_a_second_head_is_refused_and_the_head_may_be_changed(
    village: Village, home: Household
) -> None:
    head, son = village.person(home, "秦某某"), village.person(home, "秦小某", SON)

    edit(village, head, note="a note")
    with pytest.raises(FieldError):
        edit(village, son, relation=HEAD)
    residents.set_head(actor=village.worker, resident_id=son.id, former_relation=Relation.FATHER)

    assert (now(son).relation, now(head).relation) == (HEAD, Relation.FATHER)
    assert village.now(home).head_name == "秦小某"
    residents.set_head(actor=village.worker, resident_id=son.id)
    assert now(head).relation == Relation.FATHER


def test_the_former_head_does_not_stay_head(village: Village, home: Household) -> None:
    head, son = village.person(home, "秦某某"), village.person(home, "秦小某", SON)

    with pytest.raises(FieldError) as refused:
        residents.set_head(actor=village.worker, resident_id=son.id, former_relation=HEAD)

    assert set(refused.value.errors) == {"former_relation"}
    assert (now(head).relation, now(son).relation) == (HEAD, SON)


def test_the_former_head_is_another_relation_when_none_is_told(
    village: Village, home: Household
) -> None:
    head, wife = village.person(home, "秦某某"), village.person(home, "王某", SPOUSE)

    residents.set_head(actor=village.worker, resident_id=wife.id)

    assert now(head).relation == Relation.OTHER
    rows = Entry.objects.in_town(home.town_id).filter(verb="head_set", target_id=home.id)
    assert rows.count() == 1


def test_a_person_moves_to_another_household(village: Village, home: Household) -> None:
    village.person(home, "秦某某")
    son = village.person(home, "秦小某", SON)
    new = village.home("0301010001", "远庄")
    village.person(new, "王某")

    residents.move_resident(
        actor=village.system, resident_id=son.id, household_id=new.id, relation=SPOUSE
    )

    stored = now(son)
    assert (stored.household_id, stored.area_path, stored.relation, stored.order) == (
        new.id,
        new.area_path,
        SPOUSE,
        2,
    )
    assert [village.now(one).member_count for one in (home, new)] == [1, 2]
    rows = Entry.objects.in_town(home.town_id).filter(verb="resident_moved")
    assert {entry.target_id for entry in rows} == {home.id, new.id, son.id}


def test_a_move_needs_another_household_with_room_and_both_rights(
    village: Village, home: Household
) -> None:
    head = village.person(home, "秦某某")
    near, far = village.home("0101010002"), village.home("3", "远庄")
    village.person(near, "王某")

    def move(target: Household, relation: Relation = SON) -> Resident:
        return residents.move_resident(
            actor=village.worker, resident_id=head.id, household_id=target.id, relation=relation
        )

    for target, relation, field in ((home, SON, "household"), (near, HEAD, "relation")):
        with pytest.raises(FieldError) as refused:
            move(target, relation)
        assert list(refused.value.errors) == [field]
    with pytest.raises(NotFoundError):
        move(far)
    move(near)


def end(village: Village, person: Resident, on: date = TODAY) -> Resident:
    return residents.end_resident(
        actor=village.worker, resident_id=person.id, reason=ResidentEnd.DIED, on=on
    )


def test_who_leaves_keeps_the_record_and_the_household_waits_for_a_head(
    village: Village, home: Household
) -> None:
    head, son = village.person(home, "秦某某"), village.person(home, "秦小某", SON)

    end(village, head)

    assert (now(head).ended_on, now(head).end_reason) == (TODAY, ResidentEnd.DIED)
    stored = village.now(home)
    assert (stored.head_name, stored.member_count, stored.ended_on) == ("", 1, None)
    assert verbs(head)[-1] == "resident_ended"
    residents.set_head(actor=village.worker, resident_id=son.id)
    assert village.now(home).head_name == "秦小某"


def test_who_left_is_not_changed_any_more(village: Village, home: Household) -> None:
    person = village.person(home, "秦某某")
    with pytest.raises(FieldError):
        end(village, person, TOMORROW)
    end(village, person)

    for act in (
        lambda: end(village, person),
        lambda: edit(village, person),
        lambda: residents.set_head(actor=village.worker, resident_id=person.id),
        lambda: residents.move_resident(
            actor=village.worker, resident_id=person.id, household_id=home.id, relation=SON
        ),
    ):
        with pytest.raises(DomainError):
            act()


def test_a_person_who_was_moved_in_between_is_looked_at_again(
    village: Village, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, other = village.person(home, "秦某某"), village.home("0101010002")
    lock = queries.get_household_for_update

    def lock_after_a_move(**wanted: Any) -> Household:
        rows = Resident.objects.in_town(home.town_id).filter(id=person.id)
        rows.update(household=other)
        return lock(**wanted)

    monkeypatch.setattr(queries, "get_household_for_update", lock_after_a_move)
    with pytest.raises(ChangedError):
        edit(village, person)


def test_people_are_changed_where_one_may_edit_and_elsewhere_not_there(
    village: Village, home: Household
) -> None:
    person, other = village.person(home, "秦某某"), make_village("second")

    def acts(actor: Any) -> list[Any]:
        one: dict[str, Any] = {"actor": actor, "resident_id": person.id}
        given = ResidentInput(name="某")
        return [
            lambda: residents.add_resident(actor=actor, household_id=home.id, person=given),
            lambda: residents.edit_resident(person=given, **one),
            lambda: residents.end_resident(reason=ResidentEnd.DIED, on=TODAY, **one),
            lambda: residents.set_head(**one),
            lambda: residents.move_resident(household_id=home.id, relation=SON, **one),
            lambda: residents.reveal_identity(reason="低保年度复核", **one),
        ]

    for act in acts(village.leader):
        with pytest.raises(NotAllowedError):
            act()
    for actor in (village.far_worker, other.system, village.office.admin):
        for act in acts(actor):
            with pytest.raises(NotFoundError):
                act()
    assert not AccessEntry.objects.in_town(home.town_id).exists()


def test_full_numbers_are_shown_for_a_reason_and_the_look_is_logged(
    village: Village, home: Household
) -> None:
    person = village.person(home, "秦某某", id_number=id_number(), phone="10000000001")

    shown = residents.reveal_identity(
        actor=village.worker, resident_id=person.id, reason=" 低保年度复核 "
    )

    assert shown == RevealedIdentity(id_number=id_number(), phone="10000000001")
    look = AccessEntry.objects.in_town(home.town_id).get()
    assert (look.target_id, look.actor_name, look.what) == (
        person.id,
        "worker的名",
        "identity_number",
    )
    assert (look.reason, look.area_path) == ("低保年度复核", home.area_path)


@pytest.mark.parametrize("reason", ["", "   ", "abc", " ab "])
def test_without_a_reason_nothing_is_shown(village: Village, home: Household, reason: str) -> None:
    person = village.person(home, "秦某某", id_number=id_number())

    with pytest.raises(FieldError) as refused:
        residents.reveal_identity(actor=village.worker, resident_id=person.id, reason=reason)

    assert list(refused.value.errors) == ["reason"]
    assert not AccessEntry.objects.in_town(home.town_id).exists()


def test_numbers_of_who_left_can_still_be_shown(village: Village, home: Household) -> None:
    person = village.person(home, "秦某某", id_number=id_number())
    households.end_household(
        actor=village.worker, household_id=home.id, reason=HouseholdEnd.MOVED_OUT, on=TODAY
    )

    shown = residents.reveal_identity(
        actor=village.worker, resident_id=person.id, reason="迁出证明"
    )

    assert shown.id_number == id_number()
