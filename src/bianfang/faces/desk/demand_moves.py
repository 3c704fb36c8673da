"""The moves of a demand as forms: which form, what it starts with, which action takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import choices, demand_people
from bianfang.faces.desk.forms import demands as forms
from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice
from bianfang.faces.desk.forms.demand_rows import categories_offered
from bianfang.faces.desk.forms.offers import offer, offer_grouped
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel import clock
from bianfang.kernel.errors import MoveError
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.demands.actions import (
    carry,
    clocks,
    deadlines,
    handling,
    merging,
    review,
)
from bianfang.outreach.demands.enums import StateGroup
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import categories, lists, one, similar
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.workflow import CLOCK_RUNS, Move
from bianfang.outreach.demands.workflow import DemandState as State

Act = Callable[[DeskRequest, Demand, dict[str, Any]], object]
SEARCH = "search"
FOUND, LINE = 8, 24
START: Mapping[Move, tuple[str, ...]] = {
    Move.ACCEPT: ("content", "unit_id", "category_id"),
    Move.REASSIGN: ("measures", "owner_id", "route"),
    Move.SUBMIT_RESULT: ("result", "reply", "transferred_to"),
    Move.WRITE_OFF: ("satisfaction",),
}
"""What the form takes over from the demand; after a conflict these are compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveForm:
    """A move: its form, its action, what is said above it, whether it ends something for good."""

    form: type[DeskForm]
    act: Act
    icon: str
    explain: str | Promise = ""
    is_serious: bool = False


def _plain(action: Callable[..., object]) -> Act:
    return lambda request, demand, given: action(actor=request.actor, demand_id=demand.id, **given)


def _merge(request: DeskRequest, demand: Demand, given: dict[str, Any]) -> object:
    return merging.merge(
        actor=request.actor, demand_id=demand.id, into_id=given["into"], reason=given["reason"]
    )


def _decide(request: DeskRequest, demand: Demand, given: dict[str, Any]) -> object:
    extension = one.find_open_extension(actor=request.actor, demand=demand)
    if extension is None:
        raise MoveError(_("Nobody has asked for more time; there is nothing to decide."))
    return handling.decide_extension(actor=request.actor, extension_id=extension.id, **given)


def _carry(request: DeskRequest, demand: Demand, given: dict[str, Any]) -> object:
    given = dict(given)
    return carry.carry_over(
        actor=request.actor, demand_id=demand.id, list_id=given.pop("half_year_list"), **given
    )


MOVE_FORMS: Mapping[Move, MoveForm] = {
    Move.DECIDE_EXTENSION: MoveForm(form=forms.DecideForm, act=_decide, icon="clock"),
    Move.ACCEPT: MoveForm(form=forms.AcceptForm, act=_plain(handling.accept), icon="check"),
    Move.NOTE_PROGRESS: MoveForm(
        form=forms.ProgressForm, act=_plain(handling.note_progress), icon="note"
    ),
    Move.SUBMIT_RESULT: MoveForm(
        form=forms.ResultForm, act=_plain(handling.submit_result), icon="reply"
    ),
    Move.WRITE_OFF: MoveForm(
        form=forms.WriteOffForm,
        act=_plain(review.write_off),
        icon="write-off",
        explain=gettext_lazy("You have read result and reply, and the matter is settled."),
    ),
    Move.SEND_BACK: MoveForm(
        form=forms.ReasonForm,
        act=_plain(review.send_back),
        icon="return",
        explain=gettext_lazy("Say what is lacking; result and reply stay to be improved."),
    ),
    Move.ASK_EXTENSION: MoveForm(
        form=forms.ExtensionForm,
        act=_plain(handling.ask_extension),
        icon="timed",
        explain=gettext_lazy("Somebody else decides; until then the deadline stands."),
    ),
    Move.RETURN: MoveForm(
        form=forms.ReturnForm,
        act=_plain(clocks.give_back),
        icon="return",
        explain=gettext_lazy(
            "Wrongly assigned: name whose it is. The clock runs on from the first acceptance."
        ),
    ),
    Move.PAUSE: MoveForm(
        form=forms.ReasonForm,
        act=_plain(clocks.pause),
        icon="timed",
        explain=gettext_lazy("The days until it runs again do not count."),
    ),
    Move.RESUME: MoveForm(
        form=forms.ResumeForm,
        act=_plain(clocks.resume),
        icon="clock",
        explain=gettext_lazy("What was left of the time when the clock stopped is left from now."),
    ),
    Move.REASSIGN: MoveForm(
        form=forms.ReassignForm,
        act=_plain(handling.reassign),
        icon="transferred",
        explain=gettext_lazy("The deadline stays."),
    ),
    Move.CARRY_OVER: MoveForm(
        form=forms.CarryForm,
        act=_carry,
        icon="carried",
        explain=gettext_lazy(
            "Number and history stay; it keeps counting in its old period and is handled on."
        ),
    ),
    Move.MERGE: MoveForm(
        form=forms.MergeForm,
        act=_merge,
        icon="merge",
        explain=gettext_lazy("This one keeps its number, points at the other, and counts no more."),
    ),
    Move.UNMERGE: MoveForm(
        form=forms.ReasonForm,
        act=_plain(merging.unmerge),
        icon="undo",
        explain=gettext_lazy(
            "It is another matter after all: it stands by itself again, where it was, and counts."
        ),
    ),
    Move.DECLINE: MoveForm(
        form=forms.DeclineForm,
        act=_plain(handling.decline),
        icon="close",
        is_serious=True,
        explain=gettext_lazy("Not ours to handle: the resident is told why, and where to turn."),
    ),
    Move.REOPEN: MoveForm(
        form=forms.ReopenForm,
        act=_plain(review.reopen),
        icon="undo",
        explain=gettext_lazy("It was not settled after all: it is handled again, and counted."),
    ),
}
"""In the order of their buttons."""


