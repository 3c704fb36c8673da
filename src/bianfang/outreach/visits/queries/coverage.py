"""Coverage: visited ÷ to be visited over the frozen denominator, at every level; round by round."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.figures import FigureValue
from bianfang.kernel.tenancy.paths import STEP, PathRange, within
from bianfang.outreach.visits.enums import SETTLING, TargetOutcome
from bianfang.outreach.visits.models import Round, ScopedByVisits, Target, Visitor
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import LEVELS, AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission, Role


@dataclass(kw_only=True, slots=True)
class CoverageRow:
    """One area of a round. `by_outcome` adds up to `targets`.

    `added` households came on the register after the start; they stand beside the denominator.
    """

    area: Area
    by_outcome: Counter[TargetOutcome] = field(default_factory=Counter)
    added: int = 0
    added_open: int = 0

    @property
    def targets(self) -> int:
        """Households to be visited, as frozen at the start."""
        return self.by_outcome.total()

    @property
    def left(self) -> int:
        """Households of them that are still to be visited."""
        return self.by_outcome[TargetOutcome.OPEN]

    @property
    def settled(self) -> int:
        """Households of them that ended in one outcome."""
        return self.targets - self.left

    @property
    def share(self) -> Decimal | None:
        """Settled of all, per cent with one decimal; None without any."""
        return FigureValue(numerator=self.settled, denominator=self.targets).share

    @property
    def is_covered(self) -> bool:
        """Whether nobody is left, those who joined later included."""
        return self.left == 0 and self.added_open == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleRow:
    """What the holders of a role did in a round; households they settled are counted once."""

    role: Role | None
    households: int
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedRow:
    """One area in several rounds, in their order; None where it was not part of one."""

    area: Area
    rounds: tuple[CoverageRow | None, ...]


def coverage(
    *,
    actor: Actor,
    round: Round,
    level: AreaKind,
    reach: Sequence[PathRange] | None = None,
) -> list[CoverageRow]:
    """The areas of one level that have targets in the round, in their order; two queries."""
    area_map = areas.area_map(town_id=actor.town_id)
    return _roll_up(_counts(actor, round, reach), area_map, level)


def compare_rounds(
    *,
    actor: Actor,
    rounds: Sequence[Round],
    level: AreaKind,
    reach: Sequence[PathRange] | None = None,
) -> list[ComparedRow]:
    """The same areas in several rounds side by side."""
    area_map = areas.area_map(town_id=actor.town_id)
    columns = [
        {row.area.path: row for row in _roll_up(_counts(actor, round_, reach), area_map, level)}
        for round_ in rounds
    ]
    return [
        ComparedRow(area=area_map[path], rounds=tuple(column.get(path) for column in columns))
        for path in sorted({path for column in columns for path in column})
    ]


def coverage_by_role(
    *, actor: Actor, round: Round, reach: Sequence[PathRange] | None = None
) -> list[RoleRow]:
    """What each role did, the first leaders first; a household is counted once for each role."""
    rows = Visitor.objects.in_town(actor.town_id).filter(
        within(actor.reach(Permission.VIEW_VISITS), "visit__area_path"), visit__round=round
    )
    if reach is not None:
        rows = rows.filter(within(reach, "visit__area_path"))
    settling = Q(visit__outcome__in=list(SETTLING))
    counted = (
        rows.order_by()
        .values_list("role")
        .annotate(
            households=Count("visit__target", distinct=True, filter=settling), visits=Count("id")
        )
    )
    found = {role: (households, visits) for role, households, visits in counted}
    return [
        RoleRow(role=Role(role) if role else None, households=numbers[0], visits=numbers[1])
        for role in (*Role.values, "")
        if (numbers := found.get(role))
    ]


def coverage_by_day(
    *, actor: Actor, round: Round, reach: Sequence[PathRange] | None = None
) -> list[tuple[date, int]]:
    """How many households of the denominator were settled by the end of each day."""
    rows = _targets(actor, round, reach).filter(in_denominator=True, settled_at__isnull=False)
    day = TruncDate("settled_at", tzinfo=clock.TOWN_ZONE)
    counted = rows.order_by().values_list(day).annotate(households=Count("id"))
    total, progress = 0, []
    for on, households in sorted(counted):
        total += households
        progress.append((on, total))
    return progress


def _targets(actor: Actor, round: Round, reach: Sequence[PathRange] | None) -> ScopedByVisits:
    rows = Target.objects.visible_to(actor).filter(round=round)
    return rows if reach is None else rows.filter(within(reach))


_Count = tuple[bool, str, str, int]


def _counts(actor: Actor, round: Round, reach: Sequence[PathRange] | None) -> Iterable[_Count]:
    rows = _targets(actor, round, reach).order_by()
    grouped = rows.values_list("in_denominator", "area_path", "outcome")
    counted: Iterable[_Count] = grouped.annotate(households=Count("id"))
    return counted


def _roll_up(
    counts: Iterable[_Count], area_map: Mapping[str, Area], level: AreaKind
) -> list[CoverageRow]:
    width = STEP * (LEVELS.index(level) + 1)
    found: dict[str, CoverageRow] = {}
    for in_denominator, path, outcome, households in counts:
        place = path[:width]
        row = found.setdefault(place, CoverageRow(area=area_map[place]))
        if in_denominator:
            row.by_outcome[TargetOutcome(outcome)] += households
        else:
            row.added += households
            row.added_open += households if outcome == TargetOutcome.OPEN else 0
    return [found[place] for place in sorted(found)]
