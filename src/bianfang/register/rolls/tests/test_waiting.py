"""An import whose job died, whose areas changed, and what is shown while it waits."""

from typing import Any

import pytest

from bianfang.kernel.errors import MoveError
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs.enums import JobState
from bianfang.kernel.jobs.models import Job
from bianfang.register.areas import actions as areas
from bianfang.register.people import queries as people
from bianfang.register.rolls import queries
from bianfang.register.rolls.actions import intake, merging
from bianfang.register.rolls.actions.kept import read_kept
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import make_id, person, wife

NEIGHBOUR = {
    "行政村": "石桥村",
    "自然村": "桥北村",
    "户编号": "0102010001",
    "户主姓名": "宋平",
    "姓名": "宋平",
    "公民身份号码": make_id("19600101", 5),
    "出生日期": "1960-01-01",
}
DEAD = {"备注": "已去世"}


@pytest.fixture
def asked(town: RollTown) -> RollImport:
    """A roll that somebody asked to be merged."""
    roll = factories.checked(town, book(person()))
    return intake.request_merge(actor=town.clerk, roll_id=roll.id)


def end_job(roll: RollImport, state: JobState) -> None:
    assert roll.job_id is not None
    Job.objects.filter(id=roll.job_id).update(state=state)


def test_import_at_work_cannot_be_touched(town: RollTown, asked: RollImport) -> None:
    assert queries.is_at_work(actor=town.clerk, roll=asked)
    for act in (intake.request_merge, intake.discard_roll):
        with pytest.raises(MoveError):
            act(actor=town.clerk, roll_id=asked.id)


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_import_whose_job_died_can_be_merged_again(
    town: RollTown, asked: RollImport, state: JobState
) -> None:
    end_job(asked, state)

    again = intake.request_merge(actor=town.clerk, roll_id=asked.id)

    assert (again.state, again.job_id == asked.job_id) == ("merging", False)
    assert queries.is_at_work(actor=town.clerk, roll=again)


def test_import_whose_job_died_can_be_given_up(town: RollTown, asked: RollImport) -> None:
    end_job(asked, JobState.FAILED)

    assert intake.discard_roll(actor=town.clerk, roll_id=asked.id).state == "discarded"


def test_job_is_found_while_there_is_one(town: RollTown, asked: RollImport) -> None:
    never = factories.sent(town, book(person()))
    job = queries.find_job(actor=town.clerk, roll=asked)

    assert job is not None
    assert job.id == asked.job_id
    assert queries.find_job(actor=town.clerk, roll=never) is None
    asked.job_id = new_id()
    assert queries.find_job(actor=town.clerk, roll=asked) is None


def test_areas_that_change_while_the_workbook_is_read_stop_the_merge(
    town: RollTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = factories.checked(town, book(person()))
    village = town.area("柳沟村", "village")

    def read_slowly(*given: Any) -> Any:
        system = people.system_actor(town_id=town.town.id, name="tests")
        areas.create_area(actor=system, parent_id=village.id, name="新村")
        return read_kept(*given)

    monkeypatch.setattr(merging, "read_kept", read_slowly)

    with pytest.raises(MoveError):
        factories.merge(town, roll)

    assert town.households() == []


def test_preview_counts_hamlet_by_hamlet(town: RollTown) -> None:
    factories.merged(town, book(person(), wife(), person(**NEIGHBOUR)))

    roll = factories.checked(
        town, book(person(备注="新"), person(**{**NEIGHBOUR, **DEAD})), as_of=NEXT_DAY
    )

    willow, bridge = queries.preview_hamlets(roll)
    assert (willow.community, willow.village, willow.hamlet) == ("东岭社区", "柳沟村", "柳沟村")
    assert (willow.households, willow.people) == (1, 1)
    assert willow.differences == {"resident_changed": 1, "resident_gone": 1}
    assert bridge.differences == {"resident_changed": 1, "household_empty": 1}
    assert [roll.counts[name] for name in ("communities", "villages", "hamlets")] == [1, 2, 2]


def test_preview_of_a_household_that_the_roll_puts_elsewhere(town: RollTown) -> None:
    factories.merged(town, book(person(**NEIGHBOUR)))
    moved = {**NEIGHBOUR, "自然村": "石桥村", **DEAD}

    (preview,) = queries.preview_hamlets(
        factories.checked(town, book(person(**moved)), as_of=NEXT_DAY)
    )

    assert preview.hamlet == "石桥村"
    assert preview.differences == {"household_changed": 1, "resident_changed": 1}


def test_preview_before_the_check_is_empty(town: RollTown) -> None:
    assert queries.preview_hamlets(factories.sent(town, book(person()))) == []


def test_problems_by_kind(town: RollTown) -> None:
    roll = factories.checked(town, book(person(与户主关系="掌柜"), wife(性别="女性")))

    kinds = queries.count_problem_kinds(actor=town.clerk, roll=roll)

    for (severity, kind), number in kinds.items():
        found = queries.list_problems(actor=town.clerk, roll=roll, severity=severity, kind=kind)
        assert found.count() == number
    assert kinds["warning", "relation_unknown"] == 1
