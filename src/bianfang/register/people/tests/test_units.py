from datetime import timedelta
from typing import Any

import pytest

from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.register.people import actions, queries
from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.tests.factories import SINCE, TODAY, Office, make_office

pytestmark = pytest.mark.django_db


def test_a_unit_is_made_with_its_place(office: Office) -> None:
    unit = actions.create_unit(
        actor=office.admin,
        name=" 北社区办公室 ",
        kind=UnitKind.COMMUNITY_OFFICE,
        area_id=office["北社区"].id,
        phone=" 0536-0000001 ",
    )

    stored = queries.get_unit(actor=office.admin, unit_id=unit.id)
    assert (str(stored), stored.phone, stored.area) == (
        "北社区办公室",
        "0536-0000001",
        office["北社区"],
    )
    entry = Entry.objects.in_town(office.town_id).get(target_id=unit.id)
    assert (entry.verb, entry.actor_name) == ("unit_created", "管理员")


@pytest.mark.parametrize("name", ["", "  ", "民政办", " 民政办 "])
def test_a_units_name_is_given_once(office: Office, name: str) -> None:
    with pytest.raises(FieldError) as refused:
        actions.create_unit(actor=office.admin, name=name, kind=UnitKind.STATION)

    assert list(refused.value.errors) == ["name"]
    other = make_office("second")
    actions.create_unit(actor=other.admin, name="司法所", kind=UnitKind.STATION)


def test_a_unit_is_closed_once_its_posts_have_ended(office: Office) -> None:
    post = office.post(office.staff("head"), Role.UNIT_HEAD)

    with pytest.raises(DomainError, match="民政办"):
        actions.close_unit(actor=office.admin, unit_id=office.unit.id, on=TODAY)
    actions.end_post(actor=office.admin, post_id=post.id, on=TODAY - timedelta(days=1))
    closed = actions.close_unit(actor=office.admin, unit_id=office.unit.id, on=TODAY)

    assert closed.closed_on == TODAY
    assert closed not in queries.list_units(actor=office.admin)
    assert queries.get_unit(actor=office.admin, unit_id=closed.id) == closed
    with pytest.raises(DomainError, match="民政办"):
        actions.close_unit(actor=office.admin, unit_id=office.unit.id, on=TODAY)


def test_units_are_listed_by_kind_and_name(office: Office) -> None:
    court = actions.create_unit(actor=office.admin, name="司法所", kind=UnitKind.STATION)
    leaders = actions.create_unit(actor=office.admin, name="班子", kind=UnitKind.LEADERSHIP)

    assert set(queries.list_units(actor=office.admin)) == {office.unit, court, leaders}
    assert queries.list_units(actor=office.admin).first() == leaders
    assert set(queries.list_units(actor=office.admin, kind=UnitKind.STATION)) == {
        office.unit,
        court,
    }


def test_units_of_another_town_are_not_there(office: Office) -> None:
    stranger = make_office("second").admin

    assert office.unit not in queries.list_units(actor=stranger)
    for unit_id in (office.unit.id, new_id()):
        with pytest.raises(NotFoundError):
            queries.get_unit(actor=stranger, unit_id=unit_id)
    with pytest.raises(NotFoundError):
        actions.close_unit(actor=stranger, unit_id=office.unit.id, on=TODAY)


def every_act(office: Office) -> list[Any]:
    staff = office.staff("somebody")
    post = office.post(staff, Role.VILLAGE_CADRE, "上村")
    other = office.staff("another")
    one: dict[str, Any] = {"staff_id": staff.id}
    return [
        lambda actor: actions.create_unit(actor=actor, name="x", kind=UnitKind.STATION),
        lambda actor: actions.close_unit(actor=actor, unit_id=office.unit.id, on=TODAY),
        lambda actor: actions.create_staff(actor=actor, username="xx", name="某"),
        lambda actor: actions.edit_staff(actor=actor, name="某", **one),
        lambda actor: actions.set_password(actor=actor, password="x" * 20, **one),
        lambda actor: actions.set_active(actor=actor, active=False, **one),
        lambda actor: actions.give_post(
            actor=actor, role=Role.LEADER, area_id=office["镇"].id, valid_from=SINCE, **one
        ),
        lambda actor: actions.end_post(actor=actor, post_id=post.id, on=TODAY),
        lambda actor: actions.set_substitute(
            actor=actor, post_id=post.id, substitute_id=other.id, from_=TODAY, to=TODAY
        ),
        lambda actor: actions.clear_substitute(actor=actor, post_id=post.id),
        lambda actor: actions.create_staff_bulk(actor=actor, people=[], password="x" * 20),
    ]


def test_nobody_but_an_administrator_changes_units_accounts_and_posts(office: Office) -> None:
    clerk = office.staff("clerk")
    office.post(clerk, Role.TOWN_CLERK)
    actor = office.acting(clerk)
    before = Entry.objects.in_town(office.town_id).count()

    for act in every_act(office):
        with pytest.raises(NotAllowedError):
            act(actor)

    written = Entry.objects.in_town(office.town_id).filter(staff_id=clerk.id)
    assert before
    assert not written.exists()
