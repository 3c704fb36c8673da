from typing import Any

import pytest

from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.register.people import actions, queries
from bianfang.register.people.actions import NewStaff
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post, Staff
from bianfang.register.people.tests.factories import PASSWORD, SINCE, Office, make_office

pytestmark = pytest.mark.django_db


def verbs_about(office: Office, target_id: Any) -> list[str]:
    rows = Entry.objects.in_town(office.town_id).filter(target_id=target_id).order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_an_account_is_made_and_can_sign_in(office: Office) -> None:
    staff = actions.create_staff(
        actor=office.admin,
        username=" Qin.Guanglin ",
        name=" 秦广林 ",
        password=PASSWORD,
        phone=" 10000001234 ",
        email=" q@example.org ",
    )

    stored = Staff.objects.get(id=staff.id)
    assert (stored.username, str(stored), stored.phone, stored.email) == (
        "qin.guanglin",
        "秦广林",
        "10000001234",
        "q@example.org",
    )
    assert stored.check_password(PASSWORD)
    assert verbs_about(office, staff.id) == ["staff_created"]
    assert PASSWORD not in str(list(Entry.objects.in_town(office.town_id).values()))


def test_without_a_password_nobody_can_sign_in_yet(office: Office) -> None:
    staff = actions.create_staff(actor=office.admin, username="nobody", name="某")

    assert not staff.has_usable_password()
    assert not staff.check_password("")


@pytest.mark.parametrize(
    "username", ["", "a", "1st", "秦广林", "a b", "-ab", "a@b", "a" * 61, "../etc", "a\n"]
)
def test_a_sign_in_name_is_plain(office: Office, username: str) -> None:
    with pytest.raises(FieldError) as refused:
        actions.create_staff(actor=office.admin, username=username, name="某")

    assert list(refused.value.errors) == ["username"]


@pytest.mark.parametrize("username", ["ab", "qin.guanglin", "v0201-2_x", "a" * 60])
def test_letters_digits_dot_dash_and_line_make_one(office: Office, username: str) -> None:
    assert office.staff("某", username=username).username == username


def test_a_sign_in_name_is_given_once_in_the_whole_installation(office: Office) -> None:
    other = make_office("second")
    office.staff("某", username="shared")

    with pytest.raises(FieldError) as refused:
        actions.create_staff(actor=other.admin, username="SHARED", name="某")

    assert list(refused.value.errors) == ["username"]


@pytest.mark.parametrize("password", ["short1!", "password123", "12345678", "qin.guanglin"])
def test_a_weak_password_is_refused_with_its_reasons(office: Office, password: str) -> None:
    with pytest.raises(FieldError) as refused:
        actions.create_staff(
            actor=office.admin, username="qin.guanglin", name="秦广林", password=password
        )

    assert list(refused.value.errors) == ["password"]
    assert str(refused.value)
    assert queries.find_staff(town_id=office.town_id, username="qin.guanglin") is None


def test_an_account_needs_a_name(office: Office) -> None:
    staff = office.staff("某", username="somebody")

    with pytest.raises(FieldError):
        actions.create_staff(actor=office.admin, username="another", name="  ")
    with pytest.raises(FieldError):
        actions.edit_staff(actor=office.admin, staff_id=staff.id, name=" ")


def test_name_and_ways_to_reach_somebody_are_changed(office: Office) -> None:
    staff = office.staff("某", username="somebody")

    actions.edit_staff(
        actor=office.admin, staff_id=staff.id, name=" 李某 ", phone=" 1 ", email=" a@example.org "
    )

    stored = queries.get_staff(actor=office.admin, staff_id=staff.id)
    assert (stored.name, stored.phone, stored.email) == ("李某", "1", "a@example.org")
    assert verbs_about(office, staff.id) == ["staff_created", "staff_edited"]


def test_a_new_password_replaces_the_old_one(office: Office) -> None:
    staff = office.staff("某", username="somebody", password=PASSWORD)

    actions.set_password(actor=office.admin, staff_id=staff.id, password=f"新{PASSWORD}")

    stored = Staff.objects.get(id=staff.id)
    assert stored.check_password(f"新{PASSWORD}")
    assert not stored.check_password(PASSWORD)
    assert verbs_about(office, staff.id)[-1] == "password_set"
    with pytest.raises(FieldError):
        actions.set_password(actor=office.admin, staff_id=staff.id, password="short")


