from datetime import date, timedelta
from typing import Any

import pytest

from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.register.areas import actions as area_actions
from bianfang.register.people import actions, queries
from bianfang.register.people.enums import INCOMPATIBLE_ROLES, UNIT_ROLES, Role
from bianfang.register.people.models import Post, Staff
from bianfang.register.people.tests.factories import SINCE, TODAY, Office, make_office

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def somebody(office: Office) -> Staff:
    return office.staff("某", username="somebody")


def give(office: Office, staff: Staff, role: Role = Role.VILLAGE_CADRE, **changes: Any) -> Post:
    """By the administrator, in 上村 or the unit."""
    place = {"unit_id": office.unit.id} if role in UNIT_ROLES else {"area_id": office["上村"].id}
    values = {"valid_from": TODAY, **place, **changes}
    return actions.give_post(actor=office.admin, staff_id=staff.id, role=role, **values)


def last_entry(post: Post) -> Entry:
    entry = Entry.objects.in_town(post.town_id).filter(target_id=post.id).order_by("id").last()
    assert isinstance(entry, Entry)
    return entry


def test_a_post_gives_a_role_at_a_place_for_some_days(office: Office, somebody: Staff) -> None:
    post = give(office, somebody, title=" 主任 ", valid_to=TOMORROW)

    stored = queries.get_post(actor=office.admin, post_id=post.id)
    assert (stored.staff, stored.area, stored.unit) == (somebody, office["上村"], None)
    assert (stored.title, stored.valid_from, stored.valid_to) == ("主任", TODAY, TOMORROW)
    assert str(stored) == str(Role.VILLAGE_CADRE.label)
    assert last_entry(post).facts == {
        "staff": str(somebody.id),
        "role": "village_cadre",
        "from": "2026-03-02",
    }


