"""Figures as pages show them: counted together in one query, each with its formula and its rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Value
from django.utils.functional import Promise

from bianfang.faces.desk.addresses import address
from bianfang.kernel.figures import Figure, FigureScope, FigureValue
from bianfang.mechanisms.figurebook import BOOK

Rows = Any  # what a figure counts: a QuerySet of whichever model


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A figure on a page: what it is, what it counts now, how, and where its rows are."""

    label: str | Promise
    text: str
    unit: str | Promise
    formula: str | Promise
    href: str
    value: FigureValue
    icon: str = ""

    @property
    def width(self) -> str:
        """The gauge of a share; "" for a plain number."""
        return f"{self.value.share}%" if self.value.share is not None else ""

    @property
    def is_full(self) -> bool:
        """All of it."""
        return self.value.numerator == self.value.denominator


def read_cards(keys: Iterable[str], scope: FigureScope, *, area_path: str = "") -> dict[str, Card]:
    """The figures of these keys, by key; one query for all. Those of a round need its number."""
    chosen = [BOOK[key] for key in keys]
    chosen = [figure for figure in chosen if scope.round_number or not figure.per_round]
    values = count_together(chosen, scope)
    return {figure.key: _card(figure, values[figure.key], area_path) for figure in chosen}


def count_together(figures: Iterable[Figure], scope: FigureScope) -> dict[str, FigureValue]:
    """The values of several figures in one round trip: each row set counted, all counts united."""
    chosen = list(figures)
    sets: list[Rows] = []
    everything = replace(scope, round_number=None)
    for figure in chosen:
        asked = scope if figure.per_round else everything
        sets.append(figure.rows(asked))
        if figure.out_of is not None:
            sets.append(figure.out_of(asked))
    if not sets:
        return {}
    counts = _counts(sets)
    values, place = {}, 0
    for figure in chosen:
        has_whole = figure.out_of is not None
        values[figure.key] = FigureValue(
            numerator=counts.get(place, 0),
            denominator=counts.get(place + 1, 0) if has_whole else None,
        )
        place += 2 if has_whole else 1
    return values


def _counts(sets: list[Rows]) -> dict[int, int]:
    parts = [
        rows.order_by()
        .annotate(set_place=Value(place))
        .values("set_place")
        .annotate(set_count=Count("pk"))
        .values_list("set_place", "set_count")
        for place, rows in enumerate(sets)
    ]
    united = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {int(place): int(number) for place, number in united}


def _card(figure: Figure, value: FigureValue, area_path: str) -> Card:
    return Card(
        label=figure.label,
        text=value.text(),
        unit=figure.unit,
        formula=figure.formula,
        href=_rows_of(figure, area_path),
        value=value,
    )


def _rows_of(figure: Figure, area_path: str) -> str:
    """The list of exactly the rows counted."""
    return address(area_path, figure.page, **figure.page_query) if figure.page else ""
