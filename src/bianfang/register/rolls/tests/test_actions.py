"""Sending, checking, deciding, discarding."""

from datetime import date, timedelta

import pytest

from bianfang.kernel import storage
from bianfang.kernel.errors import (
    DomainError,
    FieldError,
    MoveError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.ids import new_id
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.enums import CHECK_JOB, MERGE_JOB, DiffDecision
from bianfang.register.rolls.models import RollProblem
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, ROLL_DAY, TODAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import make_id, person, wife

SKIP = DiffDecision.SKIP


def test_upload_keeps_the_workbook(town: RollTown) -> None:
    content = book(person())

    roll = intake.upload_roll(
        actor=town.clerk, file_name="C:/村/花名册.XLSX", content=content, as_of=ROLL_DAY
    )

    assert (roll.state, roll.file_name) == ("uploaded", "花名册.XLSX")
    assert storage.read(roll.file_key) == content
    assert roll.uploaded_by_id == town.clerk.staff_id


@pytest.mark.parametrize(
    ("name", "day", "field"),
    [
        ("花名册.xls", ROLL_DAY, "file"),
        ("花名册", ROLL_DAY, "file"),
        ("花名册.xlsx", TODAY + timedelta(days=1), "as_of"),
        ("花名册.xlsx", date(2020, 1, 1), "as_of"),
    ],
)
def test_upload_refuses_other_files_and_strange_days(
    town: RollTown, name: str, day: date, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        intake.upload_roll(actor=town.clerk, file_name=name, content=b"", as_of=day)

    assert refused.value.field == field


def test_upload_is_for_the_visiting_office(town: RollTown) -> None:
    with pytest.raises(NotAllowedError):
        intake.upload_and_check(
            actor=town.secretary, file_name="a.xlsx", content=b"", as_of=ROLL_DAY
        )


def test_acts_on_an_import_of_another_town_find_nothing(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    for actor in (factories.make_town("second").clerk, town.secretary):
        for act in (
            intake.request_check,
            intake.request_merge,
            intake.discard_roll,
            checking.check_roll,
            merging.merge_roll,
        ):
            with pytest.raises(NotFoundError):
                act(actor=actor, roll_id=roll.id)
        with pytest.raises(NotFoundError):
            merging.give_back(actor=actor, roll_id=roll.id, reason="")
        with pytest.raises(NotFoundError):
            intake.decide_diffs(actor=actor, roll_id=roll.id, diff_ids=[], decision=SKIP)


def test_check_tells_what_was_understood(town: RollTown) -> None:
    roll = factories.checked(town, book(person(), wife(姓名=None)))

    sheet = roll.understood["sheets"][0]
    assert (sheet["name"], sheet["outcome"], sheet["people"]) == ("花名册", "read", 2)
    assert {"letters": "F", "header": "姓名", "meaning": "name", "use": "read"} in sheet["columns"]
    assert roll.state == "checked"
    assert {
        name: roll.counts[name] for name in ("rows", "rows_refused", "households", "people")
    } == {"rows": 2, "rows_refused": 1, "households": 1, "people": 1}
    assert roll.counts["status_resident"] == roll.counts["household_new"] == 1


def test_check_of_no_workbook_fails_with_the_reason(town: RollTown) -> None:
    roll = factories.checked(town, b"no workbook")

    assert roll.state == "failed"
    assert roll.failure
    assert intake.discard_roll(actor=town.clerk, roll_id=roll.id).state == "discarded"


def test_check_of_a_workbook_without_people_fails(town: RollTown) -> None:
    roll = factories.checked(town, book())

    assert (roll.state, roll.failure) == ("failed", "")
    assert roll.understood["sheets"][0]["outcome"] != "read"


@pytest.mark.parametrize("is_there", [True, False])
def test_check_of_another_file_than_was_sent_fails(town: RollTown, is_there: bool) -> None:
    roll = factories.sent(town, book(person()))
    storage.remove(roll.file_key)
    if is_there:
        storage._path(roll.file_key).write_bytes(b"another")

    roll = checking.check_roll(actor=town.clerk, roll_id=roll.id)

    assert roll.state == "failed"
    assert roll.failure


def test_check_after_the_end_changes_nothing(town: RollTown) -> None:
    merged = factories.merged(town, book(person()))
    discarded = factories.checked(town, book(person()))
    intake.discard_roll(actor=town.clerk, roll_id=discarded.id)

    for roll in (merged, discarded):
        with pytest.raises(MoveError):
            checking.check_roll(actor=town.clerk, roll_id=roll.id)


def test_check_stores_problems_masked(town: RollTown) -> None:
    number = make_id("19700105", 1)
    spoilt = number[:-1] + ("0" if number[-1] != "0" else "1")

    roll = factories.checked(town, book(person(公民身份号码=spoilt, 联系电话="138 0000 00001")))

    problems = list(RollProblem.objects.in_town(town.town.id).filter(roll=roll))
    assert problems
    assert not [p for p in problems if spoilt in p.read + p.value_after + p.hint]
    assert any("********" in problem.read for problem in problems)


def test_check_stores_differences_masked(town: RollTown) -> None:
    factories.merged(town, book(person(备注="", 联系电话="10000001234")))

    note = f"换号 10000004321，证 {make_id('19700105', 1)}"
    roll = factories.checked(town, book(person(备注=note, 联系电话="10000004321")), as_of=NEXT_DAY)

    told = factories.diffs(roll)[0].changes
    assert told["phone"] == ["…", "…4321"]
    assert "10000004321" not in str(told)
    assert make_id("19700105", 1) not in str(told)


def test_check_again_keeps_what_was_decided(town: RollTown) -> None:
    factories.merged(town, book(person(), wife()))
    roll = factories.checked(town, book(person(备注="新", 居住状态="外出务工")), as_of=NEXT_DAY)
    before = {diff.kind: diff for diff in factories.diffs(roll)}
    intake.decide_diffs(
        actor=town.clerk,
        roll_id=roll.id,
        diff_ids=[before["household_changed"].id],
        decision=SKIP,
    )
    intake.decide_diffs(
        actor=town.clerk,
        roll_id=roll.id,
        diff_ids=[before["resident_gone"].id],
        decision=DiffDecision.APPLY,
    )

    roll = checking.check_roll(actor=town.clerk, roll_id=roll.id)

    assert {diff.kind: diff.decision for diff in factories.diffs(roll)} == {
        "household_changed": "skip",
        "resident_changed": "apply",
        "resident_gone": "apply",
    }


def test_decide_counts_what_belongs_to_the_import(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))
    other = factories.checked(town, book(person()))
    ids = [diff.id for diff in (*factories.diffs(roll), *factories.diffs(other))]

    number = intake.decide_diffs(actor=town.clerk, roll_id=roll.id, diff_ids=ids, decision=SKIP)

    assert number == 1
    assert [diff.decision for diff in factories.diffs(other)] == ["apply"]


def test_decide_after_the_merge_is_refused(town: RollTown) -> None:
    roll = factories.merged(town, book(person()))

    with pytest.raises(MoveError):
        intake.decide_diffs(actor=town.clerk, roll_id=roll.id, diff_ids=[], decision=SKIP)


def test_requests_hand_over_to_jobs(town: RollTown) -> None:
    roll = intake.upload_and_check(
        actor=town.clerk, file_name="a.xlsx", content=book(person()), as_of=ROLL_DAY
    )
    first = factories.job_of(roll)
    checking.check_roll(actor=town.clerk, roll_id=roll.id)
    again = factories.job_of(intake.request_check(actor=town.clerk, roll_id=roll.id))
    roll = intake.request_merge(actor=town.clerk, roll_id=roll.id)

    assert (first.kind, again.kind) == (CHECK_JOB, CHECK_JOB)
    assert factories.job_of(roll).kind == MERGE_JOB
    assert roll.state == "merging"
    with pytest.raises(MoveError):
        intake.request_merge(actor=town.clerk, roll_id=roll.id)


def test_discard_forgets_the_workbook(
    town: RollTown, django_capture_on_commit_callbacks: object
) -> None:
    roll = factories.checked(town, book(person()))
    assert callable(django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        roll = intake.discard_roll(actor=town.clerk, roll_id=roll.id)

    assert roll.state == "discarded"
    with pytest.raises(DomainError):
        storage.read(roll.file_key)


def test_decide_of_what_is_not_there_is_nothing(town: RollTown) -> None:
    roll = factories.checked(town, book(person()))

    assert (
        intake.decide_diffs(actor=town.clerk, roll_id=roll.id, diff_ids=[new_id()], decision=SKIP)
        == 0
    )
