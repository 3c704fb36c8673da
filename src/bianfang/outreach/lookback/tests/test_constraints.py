"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState


@pytest.fixture
def checks(town: SmallTown) -> list[Check]:
    factories.closed(town)
    return factories.handed_out(town, of_each=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"result": CheckResult.PASSED},
        {"result": CheckResult.PASSED, "way": "phone"},
        {"way": "phone"},
        {
            "result": CheckResult.PASSED, "way": "phone", "checked_on": factories.day(0),
            "checker": None,
        },
        {"result": CheckResult.FAILED, "way": "phone", "checked_on": factories.day(0)},
    ],
)  # fmt: skip
def test_a_check_has_result_way_day_and_checker_or_none(
    checks: list[Check], wrong: dict[str, Any]
) -> None:
    rows = Check.objects.in_town(checks[0].town_id).filter(id=checks[0].id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


def test_only_who_was_not_reached_is_replaced(checks: list[Check]) -> None:
    rows = Check.objects.in_town(checks[0].town_id).filter(id=checks[0].id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(replaced_by=checks[1].id)


def test_a_demand_stands_once_in_a_look_back(checks: list[Check]) -> None:
    rows = Check.objects.in_town(checks[0].town_id).filter(id=checks[0].id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(demand=checks[1].demand_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(place=checks[1].place)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_day": factories.day(-90)},
        {"sample_size": 0},
        {"sample_size": 9},
        {"of_each": None},
        {"percent": 5},
        {"state": LookBackState.FINISHED},
        {"finished_on": factories.day(0)},
    ],
)
def test_days_sample_rule_and_end_fit_together(checks: list[Check], wrong: dict[str, Any]) -> None:
    rows = LookBack.objects.in_town(checks[0].town_id).filter(id=checks[0].look_back_id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


def test_rows_tell_what_they_are(checks: list[Check]) -> None:
    [check, *_others] = checks

    assert str(check.look_back) == "十一月回头看"
    assert str(check) == f"{check.stratum} 1"
