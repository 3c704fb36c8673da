from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bianfang.register.areas.policies import MANAGE_AREAS
from bianfang.register.people import queries
from bianfang.register.people.enums import (
    INCOMPATIBLE_ROLES,
    ROLE_PERMISSIONS,
    UNIT_ROLES,
    Permission,
    Role,
)
from bianfang.register.people.models import Post
from bianfang.register.people.tests.factories import SINCE, TODAY, Office, make_office

pytestmark = pytest.mark.django_db
RESIDENTS = {
    Permission.VIEW_REGISTER,
    Permission.EDIT_REGISTER,
    Permission.REVEAL_IDENTITY,
    Permission.IMPORT_ROLL,
    Permission.EXPORT_REGISTER,
    Permission.VIEW_VISITS,
    Permission.VIEW_DEMANDS,
}


def test_without_a_post_nothing_may_be_done(office: Office) -> None:
    actor = office.acting(office.staff("某", username="somebody"))

    assert (actor.role, actor.roles, actor.grants) == ("", frozenset(), {})
    assert not any(actor.may(permission) for permission in Permission)


def test_rights_reach_as_far_as_the_post_and_not_beyond_its_days(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.COMMUNITY_WORKER, "北社区", valid_to=TODAY)
    actor = office.acting(staff)

    assert (actor.town_id, actor.person_id, actor.name) == (office.town_id, staff.id, "某")
    for permission in Permission:
        held = permission in ROLE_PERMISSIONS[Role.COMMUNITY_WORKER]
        assert actor.may(permission) is held
        assert actor.may_at(permission, office["上庄"].path) is held
        assert not actor.may_at(permission, office["远庄"].path)
    assert not office.acting(staff, TODAY + timedelta(days=1)).roles
    assert not office.acting(staff, SINCE - timedelta(days=1)).roles


def test_several_posts_add_up_by_place(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.VILLAGE_CADRE, "上村")
    office.post(staff, Role.LEADER, "南社区")
    actor = office.acting(staff)

    assert actor.may_at("edit_register", office["上庄"].path)
    assert not actor.may_at("edit_register", office["远庄"].path)
    assert actor.may_at("view_register", office["远庄"].path)
    assert actor.role == Role.LEADER
    assert actor.roles == {Role.LEADER, Role.VILLAGE_CADRE}


def test_touching_places_become_one_reach(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.VILLAGE_CADRE, "上村")
    office.post(staff, Role.VILLAGE_CADRE, "下村")
    office.post(staff, Role.VILLAGE_CADRE, "北社区")

    assert office.acting(staff).reach("view_register") == (office["北社区"].reach,)


def test_rights_of_a_unit_hold_for_its_demands_and_nowhere_on_the_map(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.UNIT_HANDLER)
    actor = office.acting(staff)

    assert actor.unit_ids == {office.unit.id}
    assert actor.may("handle_demand")
    assert actor.may_for("handle_demand", office.unit.id)
    assert not actor.may_for("review_demand", office.unit.id)
    assert not actor.may_at("handle_demand", office["上庄"].path)
    assert not actor.may("view_register")


def test_head_and_handler_of_one_unit_have_the_rights_of_both(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.UNIT_HANDLER)
    office.post(staff, Role.UNIT_HEAD)

    assert office.acting(staff).unit_grants[office.unit.id] == {
        "handle_demand",
        "assign_in_unit",
        "approve_extension",
        "review_demand",
    }


def test_an_actor_is_made_in_one_query(
    office: Office, django_assert_num_queries: Callable[[int], Any]
) -> None:
    staff = office.staff("某", username="somebody")
    for village in ("上村", "下村", "远村"):
        office.post(staff, Role.VILLAGE_CADRE, village)

    with django_assert_num_queries(1):
        queries.load_actor(staff, day=TODAY)


def test_the_day_is_today_when_none_is_told(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, Role.VILLAGE_CADRE, "上村", valid_from=TODAY)

    assert queries.load_actor(staff).roles == {Role.VILLAGE_CADRE}


def test_a_job_reaches_its_own_town_and_no_other(office: Office) -> None:
    other = make_office("second")

    for permission in Permission:
        assert office.system.may_at(permission, office["上庄"].path)
        assert not office.system.may_at(permission, other["上庄"].path)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.DATA_OFFICER, *UNIT_ROLES])
def test_who_runs_or_watches_the_system_sees_no_resident(role: Role) -> None:
    assert not ROLE_PERMISSIONS[role] & RESIDENTS


def test_every_role_has_its_rights_and_every_right_a_role() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_who_watches_does_not_act() -> None:
    watched = {frozenset(pair) for pair in INCOMPATIBLE_ROLES}

    assert all(len(pair) == 2 for pair in watched)
    for role in (Role.SYSTEM_ADMIN, Role.TOWN_CLERK, Role.UNIT_HEAD, Role.VILLAGE_SECRETARY):
        assert frozenset({role, Role.DATA_OFFICER}) in watched


def test_the_right_that_areas_ask_for_is_the_right_of_this_package() -> None:
    assert MANAGE_AREAS == Permission.MANAGE_AREAS


def test_effective_posts_are_own_ones_in_term_and_those_stood_in_for(office: Office) -> None:
    staff = office.staff("某", username="somebody")
    post = office.post(staff, Role.VILLAGE_CADRE, "上村", valid_to=TODAY)

    def effective(day: date) -> list[Post]:
        return queries.list_effective_posts(town_id=office.town_id, staff_id=staff.id, day=day)

    assert effective(TODAY) == [post]
    assert effective(TODAY + timedelta(days=1)) == []
