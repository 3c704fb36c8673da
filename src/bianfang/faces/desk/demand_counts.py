"""Numbers beside the list of demands: of its tabs, of a theme, of half-year lists."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import same_page
from bianfang.faces.desk.charts import percent, share_text
from bianfang.faces.desk.demand_filters import GROUP
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import Outcome, StateGroup, Theme
from bianfang.outreach.demands.queries import lists
from bianfang.outreach.demands.queries.lists import DemandFilter, in_group
from bianfang.outreach.demands.workflow import CLOCK_RUNS
from bianfang.outreach.demands.workflow import DemandState as State

OPEN_UP_TO, COUNT_UP_TO = 500, 1000
"""Beyond that a tab says “500+” or “1000+”: no list is read to its end for its tab."""
GROUPS = (
    StateGroup.OPEN,
    StateGroup.NEW,
    StateGroup.OVERDUE,
    StateGroup.AWAITING_REVIEW,
    StateGroup.CARRIED_OVER,
    StateGroup.CLOSED,
    StateGroup.COUNTED,
    StateGroup.ASIDE,
)
_SOLVED = Q(state=State.WRITTEN_OFF, outcome=Outcome.SOLVED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A key figure that opens the rows it counts."""

    name: str | Promise
    icon: str
    text: str
    note: str | Promise
    formula: str | Promise
    href: str
    unit: str | Promise = ""
    width: str = ""
    is_full: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many of some demands there are, still open, solved, overdue."""

    total: int = 0
    open: int = 0
    solved: int = 0
    overdue: int = 0

    @property
    def share(self) -> str:
        """Solved of all, as it is printed."""
        return share_text(percent(self.solved, self.total))

    @property
    def width(self) -> str:
        """The gauge."""
        return f"{percent(self.solved, self.total) or 0}%"

    @property
    def is_full(self) -> bool:
        """Every one is solved."""
        return 0 < self.total == self.solved


def tabs(request: DeskRequest, wanted: DemandFilter) -> list[Tab]:
    """The groups of states, each with how many of the list are in it; another one if asked for."""
    numbers = _count_groups(request.actor, wanted)
    return [
        Tab(
            label=group.label,
            href=same_page(request, **{GROUP: group.value}),
            is_current=group is wanted.group,
            count=numbers.get(group),
        )
        for group in (*GROUPS, *({wanted.group} - set(GROUPS)))
    ]


def tally_theme(actor: Actor, filters: DemandFilter) -> Tally:
    """The numbers of what counts, in one query."""
    return _tally(actor, replace(filters, group=StateGroup.COUNTED))


def theme_tiles(request: DeskRequest, theme: Theme, tally: Tally) -> list[Tile]:
    """The key figures of a theme; each opens its rows."""

    def rows(group: StateGroup, **query: str) -> str:
        return same_page(request, **{GROUP: group.value}, **query)

    unit = _("demands")
    return [
        Tile(
            name=_("Demands"), icon="list", text=f"{tally.total:,}", unit=unit,
            note=_("numbered so far"), formula=_TOTAL, href=rows(StateGroup.COUNTED),
        ),
        Tile(
            name=_("Solved rate"), icon="write-off", text=tally.share,
            note=_("%(solved)s of %(total)s solved")
            % {"solved": tally.solved, "total": tally.total},
            formula=_RATE, href=rows(StateGroup.CLOSED, outcome=Outcome.SOLVED.value),
            width=tally.width, is_full=tally.is_full,
        ),
        Tile(
            name=StateGroup.OPEN.label, icon="timed", text=f"{tally.open:,}", unit=unit,
            note=_("accepted, in handling, to be reviewed"), formula=_OPEN,
            href=rows(StateGroup.OPEN),
        ),
        Tile(
            name=StateGroup.OVERDUE.label, icon="overdue", text=f"{tally.overdue:,}", unit=unit,
            note=_("deadline has passed"), formula=_OVERDUE, href=rows(StateGroup.OVERDUE),
        ),
    ]  # fmt: skip


def tally_half_year_lists(actor: Actor) -> dict[UUID, Tally]:
    """The numbers of every half-year list, in one query."""
    rows = lists.narrowed(actor=actor, filters=lists.EVERY_DEMAND)
    found = (
        rows.filter(carry_overs__isnull=False)
        .order_by()
        .values_list("carry_overs__half_year_list")
        .annotate(**_numbers(clock.today()))
    )
    return {key: Tally(total=t, open=o, solved=s, overdue=late) for key, t, o, s, late in found}


def tally_half_year_list(actor: Actor, list_id: UUID) -> Tally:
    """The numbers of one half-year list."""
    return _tally(actor, DemandFilter(half_year_list_id=list_id))


def _tally(actor: Actor, filters: DemandFilter) -> Tally:
    rows = lists.narrowed(actor=actor, filters=filters).order_by()
    return Tally(**rows.aggregate(**_numbers(clock.today())))


def _numbers(today: date) -> dict[str, Count]:
    """What a `Tally` counts, in its order."""
    return {
        "total": Count("id"),
        "open": Count("id", filter=in_group(StateGroup.OPEN, today)),
        "solved": Count("id", filter=_SOLVED),
        "overdue": Count("id", filter=in_group(StateGroup.OVERDUE, today)),
    }


def _count_groups(actor: Actor, wanted: DemandFilter) -> dict[StateGroup, str]:
    """The numbers in three queries, none of which reads further than it has to."""
    opened = replace(wanted, group=StateGroup.OPEN)
    rows = lists.narrowed(actor=actor, filters=opened).order_by("state", "due_on", "id")
    found = list(rows.values_list("state", "due_on")[: OPEN_UP_TO + 1])
    if len(found) > OPEN_UP_TO:
        numbers = {StateGroup.OPEN: f"{OPEN_UP_TO}+"}
    else:
        numbers = {group: str(number) for group, number in _sorted_out(found).items()}
    for group in (StateGroup.CLOSED, StateGroup.COUNTED):
        filters = replace(wanted, group=group)
        count = lists.count_demands(actor=actor, filters=filters, up_to=COUNT_UP_TO + 1)
        numbers[group] = f"{COUNT_UP_TO}+" if count > COUNT_UP_TO else str(count)
    return numbers


def _sorted_out(found: list[tuple[str, date | None]]) -> dict[StateGroup, int]:
    today = clock.today()
    states = [state for state, _due in found]
    return {
        StateGroup.OPEN: len(found),
        StateGroup.NEW: states.count(State.REGISTERED),
        StateGroup.OVERDUE: sum(
            state in CLOCK_RUNS and due is not None and due < today for state, due in found
        ),
        StateGroup.AWAITING_REVIEW: states.count(State.AWAITING_REVIEW),
        StateGroup.CARRIED_OVER: states.count(State.CARRIED_OVER),
    }


_TOTAL = gettext_lazy("All numbered demands without those declined or merged into another")
_RATE = gettext_lazy("Solved ÷ all demands")
_OPEN = gettext_lazy("Registered, in handling, carried over or awaiting review")
_OVERDUE = gettext_lazy("In handling or carried over, with a deadline that has passed")
