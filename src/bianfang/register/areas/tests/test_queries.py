from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.register.areas import actions, queries
from bianfang.register.areas.enums import AreaKind, kind_below
from bianfang.register.areas.tests.factories import TODAY, Tree, make_tree, reader_of

pytestmark = pytest.mark.django_db


def names(areas: Any) -> list[str]:
    return [area.name for area in areas]


def test_an_area_of_the_own_town_is_found_by_anybody_of_its_staff(tree: Tree) -> None:
    reader = reader_of(tree["上村"])

    assert queries.get_area(actor=reader, area_id=tree["下庄"].id) == tree["下庄"]
    assert queries.get_area_for_update(actor=reader, area_id=tree["下庄"].id) == tree["下庄"]


def test_an_area_that_is_not_there_or_of_another_town_is_not_found(tree: Tree) -> None:
    stranger = make_tree("second").manager

    for read in (queries.get_area, queries.get_area_for_update):
        for actor, area_id in ((tree.manager, new_id()), (stranger, tree["上村"].id)):
            with pytest.raises(NotFoundError):
                read(actor=actor, area_id=area_id)


def test_an_area_is_found_by_its_reach_and_the_town_without_one(tree: Tree) -> None:
    found = queries.get_area_at(actor=tree.manager, reach=PathRange.under(tree["上村"].path))

    assert found == tree["上村"]
    assert queries.get_area_at(actor=tree.manager, reach=None) == tree.top
    with pytest.raises(NotFoundError):
        queries.get_area_at(actor=tree.manager, reach=PathRange.under("99990001"))


def test_areas_are_found_by_exact_name_or_code(tree: Tree) -> None:
    actions.create_area(
        actor=tree.manager, parent_id=tree["下村"].id, name="上庄", code="999999100201001"
    )

    found = queries.find_areas(town_id=tree.town_id, word="上庄")
    assert [area.parent_id for area in found] == [tree["上村"].id, tree["下村"].id]
    assert names(queries.find_areas(town_id=tree.town_id, word="999999100201001")) == ["上庄"]
    assert not queries.find_areas(town_id=new_id(), word="上庄").exists()


def test_children_are_listed_with_the_ended_ones(tree: Tree) -> None:
    actions.close_area(
        actor=tree.manager, area_id=tree["上庄"].id, successor_id=tree["上坡"].id, on=TODAY
    )

    children = queries.list_children(actor=tree.manager, area_id=tree["上村"].id)

    assert names(children) == ["上庄", "上坡"]


def test_a_subtree_is_listed_whole_or_by_kind(tree: Tree) -> None:
    def list_of(area: str, kind: AreaKind | None = None) -> list[str]:
        rows = queries.list_subtree(actor=tree.manager, area=tree[area], kind=kind)
        return names(rows)

    assert list_of("上村") == ["上村", "上庄", "上坡"]
    assert list_of("北社区", AreaKind.HAMLET) == ["上庄", "上坡", "下庄"]
    assert list_of("上庄", AreaKind.VILLAGE) == []


def test_open_areas_of_a_day(tree: Tree) -> None:
    later = TODAY + timedelta(days=3)
    actions.create_area(
        actor=tree.manager, parent_id=tree["下村"].id, name="新庄", valid_from=later
    )

    def open_on(day: date) -> list[str]:
        return names(queries.list_open(town_id=tree.town_id, kind=AreaKind.HAMLET, day=day))

    assert open_on(TODAY) == ["上庄", "上坡", "下庄"]
    assert open_on(later) == ["上庄", "上坡", "下庄", "新庄"]


def test_the_map_holds_the_whole_town_in_one_query(
    tree: Tree, django_assert_num_queries: Callable[[int], Any]
) -> None:
    make_tree("second")
    town = tree.top.town

    with django_assert_num_queries(1):
        areas = queries.area_map(town_id=tree.town_id)
        assert {area.town for area in areas.values()} == {town}

    assert len(areas) == 7
    assert areas[tree["下庄"].path] == tree["下庄"]


def test_names_above_go_from_the_community_to_the_area(tree: Tree) -> None:
    areas = queries.area_map(town_id=tree.town_id)

    assert queries.names_above(tree["上坡"].path, areas) == ["北社区", "上村", "上坡"]
    assert queries.names_above(tree["北社区"].path, areas) == ["北社区"]
    assert queries.names_above(tree.top.path, areas) == []
    assert queries.names_above("", {}) == []


def test_the_switcher_offers_open_areas_where_the_right_holds(tree: Tree) -> None:
    actions.close_area(
        actor=tree.manager, area_id=tree["上庄"].id, successor_id=tree["上坡"].id, on=TODAY
    )
    reader = reader_of(tree["上村"], "view_register")

    offered = queries.list_scope_areas(actor=reader, permission="view_register")

    assert names(offered) == ["上村", "上坡"]
    assert not queries.list_scope_areas(actor=reader, permission="other").exists()


def test_levels_follow_each_other_down_to_the_hamlet() -> None:
    below = [kind_below(kind) for kind in AreaKind]

    assert below == ["town", "community", "village", "hamlet", None]
