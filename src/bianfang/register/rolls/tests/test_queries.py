from collections.abc import Callable

import pytest
from django.db import models

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.register.rolls import queries
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import RollTown, book
from bianfang.register.rolls.tests.workbooks import person, wife

Get = Callable[..., RollImport]


@pytest.fixture
def roll(town: RollTown) -> RollImport:
    return factories.checked(town, book(person(与户主关系="掌柜"), wife(性别="女性")))


@pytest.mark.parametrize("get", [queries.get_import, queries.get_import_for_update])
def test_get_import_gives_the_import_of_the_own_town(
    town: RollTown, roll: RollImport, get: Get
) -> None:
    assert get(actor=town.clerk, roll_id=roll.id) == roll


@pytest.mark.parametrize("get", [queries.get_import, queries.get_import_for_update])
def test_get_import_of_others_is_not_there(town: RollTown, roll: RollImport, get: Get) -> None:
    for actor in (factories.make_town("second").clerk, town.secretary):
        with pytest.raises(NotFoundError):
            get(actor=actor, roll_id=roll.id)
    with pytest.raises(NotFoundError):
        get(actor=town.clerk, roll_id=new_id())


def test_list_imports_shows_the_latest_first(town: RollTown, roll: RollImport) -> None:
    later = factories.sent(town, book(person()))

    assert list(queries.list_imports(actor=town.clerk)) == [later, roll]
    assert list(queries.list_imports(actor=town.secretary)) == []


def test_problems_and_differences_are_listed_and_counted(town: RollTown, roll: RollImport) -> None:
    problems = list(queries.list_problems(actor=town.clerk, roll=roll))
    warnings = queries.list_problems(actor=town.clerk, roll=roll, severity="warning")
    new = queries.list_diffs(actor=town.clerk, roll=roll, kind="household_new")

    assert [problem.order for problem in problems] == list(range(len(problems)))
    assert {problem.severity for problem in warnings} == {"warning"}
    assert queries.count_problems(actor=town.clerk, roll=roll)["warning"] == len(warnings)
    assert list(queries.list_diffs(actor=town.clerk, roll=roll)) == list(new)
    assert queries.count_diffs(actor=town.clerk, roll=roll) == {"household_new": 1}


def test_nothing_is_listed_for_others(town: RollTown, roll: RollImport) -> None:
    actor: Actor = factories.make_town("second").clerk

    assert not queries.list_problems(actor=actor, roll=roll).exists()
    assert not queries.list_diffs(actor=actor, roll=roll).exists()
    assert queries.count_problems(actor=actor, roll=roll) == {}


def test_rows_are_named_by_what_they_are(town: RollTown, roll: RollImport) -> None:
    rows: list[models.Model] = [
        roll,
        RollProblem.objects.in_town(town.town.id).order_by("order")[0],
        RollDiff.objects.in_town(town.town.id).get(),
    ]

    assert [str(row) for row in rows] == [
        "花名册.xlsx",
        f"花名册 {rows[1].cell} {rows[1].kind}",  # type: ignore[attr-defined]  # a problem
        "household_new 0101010001",
    ]
