import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.tests.factories import PEOPLE, SmallTown


def test_only_the_visiting_office_manages_assignments(town: SmallTown) -> None:
    path = town.areas["上村"].path
    may = {
        name: (policies.can_assign(actor, path), policies.can_manage_groups(actor))
        for name, actor in town.actors.items()
    }

    assert {name for name, rights in may.items() if rights == (True, True)} == {"clerk"}
    assert {name for name, rights in may.items() if rights == (False, False)} == (
        set(PEOPLE) - {"clerk"}
    )


def test_checks_raise_where_the_questions_say_no(town: SmallTown) -> None:
    path = town.areas["上村"].path
    policies.check_can_assign(town.clerk, path)
    policies.check_can_manage_groups(town.clerk)

    with pytest.raises(NotAllowedError):
        policies.check_can_assign(town.actors["cadre"], path)
    with pytest.raises(NotAllowedError):
        policies.check_can_manage_groups(town.actors["cadre"])
