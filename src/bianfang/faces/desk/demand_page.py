"""What the page of one demand shows, made ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.faces.desk import (
    alike,
    campaign_page,
    confirmation_page,
    demand_badges,
    demand_links,
    demand_moves,
    demand_people,
    lookback_page,
    meeting_desk,
    photo_lines,
)
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.demand_moves import MOVE_FORMS
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.pieces import HistoryLine, Step
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import clocks
from bianfang.outreach.demands.enums import MOVE_LABELS, STATE_LABELS, ExtensionState, Verb
from bianfang.outreach.demands.models import CarryOver, Category, Demand, Extension
from bianfang.outreach.demands.queries import history, one
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people.enums import Permission

WAY = (State.REGISTERED, State.HANDLING, State.AWAITING_REVIEW, State.WRITTEN_OFF)
ASIDE = frozenset({State.MERGED, State.DECLINED})
OPENED = (Move.DECIDE_EXTENSION, Move.ACCEPT, Move.NOTE_PROGRESS, Move.WRITE_OFF)
"""Moves whose form stands open without being asked for, where they can be made."""
LEADING = frozenset({Move.ACCEPT, Move.SUBMIT_RESULT, Move.WRITE_OFF})
_LINES = {
    Verb.WRITTEN_OFF: "is-done",
    Verb.SOLVED_ON_SITE: "is-done",
    Verb.SENT_BACK: "is-late",
    Verb.REOPENED: "is-late",
    Verb.DECLINED: "is-late",
    Verb.RETURNED: "is-late",
    Verb.REOPENING_ASKED: "is-late",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A move that this person can make now."""

    move: Move
    label: str | Promise
    href: str
    icon: str
    css: str


def prepare(request: DeskRequest, demand: Demand) -> dict[str, Any]:
    """The context of the page, without the form that stands open."""
    actor, today = request.actor, clock.today()
    extensions = _extensions(demand)
    moves = list_moves(actor, demand, extensions)
    carry_overs = list(one.list_carry_overs(actor=actor, demand=demand))
    shows_proposer = policies.can_see_proposer(actor, demand)
    return {
        "demand": demand,
        "state": demand_badges.standing(demand),
        "hazard": demand_badges.hazard(demand),
        "pressing": demand_badges.deadline(demand, today),
        "steps": _steps(demand, carry_overs),
        "next_step": demand_people.next_step(actor, demand, moves),
        "moves": moves,
        "place": place(request, demand.area_path),
        "category": category_name(demand.category),
        "content": content_for(actor, demand),
        "proposer": demand.proposer_name
        if shows_proposer
        else mask_name(demand.proposer_name, Level.L3),
        "phone_href": _phone_href(request, demand),
        "shows_household": actor.may_at(Permission.VIEW_REGISTER, demand.area_path),
        "shows_visit": actor.may_at(Permission.VIEW_VISITS, demand.area_path),
        "shows_forum": demand.forum is not None
        and actor.may_at(Permission.VIEW_VISITS, demand.forum.area_path),
        "extensions": [(each, _extension_badge(each)) for each in extensions],
        "carry_overs": carry_overs,
        "absorbed": demand_links.absorbed(request, demand),
        "original": demand_links.original(request, demand),
        "meetings": meeting_desk.meetings_of(actor, demand),
        "checks": lookback_page.checks_of_demand(request, demand),
        "findings": campaign_page.findings_of_demand(request, demand),
        "photos": photo_lines.photos_of_demand(request, demand),
        "alike": _alike(request, demand),
        **demand_links.again(request, demand),
        **confirmation_page.of_demand(request, demand),
        "history": _history(request, demand),
    }


