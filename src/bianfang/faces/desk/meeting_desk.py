"""Meetings made ready for pages: states as badges, the lines of an agenda, their way back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import demand_badges, verbs
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.demand_rows import short_place
from bianfang.faces.desk.pages import Crumb
from bianfang.faces.desk.pieces import HistoryLine, Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import queries as journal
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.meetings.enums import STATE_LABELS, ItemOutcome, Verb
from bianfang.outreach.meetings.models import AgendaItem, Meeting, Resolution
from bianfang.outreach.meetings.policies import can_carry_out
from bianfang.outreach.meetings.queries import agenda, one, past
from bianfang.outreach.meetings.queries.past import NOTHING, Past
from bianfang.outreach.meetings.workflow import MeetingState

TITLE = gettext_lazy("Joint meetings")
MOST_LINES = 20
_STATES: dict[str, Kind] = {
    MeetingState.PLANNED: "waiting",
    MeetingState.IN_SESSION: "active",
    MeetingState.CLOSED: "done",
    MeetingState.CANCELLED: "void",
}
_OUTCOMES: dict[str, Kind] = {
    ItemOutcome.RESOLVED: "done",
    ItemOutcome.PUT_OFF: "moved",
    ItemOutcome.WITHDRAWN: "void",
}
Worded = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolutionLine:
    """A resolution as it is shown: how it stands, and whether the reader may say it is done."""

    resolution: Resolution
    text: str
    result: str
    state: Badge
    may_carry_out: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemLine:
    """An item of the agenda as it is shown, with what earlier meetings did with its demand."""

    item: AgendaItem
    number: int
    content: str
    minutes: str
    reason: str
    place: str
    age: int
    past: Past
    outcome: Badge | None
    resolutions: tuple[ResolutionLine, ...]
    follows_up: bool
    up: int | None = None
    down: int | None = None

    @property
    def demand(self) -> Demand:
        """What it is about."""
        demand = self.item.demand
        assert isinstance(demand, Demand)
        return demand


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingLine:
    """A meeting on the page of a demand that it dealt with."""

    item: AgendaItem
    state: Badge
    reason: str
    resolutions: tuple[ResolutionLine, ...]
    is_closed: bool


def tabs(request: DeskRequest, current: str) -> list[Tab]:
    """The pool and the meetings, side by side."""
    path = chosen_path(request)
    pages = (("demands:pool", _("Waiting for a meeting")), ("meetings:list", TITLE))
    return [
        Tab(label=label, href=address(path, name), is_current=name == current)
        for name, label in pages
    ]


def crumbs(request: DeskRequest, *above: Meeting) -> list[Crumb]:
    """The way back to the meetings, and to this one."""
    path = chosen_path(request)
    ways = [Crumb(TITLE, address(path, "meetings:list"))]
    return [*ways, *(Crumb(each.number, here(request, each)) for each in above)]


def here(request: DeskRequest, meeting: Meeting) -> str:
    """The page of a meeting."""
    return address(chosen_path(request), "meetings:detail", meeting.id)


def item_here(request: DeskRequest, item: AgendaItem) -> str:
    """The page on which an item's minutes are written."""
    return address(chosen_path(request), "meetings:item", item.id)


def state_badge(meeting: Meeting) -> Badge:
    """Where it stands."""
    return Badge(STATE_LABELS[meeting.state], _STATES[meeting.state])


def outcome_badge(item: AgendaItem) -> Badge | None:
    """What became of an item; None before it was dealt with."""
    if not item.outcome:
        return None
    return Badge(ItemOutcome(item.outcome).label, _OUTCOMES[item.outcome])


def resolution_badge(resolution: Resolution, today: date) -> Badge:
    """Carried out, overdue, due soon, or being carried out."""
    if resolution.done_on:
        return Badge(_("Carried out"), "done")
    return demand_badges.nearness(resolution.due_on, today) or Badge(
        _("Being carried out"), "active"
    )


def agenda_lines(
    request: DeskRequest, meeting: Meeting, *, is_public: bool = False
) -> list[ItemLine]:
    """The agenda as far as the reader sees it; in public wording for a screen or a paper."""
    items = list(agenda.list_agenda(actor=request.actor, meeting=meeting))
    return lines_of(request, items, is_public=is_public)


