from datetime import timedelta
from typing import Any

import pytest

from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.tenancy.models import Town
from bianfang.register.areas import actions, queries
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.areas.tests.factories import TODAY, TREE, Tree, make_tree, manager_of

pytestmark = pytest.mark.django_db
VILLAGE_CODE, HAMLET_CODE = "999999100200", "999999100200001"


def last_entry(tree: Tree) -> Entry:
    entry = Entry.objects.in_town(tree.town_id).order_by("id").last()
    assert isinstance(entry, Entry)
    return entry


def test_founding_a_town_makes_its_place_under_its_county() -> None:
    town = actions.create_town(name=" 甲镇 ", county_name="乙县", code="999999100000", is_demo=True)

    top = queries.get_town_area(town.id)
    assert (town.name, town.slug, town.is_demo) == ("甲镇", "town-1", True)
    assert (top.name, top.kind, top.code) == ("甲镇", AreaKind.TOWN, "999999100000")
    assert top.parent is not None
    assert (top.parent.kind, top.parent.name, top.parent.town_id) == ("county", "乙县", None)
    assert top.path == f"{top.parent.path}0001"
    entry = Entry.objects.in_town(town.id).get()
    assert (entry.verb, entry.staff_id, entry.facts) == ("town_founded", None, {"name": "甲镇"})


def test_towns_of_a_county_stand_side_by_side_and_counties_too() -> None:
    towns = [
        actions.create_town(name="甲镇", county_name="乙县"),
        actions.create_town(name="丙镇", county_name="乙县"),
        actions.create_town(name="丁镇", county_name="戊县"),
    ]

    paths = [queries.get_town_area(town.id).path for town in towns]
    assert paths == ["00010001", "00010002", "00020001"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "试验镇first"}, "name"),
        ({"name": "甲镇", "slug": "first"}, "slug"),
        ({"name": "甲镇", "code": "12"}, "code"),
        ({"name": "甲镇", "code": VILLAGE_CODE}, "code"),
    ],
)
def test_a_town_that_cannot_be_is_refused(tree: Tree, given: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        actions.create_town(**given)

    assert list(refused.value.errors) == [field]


def test_a_tree_is_added_in_the_order_it_is_told(tree: Tree) -> None:
    top = tree.top.path

    assert tree["北社区"].path == f"{top}0001"
    assert tree["上村"].path == f"{top}00010001"
    assert tree["上坡"].path == f"{top}000100010002"
    assert tree["下庄"].path == f"{top}000100020001"
    assert (tree["上坡"].kind, tree["上坡"].valid_from) == (AreaKind.HAMLET, None)
    assert last_entry(tree).facts == {"areas": 6}


def test_a_tree_adds_what_is_missing_only(tree: Tree) -> None:
    codes = {("北社区", "新村"): "999999100203", ("北社区", "新村", "新庄"): "999999100203001"}
    more = [*TREE, ("北社区", "上村", "上岭"), ("北社区", "新村", "新庄")]

    assert actions.create_tree(actor=tree.manager, tree=more, codes=codes) == 3
    assert actions.create_tree(actor=tree.manager, tree=more, codes=codes) == 0

    assert tree.now("上岭").path == f"{tree['上村'].path}0003"
    assert (tree.now("新村").code, tree.now("新庄").code) == ("999999100203", "999999100203001")
    assert Entry.objects.in_town(tree.town_id).filter(verb="areas_created_from_roll").count() == 2


def test_a_tree_is_for_who_manages_the_whole_town(tree: Tree) -> None:
    with pytest.raises(NotAllowedError):
        actions.create_tree(actor=manager_of(tree["北社区"]), tree=TREE)


def test_a_tree_with_a_wrong_code_is_refused_as_a_whole(tree: Tree) -> None:
    with pytest.raises(FieldError):
        actions.create_tree(
            actor=tree.manager,
            tree=[("南社区", "远村", "远庄")],
            codes={("南社区", "远村"): HAMLET_CODE},
        )

    assert not queries.find_areas(town_id=tree.town_id, word="南社区").exists()


def test_an_area_gets_the_kind_below_and_the_next_number(tree: Tree) -> None:
    area = actions.create_area(
        actor=tree.manager,
        parent_id=tree["北社区"].id,
        name=" 新村 ",
        code=f" {VILLAGE_CODE}",
        valid_from=TODAY,
    )

    assert (area.kind, area.name, area.code) == (AreaKind.VILLAGE, "新村", VILLAGE_CODE)
    assert area.path == f"{tree['北社区'].path}0003"
    assert (last_entry(tree).verb, last_entry(tree).target_id) == ("area_created", area.id)
    assert last_entry(tree).area_path == area.path


def test_numbers_of_ended_areas_are_not_given_again(tree: Tree) -> None:
    actions.close_area(
        actor=tree.manager, area_id=tree["上坡"].id, successor_id=tree["上庄"].id, on=TODAY
    )

    area = actions.create_area(actor=tree.manager, parent_id=tree["上村"].id, name="上坡")

    assert area.path == f"{tree['上村'].path}0003"


def test_nothing_lies_below_a_hamlet(tree: Tree) -> None:
    with pytest.raises(DomainError):
        actions.create_area(actor=tree.manager, parent_id=tree["上庄"].id, name="院")


def test_nothing_is_added_below_an_ended_area(tree: Tree) -> None:
    for name, successor in (("上庄", "下庄"), ("上坡", "下庄"), ("上村", "下村")):
        actions.close_area(
            actor=tree.manager, area_id=tree[name].id, successor_id=tree[successor].id, on=TODAY
        )

    with pytest.raises(DomainError, match="上村"):
        actions.create_area(actor=tree.manager, parent_id=tree["上村"].id, name="新庄")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " 上庄"}, "name"),
        ({"name": "新庄", "code": "99999910020"}, "code"),
        ({"name": "新庄", "code": VILLAGE_CODE}, "code"),
        ({"name": "新庄", "code": "999999100200009"}, "code"),
    ],
)
def test_an_area_that_cannot_be_is_refused(tree: Tree, given: dict[str, Any], field: str) -> None:
    Area.objects.in_town(tree.town_id).filter(name="上坡").update(code="999999100200009")

    with pytest.raises(FieldError) as refused:
        actions.create_area(actor=tree.manager, parent_id=tree["上村"].id, **given)

    assert list(refused.value.errors) == [field]


