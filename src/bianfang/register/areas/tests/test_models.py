from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel.tenancy.paths import PathRange
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.areas.tests.factories import TODAY, Tree

pytestmark = pytest.mark.django_db


def make(tree: Tree, **changes: Any) -> Callable[[], Area]:
    values: dict[str, Any] = {
        "town_id": tree.town_id,
        "kind": AreaKind.VILLAGE,
        "name": "新村",
        "path": f"{tree['北社区'].path}0009",
        "parent": tree["北社区"],
    }
    return lambda: Area.objects.create(**values | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"town_id": None},
        {"valid_from": TODAY, "valid_to": TODAY},
        {"name": "上村"},
    ],
    ids=["without a town", "ends before it begins", "a sibling's name"],
)
def test_the_database_refuses(tree: Tree, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(tree, **changes)()

    make(tree)()


def test_a_path_is_given_once_in_the_country(tree: Tree) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(tree, path=tree["上村"].path)()


def test_the_name_of_an_ended_area_is_free_again(tree: Tree) -> None:
    Area.objects.in_town(tree.town_id).filter(name="上村").update(
        valid_from=TODAY - timedelta(days=9), valid_to=TODAY
    )

    assert make(tree, name="上村")().name == "上村"


def test_an_area_tells_its_name_and_its_reach(tree: Tree) -> None:
    area = tree["上村"]

    assert str(area) == "上村"
    assert area.area_path == area.path
    assert area.reach == PathRange.under(area.path)
    assert list(Area.objects.in_town(tree.town_id).under(area.path).order_by("path")) == [
        tree["上村"],
        tree["上庄"],
        tree["上坡"],
    ]
