import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.register.areas import policies
from bianfang.register.areas.tests.factories import Tree, manager_of, reader_of

pytestmark = pytest.mark.django_db


def test_managing_holds_for_the_area_and_below(tree: Tree) -> None:
    manager = manager_of(tree["上村"])

    assert policies.can_manage_area(manager, tree["上村"])
    assert policies.can_manage_area(manager, tree["上坡"])
    assert not policies.can_manage_area(manager, tree["下村"])
    assert not policies.can_manage_area(manager, tree["北社区"])
    policies.check_can_manage_area(manager, tree["上坡"])


def test_other_rights_do_not_manage(tree: Tree) -> None:
    reader = reader_of(tree.top, "view_register", "edit_register")

    assert not policies.can_manage_area(reader, tree["上村"])
    with pytest.raises(NotAllowedError, match="上村"):
        policies.check_can_manage_area(reader, tree["上村"])