def test_a_community_may_carry_any_level_of_code(tree: Tree) -> None:
    area = actions.create_area(
        actor=tree.manager, parent_id=tree.top.id, name="南社区", code="999999100001"
    )

    assert area.code == "999999100001"


def test_areas_are_added_within_ones_reach_only(tree: Tree) -> None:
    manager = manager_of(tree["上村"])

    actions.create_area(actor=manager, parent_id=tree["上村"].id, name="新庄")
    with pytest.raises(NotAllowedError, match="下村"):
        actions.create_area(actor=manager, parent_id=tree["下村"].id, name="新庄")


def test_areas_of_another_town_are_not_there(tree: Tree) -> None:
    other = make_tree("second")

    for act in (
        lambda: actions.create_area(actor=other.manager, parent_id=tree["上村"].id, name="x"),
        lambda: actions.rename_area(actor=other.manager, area_id=tree["上村"].id, name="x"),
        lambda: actions.close_area(
            actor=other.manager, area_id=new_id(), successor_id=tree["上村"].id, on=TODAY
        ),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_renaming_keeps_the_old_name_in_the_journal(tree: Tree) -> None:
    area = actions.rename_area(actor=tree.manager, area_id=tree["上庄"].id, name=" 上新庄 ")

    assert tree.now("上新庄") == area
    assert last_entry(tree).facts == {"old": "上庄", "new": "上新庄"}


def test_renaming_the_town_renames_the_tenant(tree: Tree) -> None:
    actions.rename_area(actor=tree.manager, area_id=tree.top.id, name="新镇")

    assert Town.objects.get(id=tree.town_id).name == "新镇"


def test_an_area_may_keep_its_own_name_but_take_no_siblings(tree: Tree) -> None:
    actions.rename_area(actor=tree.manager, area_id=tree["上庄"].id, name="上庄")

    with pytest.raises(FieldError, match="上坡"):
        actions.rename_area(actor=tree.manager, area_id=tree["上庄"].id, name="上坡")
    with pytest.raises(NotAllowedError):
        actions.rename_area(actor=manager_of(tree["下村"]), area_id=tree["上庄"].id, name="某庄")


def test_ending_an_area_names_its_successor(tree: Tree) -> None:
    area = actions.close_area(
        actor=tree.manager, area_id=tree["上坡"].id, successor_id=tree["下庄"].id, on=TODAY
    )

    assert (area.valid_to, area.successor_id) == (TODAY, tree["下庄"].id)
    assert last_entry(tree).facts == {"successor": "下庄", "on": "2026-03-02"}
    assert area not in queries.list_open(town_id=tree.town_id, kind=AreaKind.HAMLET, day=TODAY)
    before = TODAY - timedelta(days=1)
    assert area in queries.list_open(town_id=tree.town_id, kind=AreaKind.HAMLET, day=before)
    with pytest.raises(DomainError, match="上坡"):
        actions.rename_area(actor=tree.manager, area_id=area.id, name="某坡")
    with pytest.raises(DomainError, match="上坡"):
        actions.close_area(
            actor=tree.manager, area_id=area.id, successor_id=tree["下庄"].id, on=TODAY
        )


@pytest.mark.parametrize(
    ("area", "successor", "days", "field"),
    [
        ("上庄", "上庄", 0, "successor"),
        ("上庄", "下村", 0, "successor"),
        ("上庄", "旧庄", 0, "successor"),
        ("上庄", "下庄", 1, "on"),
        ("新庄", "下庄", -5, "on"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    tree: Tree, area: str, successor: str, days: int, field: str
) -> None:
    village = tree["下村"].id
    for name, since in (("旧庄", None), ("新庄", TODAY - timedelta(days=5))):
        actions.create_area(actor=tree.manager, parent_id=village, name=name, valid_from=since)
    actions.close_area(
        actor=tree.manager, area_id=tree.now("旧庄").id, successor_id=tree["下庄"].id, on=TODAY
    )

    with pytest.raises(FieldError) as refused:
        actions.close_area(
            actor=tree.manager,
            area_id=tree.now(area).id,
            successor_id=tree.now(successor).id,
            on=TODAY + timedelta(days=days),
        )

    assert list(refused.value.errors) == [field]


def test_an_area_with_open_areas_below_does_not_end(tree: Tree) -> None:
    with pytest.raises(DomainError, match="上村"):
        actions.close_area(
            actor=tree.manager, area_id=tree["上村"].id, successor_id=tree["下村"].id, on=TODAY
        )


def test_an_area_is_ended_by_who_manages_it(tree: Tree) -> None:
    with pytest.raises(NotAllowedError):
        actions.close_area(
            actor=manager_of(tree["下村"]),
            area_id=tree["上坡"].id,
            successor_id=tree["下庄"].id,
            on=TODAY,
        )
