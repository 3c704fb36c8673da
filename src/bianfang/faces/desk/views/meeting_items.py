"""Minutes and resolutions of an item, written while the meeting sits; what came of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import choices, demand_people, meeting_desk
from bianfang.faces.desk.changed import ChangedField, show_what_changed
from bianfang.faces.desk.forms.meetings import (
    CorrectionForm,
    DoneForm,
    MinutesForm,
    ResolutionForm,
)
from bianfang.faces.desk.forms.offers import offer, offer_grouped
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import SEEING
from bianfang.kernel.errors import ChangedError
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.meetings import policies
from bianfang.outreach.meetings.actions import carrying, session
from bianfang.outreach.meetings.models import AgendaItem
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.workflow import Move
from bianfang.register.people.enums import Permission

MANAGING = Permission.MANAGE_MEETINGS


@desk_page(*SEEING)
def item(request: DeskRequest, item_id: UUID) -> HttpResponse:
    """One item on the screen of who records: what it is about, minutes, resolutions."""
    shown = one.get_item(actor=request.actor, item_id=item_id)
    if request.method != "POST":
        return _show(request, shown)
    policies.check_can_manage_meetings(request.actor)
    form = MinutesForm(request.POST)
    conflict, changed = "", list[ChangedField]()
    if form.is_valid():
        given = form.cleaned_data
        try:
            if attempt(
                form,
                lambda: session.write_minutes(actor=request.actor, item_id=shown.id, **given),
                passing=ChangedError,
            ):
                here = meeting_desk.item_here(request, shown)
                return done(request, _("Minutes saved."), here)
        except ChangedError as error:
            conflict = str(error)
            shown = one.get_item(actor=request.actor, item_id=item_id)
            form, changed = show_what_changed(form, _start(shown))
    return _show(request, shown, minutes=form, conflict=conflict, changed=changed)


@desk_page(MANAGING)
def resolve(request: DeskRequest, item_id: UUID) -> HttpResponse:
    """Add a resolution; what is wrong is said beside the fields on the item's page."""
    shown = one.get_item(actor=request.actor, item_id=item_id)
    form = _resolution_form(request, shown.demand, request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: session.add_resolution(
            actor=request.actor, item_id=shown.id, given=form.to_input()
        ),
    ):
        return done(request, _("Resolution added."), meeting_desk.item_here(request, shown))
    return _show(request, shown, resolution=form)


@desk_page(MANAGING)
def resolution(request: DeskRequest, resolution_id: UUID) -> HttpResponse:
    """Word a resolution anew."""
    found = one.get_resolution(actor=request.actor, resolution_id=resolution_id)
    initial = {name: getattr(found, name) for name in ("text", "owner_id", "unit_id", "due_on")}
    form = _resolution_form(request, found.item.demand, request.POST or None, initial)
    back = meeting_desk.item_here(request, found.item)
    if form.is_valid() and attempt(
        form,
        lambda: session.change_resolution(
            actor=request.actor, resolution_id=found.id, given=form.to_input()
        ),
    ):
        return done(request, _("Saved."), back)
    return show_form(
        request,
        form,
        title=_("Change the resolution"),
        button=_("Save"),
        back=back,
        crumbs=meeting_desk.crumbs(request, found.item.meeting),
    )


@desk_page(MANAGING)
def remove(request: DeskRequest, resolution_id: UUID) -> HttpResponse:
    """Take a resolution back while the meeting sits."""
    found = one.get_resolution(actor=request.actor, resolution_id=resolution_id)
    return attempt_and_tell(
        request,
        lambda: session.remove_resolution(actor=request.actor, resolution_id=found.id),
        done=_("Resolution removed."),
        back=meeting_desk.item_here(request, found.item),
    )


