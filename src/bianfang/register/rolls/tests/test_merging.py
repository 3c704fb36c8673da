"""What merging does to single households and people."""

from collections.abc import Iterator

import pytest

from bianfang.kernel import events, storage
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal.models import Entry
from bianfang.register.households.actions.households import edit_household, end_household
from bianfang.register.households.actions.residents import ResidentInput, edit_resident
from bianfang.register.households.enums import ContactTime, HouseholdEnd
from bianfang.register.households.events import HouseholdChanged
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.enums import DiffDecision, DiffKind
from bianfang.register.rolls.models import RollDiff, RollImport
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, ROLL_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import COLUMNS, make_id, person, wife

SON = {
    "姓名": "高山",
    "与户主关系": "子",
    "公民身份号码": make_id("19950606", 3),
    "出生日期": "1995-06-06",
}
OTHER = {
    "户编号": "0101010002",
    "门牌号": "1巷2号",
    "户主姓名": "宋平",
    "姓名": "宋平",
    "公民身份号码": make_id("19600101", 5),
    "出生日期": "1960-01-01",
}
WITHOUT_NUMBER = {"公民身份号码": None}


@pytest.fixture
def heard() -> Iterator[list[HouseholdChanged]]:
    told: list[HouseholdChanged] = []
    events.connect(HouseholdChanged, told.append)
    yield told
    events._handlers[HouseholdChanged].remove(told.append)


@pytest.fixture
def registered(town: RollTown) -> RollTown:
    """A couple with a grown son, and a neighbour."""
    factories.merged(town, book(person(), wife(), person(**SON), person(**OTHER)))
    return town


def again(town: RollTown, *lines: list[object]) -> RollImport:
    return factories.merged(town, book(*lines), as_of=NEXT_DAY)


def decide(town: RollTown, roll: RollImport, kind: DiffKind, decision: DiffDecision) -> int:
    ids = [diff.id for diff in factories.diffs(roll) if diff.kind == kind]
    return intake.decide_diffs(actor=town.clerk, roll_id=roll.id, diff_ids=ids, decision=decision)


def test_merge_of_an_empty_register_founds_the_tree(db: None) -> None:
    town = factories.make_town("bare", has_tree=False)
    line = ["东岭社区", *person()]

    factories.merged(town, book(line, columns=["社区", *COLUMNS]))

    assert town.household("0101010001").hamlet == town.area("柳沟村")
    assert town.names("0101010001") == ["高远"]


def test_merge_writes_the_household_with_its_summary(town: RollTown) -> None:
    factories.merged(town, book(person(是否低保="是", 联系电话="10000001234"), wife()))

    home = town.household("0101010001")
    assert (home.head_name, home.head_initials, home.member_count) == ("高远", "gy", 2)
    assert (home.priority, home.living_status, home.entered_on) == ("1", "resident", ROLL_DAY)
    head = town.resident(make_id("19700105", 1))
    assert (head.phone, head.phone_last4, head.id_last4) == (
        "10000001234",
        "1234",
        head.id_number[-4:],
    )
    assert (head.dibao, head.tekun, head.facts_as_of) == ("yes", "unknown", ROLL_DAY)


def test_merge_states_a_yes_and_every_change_but_no_first_no(town: RollTown) -> None:
    factories.merged(town, book(person(是否低保="是", 是否特困="否", 残疾类别等级="肢体二级")))
    first = sorted(Fact.objects.in_town(town.town.id).values_list("kind", "value"))

    factories.merged(town, book(person(是否低保="否", 是否特困="")), as_of=NEXT_DAY)

    assert first == [("dibao", "yes"), ("disability", "肢体二级")]
    later = Fact.objects.in_town(town.town.id).filter(as_of=NEXT_DAY)
    assert sorted(later.values_list("kind", "value")) == [("dibao", "no"), ("disability", "")]
    assert town.resident(make_id("19700105", 1)).tekun == "no"


