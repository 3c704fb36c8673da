"""How far a round is: figures, areas with bars, outcomes and roles, made ready for its page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.charts import GOAL, percent, share_text
from bianfang.faces.desk.day_curve import DayCurve, draw_curve
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import level_below
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries import coverage, visits
from bianfang.outreach.visits.queries.coverage import CoverageRow, RoleRow
from bianfang.register.areas.enums import AreaKind

BESIDE = (TargetOutcome.DECLINED, TargetOutcome.MOVED, TargetOutcome.LEFT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A share as a number and as the width of a bar."""

    part: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """Per cent; None on nothing."""
        return percent(self.part, self.whole)

    @property
    def text(self) -> str:
        """As it is printed."""
        return share_text(self.value)

    @property
    def width(self) -> str:
        """The bar's width."""
        return f"{self.value or 0}%"

    @property
    def is_full(self) -> bool:
        """All of it."""
        return 0 < self.whole == self.part

    @property
    def is_short(self) -> bool:
        """Below the goal."""
        return self.value is not None and self.value < GOAL


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceLine:
    """An area of the round; its link goes one level down, from a natural village to who is left."""

    name: str
    href: str
    row: CoverageRow

    @property
    def share(self) -> Share:
        """Visited of those to be visited."""
        return Share(part=self.row.settled, whole=self.row.targets)

    @property
    def met(self) -> int:
        """Households talked with."""
        return self.row.by_outcome[TargetOutcome.MET]

    @property
    def beside(self) -> int:
        """Households settled without a talk."""
        return sum(self.row.by_outcome[outcome] for outcome in BESIDE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedLine:
    """An area with its coverage in several rounds; None where it was not part of one."""

    name: str
    href: str
    cells: list[tuple[str, Share | None]]
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A line of a small table: what, how many, its share of all."""

    label: str | Promise
    count: int
    share: Share
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What the page of a round that has begun shows."""

    level: AreaKind
    places: list[PlaceLine]
    total: CoverageRow | None
    hamlets: Share
    outcomes: list[Part]
    roles: list[RoleRow]
    topics: list[visits.TopicCount]
    curve: DayCurve | None

    @property
    def share(self) -> Share:
        """Coverage of the part of the town in view."""
        if self.total is None:
            return Share(part=0, whole=0)
        return Share(part=self.total.settled, whole=self.total.targets)

    @property
    def left(self) -> int:
        """Households still to be visited."""
        return self.total.left if self.total else 0

    @property
    def added(self) -> int:
        """Households that came after the start."""
        return self.total.added if self.total else 0


def read_progress(request: DeskRequest, round_: Round, reach: Sequence[PathRange]) -> Progress:
    """Count once by natural village, add up for the rest."""
    hamlets = coverage.coverage(
        actor=request.actor, round=round_, level=AreaKind.HAMLET, reach=reach
    )
    level = level_below(reach)
    rows = hamlets
    if level != AreaKind.HAMLET:
        rows = coverage.coverage(actor=request.actor, round=round_, level=level, reach=reach)
    total = _total(rows)
    return Progress(
        level=level,
        places=[_line(round_, row) for row in rows],
        total=total,
        hamlets=Share(part=sum(row.is_covered for row in hamlets), whole=len(hamlets)),
        outcomes=_outcomes(round_, request.GET.get("area", ""), total),
        roles=coverage.coverage_by_role(actor=request.actor, round=round_, reach=reach),
        topics=visits.list_topics_told(actor=request.actor, round=round_, reach=_one(reach)),
        curve=draw_curve(
            round_,
            coverage.coverage_by_day(actor=request.actor, round=round_, reach=reach),
            total.targets if total else 0,
        ),
    )


def _line(round_: Round, row: CoverageRow) -> PlaceLine:
    page = "rounds:left" if row.area.kind == AreaKind.HAMLET else "rounds:detail"
    return PlaceLine(name=row.area.name, href=address(row.area.path, page, round_.id), row=row)


def _total(rows: Iterable[CoverageRow]) -> CoverageRow | None:
    total = None
    for row in rows:
        total = total or CoverageRow(area=row.area)
        total.by_outcome += row.by_outcome
        total.added += row.added
        total.added_open += row.added_open
    return total


def _outcomes(round_: Round, path: str, total: CoverageRow | None) -> list[Part]:
    counts: Counter[TargetOutcome] = total.by_outcome if total else Counter()
    whole = total.targets if total else 0
    return [
        Part(
            label=outcome.label,
            count=counts[outcome],
            share=Share(part=counts[outcome], whole=whole),
            href=address(path, "rounds:households", round_.id, outcome=outcome.value),
        )
        for outcome in TargetOutcome
    ]


def _one(reach: Sequence[PathRange]) -> PathRange | None:
    return reach[0] if len(reach) == 1 else None


def compared(
    request: DeskRequest, rounds: Sequence[Round], reach: Sequence[PathRange]
) -> list[ComparedLine]:
    """Areas with their coverage in each of the rounds, in their order; the last line adds up."""
    rows = coverage.compare_rounds(
        actor=request.actor, rounds=rounds, level=level_below(reach), reach=reach
    )
    lines = [
        ComparedLine(
            name=row.area.name,
            href="" if row.area.kind == AreaKind.HAMLET else address(row.area.path, "rounds:list"),
            cells=_cells(rounds, row.rounds),
        )
        for row in rows
    ]
    if len(rows) > 1:
        columns = zip(*(row.rounds for row in rows), strict=True)
        sums = [_total(filter(None, column)) for column in columns]
        cells = _cells(rounds, sums)
        lines.append(ComparedLine(name=_("Together"), href="", cells=cells, is_sum=True))
    return lines


def _cells(
    rounds: Sequence[Round], rows: Sequence[CoverageRow | None]
) -> list[tuple[str, Share | None]]:
    return [
        (round_.name, Share(part=row.settled, whole=row.targets) if row else None)
        for round_, row in zip(rounds, rows, strict=True)
    ]
