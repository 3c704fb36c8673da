"""How a round came along day by day: a curve that the server draws, beside an even pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bianfang.kernel import clock
from bianfang.outreach.visits.models import Round

WIDTH, HEIGHT = 100, 40


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCurve:
    """Points of the curve in a box of 100 by 40; the pace ends at the top on the due day."""

    points: str
    end: str
    due: str
    first: date
    last: date

    @property
    def area(self) -> str:
        """The curve closed along the bottom."""
        return f"0,{HEIGHT} {self.points} {self.end},{HEIGHT}"


def draw_curve(round_: Round, days: Sequence[tuple[date, int]], whole: int) -> DayCurve | None:
    """The curve of the households reached; None before there is anything to draw."""
    if round_.started_at is None or not days or not whole:
        return None
    first = clock.local(round_.started_at).date()
    until = clock.local(round_.finished_at).date() if round_.finished_at else clock.today()
    last = max(round_.due_on, until)
    length = max((last - first).days, 1)

    def across(day: date) -> str:
        return f"{max((day - first).days, 0) * WIDTH / length:.1f}"

    points = [f"0,{HEIGHT}"]
    points += [f"{across(day)},{HEIGHT - HEIGHT * total / whole:.1f}" for day, total in days]
    points.append(f"{across(until)},{HEIGHT - HEIGHT * days[-1][1] / whole:.1f}")
    return DayCurve(
        points=" ".join(points),
        end=across(until),
        due=across(round_.due_on),
        first=first,
        last=last,
    )
