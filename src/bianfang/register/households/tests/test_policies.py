from datetime import timedelta

import pytest

from bianfang.kernel.errors import FieldError, NotAllowedError
from bianfang.register.households import policies
from bianfang.register.households.models import Household, Resident
from bianfang.register.households.tests.factories import Village
from bianfang.register.people.enums import Role
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db
EDITORS = {Role.TOWN_CLERK, Role.COMMUNITY_WORKER, Role.VILLAGE_CADRE, Role.VILLAGE_SECRETARY}


@pytest.mark.parametrize("role", Role)
def test_the_register_is_kept_and_revealed_by_those_who_serve_there(
    village: Village, role: Role
) -> None:
    office = village.office
    staff = office.staff("某", username="somebody")
    office.post(staff, role, "上村")
    actor, path = office.acting(staff), office["上庄"].path
    may = role in EDITORS

    assert policies.can_edit_register(actor, path) is may
    assert policies.can_reveal_identity(actor, path) is may
    assert not policies.can_edit_register(actor, office["远庄"].path)
    assert not policies.can_reveal_identity(actor, office["远庄"].path)
    for check in (policies.check_can_edit_register, policies.check_can_reveal_identity):
        if may:
            check(actor, path)
        else:
            with pytest.raises(NotAllowedError):
                check(actor, path)


def test_a_day_of_something_that_happened_is_not_in_the_future() -> None:
    policies.check_day(TODAY)

    with pytest.raises(FieldError) as refused:
        policies.check_day(TODAY + timedelta(days=1), field="as_of")
    assert list(refused.value.errors) == ["as_of"]


def test_texts_have_to_fit_in_their_columns() -> None:
    policies.check_lengths(Household(door="号" * 60, note="长" * 9999), "door", "note")

    with pytest.raises(FieldError, match="60"):
        policies.check_lengths(Resident(name="长" * 61), "name")