def list_moves(actor: Actor, demand: Demand, extensions: Sequence[Extension]) -> list[Move]:
    """What state and rights permit and what has an object now, in the order of the buttons."""
    waiting = next((each for each in extensions if each.state == ExtensionState.ASKED), None)
    permitted = set(policies.list_moves(actor, demand))
    if waiting is None or not policies.can_decide_extension(actor, demand, waiting):
        permitted.discard(Move.DECIDE_EXTENSION)
    if waiting is not None or _has_passed(demand.due_on):
        permitted.discard(Move.ASK_EXTENSION)
    if not (demand.due_rule and demand.due_rule.may_pause) or _has_passed(demand.due_on):
        permitted.discard(Move.PAUSE)
    if Move.RETURN in permitted and _has_passed(clocks.last_day_to_return(demand)):
        permitted.discard(Move.RETURN)
    return [move for move in MOVE_FORMS if move in permitted]


def buttons(request: DeskRequest, demand: Demand, moves: Sequence[Move]) -> list[Button]:
    """One for each move; the first of those that lead on stands out."""
    leading = next((move for move in moves if move in LEADING), None)
    return [
        Button(
            move=move,
            label=MOVE_LABELS[move],
            href=address(chosen_path(request), "demands:move", demand.id, move.value),
            icon=MOVE_FORMS[move].icon,
            css="btn-primary" if move is leading else "",
        )
        for move in moves
    ]


def category_name(category: Category) -> str:
    """In the reader's language."""
    return category.name_en if (get_language() or "").startswith("en") else category.name


def _phone_href(request: DeskRequest, demand: Demand) -> str:
    if not demand.proposer_phone or not policies.can_reveal_phone(request.actor, demand):
        return ""
    return address(chosen_path(request), "demands:phone", demand.id)


def _has_passed(day: date | None) -> bool:
    return day is None or day < clock.today()


def _steps(demand: Demand, carry_overs: Sequence[CarryOver]) -> list[Step]:
    """The usual way with its days; what left it stands at its end by its own name."""
    now = State(demand.state)
    shown = State.HANDLING if now in {State.CARRIED_OVER, State.PAUSED} else now
    way = (State.REGISTERED, now) if shown in ASIDE else WAY
    reached = way.index(shown)
    return [
        Step(
            label=STATE_LABELS[now if state is shown else state],
            note=_day_of(demand, state, carry_overs) if number <= reached else "",
            is_past=number < reached,
            is_now=number == reached,
        )
        for number, state in enumerate(way)
    ]


def _day_of(demand: Demand, state: State, carry_overs: Sequence[CarryOver]) -> str:
    """Since when it stands, or stood, in that state; a demand carried over, since the last time."""
    is_carried = demand.state == State.CARRIED_OVER
    carried_on = max((each.carried_on for each in carry_overs), default=None)
    moments: dict[State, datetime | date | None] = {
        State.REGISTERED: demand.registered_at,
        State.HANDLING: carried_on if is_carried else demand.accepted_at,
        State.AWAITING_REVIEW: demand.closed_on,
        State.WRITTEN_OFF: demand.written_off_on,
        State.MERGED: demand.changed_at,
        State.DECLINED: demand.closed_on,
    }
    found = moments[state]
    day = clock.local(found).date() if isinstance(found, datetime) else found
    return f"{day:%Y-%m-%d}" if day else ""


def _extensions(demand: Demand) -> list[Extension]:
    rows = demand.extensions.in_town(demand.town_id)
    return list(rows.select_related("asked_by", "decided_by").order_by("id"))


def _extension_badge(extension: Extension) -> Badge:
    kinds: dict[str, Kind] = {
        ExtensionState.ASKED: "waiting",
        ExtensionState.GRANTED: "done",
        ExtensionState.REFUSED: "void",
    }
    return Badge(extension.get_state_display(), kinds[extension.state])


def _alike(request: DeskRequest, demand: Demand) -> list[alike.Suggestion]:
    """Suggestions, while there is still something to decide about them."""
    if State(demand.state) in ASIDE | {State.WRITTEN_OFF}:
        return []
    return alike.suggestions(request, demand_moves.list_alike(request, demand))


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
            css=_LINES.get(line.verb, ""),
        )
        for line in reversed(lines)
    ]  # fmt: skip
