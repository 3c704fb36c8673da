import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.register.rolls import policies
from bianfang.register.rolls.tests.factories import RollTown


def test_import_is_for_the_visiting_office(town: RollTown) -> None:
    policies.check_can_import_roll(town.clerk)

    assert policies.can_import_roll(town.clerk)
    assert not policies.can_import_roll(town.secretary)
    with pytest.raises(NotAllowedError):
        policies.check_can_import_roll(town.secretary)


def test_export_is_for_who_may_export_there(town: RollTown) -> None:
    place = town.area("柳沟村").path
    policies.check_can_export_roll(town.clerk, place)

    with pytest.raises(NotAllowedError):
        policies.check_can_export_roll(town.secretary, place)
    with pytest.raises(NotAllowedError):
        policies.check_can_export_roll(town.clerk, "99990001")
