from uuid import UUID

import pytest

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange

VILLAGE = "0001000100020003"
UNIT, OTHER_UNIT = new_id(), new_id()


def actor(staff_id: UUID | None = None) -> Actor:
    return Actor(
        town_id=new_id(),
        name="秦某某",
        staff_id=staff_id,
        grants={"view": (PathRange.under(VILLAGE),), "handle": ()},
        unit_grants={UNIT: frozenset({"handle"}), OTHER_UNIT: frozenset({"handle", "review"})},
    )


def test_a_right_holds_in_its_places_only() -> None:
    who = actor()

    assert who.may("view")
    assert who.may_at("view", VILLAGE)
    assert who.may_at("view", f"{VILLAGE}0001")
    assert not who.may_at("view", "0001000100020004")
    assert not who.may_at("view", VILLAGE[:-4])
    assert who.reach("view") == (PathRange.under(VILLAGE),)


def test_a_right_that_is_not_given_holds_nowhere() -> None:
    who = actor()

    assert not who.may("edit")
    assert not who.may_at("edit", VILLAGE)
    assert who.reach("edit") == ()


def test_rights_for_units_hold_for_each_unit_by_itself() -> None:
    who = actor()

    assert who.may_for("handle", UNIT)
    assert not who.may_for("review", UNIT)
    assert not who.may_for("handle", new_id())
    assert not who.may_for("handle", None)
    assert who.units_with("review") == [OTHER_UNIT]
    assert who.may("handle")
    assert not who.may_at("handle", VILLAGE)


def test_a_job_is_nobody_and_signs_nothing() -> None:
    person = new_id()

    assert actor().is_system
    assert not actor(person).is_system
    assert actor(person).person_id == person
    with pytest.raises(NotAllowedError):
        _ = actor().person_id
