"""The moves of a demand as forms: which form, what it starts with, which action takes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bianfang.faces.desk import choices
from bianfang.faces.desk.forms import demands as forms
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.outreach.demands.actions import carry, handling, review
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.workflow import Move

Act = Callable[[DeskRequest, Demand, dict[str, Any]], object]
START: Mapping[Move, tuple[str, ...]] = {
    Move.ACCEPT: ("content", "unit_id", "owner_id"),
    Move.REASSIGN: ("measures", "unit_id", "owner_id", "route"),
    Move.SUBMIT_RESULT: ("result", "reply"),
    Move.WRITE_OFF: ("satisfaction",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveForm:
    """A move as a page: its form, its action, whether it ends something for good."""

    form: type[DeskForm]
    act: Act
    is_serious: bool = False
    icon: str = field(default="next")


def _by_id(request: DeskRequest, demand: Demand) -> dict[str, Any]:
    return {"actor": request.actor, "demand_id": demand.id}


def _plain(action: Callable[..., object]) -> Act:
    return lambda request, demand, given: action(**_by_id(request, demand), **given)


def _merge(request: DeskRequest, demand: Demand, given: dict[str, Any]) -> object:
    wanted = DemandFilter(text=given["number"])
    other = lists.list_demands(actor=request.actor, filters=wanted).order_by("id").first()
    if other is None:
        raise FieldError("number", _("There is no demand of this number in your area."))
    return handling.merge(**_by_id(request, demand), into_id=other.id, reason=given["reason"])


def _decide(request: DeskRequest, demand: Demand, given: dict[str, Any]) -> object:
    extension = one.find_open_extension(actor=request.actor, demand=demand)
    if extension is None:
        raise MoveError(_("Nobody has asked for more time; there is nothing to decide."))
    return handling.decide_extension(actor=request.actor, extension_id=extension.id, **given)


MOVE_FORMS: Mapping[Move, MoveForm] = {
    Move.ACCEPT: MoveForm(form=forms.AcceptForm, act=_plain(handling.accept), icon="check"),
    Move.DECLINE: MoveForm(
        form=forms.DeclineForm, act=_plain(handling.decline), is_serious=True, icon="close"
    ),
    Move.MERGE: MoveForm(form=forms.MergeForm, act=_merge, icon="merge"),
    Move.REASSIGN: MoveForm(
        form=forms.ReassignForm, act=_plain(handling.reassign), icon="transferred"
    ),
    Move.NOTE_PROGRESS: MoveForm(
        form=forms.ProgressForm, act=_plain(handling.note_progress), icon="note"
    ),
    Move.ASK_EXTENSION: MoveForm(
        form=forms.ExtensionForm, act=_plain(handling.ask_extension), icon="clock"
    ),
    Move.DECIDE_EXTENSION: MoveForm(form=forms.DecideForm, act=_decide, icon="clock"),
    Move.SUBMIT_RESULT: MoveForm(
        form=forms.ResultForm, act=_plain(handling.submit_result), icon="reply"
    ),
    Move.SEND_BACK: MoveForm(form=forms.ReasonForm, act=_plain(review.send_back), icon="return"),
    Move.WRITE_OFF: MoveForm(
        form=forms.WriteOffForm, act=_plain(review.write_off), icon="write-off"
    ),
    Move.REOPEN: MoveForm(form=forms.ReopenForm, act=_plain(review.reopen), icon="undo"),
    Move.CARRY_OVER: MoveForm(form=forms.CarryForm, act=_plain(carry.carry_over), icon="carried"),
}


def open_form(request: DeskRequest, move: Move, demand: Demand) -> DeskForm:
    """The form of a move, filled with what the demand knows already."""
    initial = {name: getattr(demand, name) for name in ("version", *START.get(move, ()))}
    if move is Move.ACCEPT and initial["unit_id"] is None:
        initial["unit_id"] = demand.category.usual_unit_id
    form = MOVE_FORMS[move].form(request.POST or None, initial=initial)
    _offer(request, form, demand)
    return form


def _offer(request: DeskRequest, form: DeskForm, demand: Demand) -> None:
    offers = {
        "unit_id": lambda: choices.units(request),
        "owner_id": lambda: choices.staff(request),
        "list_id": lambda: [
            (each.id, each.title) for each in one.list_half_year_lists(actor=request.actor)
        ],
    }
    for name, pairs in offers.items():
        if name in form.fields:
            form.fields[name].offer(pairs())  # type: ignore[attr-defined]  # an IdChoice
