"""My work: what waits for me, whom I still have to visit, what I answer for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk import demand_badges, held_page, lookback_page, meeting_desk
from bianfang.faces.desk.area_choice import place
from bianfang.faces.desk.overview import Line
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.assignments.queries import chain
from bianfang.outreach.demands.enums import TodoKind
from bianfang.outreach.demands.queries import todo
from bianfang.outreach.halfyear import queries as halfyear
from bianfang.outreach.lookback.queries import lists
from bianfang.outreach.meetings.queries import lists as meetings
from bianfang.outreach.visits.models import Target
from bianfang.outreach.visits.queries import rounds, targets
from bianfang.register.households import queries as households
from bianfang.register.people.enums import Permission

MOST_TODO = 20
MOST_LEFT = 20
MOST_DONE = 5
DONE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Group:
    """Things to do of one kind."""

    kind: TodoKind
    count: int
    lines: list[Line]

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True)
class Duty:
    """What I answer for, and where."""

    row: Responsibility
    place: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Households of the active round in my places that are still to be visited."""

    round_name: str
    due_on: date
    count: int
    rows: list[tuple[Target, str]]


@desk_page()
def work(request: DeskRequest) -> HttpResponse:
    """The whole list, group by group."""
    today = clock.today()
    duties = list(chain.list_for_staff(actor=request.actor, staff_id=request.user.id, day=today))
    return show(
        request,
        "desk/work.html",
        title=_("My work"),
        groups=_groups(request, today),
        heads_unit=request.actor.may(Permission.ASSIGN_IN_UNIT),
        checks=_checks(request),
        **_resolutions(request, today),
        held=_held(request),
        months=halfyear.list_to_enter(actor=request.actor),
        left=_left(request, duties),
        duties=[
            Duty(duty, place(request, duty.area_path) or duty.area.name, duty.staff_id is not None)
            for duty in duties
        ],
    )


def _groups(request: DeskRequest, today: date) -> list[Group]:
    return [
        Group(
            group.kind,
            group.count,
            [Line(demand, "", demand_badges.state(demand, today)) for demand in group.rows],
        )
        for group in todo.todo_for(request.actor, first=MOST_TODO)
    ]


def _checks(request: DeskRequest) -> list[lookback_page.Row]:
    """The first checks of look-backs that wait for me; none for who is never asked to check."""
    if not request.actor.may(Permission.REVIEW_DEMAND):
        return []
    rows = lists.list_mine(actor=request.actor)[:MOST_TODO]
    return lookback_page.rows_of(request, list(rows))


def _held(request: DeskRequest) -> list[held_page.HeldRow]:
    """The first changes of the register that wait for a decision; none for who only reads it."""
    if not request.actor.may(Permission.EDIT_REGISTER):
        return []
    return held_page.rows_of(request, households.list_held(actor=request.actor)[:MOST_TODO])


def _resolutions(request: DeskRequest, today: date) -> dict[str, Any]:
    """What meetings gave me to do: the first that are open, and what I did in the last month."""
    actor, staff_id = request.actor, request.user.id
    own = meetings.list_own_resolutions(actor=actor, staff_id=staff_id)
    since = today - timedelta(days=DONE_DAYS)
    done = meetings.list_own_done(actor=actor, staff_id=staff_id, since=since)
    lines = [meeting_desk.own_line(actor, each) for each in own[:MOST_TODO]]
    return {
        "resolutions": lines,
        "resolution_count": own.count() if len(lines) == MOST_TODO else len(lines),
        "resolutions_done": [meeting_desk.own_line(actor, each) for each in done[:MOST_DONE]],
    }


def _left(request: DeskRequest, duties: Iterable[Responsibility]) -> Left | None:
    """None without an active round, or for who answers for no place."""
    round_ = rounds.active_round(request.actor.town_id)
    reach = [PathRange.under(duty.area_path) for duty in duties]
    if round_ is None or not reach:
        return None
    rows = targets.list_left(actor=request.actor, round=round_, reach=reach)
    return Left(
        round_name=round_.name,
        due_on=round_.due_on,
        count=rows.count(),
        rows=[(row, place(request, row.area_path)) for row in rows[:MOST_LEFT]],
    )