def test_merge_again_changes_nothing(registered: RollTown) -> None:
    before = list(Resident.objects.in_town(registered.town.id).order_by("id").values())

    roll = again(registered, person(), wife(), person(**SON), person(**OTHER))

    assert factories.diffs(roll) == []
    assert factories.did(roll) == {}
    assert list(Resident.objects.in_town(registered.town.id).order_by("id").values()) == before


def test_merge_of_a_sheet_without_columns_clears_nothing(town: RollTown) -> None:
    factories.merged(
        town,
        book(person(外出地="青岛", 备注="常回", 残疾类别等级="肢体二级", 联系电话="10000001234")),
    )
    few = ["行政村", "自然村", "户编号", "门牌号", "户主姓名", "姓名", "与户主关系", "公民身份号码"]
    line = [dict(zip(COLUMNS, person(), strict=True))[column] for column in few]

    roll = factories.merged(town, book(line, columns=few), as_of=NEXT_DAY)

    assert factories.diffs(roll) == []
    kept = town.resident(make_id("19700105", 1))
    assert (kept.away_place, kept.note, kept.disability) == ("青岛", "常回", "肢体二级")


def test_merge_of_empty_cells_clears_words_but_no_numbers_and_answers(town: RollTown) -> None:
    factories.merged(town, book(person(外出地="青岛", 联系电话="10000001234", 是否低保="是")))

    factories.merged(town, book(person(**WITHOUT_NUMBER, 出生日期=None, 性别=None)), as_of=NEXT_DAY)

    kept = town.resident(make_id("19700105", 1))
    assert (kept.away_place, kept.is_away) == ("", False)
    assert (kept.phone, kept.dibao, kept.sex) == ("10000001234", "yes", "1")
    assert str(kept.birth_date) == "1970-01-05"


def test_merge_fills_in_a_number_that_was_missing(town: RollTown) -> None:
    factories.merged(town, book(person(**WITHOUT_NUMBER)))

    roll = factories.merged(town, book(person()), as_of=NEXT_DAY)

    assert factories.did(roll) == {"residents_changed": 1}
    assert town.resident(make_id("19700105", 1)).name == "高远"
    assert Resident.objects.in_town(town.town.id).count() == 1


def test_merge_does_not_find_one_person_twice(town: RollTown) -> None:
    """A daughter-in-law without number carries the name of the wife, who has one."""
    factories.merged(town, book(person(), wife()))

    roll = factories.merged(
        town,
        book(
            person(),
            wife(),
            wife(与户主关系="儿媳", **WITHOUT_NUMBER, 出生日期=None),
        ),
        as_of=NEXT_DAY,
    )

    assert factories.did(roll) == {"residents_new": 1}
    assert town.names("0101010001") == ["高远", "林芳", "林芳"]


def test_merge_moves_a_person_and_keeps_both_summaries(registered: RollTown) -> None:
    own = {"户编号": "0101010003", "户主姓名": "高山", "与户主关系": "户主", "门牌号": "2巷1号"}

    roll = again(registered, person(), wife(), person(**{**SON, **own}), person(**OTHER))

    assert factories.did(roll) == {
        "households_new": 1,
        "residents_moved": 1,
        "residents_changed": 1,
    }
    assert registered.household("0101010001").member_count == 2
    new = registered.household("0101010003")
    assert (new.head_name, new.member_count, new.version) == ("高山", 1, 1)


def test_merge_ends_who_died_and_only_them(registered: RollTown) -> None:
    widow = wife(备注="丈夫已去世，独居", 户主姓名="林芳", 与户主关系="户主")

    roll = again(
        registered,
        person(备注="2026年5月已去世", 与户主关系="配偶", 户主姓名="林芳"),
        widow,
        person(**{**SON, "户主姓名": "林芳"}, 备注="已迁出（青岛）"),
        person(**OTHER),
    )

    assert factories.did(roll)["residents_ended"] == 2
    assert registered.names("0101010001") == ["林芳"]
    assert registered.household("0101010001").head_name == "林芳"
    assert registered.resident(make_id("19950606", 3)).end_reason == "moved_out"


def test_merge_of_the_dead_again_takes_nobody_in(registered: RollTown) -> None:
    lines = [person(备注="已去世"), wife(), person(**SON), person(**OTHER)]
    again(registered, *lines)

    roll = again(registered, *lines)

    assert factories.diffs(roll) == []


