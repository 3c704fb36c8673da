"""Workbooks that leave: marked, empty, and the roll of an area."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bianfang.kernel.errors import NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import AccessEntry
from bianfang.register.rolls import exports
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import COLUMNS, make_id, person, wife

FULL = {
    "联系电话": "10000001234",
    "外出地": "青岛",
    "是否低保": "是",
    "是否特困": "否",
    "残疾类别等级": "肢体二级",
    "备注": "=1+1",
}


def test_marked_workbook_lists_the_errors_in_front(town: RollTown) -> None:
    roll = factories.checked(
        town, book(person(自然村="无此村"), wife(自然村="无此村"), person(**FULL, 户编号="2"))
    )

    marked = load_workbook(BytesIO(exports.marked_workbook(actor=town.clerk, roll_id=roll.id)))

    assert marked.sheetnames[1:] == ["花名册"]
    listed = "".join(str(cell.value) for row in marked.worksheets[0] for cell in row)
    assert "无此村" in listed
    assert marked["花名册"]["B2"].comment is not None


def test_marked_workbook_of_a_first_roll_has_no_tree_to_compare_with(db: None) -> None:
    town = factories.make_town("bare", has_tree=False)
    content = book(["东岭社区", *person(姓名=None)], columns=["社区", *COLUMNS])
    roll = factories.checked(town, content)

    marked = load_workbook(BytesIO(exports.marked_workbook(actor=town.clerk, roll_id=roll.id)))

    assert len(marked.sheetnames) == 2


def test_marked_workbook_is_not_there_for_others(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))

    for actor in (town.secretary, factories.make_town("second").clerk):
        with pytest.raises(NotFoundError):
            exports.marked_workbook(actor=actor, roll_id=roll.id)


def test_template_opens_and_is_for_the_office(town: RollTown) -> None:
    template = load_workbook(BytesIO(exports.template_workbook(actor=town.clerk)))

    assert len(template.sheetnames) >= 2
    with pytest.raises(NotAllowedError):
        exports.template_workbook(actor=town.secretary)


def test_exported_roll_is_imported_without_a_difference(town: RollTown) -> None:
    second = {"户编号": "0101010002", "门牌号": "1巷2号", "户主姓名": "宋平", "姓名": "宋平"}
    unknown = {"公民身份号码": None, "性别": None, "出生日期": None, "居住状态": None}
    first = person(**FULL), wife(), person(**second, **unknown, 与户主关系=None)
    factories.merged(town, book(*first))
    area = town.area("东岭社区", "community")

    content = exports.export_roll(actor=town.clerk, area_id=area.id)
    roll = factories.merged(town, content, as_of=NEXT_DAY)

    assert (factories.diffs(roll), factories.did(roll)) == ([], {})
    assert roll.counts["people"] == 3
    looks = AccessEntry.objects.in_town(town.town.id).filter(what="roll_export")
    assert [look.target_id for look in looks] == [area.id]


def test_exported_roll_holds_the_area_alone(town: RollTown) -> None:
    away = {"自然村": "前沙河村", "行政村": "沙河村", "户编号": "0201010001"}
    number = {"公民身份号码": make_id("19600101", 5), "出生日期": "1960-01-01"}
    factories.merged(town, book(person(), person(**away, **number)))

    content = exports.export_roll(actor=town.clerk, area_id=town.area("前沙河村").id)

    cells = [cell.value for row in load_workbook(BytesIO(content)).worksheets[0] for cell in row]
    assert make_id("19600101", 5) in cells
    assert make_id("19700105", 1) not in cells


def test_export_is_refused_without_the_right(town: RollTown) -> None:
    area = town.area("柳沟村")

    with pytest.raises(NotAllowedError):
        exports.export_roll(actor=town.secretary, area_id=area.id)
    with pytest.raises(NotFoundError):
        exports.export_roll(actor=factories.make_town("second").clerk, area_id=area.id)
