"""Who had left and stands on a roll again, numbers put right, houses left empty, later answers."""

from datetime import timedelta

import pytest

from bianfang.register.households.actions.facts import state_fact
from bianfang.register.households.actions.residents import end_resident
from bianfang.register.households.enums import FactKind, FactSource, ResidentEnd
from bianfang.register.households.models import Resident
from bianfang.register.rolls.actions import intake
from bianfang.register.rolls.enums import DiffDecision, DiffKind
from bianfang.register.rolls.models import RollDiff, RollImport
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, ROLL_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import make_id, person, wife

WIFE = make_id("19720310", 2)
MAN = make_id("19700105", 1)
DEAD = {"备注": "已去世"}


def shown(roll: RollImport) -> dict[str, str]:
    return {diff.kind: diff.decision for diff in factories.diffs(roll)}


def let_go(town: RollTown, reason: ResidentEnd) -> Resident:
    return end_resident(
        actor=town.clerk, resident_id=town.resident(WIFE).id, reason=reason, on=ROLL_DAY
    )


@pytest.fixture
def couple(town: RollTown) -> RollTown:
    factories.merged(town, book(person(), wife()))
    return town


def test_person_who_had_moved_out_comes_back_as_the_same(couple: RollTown) -> None:
    left = let_go(couple, ResidentEnd.MOVED_OUT)

    roll = factories.checked(couple, book(person(), wife(外出地="青岛")), as_of=NEXT_DAY)
    factories.merge(couple, roll)

    assert shown(roll) == {"resident_back": "apply"}
    back = couple.resident(WIFE)
    assert (back.id, back.ended_on, back.end_reason) == (left.id, None, "")
    assert (back.away_place, back.entered_on) == ("青岛", ROLL_DAY)
    assert couple.household("0101010001").member_count == 2


@pytest.mark.parametrize("reason", [ResidentEnd.DIED, ResidentEnd.ENTERED_BY_MISTAKE])
def test_person_who_had_died_comes_back_by_a_decision_only(
    couple: RollTown, reason: ResidentEnd
) -> None:
    let_go(couple, reason)

    roll = factories.checked(couple, book(person(), wife()), as_of=NEXT_DAY)
    factories.merge(couple, roll)

    assert shown(roll) == {"resident_back": "skip"}
    assert couple.names("0101010001") == ["高远"]


def test_person_marked_as_left_twice_is_nothing_new(couple: RollTown) -> None:
    let_go(couple, ResidentEnd.DIED)

    roll = factories.checked(couple, book(person(), wife(**DEAD)), as_of=NEXT_DAY)

    assert shown(roll) == {}


def test_person_may_come_back_into_a_new_household(couple: RollTown) -> None:
    let_go(couple, ResidentEnd.MOVED_OUT)
    own = {"户编号": "0101010009", "门牌号": "9号", "户主姓名": "林芳", "与户主关系": "户主"}

    factories.merged(couple, book(person(), wife(**own)), as_of=NEXT_DAY)

    assert couple.names("0101010009") == ["林芳"]
    assert couple.household("0101010009").head_name == "林芳"
    assert Resident.objects.in_town(couple.town.id).count() == 2


def test_number_put_right_is_perhaps_the_same_person(couple: RollTown) -> None:
    right = make_id("19720310", 4)

    roll = factories.checked(couple, book(person(), wife(公民身份号码=right)), as_of=NEXT_DAY)
    factories.merge(couple, roll)

    assert shown(roll) == {"possible_duplicate": "skip", "resident_gone": "skip"}
    assert couple.names("0101010001") == ["高远", "林芳"]


def test_number_put_right_is_taken_in_when_a_person_says_so(couple: RollTown) -> None:
    right = make_id("19720310", 4)
    roll = factories.checked(couple, book(person(), wife(公民身份号码=right)), as_of=NEXT_DAY)

    for kind in (DiffKind.POSSIBLE_DUPLICATE, DiffKind.RESIDENT_GONE):
        number = intake.decide_all(
            actor=couple.clerk, roll_id=roll.id, kind=kind, decision=DiffDecision.APPLY
        )
        assert number == 1
    factories.merge(couple, roll)

    assert couple.resident(right).ended_on is None
    assert couple.resident(WIFE).end_reason == "not_on_roll"
    assert couple.names("0101010001") == ["高远", "林芳"]


