import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.register.people import policies
from bianfang.register.people.enums import Role
from bianfang.register.people.tests.factories import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_only_administrators_manage_staff(office: Office, role: Role) -> None:
    staff = office.staff("某", username="somebody")
    office.post(staff, role)
    actor = office.acting(staff)

    assert not policies.can_manage_staff(actor)
    assert not policies.can_give_rights_to(actor, new_id())
    with pytest.raises(NotAllowedError):
        policies.check_can_manage_staff(actor)
    with pytest.raises(NotAllowedError):
        policies.check_can_give_rights_to(actor, new_id())


def test_an_administrator_manages_others_and_not_himself(office: Office) -> None:
    policies.check_can_manage_staff(office.admin)
    policies.check_can_give_rights_to(office.admin, new_id())

    assert policies.can_give_rights_to(office.admin, new_id())
    assert not policies.can_give_rights_to(office.admin, office.admin.person_id)
    with pytest.raises(NotAllowedError):
        policies.check_can_give_rights_to(office.admin, office.admin.person_id)
    assert policies.can_give_rights_to(office.system, office.admin.person_id)