def test_a_role_may_be_told_by_its_word(office: Office, somebody: Staff) -> None:
    post = actions.give_post(
        actor=office.admin,
        staff_id=somebody.id,
        role="village_cadre",  # type: ignore[arg-type]  # as a form sends it
        area_id=office["上村"].id,
        valid_from=TODAY,
    )

    assert post.role is Role.VILLAGE_CADRE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"area_id": None}, "area"),
        ({"role": Role.UNIT_HEAD, "unit_id": None}, "unit"),
        ({"valid_to": YESTERDAY}, "valid_to"),
        ({"valid_to": date(2062, 3, 2)}, "valid_to"),
    ],
    ids=["no area", "no unit", "ends before", "a slip of the year"],
)
def test_a_post_that_cannot_be_is_refused(
    office: Office, somebody: Staff, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        give(office, somebody, **changes)

    assert list(refused.value.errors) == [field]


def test_a_post_needs_an_open_account_area_and_unit(office: Office, somebody: Staff) -> None:
    closed = office.staff("另", username="closed")
    actions.set_active(actor=office.admin, staff_id=closed.id, active=False)
    actions.close_unit(actor=office.admin, unit_id=office.unit.id, on=TODAY)
    area_actions.close_area(
        actor=office.system, area_id=office["远庄"].id, successor_id=office["上庄"].id, on=TODAY
    )

    with pytest.raises(FieldError, match="另"):
        give(office, closed)
    with pytest.raises(FieldError, match="民政办"):
        give(office, somebody, Role.UNIT_HANDLER)
    with pytest.raises(FieldError, match="远庄"):
        give(office, somebody, area_id=office["远庄"].id)


def test_nothing_of_another_town_goes_into_a_post(office: Office, somebody: Staff) -> None:
    other = make_office("second")
    stranger = other.staff("外", username="stranger")

    for act in (
        lambda: give(office, stranger),
        lambda: give(office, somebody, area_id=other["上村"].id),
        lambda: give(office, somebody, Role.UNIT_HEAD, unit_id=other.unit.id),
        lambda: queries.get_post(actor=other.admin, post_id=give(office, somebody).id),
        lambda: actions.end_post(actor=office.admin, post_id=new_id(), on=TODAY),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_nobody_gives_rights_to_himself_or_ends_his_own_post(office: Office) -> None:
    admin = queries.get_staff(actor=office.admin, staff_id=office.admin.person_id)
    (own,) = queries.list_posts(town_id=office.town_id, staff_id=admin.id)
    holder = office.staff("某", username="somebody")
    post = give(office, holder)

    for act in (
        lambda: give(office, admin, Role.LEADER),
        lambda: actions.end_post(actor=office.admin, post_id=own.id, on=TODAY),
        lambda: actions.set_substitute(
            actor=office.admin, post_id=post.id, substitute_id=admin.id, from_=TODAY, to=TODAY
        ),
    ):
        with pytest.raises(NotAllowedError):
            act()


BOTH_WAYS = [*INCOMPATIBLE_ROLES, *((second, first) for first, second in INCOMPATIBLE_ROLES)]


@pytest.mark.parametrize(("held", "asked"), BOTH_WAYS)
def test_roles_that_watch_each_other_are_not_held_on_one_day(
    office: Office, somebody: Staff, held: Role, asked: Role
) -> None:
    give(office, somebody, held, valid_from=SINCE, valid_to=TODAY)

    with pytest.raises(DomainError) as refused:
        give(office, somebody, asked, valid_from=TODAY)

    assert str(asked.label) in str(refused.value)
    assert str(held.label) in str(refused.value)
    assert give(office, somebody, asked, valid_from=TOMORROW).valid_from == TOMORROW


def test_roles_that_go_together_are_held_on_one_day(office: Office, somebody: Staff) -> None:
    give(office, somebody, Role.LEADER)

    give(office, somebody, Role.VILLAGE_CADRE)


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [
        (SINCE, SINCE + timedelta(days=1), False),
        (date(2023, 1, 1), None, False),
        (date(2023, 1, 1), SINCE, False),
        (date(2023, 1, 1), SINCE - timedelta(days=1), True),
        (TODAY, None, False),
        (TOMORROW, None, True),
    ],
)
def test_the_same_post_is_not_held_twice_on_one_day(
    office: Office, somebody: Staff, first: date, last: date | None, is_free: bool
) -> None:
    give(office, somebody, valid_from=SINCE, valid_to=TODAY)

    def again() -> Post:
        return give(office, somebody, valid_from=first, valid_to=last)

    if is_free:
        again()
    else:
        with pytest.raises(FieldError) as refused:
            again()
        assert list(refused.value.errors) == ["role"]
    give(office, somebody, area_id=office["下村"].id)


def test_a_post_ends_with_its_last_day(office: Office, somebody: Staff) -> None:
    post = give(office, somebody, valid_from=SINCE)

    actions.end_post(actor=office.admin, post_id=post.id, on=TODAY)

    assert office.acting(somebody).may("edit_register")
    assert not office.acting(somebody, TOMORROW).may("edit_register")
    assert (last_entry(post).verb, last_entry(post).facts) == ("post_ended", {"on": "2026-03-02"})
    assert actions.end_post(actor=office.admin, post_id=post.id, on=YESTERDAY).valid_to == YESTERDAY


@pytest.mark.parametrize("on", [YESTERDAY, TOMORROW + timedelta(days=1)])
def test_an_end_neither_precedes_the_post_nor_makes_it_longer(
    office: Office, somebody: Staff, on: date
) -> None:
    post = give(office, somebody, valid_to=TOMORROW)

    with pytest.raises(FieldError) as refused:
        actions.end_post(actor=office.admin, post_id=post.id, on=on)

    assert list(refused.value.errors) == ["on"]


def stand_in(office: Office, post: Post, staff: Staff, first: date, last: date) -> Post:
    return actions.set_substitute(
        actor=office.admin, post_id=post.id, substitute_id=staff.id, from_=first, to=last
    )


def test_a_substitute_has_the_rights_on_his_days_beside_the_holder(
    office: Office, somebody: Staff
) -> None:
    holder = office.staff("主", username="holder")
    post = give(office, holder, valid_from=SINCE)

    stand_in(office, post, somebody, TODAY, TOMORROW)

    for day, may in ((YESTERDAY, False), (TODAY, True), (TOMORROW, True)):
        assert office.acting(somebody, day).may_at("edit_register", office["上庄"].path) is may
    assert not office.acting(somebody, TOMORROW + timedelta(days=1)).may("edit_register")
    assert office.acting(holder).may("edit_register")
    assert last_entry(post).facts["substitute"] == str(somebody.id)


def test_the_holder_comes_back(office: Office, somebody: Staff) -> None:
    post = give(office, office.staff("主", username="holder"))
    stand_in(office, post, somebody, TODAY, TOMORROW)

    cleared = actions.clear_substitute(actor=office.admin, post_id=post.id)

    assert (cleared.substitute_id, cleared.substitute_from, cleared.substitute_to) == (None,) * 3
    assert not office.acting(somebody).may("edit_register")
    assert last_entry(post).verb == "substitute_cleared"


@pytest.mark.parametrize(
    ("who", "first", "last", "field"),
    [
        ("holder", TODAY, TODAY, "substitute"),
        ("closed", TODAY, TODAY, "substitute"),
        ("somebody", TOMORROW, TODAY, "to"),
        ("somebody", TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=2), "from_"),
        ("somebody", YESTERDAY, YESTERDAY, "from_"),
    ],
)
def test_a_substitution_that_cannot_be_is_refused(
    office: Office, somebody: Staff, who: str, first: date, last: date, field: str
) -> None:
    people = {name: office.staff(name) for name in ("holder", "closed")} | {"somebody": somebody}
    actions.set_active(actor=office.admin, staff_id=people["closed"].id, active=False)
    post = give(office, people["holder"], valid_to=TOMORROW)

    with pytest.raises(FieldError) as refused:
        stand_in(office, post, people[who], first, last)

    assert list(refused.value.errors) == [field]