@desk_page(MANAGING)
def correct(request: DeskRequest, item_id: UUID) -> HttpResponse:
    """Put minutes right after the meeting, for a reason that is kept."""
    shown = one.get_item(actor=request.actor, item_id=item_id)
    now = {"minutes": shown.minutes, "version": shown.version}
    form = CorrectionForm(request.POST or None, initial=now)
    back = meeting_desk.item_here(request, shown)
    conflict, changed = "", list[ChangedField]()
    if form.is_valid():
        given = form.cleaned_data
        try:
            if attempt(
                form,
                lambda: session.correct_minutes(actor=request.actor, item_id=shown.id, **given),
                passing=ChangedError,
            ):
                return done(request, _("The minutes were corrected."), back)
        except ChangedError as error:
            conflict = str(error)
            form, changed = show_what_changed(form, now)
    return show_form(
        request,
        form,
        title=_("Correct the minutes"),
        button=_("Correct the minutes"),
        back=back,
        crumbs=meeting_desk.crumbs(request, shown.meeting),
        explain=_("Who corrected them, when and why stays on record."),
        conflict=conflict,
        changed=changed,
    )


@desk_page()
def carry_out(request: DeskRequest, resolution_id: UUID) -> HttpResponse:
    """What came of a resolution, said by its person in charge."""
    found = one.get_resolution(actor=request.actor, resolution_id=resolution_id)
    policies.check_can_carry_out(request.actor, found)
    form = DoneForm(request.POST or None)
    back = meeting_desk.crumbs(request)[0].href
    if form.is_valid() and attempt(
        form,
        lambda: carrying.carry_out(
            actor=request.actor, resolution_id=found.id, result=form.cleaned_data["result"]
        ),
    ):
        return done(request, _("Marked as carried out."), back)
    return show_form(
        request,
        form,
        title=_("Resolution carried out"),
        button=_("Mark as carried out"),
        back=back,
        crumbs=meeting_desk.crumbs(request),
        explain=meeting_desk.own_line(request.actor, found).text,
    )


def _show(
    request: DeskRequest,
    shown: AgendaItem,
    *,
    minutes: MinutesForm | None = None,
    resolution: ResolutionForm | None = None,
    conflict: str = "",
    changed: Sequence[ChangedField] = (),
) -> HttpResponse:
    meeting = shown.meeting
    lines = meeting_desk.agenda_lines(request, meeting)
    place = next(place for place, line in enumerate(lines) if line.item.id == shown.id)
    moves = policies.list_moves(request.actor, meeting)
    may_record = Move.RECORD in moves
    if may_record:
        minutes = minutes or MinutesForm(initial=_start(shown))
        resolution = resolution or _resolution_form(request, shown.demand)
    return show(
        request,
        "desk/meetings/item.html",
        title=_("Item %(number)d: %(demand)s")
        % {"number": place + 1, "demand": shown.demand.number},
        crumbs=meeting_desk.crumbs(request, meeting),
        meeting=meeting,
        line=lines[place],
        former=meeting_desk.former_lines(request, shown),
        before=lines[place - 1] if place else None,
        behind=lines[place + 1] if place + 1 < len(lines) else None,
        count=len(lines),
        may_record=may_record,
        may_correct=Move.CORRECT in moves,
        minutes=minutes,
        resolution=resolution,
        conflict=conflict,
        changed=changed,
    )


def _start(shown: AgendaItem) -> dict[str, Any]:
    outcome = shown.outcome if shown.reason else None
    return {
        "version": shown.version,
        "minutes": shown.minutes,
        "outcome": outcome,
        "reason": shown.reason,
    }


def _resolution_form(
    request: DeskRequest,
    demand: Demand,
    data: Any = None,
    initial: dict[str, Any] | None = None,
) -> ResolutionForm:
    first = {"owner_id": demand.owner_id, "unit_id": demand.unit_id}
    form = ResolutionForm(data, initial=initial or first)
    offer_grouped(form, "owner_id", demand_people.owners_offered(request.actor, demand))
    offer(form, "unit_id", choices.units(request))
    return form