def open_form(
    request: DeskRequest, move: Move, demand: Demand, data: QueryDict | None = None
) -> DeskForm:
    """The form of a move: filled with what the demand knows, or with what was typed."""
    initial: dict[str, Any] = start_of(move, demand) | {"version": demand.version}
    if move is Move.SUBMIT_RESULT:
        initial["replied_on"] = clock.today()
    if move is Move.ACCEPT and demand.suggested_route:
        initial["route"] = demand.suggested_route
    is_search = data is not None and SEARCH in data
    if is_search and data is not None:
        initial |= {name: data.get(name) for name in ("text", "reason")}
    form = MOVE_FORMS[move].form(None if is_search else data, initial=initial)
    _offer(request, form, demand)
    _word_deadline(form, move, demand)
    return form


def start_of(move: Move, demand: Demand) -> dict[str, Any]:
    """The values that the form takes over."""
    return {name: getattr(demand, name) for name in START.get(move, ())}


def _offer(request: DeskRequest, form: DeskForm, demand: Demand) -> None:
    names = form.fields
    for name in {"unit_id", "suggested_unit_id"} & names.keys():
        offer(form, name, choices.units(request))
    if "owner_id" in names:
        offer_grouped(form, "owner_id", demand_people.owners_offered(request.actor, demand))
    if "category_id" in names:
        by_theme = categories.list_by_theme(actor=request.actor)
        offer_grouped(form, "category_id", categories_offered(by_theme))
    if "half_year_list" in names:
        today = clock.today()
        found = one.list_half_year_lists(actor=request.actor)
        offer(form, "half_year_list", [(x.id, x.title) for x in found if x.last_day >= today])
    if isinstance(form, forms.MergeForm):
        _offer_others(request, form, demand)


def _offer_others(request: DeskRequest, form: forms.MergeForm, demand: Demand) -> None:
    """What looks alike, with the reasons, and what was searched for."""
    offered: dict[UUID, str] = {}
    for each in list_alike(request, demand):
        if State(each.demand.state) in {State.REGISTERED, *CLOCK_RUNS}:
            reasons = " · ".join(map(str, each.reasons))
            offered[each.demand.id] = _one_line(request, each.demand, reasons)
    text = words_sought(form["text"].value())
    if text:
        open_ones = Q(state__in=sorted({State.REGISTERED, *CLOCK_RUNS}))
        wanted = DemandFilter(group=StateGroup.OPEN, text=text)
        rows = lists.list_demands(actor=request.actor, filters=wanted).filter(open_ones)
        for row in rows.exclude(id=demand.id).order_by("-registered_at", "-id")[:FOUND]:
            offered.setdefault(row.id, _one_line(request, row, ""))
        rows = lists.list_originals(actor=request.actor, text=text).filter(open_ones)
        for row in rows.exclude(id=demand.id).order_by("-registered_at", "-id")[:FOUND]:
            offered.setdefault(row.id, _one_line(request, row, _("the original of what was found")))
    field = form.fields["into"]
    assert isinstance(field, IdChoice)
    field.choices = [(str(key), words) for key, words in offered.items()]


def list_alike(request: DeskRequest, demand: Demand) -> list[similar.Similar]:
    """Demands that may be about the same matter."""
    return similar.list_similar(
        actor=request.actor,
        village=PathRange.under(demand.area_path[:-STEP]),
        category_id=demand.category_id,
        household_id=demand.household_id,
        phone=bytes(demand.phone_key) if demand.phone_key else None,
        content=demand.content,
        but_not=demand.id,
    )


def _one_line(request: DeskRequest, demand: Demand, reasons: str) -> str:
    where = short_place(request, demand.area_path)
    parts: Sequence[str] = (demand.number, demand.content[:LINE], where, reasons)
    return " · ".join(part for part in parts if part)


def _word_deadline(form: DeskForm, move: Move, demand: Demand) -> None:
    """What an empty deadline means, counted out."""
    field = form.fields.get("due_on")
    if move not in {Move.ACCEPT, Move.REOPEN} or not isinstance(field, DayField):
        return
    deadline = deadlines.usual_deadline(demand, clock.today())
    words = _("Empty: %(days)d %(unit)s, that is %(day)s.") % {
        "days": deadline.days,
        "unit": deadline.unit.label,
        "day": f"{deadline.due_on:%Y-%m-%d}",
    }
    if deadline.is_provisional:
        words += " " + _("Provisional: the days off of that year are not known yet.")
    field.help_text = words