def test_household_whose_people_all_left_waits_for_a_decision(couple: RollTown) -> None:
    roll = factories.checked(couple, book(person(**DEAD), wife(**DEAD)), as_of=NEXT_DAY)
    proposed = shown(roll)

    factories.merge(couple, roll)

    assert proposed == {"resident_changed": "apply", "household_empty": "skip"}
    home = couple.household("0101010001")
    assert (home.ended_on, home.member_count) == (None, 0)


def test_household_whose_people_all_left_ends_when_a_person_says_so(couple: RollTown) -> None:
    content = book(person(**DEAD), wife(**DEAD))
    factories.merged(couple, content, as_of=NEXT_DAY)
    roll = factories.checked(couple, content, as_of=NEXT_DAY)
    assert shown(roll) == {"household_empty": "skip"}

    intake.decide_all(
        actor=couple.clerk,
        roll_id=roll.id,
        kind=DiffKind.HOUSEHOLD_EMPTY,
        decision=DiffDecision.APPLY,
    )
    factories.merge(couple, roll)

    home = couple.household("0101010001")
    assert (home.ended_on, home.end_reason) == (NEXT_DAY, "nobody_left")
    assert shown(factories.checked(couple, content, as_of=NEXT_DAY)) == {}


def test_household_where_somebody_is_left_does_not_end_as_empty(couple: RollTown) -> None:
    roll = factories.checked(couple, book(person(**DEAD), wife(**DEAD)), as_of=NEXT_DAY)
    intake.decide_all(
        actor=couple.clerk,
        roll_id=roll.id,
        kind=DiffKind.HOUSEHOLD_EMPTY,
        decision=DiffDecision.APPLY,
    )
    stays = RollDiff.objects.in_town(couple.town.id).get(roll=roll, name="林芳")
    intake.decide_diffs(
        actor=couple.clerk, roll_id=roll.id, diff_ids=[stays.id], decision=DiffDecision.SKIP
    )

    factories.merge(couple, roll)

    assert couple.household("0101010001").ended_on is None
    assert couple.names("0101010001") == ["林芳"]


def test_household_of_somebody_who_is_missing_is_not_empty(couple: RollTown) -> None:
    roll = factories.checked(couple, book(person(**DEAD)), as_of=NEXT_DAY)

    assert shown(roll) == {"resident_changed": "apply", "resident_gone": "skip"}


def test_first_roll_takes_in_nobody_who_has_left(town: RollTown) -> None:
    roll = factories.merged(town, book(person(**DEAD)))

    assert shown(roll) == factories.did(roll) == {}
    assert town.households() == []


def test_answer_of_a_later_day_is_not_taken_back(town: RollTown) -> None:
    factories.merged(town, book(person(是否低保="否", 是否特困="否")))
    state_fact(
        actor=town.clerk,
        resident_id=town.resident(MAN).id,
        kind=FactKind.DIBAO,
        value="yes",
        source=FactSource.VISIT,
        as_of=NEXT_DAY,
    )
    between = NEXT_DAY - timedelta(days=30)

    roll = factories.merged(town, book(person(是否低保="否", 是否特困="是")), as_of=between)

    man = town.resident(MAN)
    assert (man.dibao, man.tekun) == ("yes", "yes")
    assert factories.diffs(roll)[0].changes == {"tekun": ["no", "yes"]}


def test_older_roll_takes_no_answer_back(town: RollTown) -> None:
    factories.merged(town, book(person(是否低保="否", 备注="甲")), as_of=NEXT_DAY)

    factories.merged(town, book(person(是否低保="是", 备注="乙")), as_of=ROLL_DAY)

    man = town.resident(MAN)
    assert (man.dibao, man.note, man.facts_as_of) == ("no", "乙", NEXT_DAY)


def test_answers_that_a_roll_repeats_are_of_its_day(town: RollTown) -> None:
    lines = [person(是否低保="否", 是否特困="否"), wife(是否低保="否")]
    factories.merged(town, book(*lines))

    factories.merged(town, book(*lines), as_of=NEXT_DAY)

    assert town.resident(MAN).facts_as_of == NEXT_DAY
    assert town.resident(WIFE).facts_as_of == ROLL_DAY