def test_merge_leaves_one_head_where_the_former_is_missing(registered: RollTown) -> None:
    heir = {**SON, "与户主关系": "户主", "户主姓名": "高山"}

    roll = again(
        registered, person(**heir), wife(户主姓名="高山", 与户主关系="母亲"), person(**OTHER)
    )

    assert registered.household("0101010001").head_name == "高山"
    assert registered.resident(make_id("19700105", 1)).relation == "97"
    assert factories.did(roll)["heads_changed"] == 1


def test_merge_skips_what_was_left_as_it_is(registered: RollTown) -> None:
    lines = [
        person(居住状态="外出务工"),
        wife(联系电话="10000004321"),
        person(**SON),
        person(**OTHER),
    ]
    newcomer = person(
        户编号="0101010009",
        户主姓名="新人",
        姓名="新人",
        公民身份号码=make_id("19800101", 7),
        出生日期="1980-01-01",
    )
    roll = factories.checked(registered, book(*lines, newcomer), as_of=NEXT_DAY)
    for kind in DiffKind:
        decide(registered, roll, kind, DiffDecision.SKIP)

    roll = factories.merge(registered, roll)

    assert factories.did(roll) == {}
    assert registered.household("0101010001").living_status == "resident"
    assert not Household.objects.in_town(registered.town.id).filter(number="0101010009").exists()


def test_merge_removes_who_is_gone_only_when_decided(
    registered: RollTown, heard: list[HouseholdChanged]
) -> None:
    roll = factories.checked(registered, book(person(), wife()), as_of=NEXT_DAY)
    decide(registered, roll, DiffKind.RESIDENT_GONE, DiffDecision.APPLY)
    decide(registered, roll, DiffKind.HOUSEHOLD_GONE, DiffDecision.APPLY)

    roll = factories.merge(registered, roll)

    assert factories.did(roll) == {"residents_ended": 2, "households_ended": 1}
    assert registered.names("0101010001") == ["高远", "林芳"]
    left = registered.household("0101010002")
    assert (left.ended_on, left.end_reason, left.member_count) == (NEXT_DAY, "not_on_roll", 0)
    assert [(event.kind, event.note) for event in heard] == [("left", "not_on_roll")]


def test_merge_ends_a_vacant_household_without_telling_the_round(
    town: RollTown, heard: list[HouseholdChanged]
) -> None:
    factories.merged(town, book(person(), person(**OTHER, 居住状态="空户")))
    roll = factories.checked(town, book(person()), as_of=NEXT_DAY)
    decide(town, roll, DiffKind.HOUSEHOLD_GONE, DiffDecision.APPLY)

    factories.merge(town, roll)

    assert town.household("0101010002").ended_on == NEXT_DAY
    assert heard == []


def test_merge_lets_the_moved_live_when_their_old_household_ends(registered: RollTown) -> None:
    moved = person(**{**OTHER, "户编号": "0101010005", "门牌号": "9号"})
    roll = factories.checked(
        registered, book(person(), wife(), person(**SON), moved), as_of=NEXT_DAY
    )
    decide(registered, roll, DiffKind.HOUSEHOLD_GONE, DiffDecision.APPLY)

    factories.merge(registered, roll)

    assert registered.names("0101010005") == ["宋平"]
    assert registered.household("0101010002").ended_on == NEXT_DAY


def test_merge_keeps_a_household_whose_people_were_not_to_move(registered: RollTown) -> None:
    moved = person(**{**OTHER, "户编号": "0101010005", "门牌号": "9号"})
    roll = factories.checked(
        registered, book(person(), wife(), person(**SON), moved), as_of=NEXT_DAY
    )
    decide(registered, roll, DiffKind.HOUSEHOLD_GONE, DiffDecision.APPLY)
    decide(registered, roll, DiffKind.RESIDENT_MOVED, DiffDecision.SKIP)

    factories.merge(registered, roll)

    assert registered.household("0101010002").ended_on is None
    assert registered.names("0101010002") == ["宋平"]


