from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bianfang.register.households.enums import (
    COUNTED_STATUSES,
    FactKind,
    HouseholdEnd,
    LivingStatus,
)
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.households.tests.factories import Village, id_number, make_village
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db


def make(village: Village, **changes: Any) -> Household:
    hamlet = village.office["上庄"]
    values: dict[str, Any] = {
        "town_id": hamlet.town_id,
        "hamlet": hamlet,
        "area_path": hamlet.path,
        "number": "2",
        "entered_on": TODAY,
    }
    return Household.objects.create(**values | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"},
        {"ended_on": TODAY},
        {"end_reason": HouseholdEnd.MERGED},
    ],
    ids=["number in use", "end without reason", "reason without end"],
)
def test_the_database_refuses_a_household_that_cannot_be(
    village: Village, changes: dict[str, Any]
) -> None:
    village.home("1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make(village, **changes)
    make(village)


def test_the_database_keeps_a_number_of_identity_once_among_the_present(village: Village) -> None:
    home = village.home()
    person = village.person(home, "秦某某", id_number=id_number())
    twin = Resident(
        town_id=home.town_id,
        household=home,
        area_path=home.area_path,
        name="王某",
        id_key=person.id_key,
        entered_on=TODAY,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    twin.ended_on = TODAY
    twin.save(force_insert=True)
    other = make_village("second")
    stranger = other.person(other.home(), "李某", id_number=id_number())
    assert stranger.id_key == person.id_key


@pytest.mark.parametrize("status", LivingStatus)
def test_resident_households_live_here_or_work_away(village: Village, status: LivingStatus) -> None:
    home = make(village, living_status=status)
    is_counted = status in COUNTED_STATUSES

    assert home.is_counted is is_counted
    counted = Household.objects.in_town(home.town_id).counted()
    assert list(counted.order_by("id")) == [home] * is_counted
    home.ended_on = TODAY
    assert not home.is_counted


def test_rows_tell_what_they_are(village: Village) -> None:
    home = make(village, head_name="秦某某")

    assert str(home) == "2 秦某某"
    assert str(Resident(name="秦某某")) == "秦某某"
    assert str(Fact(kind=FactKind.DIBAO, value="yes")) == "dibao: yes"
