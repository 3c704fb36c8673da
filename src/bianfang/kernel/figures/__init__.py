"""A figure is defined once: key, label, unit, formula in words, query, and the rows it counts.

Pages, lists, bulletins and the command line ask for a figure by its key. Clicking a number opens
`rows_url`, the list of exactly the rows counted; a test proves for every figure that count = rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from bianfang.kernel.hedges.words import HedgeError, HedgeRule, hedge, hedge_english
from bianfang.kernel.tenancy.paths import PathRange

NOTHING = "—"


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureScope:
    """What a figure is asked for: a town, areas in it, perhaps a round, a day it is told on."""

    town_id: UUID
    ranges: tuple[PathRange, ...]
    as_of: date
    round_number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureValue:
    """A counted number, or a share with both of its parts; a zero denominator has no value."""

    numerator: int
    denominator: int | None = None

    @property
    def share(self) -> Decimal | None:
        """Per cent with one decimal, half up (116 of 127 is 91.3); None on a zero denominator."""
        if not self.denominator:
            return None
        exact = Decimal(self.numerator) * 100 / Decimal(self.denominator)
        return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    def text(self) -> str:
        """The number as it is printed."""
        if self.denominator is None:
            return f"{self.numerator:,}"
        return NOTHING if self.share is None else f"{self.share}%"


Rows = Callable[[FigureScope], "QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One definition. `rows` are what is counted; `out_of` the denominator's rows, for a share.

    `per_round` figures are asked for with `scope.round_number`; `hedge` names the rule by which a
    bulletin words the number (kernel.hedges).
    """

    key: str
    label: str | Promise
    unit: str | Promise
    formula: str | Promise
    rows: Rows
    out_of: Rows | None = None
    hedge: HedgeRule = HedgeRule.EXACT
    hedge_step: int = 1
    per_round: bool = False
    page: str = ""
    page_query: Mapping[str, str] = field(default_factory=dict)

    def value(self, scope: FigureScope) -> FigureValue:
        """Count it now, from the rows."""
        whole = None if self.out_of is None else self.out_of(scope).count()
        return FigureValue(numerator=self.rows(scope).count(), denominator=whole)

    def worded(self, value: FigureValue) -> str:
        """As a bulletin words it (12800余户); exact where the hedge would not be true."""
        if value.denominator is not None:
            return value.text()
        say = hedge if (get_language() or "").startswith("zh") else hedge_english
        unit = str(self.unit)
        try:
            return say(value.numerator, self.hedge, unit, step=self.hedge_step)
        except HedgeError:
            return say(value.numerator, HedgeRule.EXACT, unit)


class FigureBook:
    """All figures of the house, in the order of their registration."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures: dict[str, Figure] = {}
        for figure in figures:
            if figure.key in self._figures:
                msg = f"figure {figure.key!r} is defined twice"
                raise ValueError(msg)
            self._figures[figure.key] = figure

    def __getitem__(self, key: str) -> Figure:
        return self._figures[key]

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())
