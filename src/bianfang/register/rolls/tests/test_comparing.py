"""Who is who, and who is missing."""

from bianfang.register.households.models import Resident
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import COLUMNS, Line, make_id, person, wife

WITHOUT_NUMBER = {"公民身份号码": None}
FEW = [column for column in COLUMNS if column != "户编号"]


def numberless(*lines: list[object]) -> bytes:
    """The same rows in a sheet without household numbers."""
    place = COLUMNS.index("户编号")
    short: list[Line] = [[*line[:place], *line[place + 1 :]] for line in lines]
    return book(*short, columns=FEW)


def kinds(town: RollTown, content: bytes) -> list[str]:
    """The kinds of the differences that a later roll shows."""
    return [diff.kind for diff in factories.diffs(factories.checked(town, content, as_of=NEXT_DAY))]


def test_household_without_number_is_found_by_its_head_whose_name_was_corrected(
    town: RollTown,
) -> None:
    factories.merged(town, book(person(), wife()))

    found = kinds(town, numberless(person(姓名="高源", 户主姓名="高源"), wife(户主姓名="高源")))

    assert found == ["resident_changed"]


def test_household_without_number_and_head_is_found_by_anybody_in_it(town: RollTown) -> None:
    lines = [person(与户主关系="其他", 户主姓名=None), wife(与户主关系="其他", 户主姓名=None)]
    factories.merged(town, numberless(*lines))

    assert kinds(town, numberless(*lines)) == []


def test_household_without_number_at_another_door_is_another(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))

    found = kinds(town, numberless(person(门牌号="9号"), wife(门牌号="9号")))

    assert found == ["household_new", "resident_moved", "resident_moved", "household_gone"]


def test_son_who_heads_a_household_without_number_has_one_of_his_own(town: RollTown) -> None:
    son = {"姓名": "高山", "公民身份号码": make_id("19950606", 3), "出生日期": "1995-06-06"}
    factories.merged(town, book(person(), person(**son, 与户主关系="子")))

    found = kinds(town, numberless(person(), person(**son, 户主姓名="高山")))

    assert found == ["household_new", "resident_moved"]


def test_head_without_number_of_an_unknown_household_is_new(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))

    stranger = {
        **WITHOUT_NUMBER,
        "姓名": "秦远",
        "户主姓名": "秦远",
        "门牌号": "3号",
        "出生日期": None,
    }

    assert kinds(town, numberless(person(), wife(), person(**stranger))) == ["household_new"]


def test_names_alone_are_the_same_person_while_nothing_contradicts(town: RollTown) -> None:
    factories.merged(town, book(person(), wife(**WITHOUT_NUMBER)))

    assert kinds(town, book(person(), wife(**WITHOUT_NUMBER, 出生日期=None))) == []
    assert kinds(town, book(person(), wife(**WITHOUT_NUMBER, 出生日期="1980-01-01"))) == [
        "resident_new",
        "resident_gone",
    ]


def test_namesake_of_the_same_birth_is_perhaps_the_same_while_a_number_lacks(
    town: RollTown,
) -> None:
    elsewhere = {"户编号": "0101010002", "门牌号": "2号", "户主姓名": "林芳", "与户主关系": "户主"}
    factories.merged(town, book(person(), wife(**WITHOUT_NUMBER)))

    numbered = wife(**elsewhere)
    twin = wife(**elsewhere, **WITHOUT_NUMBER)
    younger = wife(**elsewhere, **WITHOUT_NUMBER)
    younger[COLUMNS.index("出生日期")] = None

    assert "possible_duplicate" in kinds(town, book(person(), wife(**WITHOUT_NUMBER), numbered))
    assert "possible_duplicate" in kinds(town, book(person(), wife(**WITHOUT_NUMBER), twin))
    assert "possible_duplicate" not in kinds(town, book(person(), wife(**WITHOUT_NUMBER), younger))


def test_two_numbers_are_two_people_whatever_their_names(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))
    elsewhere = {"户编号": "0101010002", "门牌号": "2号", "户主姓名": "林芳", "与户主关系": "户主"}

    found = kinds(
        town, book(person(), wife(), wife(**elsewhere, 公民身份号码=make_id("19720310", 8)))
    )

    assert found == ["household_new"]


def test_refused_rows_are_not_missing(town: RollTown) -> None:
    second = {"户编号": "0101010002", "门牌号": "2号", "户主姓名": "宋平", "姓名": "宋平"}
    third = {"户编号": "0101010003", "门牌号": "3号", "户主姓名": "秦远", "姓名": "秦远"}
    numbers = [
        {"公民身份号码": make_id(f"19600{n}01", 5), "出生日期": f"1960-0{n}-01"} for n in (1, 2)
    ]
    factories.merged(town, book(person(), wife(), person(**second, **numbers[0])))
    spoilt = make_id("19720310", 2)[:-1]

    found = kinds(
        town,
        book(
            person(),
            wife(公民身份号码=spoilt),
            person(**second, 公民身份号码=spoilt),
            person(**third, **numbers[0], 自然村="无此村"),
            person(**third, **numbers[1]),
        ),
    )

    assert found == ["household_new"]


def test_refused_household_without_number_and_place_is_nobody_known(town: RollTown) -> None:
    factories.merged(town, book(person()))
    nowhere = {"姓名": "秦远", "户主姓名": "秦远", "自然村": "无此村", **WITHOUT_NUMBER}

    assert kinds(town, numberless(person(), person(**nowhere))) == []


def test_row_without_a_name_but_with_a_number_is_not_missing(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))

    assert kinds(town, book(person(), wife(姓名=None))) == []


def test_house_without_people_is_not_called_gone(town: RollTown) -> None:
    second = {"户编号": "0101010002", "门牌号": "2号", "户主姓名": "宋平", "姓名": "宋平"}
    number = {"公民身份号码": make_id("19600101", 5), "出生日期": "1960-01-01"}
    factories.merged(town, book(person(), person(**second, **number)))
    people = Resident.objects.in_town(town.town.id).filter(name="宋平")
    people.update(ended_on=NEXT_DAY, end_reason="died")

    assert kinds(town, book(person())) == []


def test_other_hamlets_are_not_covered(town: RollTown) -> None:
    far = {"自然村": "前沙河村", "行政村": "沙河村", "户编号": "0201010001"}
    number = {"公民身份号码": make_id("19600101", 5), "出生日期": "1960-01-01"}
    factories.merged(town, book(person(), person(**far, **number)))

    roll = factories.checked(town, book(person()), as_of=NEXT_DAY)

    assert factories.diffs(roll) == []
    assert roll.covers == [town.area("柳沟村").path]


def test_status_and_relation_that_are_not_known_change_nothing(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))

    assert kinds(town, book(person(居住状态=None), wife(居住状态=None, 与户主关系=None))) == []
