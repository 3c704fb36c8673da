"""What the page of one demand shows, made ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.faces.desk import demand_badges, demand_moves
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.forms.offers import Groups
from bianfang.faces.desk.pieces import HistoryLine, Step
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import MOVE_LABELS, STATE_LABELS
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.queries import categories, history, one, similar
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people.enums import Permission

WAY = (State.REGISTERED, State.HANDLING, State.AWAITING_REVIEW, State.WRITTEN_OFF)
ASIDE = frozenset({State.MERGED, State.DECLINED})
FIRST_MOVES = (Move.ACCEPT, Move.SUBMIT_RESULT, Move.WRITE_OFF, Move.DECIDE_EXTENSION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A move that this person can make now."""

    label: str | Promise
    href: str
    icon: str
    css: str


def prepare(request: DeskRequest, demand: Demand) -> dict[str, Any]:
    """The context of the page."""
    actor, today = request.actor, clock.today()
    shows_proposer = policies.can_see_proposer(actor, demand)
    return {
        "demand": demand,
        "state": demand_badges.plain_state(demand),
        "pressing": demand_badges.deadline(demand, today),
        "steps": _steps(demand),
        "buttons": list(_buttons(request, demand)),
        "place": place(request, demand.area_path),
        "proposer": demand.proposer_name
        if shows_proposer
        else mask_name(demand.proposer_name, Level.L3),
        "shows_household": actor.may_at(Permission.VIEW_REGISTER, demand.area_path),
        "extensions": _extensions(demand),
        "carry_overs": list(one.list_carry_overs(actor=actor, demand=demand)),
        "absorbed": list(one.list_absorbed(actor=actor, demand=demand)),
        "alike": _alike(request, demand, today),
        "history": _history(request, demand),
    }


def category_groups(request: DeskRequest) -> Groups:
    """The categories under their themes, in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    return [
        (theme.label, [(c.id, c.name_en if is_english else c.name) for c in found])
        for theme, found in categories.list_by_theme(actor=request.actor).items()
    ]


def _steps(demand: Demand) -> list[Step]:
    """The usual way; what left it stands at its end by its own name."""
    now = State(demand.state)
    shown = State.HANDLING if now is State.CARRIED_OVER else now
    if shown in ASIDE:
        return [
            Step(label=STATE_LABELS[State.REGISTERED], is_past=True),
            Step(label=STATE_LABELS[now], is_now=True),
        ]
    reached = WAY.index(shown)
    return [
        Step(
            label=STATE_LABELS[now if state is shown else state],
            is_past=number < reached,
            is_now=number == reached,
        )
        for number, state in enumerate(WAY)
    ]


def _buttons(request: DeskRequest, demand: Demand) -> Iterator[Button]:
    open_extension = one.find_open_extension(actor=request.actor, demand=demand)
    is_first = True
    moves = policies.list_moves(request.actor, demand)
    for move in sorted(moves, key=lambda each: each not in FIRST_MOVES):
        if move not in demand_moves.MOVE_FORMS or _is_idle(move, open_extension):
            continue
        yield Button(
            label=MOVE_LABELS[move],
            href=address(chosen_path(request), "demands:move", demand.id, move.value),
            icon=demand_moves.MOVE_FORMS[move].icon,
            css="btn-primary" if is_first and move in FIRST_MOVES else "",
        )
        is_first = is_first and move not in FIRST_MOVES


def _is_idle(move: Move, open_extension: Extension | None) -> bool:
    if move is Move.DECIDE_EXTENSION:
        return open_extension is None
    return move is Move.ASK_EXTENSION and open_extension is not None


def _extensions(demand: Demand) -> list[Extension]:
    rows = Extension.objects.in_town(demand.town_id).filter(demand=demand)
    return list(rows.select_related("asked_by", "decided_by").order_by("id"))


def _alike(request: DeskRequest, demand: Demand, today: date) -> list[tuple[Any, Any]]:
    if State(demand.state) in ASIDE | {State.WRITTEN_OFF}:
        return []
    found = similar.list_similar(
        actor=request.actor,
        village=PathRange.under(demand.area_path[:-STEP]),
        category_id=demand.category_id,
        household_id=demand.household_id,
        content=demand.content,
        but_not=demand.id,
    )
    return [(each, demand_badges.state(each.demand, today)) for each in found]


def _history(request: DeskRequest, demand: Demand) -> list[HistoryLine]:
    lines = history.list_history(actor=request.actor, demand=demand)
    return [
        HistoryLine(
            at=clock.local(line.at),
            who=f"{line.who} {line.role}".strip(),
            what=line.title,
            said=" · ".join(
                [*(_("%(name)s: %(value)s") % {"name": n, "value": v} for n, v in line.details),
                 *([line.reason] if line.reason else [])]
            ),
        )
        for line in reversed(lines)
    ]  # fmt: skip