def test_merge_tells_statuses_and_joining_and_moving(
    registered: RollTown, heard: list[HouseholdChanged]
) -> None:
    newcomer = person(
        户编号="0101010009",
        户主姓名="新人",
        姓名="新人",
        公民身份号码=make_id("19800101", 7),
        出生日期="1980-01-01",
    )
    house = {"居住状态": "空户", "自然村": "石桥村", "行政村": "石桥村", "门牌号": "9号"}

    again(
        registered,
        person(居住状态="外出务工"),
        wife(居住状态="外出务工"),
        person(**SON, 居住状态="外出务工"),
        person(**{**OTHER, **house}),
        newcomer,
    )

    assert sorted((event.kind, event.note) for event in heard) == [
        ("joined", ""),
        ("left", "resident → vacant"),
        ("moved", "柳沟村 → 石桥村"),
        ("status", "resident → away"),
    ]
    home = registered.household("0101010002")
    assert (home.door, home.area_path) == ("9号", registered.area("石桥村").path)
    assert home.status_reason
    assert registered.resident(make_id("19600101", 5)).area_path == home.area_path


def test_merge_moves_a_household_that_lives_as_before(
    registered: RollTown, heard: list[HouseholdChanged]
) -> None:
    house = {"自然村": "石桥村", "行政村": "石桥村"}

    again(registered, person(), wife(), person(**SON), person(**{**OTHER, **house}))

    assert [event.kind for event in heard] == ["moved"]


def test_merge_takes_back_a_household_that_had_left(
    registered: RollTown, heard: list[HouseholdChanged]
) -> None:
    home = registered.household("0101010002")
    end_household(
        actor=registered.clerk, household_id=home.id, reason=HouseholdEnd.MOVED_OUT, on=NEXT_DAY
    )
    heard.clear()

    roll = again(registered, person(), wife(), person(**SON), person(**OTHER))

    assert factories.did(roll) == {"households_returned": 1, "residents_returned": 1}
    back = registered.household("0101010002")
    assert (back.id, back.ended_on, back.end_reason, back.member_count) == (home.id, None, "", 1)
    assert [event.kind for event in heard] == ["joined"]


def test_merge_without_numbers_gives_them_and_finds_them_again(town: RollTown) -> None:
    few = [column for column in COLUMNS if column != "户编号"]
    homes = [
        person(),
        wife(),
        person(**OTHER),
        person(**{**OTHER, **WITHOUT_NUMBER, "姓名": "宋安", "与户主关系": "子", "出生日期": None}),
    ]
    lines = [
        [cell for column, cell in zip(COLUMNS, line, strict=True) if column != "户编号"]
        for line in homes
    ]
    content = book(*lines, columns=few)
    factories.merged(
        town,
        book(
            person(
                户编号="Z000001",
                户主姓名="占号",
                姓名="占号",
                公民身份号码=make_id("19880101", 9),
                出生日期="1988-01-01",
                门牌号="5号",
            )
        ),
    )
    factories.merged(town, content)
    numbers = [home.number for home in town.households()]

    roll = factories.merged(town, content, as_of=NEXT_DAY)

    assert numbers == ["Z000001", "Z000002", "Z000003"]
    assert {diff.kind for diff in factories.diffs(roll)} == {"resident_gone", "household_gone"}
    assert factories.did(roll) == {}


def test_merge_leaves_a_possible_duplicate_to_a_person(registered: RollTown) -> None:
    perhaps = person(
        **{**OTHER, **WITHOUT_NUMBER, "户编号": "0101010001", "户主姓名": "高远"}, 与户主关系="其他"
    )
    lines = [person(), wife(), person(**SON), perhaps, person(**OTHER)]

    roll = again(registered, *lines)

    assert [diff.kind for diff in factories.diffs(roll)] == ["possible_duplicate"]
    assert "宋平" not in registered.names("0101010001")
    roll = factories.checked(registered, book(*lines), as_of=NEXT_DAY)
    decide(registered, roll, DiffKind.POSSIBLE_DUPLICATE, DiffDecision.APPLY)
    factories.merge(registered, roll)
    assert "宋平" in registered.names("0101010001")
    assert factories.diffs(again(registered, *lines)) == []