def test_standing_in_counts_for_roles_that_do_not_go_together(
    office: Office, somebody: Staff
) -> None:
    clerk_post = give(office, office.staff("主", username="holder"), Role.TOWN_CLERK)
    stand_in(office, clerk_post, somebody, TODAY, TOMORROW)

    with pytest.raises(DomainError):
        give(office, somebody, Role.DATA_OFFICER, valid_from=TOMORROW)
    give(office, somebody, Role.DATA_OFFICER, valid_from=TOMORROW + timedelta(days=1))
    with pytest.raises(DomainError):
        stand_in(office, clerk_post, somebody, TODAY, TOMORROW + timedelta(days=1))


def test_standing_in_ends_with_the_post_itself(office: Office, somebody: Staff) -> None:
    post = give(office, office.staff("主", username="holder"), Role.TOWN_CLERK)
    stand_in(office, post, somebody, TODAY, TOMORROW)
    actions.end_post(actor=office.admin, post_id=post.id, on=TODAY)

    assert not office.acting(somebody, TOMORROW).may("edit_register")
    give(office, somebody, Role.DATA_OFFICER, valid_from=TOMORROW)


def test_posts_of_a_day_are_narrowed_by_role_and_unit(office: Office, somebody: Staff) -> None:
    cadre = give(office, somebody)
    handler = give(office, somebody, Role.UNIT_HANDLER)
    later = give(office, somebody, area_id=office["下村"].id, valid_from=TOMORROW)

    def listed(**wanted: Any) -> set[Post]:
        return set(queries.current_posts(town_id=office.town_id, day=TODAY, **wanted))

    assert {cadre, handler} <= listed()
    assert later not in listed()
    assert listed(role=Role.VILLAGE_CADRE) == {cadre}
    assert listed(unit_id=office.unit.id) == {handler}
    assert set(queries.list_rights(town_id=office.town_id, staff_id=somebody.id)) == {
        cadre,
        handler,
        later,
    }
    assert queries.list_posts(town_id=office.town_id, staff_id=somebody.id).first() == later
