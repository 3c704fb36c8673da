"""Rows of demands, half-year lists, meetings, look-backs, and the ledger with its two lists."""

from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.outreach.demands.enums import TodoKind
from bianfang.outreach.demands.workflow import Move
from tests.permissions.routes import CLERK, EDITORS, READERS, Route

HANDLERS = frozenset({"head", "handler"})
"""Of the unit that handles the demands of the table."""
HEAD = frozenset({"head"})
SEERS = READERS | HANDLERS
REVIEWERS = frozenset({"clerk", "leader", "worker", "head"})
APPROVERS = frozenset({"leader", "head"})

MOVES: tuple[tuple[Move, str, frozenset[str]], ...] = (
    (Move.ACCEPT, "new_demand", EDITORS),
    (Move.DECLINE, "new_demand", EDITORS),
    (Move.MERGE, "demand", EDITORS),
    (Move.UNMERGE, "merged_demand", EDITORS),
    (Move.REASSIGN, "demand", EDITORS | HEAD),
    (Move.NOTE_PROGRESS, "demand", EDITORS | HANDLERS),
    (Move.ASK_EXTENSION, "demand", EDITORS | HANDLERS),
    (Move.DECIDE_EXTENSION, "late_demand", APPROVERS),
    (Move.SUBMIT_RESULT, "demand", EDITORS | HANDLERS),
    (Move.SEND_BACK, "result", REVIEWERS),
    (Move.WRITE_OFF, "result", REVIEWERS),
    (Move.REOPEN, "closed_demand", REVIEWERS),
    (Move.CARRY_OVER, "demand", CLERK),
    (Move.PAUSE, "pausable_demand", APPROVERS),
    (Move.RESUME, "paused_demand", EDITORS | HANDLERS),
    (Move.RETURN, "demand", EDITORS | HANDLERS),
)
"""Each with a demand whose state permits it, and whose it is to make."""
NOT_ACCEPTED = HANDLERS
"""A demand that no unit has yet is not there for the people of a unit."""


def _move(move: Move, thing: str, may: frozenset[str]) -> Route:
    return Route(
        name="demands:move",
        things=(thing, f"={move.value}"),
        may=may,
        hidden=NOT_ACCEPTED if thing in {"new_demand", "merged_demand"} else frozenset(),
        far=404,
        stranger=404,
    )


DEMANDS = [
    Route(name="demands:list", may=SEERS),
    Route(name="demands:add", may=READERS),
    Route(name="demands:dispatch", may=EDITORS),
    Route(name="demands:unit", may=HEAD),
    Route(name="demands:review", may=REVIEWERS),
    Route(name="demands:pool", may=SEERS),
    *(Route(name="demands:todo", things=(f"={kind.value}",)) for kind in TodoKind),
    Route(name="demands:detail", things=("demand",), may=SEERS),
    Route(name="demands:detail", things=("new_demand",), may=READERS, hidden=NOT_ACCEPTED),
    Route(name="demands:phone", things=("demand",), may=EDITORS | HANDLERS),
    *(_move(*row) for row in MOVES),
    Route(name="recurring:list", may=SEERS),
    Route(name="recurring:days", may=CLERK),
    Route(name="measures:list", may=SEERS),
    Route(name="measures:add", may=EDITORS),
    Route(name="measures:detail", things=("measure",), may=SEERS),
    Route(name="measures:edit", things=("measure",), may=EDITORS, far=404, stranger=404),
    Route(
        name="measures:finish", things=("measure",), may=EDITORS | HANDLERS, far=404, stranger=404
    ),
    Route(name="halfyear:list", may=SEERS),
    Route(name="halfyear:add", may=CLERK),
    Route(name="halfyear:colours", may=CLERK),
    Route(name="halfyear:item", things=("promise",), may=SEERS),
    Route(name="halfyear:describe", things=("promise",), may=CLERK),
    Route(name="halfyear:paper", things=("half_year_list",), may=SEERS, far=200),
    Route(
        name="halfyear:export",
        things=("half_year_list",),
        may=READERS,
        far=200,
        post=True,
        gives=200,
    ),
    Route(name="halfyear:detail", things=("half_year_list",), may=SEERS, far=200),
]
CONFIRMATIONS = [
    Route(name="confirmations:code", may=SEERS),
    Route(name="confirmations:requests", may=SEERS),
    Route(name="confirmations:note", things=("closed_demand",), may=SEERS),
    Route(name="confirmations:slip", things=("demand",), may=SEERS),
    *(
        Route(name=f"confirmations:{name}", things=("reopen_request",), may=REVIEWERS, far=404)
        for name in ("accept", "decline")
    ),
]
LOOK_BACKS = [
    Route(name="lookbacks:list", may=READERS),
    Route(name="lookbacks:draw", may=CLERK),
    Route(name="lookbacks:checks", may=READERS),
    Route(name="lookbacks:mine"),
    Route(name="lookbacks:detail", things=("look_back",), may=READERS),
    Route(name="lookbacks:check", things=("check",), may=READERS),
    Route(name="lookbacks:replace", things=("check",), may=CLERK, post=True),
    Route(name="lookbacks:assign", things=("look_back",), may=CLERK, post=True),
    Route(name="lookbacks:give_up", things=("look_back",), may=CLERK),
    Route(name="lookbacks:finish", things=("look_back",), may=CLERK, post=True),
    Route(name="lookbacks:export", things=("look_back",), may=READERS, post=True, gives=200),
]
MEETINGS = [
    Route(name="meetings:list", may=SEERS),
    Route(name="meetings:add", may=CLERK),
    Route(name="meetings:put_on", may=CLERK, post=True),
    Route(name="meetings:detail", things=("meeting",), may=SEERS, far=200),
    Route(name="meetings:edit", things=("meeting",), may=CLERK),
    Route(name="meetings:begin", things=("meeting",), may=CLERK, post=True),
    Route(name="meetings:close", things=("session",), may=CLERK, post=True),
    Route(name="meetings:cancel", things=("meeting",), may=CLERK),
    *(
        Route(name=f"meetings:{name}", things=("held_meeting",), may=SEERS, far=200)
        for name in ("screen", "paper")
    ),
    *(
        Route(
            name=f"meetings:{name}",
            things=("held_meeting",),
            may=SEERS,
            post=True,
            gives=200,
            far=200,
        )
        for name in ("export", "document")
    ),
    Route(name="meetings:item", things=("session_item",), may=SEERS),
    Route(name="meetings:place", things=("item",), may=CLERK, post=True),
    Route(name="meetings:take_off", things=("item",), may=CLERK, post=True),
    Route(name="meetings:resolve", things=("session_item",), may=CLERK, post=True, gives=200),
    Route(name="meetings:correct", things=("held_item",), may=CLERK),
    Route(name="meetings:resolution", things=("session_resolution",), may=CLERK),
    Route(name="meetings:remove", things=("session_resolution",), may=CLERK, post=True),
    Route(
        name="meetings:carry_out",
        things=("held_resolution",),
        may=frozenset({"clerk", "handler"}),
        hidden=frozenset({"officer", "admin"}),
        far=404,
    ),
]
LEDGER = [
    *(Route(name=f"ledger:{kind.value}", may=READERS) for kind in ListKind),
    *(Route(name="ledger:paper", things=(f"={kind.value}",), may=READERS) for kind in ListKind),
    *(
        Route(name="ledger:export", things=(f"={kind.value}",), may=READERS, post=True, gives=400)
        for kind in ListKind
    ),
]

ROUTES = [*DEMANDS, *CONFIRMATIONS, *MEETINGS, *LOOK_BACKS, *LEDGER]