def test_merge_leaves_for_later_what_was_not_shown(registered: RollTown) -> None:
    lines = [person(备注="新"), wife(), person(**SON), person(**OTHER)]
    roll = factories.checked(registered, book(*lines), as_of=NEXT_DAY)
    woman = registered.resident(make_id("19720310", 2))
    edit_resident(
        actor=registered.clerk,
        resident_id=woman.id,
        person=ResidentInput(name="林芳", relation="10", note="写在办公室"),
    )
    man = registered.resident(make_id("19700105", 1))
    edit_resident(
        actor=registered.clerk,
        resident_id=man.id,
        person=ResidentInput(name="高远", relation="02", note="也写过"),
    )

    roll = factories.merge(registered, roll)

    assert factories.did(roll) == {"waiting": 2}
    assert registered.resident(make_id("19720310", 2)).note == "写在办公室"
    assert registered.resident(make_id("19700105", 1)).note == "也写过"


def test_merge_writes_the_journal_without_names(registered: RollTown) -> None:
    roll = again(registered, person(备注="新"), wife(), person(**SON), person(**OTHER))

    entries = Entry.objects.in_town(registered.town.id).filter(verb="household_changed_by_roll")
    assert [(entry.target_id, entry.facts) for entry in entries] == [
        (registered.household("0101010001").id, {"roll": str(roll.id)})
    ]
    done = Entry.objects.in_town(registered.town.id).get(verb="roll_merged", target_id=roll.id)
    assert done.facts["residents_changed"] == 1


def test_merge_tells_how_far_it_is(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    told: list[int] = []

    merging.merge_roll(actor=town.clerk, roll_id=roll.id, progress=told.append)

    assert told == sorted(told)
    assert told[-1] < 100


def test_merge_forgets_the_workbook_when_it_is_committed(
    town: RollTown, django_capture_on_commit_callbacks: object
) -> None:
    roll = factories.checked(town, book(person()))
    assert callable(django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        factories.merge(town, roll)

    with pytest.raises(storage.StorageError):
        storage.read(roll.file_key)


def test_merge_twice_is_refused(town: RollTown) -> None:
    roll = factories.merged(town, book(person()))

    with pytest.raises(MoveError):
        factories.merge(town, roll)


def test_merge_of_a_changed_file_is_refused(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    storage._path(roll.file_key).write_bytes(book(wife()))

    with pytest.raises(storage.StorageError):
        factories.merge(town, roll)

    assert town.households() == []


def test_give_back_waits_with_the_reason(town: RollTown) -> None:
    roll = intake.request_merge(
        actor=town.clerk, roll_id=factories.checked(town, book(person())).id
    )

    roll = merging.give_back(actor=town.clerk, roll_id=roll.id, reason="改天再试")

    assert (roll.state, roll.failure) == ("checked", "改天再试")


def test_give_back_of_what_was_not_taken_changes_nothing(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))

    assert merging.give_back(actor=town.clerk, roll_id=roll.id, reason="x").failure == ""


def test_merge_of_thousands_lists_no_single_household(
    town: RollTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "NEW_ONES_LISTED", 1)
    monkeypatch.setattr("bianfang.register.rolls.actions.carrying.NEW_ONES_LISTED", 1)

    roll = factories.merged(town, book(person(), person(**OTHER)))

    assert not RollDiff.objects.in_town(town.town.id).filter(roll=roll).exists()
    assert factories.did(roll) == {"households_new": 2, "residents_new": 2}


def test_merge_respects_what_a_desk_wrote_to_the_household(registered: RollTown) -> None:
    home = registered.household("0101010001")
    edit_household(
        actor=registered.clerk,
        household_id=home.id,
        version=home.version,
        door=home.door,
        contact_time=ContactTime.EVENING,
        note="晚上在家",
    )

    again(registered, person(备注="新"), wife(), person(**SON), person(**OTHER))

    home = registered.household("0101010001")
    assert (home.contact_time, home.note, home.version) == ("evening", "晚上在家", 3)