def lines_of(
    request: DeskRequest, items: Sequence[AgendaItem], *, is_public: bool = False
) -> list[ItemLine]:
    """Items in their order, with their resolutions and their past; three queries for all."""
    actor = request.actor
    made = agenda.resolutions_of(actor=actor, items=items)
    pasts = past.past_of(actor=actor, demands=[item.demand for item in items])
    followed = [bool(getattr(item, "follows_up", False)) for item in items]
    lines = []
    for place, item in enumerate(items):
        worded = wording(actor, item.demand, is_public=is_public)
        up_to = place > 0 and followed[place - 1] == followed[place]
        down_to = place + 1 < len(items) and followed[place + 1] == followed[place]
        lines.append(
            ItemLine(
                item=item,
                number=place + 1,
                content=worded(item.demand.content),
                minutes=worded(item.minutes),
                reason=worded(item.reason),
                place=short_place(request, item.demand.area_path),
                age=age(item.demand),
                past=pasts.get(item.demand_id, NOTHING),
                outcome=outcome_badge(item),
                resolutions=resolution_lines(actor, made.get(item.id, []), worded),
                follows_up=followed[place],
                up=place if up_to else None,
                down=place + 2 if down_to else None,
            )
        )
    return lines


def former_lines(request: DeskRequest, item: AgendaItem) -> list[HistoryLine]:
    """What the minutes said before: until when, who changed them, and why."""
    worded = wording(request.actor, item.demand)
    return [
        HistoryLine(
            at=clock.local(each.replaced_at),
            who=each.replaced_by.name,
            what=worded(each.minutes),
            said=worded(each.reason),
        )
        for each in one.list_former_minutes(item=item)
    ]


def meetings_of(actor: Actor, demand: Demand) -> list[MeetingLine]:
    """The meetings that a demand went or goes to, the latest first, with what they resolved."""
    known = past.past_of(actor=actor, demands=[demand]).get(demand.id, NOTHING)
    worded = wording(actor, demand)
    return [
        MeetingLine(
            item=item,
            state=outcome_badge(item) or state_badge(item.meeting),
            reason=worded(item.reason),
            resolutions=resolution_lines(actor, made, worded),
            is_closed=item.meeting.state == MeetingState.CLOSED,
        )
        for item, made in reversed(known.items)
    ]


def left_lines(request: DeskRequest, meeting: Meeting) -> list[ResolutionLine]:
    """What earlier meetings resolved and was not carried out before this one."""
    found = agenda.list_left_resolutions(actor=request.actor, meeting=meeting)
    return [own_line(request.actor, each) for each in found]


def own_line(actor: Actor, resolution: Resolution) -> ResolutionLine:
    """A resolution that stands alone, in the words that its reader may read."""
    worded = wording(actor, resolution.item.demand)
    return resolution_lines(actor, [resolution], worded)[0]


def resolution_lines(
    actor: Actor, made: Sequence[Resolution], worded: Worded
) -> tuple[ResolutionLine, ...]:
    """Resolutions of one demand."""
    today = clock.today()
    return tuple(
        ResolutionLine(
            resolution=each,
            text=worded(each.text),
            result=worded(each.result),
            state=resolution_badge(each, today),
            may_carry_out=not each.is_done and can_carry_out(actor, each),
        )
        for each in made
    )


def wording(actor: Actor, demand: Demand, *, is_public: bool = False) -> Worded:
    """Texts without who asks, for readers who may not know, and wherever many read along."""
    if not is_public and demand_policies.can_see_proposer(actor, demand):
        return str
    return partial(public_wording, name=demand.proposer_name)


def age(demand: Demand) -> int:
    """Days since registration."""
    return (clock.today() - demand.registered_on).days


def history(request: DeskRequest, meeting: Meeting, *, sees_all: bool) -> list[HistoryLine]:
    """The journal of a meeting, the latest first.

    Which demand it was about, and why its minutes were corrected, is told to who sees every item.
    """
    entries = journal.list_about(
        town_id=request.actor.town_id, kind="meeting", target_id=meeting.id
    )
    return [
        HistoryLine(
            at=clock.local(entry.at),
            who=entry.actor_name,
            what=" ".join(_told(entry, sees_all=sees_all)),
            said=entry.reason if sees_all or entry.verb == Verb.CANCELLED else "",
        )
        for entry in entries.reverse()[:MOST_LINES]
    ]


def _told(entry: Entry, *, sees_all: bool) -> Iterator[str]:
    yield verbs.verb_label(entry.verb)
    if sees_all and "demand" in entry.facts:
        yield str(entry.facts["demand"])