def test_an_account_is_closed_and_opened_again(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    post = office.post(staff, Role.VILLAGE_CADRE, "上村")

    actions.set_active(actor=office.admin, staff_id=staff.id, active=False)
    assert not queries.get_staff(actor=office.admin, staff_id=staff.id).is_active
    assert post not in queries.current_posts(town_id=office.town_id, day=SINCE)
    actions.set_active(actor=office.admin, staff_id=staff.id, active=True)

    assert queries.get_staff(actor=office.admin, staff_id=staff.id).is_active
    assert post in queries.current_posts(town_id=office.town_id, day=SINCE)
    assert verbs_about(office, staff.id) == [
        "staff_created",
        "staff_deactivated",
        "staff_activated",
    ]


def test_nobody_closes_his_own_account(office: Office) -> None:
    with pytest.raises(DomainError):
        actions.set_active(actor=office.admin, staff_id=office.admin.person_id, active=False)


def test_staff_of_another_town_are_not_there(office: Office) -> None:
    staff, stranger = office.staff("某", username="somebody"), make_office("second").admin

    assert queries.find_staff(town_id=stranger.town_id, username="somebody") is None
    assert queries.find_staff_by_id(town_id=stranger.town_id, staff_id=staff.id) is None
    assert staff not in queries.list_staff(actor=stranger)
    for staff_id in (staff.id, new_id()):
        with pytest.raises(NotFoundError):
            queries.get_staff(actor=stranger, staff_id=staff_id)
    with pytest.raises(NotFoundError):
        actions.set_password(actor=stranger, staff_id=staff.id, password=PASSWORD)


def test_staff_are_found_by_id_and_by_sign_in_name(office: Office) -> None:
    staff = office.staff("某", username="somebody")

    assert queries.find_staff(town_id=office.town_id, username="somebody") == staff
    assert queries.find_staff_by_id(town_id=office.town_id, staff_id=staff.id) == staff
    assert queries.find_staff_by_id(town_id=office.town_id, staff_id=None) is None
    assert Staff.objects.get_by_natural_key("somebody") == staff


def test_staff_are_listed_by_sign_in_name_and_narrowed(office: Office) -> None:
    one = office.staff("秦广林", username="b-one")
    two = office.staff("李广", username="a-two")
    actions.set_active(actor=office.admin, staff_id=two.id, active=False)

    def listed(**wanted: Any) -> list[Staff]:
        rows = queries.list_staff(actor=office.admin, **wanted)
        return [staff for staff in rows if staff.id != office.admin.staff_id]

    assert listed() == [two, one]
    assert listed(text="广") == [two, one]
    assert listed(text="秦") == [one]
    assert listed(text="B-O") == [one]
    assert listed(active=True) == [one]
    assert listed(active=False) == [two]


def newcomer(username: str, **changes: Any) -> NewStaff:
    values: dict[str, Any] = {"name": "某", "role": Role.VILLAGE_CADRE, "valid_from": SINCE}
    return NewStaff(username=username, **values | changes)


def test_many_accounts_are_made_with_their_posts_and_one_password(office: Office) -> None:
    villages = (office["上村"].id, office["下村"].id)
    made = actions.create_staff_bulk(
        actor=office.admin,
        people=[
            newcomer("cadre", area_ids=villages, phone="10000001234", title="主任"),
            newcomer("handler", role=Role.UNIT_HANDLER, unit_id=office.unit.id),
        ],
        password=PASSWORD,
    )

    assert list(made) == ["cadre", "handler"]
    cadre = Staff.objects.get(id=made["cadre"].id)
    assert (cadre.phone, cadre.check_password(PASSWORD)) == ("10000001234", True)
    posts = queries.list_posts(town_id=office.town_id, staff_id=cadre.id)
    assert {post.area_id for post in posts} == set(villages)
    assert {post.title for post in posts} == {"主任"}
    assert made["handler"].password == made["cadre"].password
    entry = Entry.objects.in_town(office.town_id).get(verb="staff_created_in_bulk")
    assert entry.facts == {"accounts": 2, "posts": 3}


@pytest.mark.parametrize(
    ("person", "password", "field"),
    [
        (newcomer("admin-first", area_ids=(new_id(),)), PASSWORD, "username"),
        (newcomer("坏", area_ids=(new_id(),)), PASSWORD, "username"),
        (newcomer("fine", area_ids=(new_id(),), name=" "), PASSWORD, "name"),
        (newcomer("fine", area_ids=(new_id(),)), "short", "password"),
        (newcomer("fine"), PASSWORD, "area"),
        (newcomer("fine", role=Role.UNIT_HEAD, area_ids=(new_id(),)), PASSWORD, "unit"),
    ],
    ids=["in use", "no plain name", "no name", "weak password", "no area", "no unit"],
)
def test_many_accounts_are_refused_when_one_cannot_be(
    office: Office, person: NewStaff, password: str, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        actions.create_staff_bulk(
            actor=office.admin, people=[newcomer("good", area_ids=(office["上村"].id,)), person],
            password=password,
        )  # fmt: skip

    assert list(refused.value.errors) == [field]
    assert queries.find_staff(town_id=office.town_id, username="good") is None
    assert not Post.objects.in_town(office.town_id).filter(role=Role.VILLAGE_CADRE).exists()


def test_a_system_actor_may_do_everything_in_its_town(office: Office) -> None:
    assert office.system.is_system
    assert office.system.may_at("edit_register", office["上庄"].path)
    with pytest.raises(NotAllowedError):
        _ = office.system.person_id
