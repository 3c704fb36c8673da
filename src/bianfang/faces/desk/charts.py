"""The coverage bars: numbers made ready for a drawing that the server writes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

GOAL = Decimal(90)
FULL = Decimal(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One line of the chart: a share now, and the one to compare it with; None where unknown."""

    label: str
    href: str
    share: Decimal | None
    before: Decimal | None
    detail: str = ""

    @property
    def width(self) -> str:
        """The bar's width."""
        return _width(self.share)

    @property
    def before_width(self) -> str:
        """The width of the thin bar below."""
        return _width(self.before)

    @property
    def text(self) -> str:
        """The share as it is printed."""
        return share_text(self.share)

    @property
    def before_text(self) -> str:
        """The other share as it is printed."""
        return share_text(self.before)

    @property
    def is_full(self) -> bool:
        """All are visited."""
        return self.share is not None and self.share >= FULL

    @property
    def is_short(self) -> bool:
        """The goal is not reached."""
        return self.share is not None and self.share < GOAL


@dataclass(frozen=True, kw_only=True, slots=True)
class BarChart:
    """The bars with the names of what they compare."""

    caption: str
    name: str
    before_name: str
    bars: list[Bar]

    @property
    def has_short(self) -> bool:
        """Whether the legend must explain the stripes."""
        return any(bar.is_short for bar in self.bars)

    @property
    def has_full(self) -> bool:
        """Whether the legend must explain the other colour."""
        return any(bar.is_full for bar in self.bars)

    @property
    def goal(self) -> str:
        """The goal as it is printed."""
        return f"{GOAL}%"


def share_text(share: Decimal | None) -> str:
    """Per cent with one decimal; a whole hundred without."""
    if share is None:
        return "—"
    return "100%" if share == FULL else f"{share.quantize(Decimal('0.1'))}%"


def percent(part: int, whole: int) -> Decimal | None:
    """A share with one decimal, half up; None on nothing. Only all of it is a hundred."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return min(rounded, Decimal("99.9")) if part < whole else rounded


def _width(share: Decimal | None) -> str:
    return f"{max(Decimal(0), min(share or Decimal(0), FULL))}%"
