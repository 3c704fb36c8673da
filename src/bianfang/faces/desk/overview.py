"""The blocks of the overview: three clarities, five themes, three mechanisms, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_reach
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.charts import Bar, BarChart, percent, share_text
from bianfang.faces.desk.figures import Card, read_cards
from bianfang.faces.desk.navigation import THEME_ICONS
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.figures import FigureScope
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import counts, lists, todo
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.meetings.queries import lists as meetings
from bianfang.outreach.visits.queries import coverage, rounds
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.areas.enums import LEVELS, AreaKind
from bianfang.register.people.enums import Permission

FIGURES = (
    "hamlets",
    "hamlets_covered",
    "resident_households",
    "demands_total",
    "demands_solved",
    "solved_rate",
    "carried_over",
    "explained",
    "transferred",
    "overdue",
    "visits_total",
)
MOST_TODO = 8
MOST_DUE = 6
WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A theme with its demands, or a list with its lines; `solved` of the former."""

    label: str | Promise
    icon: str
    href: str
    total: int
    solved: int = 0
    has_gauge: bool = False

    @property
    def share(self) -> Decimal | None:
        """Solved of all."""
        return percent(self.solved, self.total)

    @property
    def width(self) -> str:
        """The gauge."""
        return f"{self.share or 0}%"

    @property
    def is_full(self) -> bool:
        """Every one is solved."""
        return 0 < self.total == self.solved


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundNow:
    """The round that the overview tells of: the active one, else the last."""

    number: int
    name: str
    is_active: bool
    due_on: str
    settled: int
    targets: int
    chart: BarChart

    @property
    def share_text(self) -> str:
        """Coverage as it is printed."""
        return share_text(percent(self.settled, self.targets))

    @property
    def width(self) -> str:
        """The gauge."""
        return f"{percent(self.settled, self.targets) or 0}%"

    @property
    def is_full(self) -> bool:
        """All are visited."""
        return 0 < self.targets == self.settled


@dataclass(frozen=True, slots=True)
class Line:
    """A demand in a short list, with what presses."""

    demand: Demand
    why: str | Promise
    state: Badge | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clarity:
    """A card of the first block: its name from the frame, one figure, one line beside it."""

    name: str | Promise
    icon: str
    text: str
    unit: str | Promise
    href: str
    note: str
    formula: str | Promise
    width: str = ""
    is_full: bool = False


def clarities(cards: dict[str, Card], now: RoundNow | None) -> list[Clarity]:
    """Who visits, what is asked, how it is handled; and what is overdue."""
    if not cards:
        return []
    hamlets, doors = cards["hamlets"], cards["resident_households"]
    rate, overdue = cards["solved_rate"], cards["overdue"]
    reached = cards.get("hamlets_covered")
    covered = _("%(round)s: %(settled)s visited, %(share)s")
    numbers = {name: card.text for name, card in cards.items()}
    return [
        _clarity(
            hamlets, _("Who visits"), "assignment", "assignments:list",
            _("%(round)s: %(reached)s of them wholly visited")
            % {"round": now.name, "reached": reached.value.numerator}
            if now and reached else hamlets.label,
            reached.width if reached else "", is_full=reached.is_full if reached else False,
        ),
        _clarity(
            doors, _("What is asked"), "visit", "",
            covered % {"round": now.name, "settled": f"{now.settled:,}", "share": now.share_text}
            if now else doors.label,
            now.width if now else "", is_full=now.is_full if now else False,
        ),
        _clarity(
            rate, _("How it is handled"), "demand", "",
            _("%(demands_solved)s of %(demands_total)s solved, %(carried_over)s carried over")
            % numbers,
            rate.width, is_full=rate.is_full,
        ),
        _clarity(overdue, overdue.label, "overdue", "", _("deadline has passed")),
    ]  # fmt: skip


def mechanisms(request: DeskRequest, cards: dict[str, Card]) -> list[Tile]:
    """One ledger and two lists, with the number of their lines."""
    if not cards:
        return []
    path = chosen_path(request)
    lines = {name: card.value.numerator for name, card in cards.items()}
    closed = lines["demands_solved"] + lines["explained"] + lines["transferred"]
    found = (
        ("ledger:visits", _("Visit filing ledger"), "ledger", lines["visits_total"]),
        ("ledger:demands", _("Demand list"), "list", lines["demands_total"] - closed),
        ("ledger:closed", _("Closed list"), "closed-list", closed),
    )
    return [
        Tile(label=label, icon=icon, href=address(path, page), total=total)
        for page, label, icon, total in found
    ]


