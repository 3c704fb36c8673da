from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.figures import Figure, FigureBook, FigureScope, FigureValue
from bianfang.kernel.hedges.words import HedgeRule
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.tenancy.paths import PathRange


def rows(scope: FigureScope) -> "QuerySet[Any]":
    return Series.objects.in_town(scope.town_id).filter(last__gt=0)


def all_rows(scope: FigureScope) -> "QuerySet[Any]":
    return Series.objects.in_town(scope.town_id)


def figure(key: str = "given", **changes: Any) -> Figure:
    return Figure(key=key, label="given", unit="户", formula="numbers given", rows=rows, **changes)


def scope_of(town: Town) -> FigureScope:
    reach = (PathRange.under("00010001"),)
    return FigureScope(town_id=town.id, ranges=reach, as_of=date(2026, 6, 30))


@pytest.fixture
def scope() -> FigureScope:
    town, other = (Town.objects.create(name=slug, slug=slug) for slug in ("here", "there"))
    for name, last in (("a", 1), ("b", 2), ("c", 0)):
        Series.objects.create(town=town, name=name, last=last)
    Series.objects.create(town=other, name="a", last=9)
    return scope_of(town)


@pytest.mark.django_db
def test_a_figure_counts_its_rows_in_its_town(scope: FigureScope) -> None:
    value = figure().value(scope)

    assert value == FigureValue(numerator=rows(scope).count()) == FigureValue(numerator=2)
    assert value.text() == "2"


@pytest.mark.django_db
def test_a_share_keeps_both_of_its_parts(scope: FigureScope) -> None:
    value = figure(out_of=all_rows).value(scope)

    assert (value.numerator, value.denominator, value.text()) == (2, 3, "66.7%")


@pytest.mark.django_db
def test_a_share_of_nothing_has_no_value() -> None:
    value = figure(out_of=all_rows).value(scope_of(Town.objects.create(name="e", slug="e")))

    assert value.share is None
    assert value.text() == "—"
    assert figure(out_of=all_rows).worded(value) == "—"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (116, 127, "91.3%"),
        (0, 127, "0.0%"),
        (127, 127, "100.0%"),
        (1, 2000, "0.1%"),  # exactly 0.05: half goes up
        (1, 2001, "0.0%"),
        (12846, 12847, "100.0%"),
        (0, 0, "—"),
    ],
)
def test_shares_have_one_decimal_and_round_half_up(
    numerator: int, denominator: int, text: str
) -> None:
    assert FigureValue(numerator=numerator, denominator=denominator).text() == text


@given(whole=st.integers(1, 10**6), part=st.integers(0, 10**6))
def test_a_share_is_off_by_at_most_half_of_its_last_digit(whole: int, part: int) -> None:
    share = FigureValue(numerator=part, denominator=whole).share

    assert share is not None
    assert abs(share * whole - part * 100) <= Decimal("0.05") * whole


def test_large_numbers_are_grouped() -> None:
    assert FigureValue(numerator=12847).text() == "12,847"


def test_a_figure_is_worded_by_its_hedge_in_the_readers_language() -> None:
    hedged = figure(hedge=HedgeRule.OVER, hedge_step=100)

    with override("zh-hans"):
        assert hedged.worded(FigureValue(numerator=12847)) == "12800余户"
    with override("en"):
        assert "12,800" in hedged.worded(FigureValue(numerator=12847))


def test_a_hedge_that_would_not_be_true_gives_way_to_the_number() -> None:
    with override("zh-hans"):
        worded = figure(hedge=HedgeRule.OVER, hedge_step=100).worded(FigureValue(numerator=3))

    assert worded == "3户"


def test_shares_are_never_hedged() -> None:
    value = FigureValue(numerator=116, denominator=127)

    assert figure(hedge=HedgeRule.OVER).worded(value) == "91.3%"


def test_the_book_gives_figures_by_key_and_in_their_order() -> None:
    one, two = figure("one"), figure("two")
    book = FigureBook([two, one])

    assert book["one"] is one
    assert list(book) == [two, one]
    with pytest.raises(KeyError):
        book["three"]


def test_a_key_is_given_once() -> None:
    with pytest.raises(ValueError, match="'one' is defined twice"):
        FigureBook([figure("one"), figure("one")])
