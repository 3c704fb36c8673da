from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bianfang.register.people.enums import Role, UnitKind
from bianfang.register.people.models import Post, Staff, Unit
from bianfang.register.people.tests.factories import TODAY, Office, make_office

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"area": None},
        {"valid_to": YESTERDAY},
        {"substitute": "other"},
        {"substitute_from": TODAY},
        {"substitute_to": TODAY},
        {"substitute": "other", "substitute_from": TODAY, "substitute_to": YESTERDAY},
    ],
    ids=["no place", "ends before", "no days", "nobody", "nobody till", "days reversed"],
)
def test_the_database_refuses_a_post_that_cannot_be(
    office: Office, changes: dict[str, Any]
) -> None:
    staff, other = office.staff("one"), office.staff("other")
    given = {**changes, **({"substitute": other} if "substitute" in changes else {})}
    values: dict[str, Any] = {
        "town_id": office.town_id,
        "staff": staff,
        "role": Role.LEADER,
        "area": office["镇"],
        "valid_from": TODAY,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**values | given)
    Post.objects.create(**values)


def test_the_database_keeps_unit_names_and_sign_in_names_apart(office: Office) -> None:
    other = make_office("second")
    office.staff("one")

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(town_id=office.town_id, name="民政办", kind=UnitKind.STATION)
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create(town_id=other.town_id, username="one", name="另")
    Unit.objects.create(town_id=other.town_id, name="司法所", kind=UnitKind.STATION)