def _clarity(
    card: Card,
    name: str | Promise,
    icon: str,
    page: str,
    note: str | Promise,
    width: str = "",
    *,
    is_full: bool = False,
) -> Clarity:
    return Clarity(
        name=name,
        icon=icon,
        text=card.text,
        unit=card.unit,
        href=address("", page) if page else card.href,
        note=str(note),
        formula=card.formula,
        width=width,
        is_full=is_full,
    )


def cards(request: DeskRequest, now: RoundNow | None) -> dict[str, Card]:
    """The key figures of the areas in view; none for who reads no area."""
    reach = chosen_reach(request, request.actor, Permission.VIEW_DEMANDS)
    if not reach:
        return {}
    scope = FigureScope(
        town_id=request.actor.town_id,
        ranges=reach,
        as_of=clock.today(),
        round_number=now.number if now else None,
    )
    return read_cards(FIGURES, scope, area_path=chosen_path(request))


def tiles(request: DeskRequest) -> list[Tile]:
    """The five themes."""
    path = chosen_path(request)
    filters = DemandFilter(area=PathRange.under(path) if path else None)
    return [
        Tile(
            label=row.theme.label,
            icon=THEME_ICONS[row.theme],
            href=_demands(request, row.theme),
            total=row.total,
            solved=row.solved,
            has_gauge=True,
        )
        for row in counts.count_by_theme(actor=request.actor, filters=filters)
    ]


def round_now(request: DeskRequest) -> RoundNow | None:
    """Coverage of the active or last round, beside the one before; None before the first."""
    reach = chosen_reach(request, request.actor, Permission.VIEW_VISITS)
    if not reach:
        return None
    begun = [
        round_
        for round_ in rounds.list_rounds(actor=request.actor)
        if round_.state in {RoundState.ACTIVE, RoundState.FINISHED}
    ][:2]
    if not begun:
        return None
    now, before = begun[0], begun[1] if len(begun) > 1 else None
    rows = coverage.compare_rounds(
        actor=request.actor, rounds=begun, level=_level(reach), reach=reach
    )
    present = [row.rounds[0] for row in rows if row.rounds[0] is not None]
    return RoundNow(
        number=now.number,
        name=now.name,
        is_active=now.state == RoundState.ACTIVE,
        due_on=now.due_on.isoformat(),
        settled=sum(row.settled for row in present),
        targets=sum(row.targets for row in present),
        chart=BarChart(
            caption=_("Coverage by area, with the round before"),
            name=now.name,
            before_name=before.name if before else "",
            bars=[_bar(row) for row in rows],
        ),
    )


def todo_lines(request: DeskRequest) -> tuple[int, list[Line]]:
    """What waits for this person, the most urgent first."""
    glance = todo.todo_glance(request.actor, first=MOST_TODO)
    today = clock.today()
    lines = [
        Line(demand, kind.label, demand_badges.state(demand, today)) for kind, demand in glance.rows
    ]
    return glance.count, lines


def count_resolutions(request: DeskRequest) -> int:
    """How many resolutions of meetings this person has to carry out."""
    own = meetings.list_own_resolutions(actor=request.actor, staff_id=request.user.id)
    return own.count()


def due_this_week(request: DeskRequest) -> list[Line]:
    """What is due within seven days in the areas in view, the nearest first."""
    path = chosen_path(request)
    today = clock.today()
    filters = DemandFilter(area=PathRange.under(path) if path else None)
    rows = lists.list_due(actor=request.actor, filters=filters, days=WEEK)[:MOST_DUE]
    return [Line(demand, "", demand_badges.state(demand, today)) for demand in rows]


def _bar(row: coverage.ComparedRow) -> Bar:
    now = row.rounds[0]
    before = row.rounds[1] if len(row.rounds) > 1 else None
    detail = ""
    if now:
        numbers = {"settled": now.settled, "targets": now.targets}
        detail = _("%(settled)s of %(targets)s households") % numbers
    return Bar(
        label=row.area.name,
        href=address(row.area.path, "desk:home"),
        share=percent(now.settled, now.targets) if now else None,
        before=percent(before.settled, before.targets) if before else None,
        detail=detail,
    )


def _level(reach: Sequence[PathRange]) -> AreaKind:
    """One level below what is in view: communities for the town, villages for a community."""
    depth = min(len(part.lower) for part in reach) // STEP
    return LEVELS[min(depth, len(LEVELS) - 1)]


def _demands(request: DeskRequest, theme: Theme) -> str:
    return address(chosen_path(request), "demands:list", theme=theme.value)
