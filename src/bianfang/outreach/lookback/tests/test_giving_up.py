"""A look-back drawn wrongly is given up with a reason while nothing was noted, and stays seen."""

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel.errors import FieldError, MoveError, NotAllowedError
from bianfang.kernel.journal import queries as journal
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.lookback import workflow
from bianfang.outreach.lookback.actions import checking
from bianfang.outreach.lookback.enums import Verb
from bianfang.outreach.lookback.models import LookBack
from bianfang.outreach.lookback.queries import lists, one
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.workflow import CheckResult
from bianfang.outreach.lookback.workflow import LookBackState as State


@pytest.fixture
def look_back(town: SmallTown) -> LookBack:
    factories.closed(town)
    return factories.drawn(town, of_each=2)


def give_up(town: SmallTown, look_back: LookBack, reason: str = "日期选错") -> LookBack:
    return checking.give_up(actor=town.clerk, look_back_id=look_back.id, reason=reason)


def test_rule_seed_and_sample_stay_with_the_reason(town: SmallTown, look_back: LookBack) -> None:
    drawn = factories.numbers(factories.checks_of(look_back))

    give_up(town, look_back, reason=" 日期选错 ")

    found = LookBack.objects.in_town(town.town.id).get(id=look_back.id)
    assert (found.state, found.given_up_on, found.given_up_reason) == (
        State.GIVEN_UP,
        MONDAY,
        "日期选错",
    )
    assert found.seed == factories.SEED
    assert factories.numbers(factories.checks_of(look_back)) == drawn
    assert sorted(number for group in one.draw_again(found).values() for number in group) == sorted(
        drawn
    )
    entry = journal.list_about(town_id=town.town.id, kind="lookback", target_id=look_back.id).last()
    assert entry is not None
    assert (entry.verb, entry.reason) == (Verb.GIVEN_UP, "日期选错")


def test_what_was_handed_out_waits_for_nobody_any_more(
    town: SmallTown, look_back: LookBack
) -> None:
    checks = factories.give(town, look_back)
    checker = town.actors["second_clerk"]
    assert lists.list_mine(actor=checker).count() == len(checks)

    give_up(town, look_back)

    assert list(lists.list_mine(actor=checker)) == []
    with pytest.raises(MoveError):
        factories.record(town, checks[0], CheckResult.PASSED)
    with pytest.raises(MoveError):
        factories.give(town, look_back)


@pytest.mark.parametrize("result", [CheckResult.PASSED, CheckResult.NOT_REACHED])
def test_noted_results_are_not_thrown_away(
    town: SmallTown, look_back: LookBack, result: CheckResult
) -> None:
    check = factories.give(town, look_back)[0]
    factories.record(town, check, result)

    with pytest.raises(MoveError):
        give_up(town, look_back)


def test_a_replaced_check_is_a_noted_one(town: SmallTown) -> None:
    factories.closed(town, near=3, far=0)
    look_back = factories.drawn(town, of_each=1)
    [check] = factories.give(town, look_back)
    factories.record(town, check, CheckResult.NOT_REACHED)
    checking.replace(actor=town.clerk, check_id=check.id)
    assert workflow.is_untouched(one.list_results(actor=town.clerk, look_back=look_back))

    with pytest.raises(MoveError):
        give_up(town, look_back)


@pytest.mark.parametrize("reason", [" ", "错" * 201])
def test_the_reason_is_told_in_a_line(town: SmallTown, look_back: LookBack, reason: str) -> None:
    with pytest.raises(FieldError):
        give_up(town, look_back, reason=reason)


def test_only_who_plans_gives_up(town: SmallTown, look_back: LookBack) -> None:
    with pytest.raises(NotAllowedError):
        checking.give_up(actor=town.leader, look_back_id=look_back.id, reason="不合适")


@pytest.mark.parametrize(
    "wrong",
    [{"state": State.GIVEN_UP}, {"given_up_on": MONDAY}, {"given_up_reason": "日期选错"}],
)
def test_the_database_wants_day_and_reason_with_the_state(
    look_back: LookBack, wrong: dict[str, object]
) -> None:
    rows = LookBack.objects.in_town(look_back.town_id).filter(id=look_back.id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)
