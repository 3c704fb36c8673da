from dataclasses import replace
from datetime import timedelta

import pytest

from bianfang.kernel.figures import NOTHING, FigureScope
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.lookback.figures import FIGURES
from bianfang.outreach.lookback.queries import lists
from bianfang.outreach.lookback.queries.lists import CheckFilter
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import handed_out, record
from bianfang.outreach.lookback.workflow import CheckResult

[RATE] = FIGURES


@pytest.fixture
def scope(town: SmallTown) -> FigureScope:
    return FigureScope(town_id=town.town.id, ranges=(town.place.town.reach,), as_of=MONDAY)


@pytest.fixture
def checked(town: SmallTown) -> SmallTown:
    """Of four checks two passed, one failed, one reached nobody."""
    factories.closed(town)
    results = (
        CheckResult.PASSED, CheckResult.FAILED, CheckResult.PASSED, CheckResult.NOT_REACHED,
    )  # fmt: skip
    for check, result in zip(handed_out(town, of_each=2), results, strict=True):
        record(town, check, result)
    return town


def test_passed_of_checked_without_those_not_reached(
    checked: SmallTown, scope: FigureScope
) -> None:
    value = RATE.value(scope)

    assert (value.numerator, value.denominator, value.text()) == (2, 3, "66.7%")


def test_nothing_checked_prints_a_dash(town: SmallTown, scope: FigureScope) -> None:
    assert RATE.value(scope).text() == NOTHING


def test_the_list_behind_the_figure_holds_exactly_its_rows(
    checked: SmallTown, scope: FigureScope
) -> None:
    filters = CheckFilter(result=CheckResult(RATE.page_query["result"]))

    listed = lists.list_decided(actor=checked.clerk, filters=filters)

    counted = {row.pk for row in RATE.rows(scope).order_by("pk")}
    assert {row.id for row in listed.order_by("id")} == counted
    assert counted


def test_areas_days_and_rounds_narrow_it(checked: SmallTown, scope: FigureScope) -> None:
    Demand.objects.in_town(checked.town.id).filter(area_path=checked.household.area_path).update(
        round=checked.round.id
    )

    south = RATE.value(replace(scope, ranges=(checked.place.south.reach,)))
    before = RATE.value(replace(scope, as_of=MONDAY - timedelta(days=1)))
    first_round = RATE.value(replace(scope, round_number=1))

    assert (south.numerator, south.denominator) == (1, 1)
    assert before.text() == NOTHING
    assert (first_round.numerator, first_round.denominator) == (1, 2)
