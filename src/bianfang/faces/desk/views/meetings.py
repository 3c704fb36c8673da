"""Joint meetings: the list, planning one, its agenda, beginning and closing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import choices, meeting_desk
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.demands import ReasonForm
from bianfang.faces.desk.forms.meetings import MeetingForm, PositionForm
from bianfang.faces.desk.forms.offers import offer
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.staff_names import read_names, typed_names
from bianfang.faces.desk.tables import Head, Listing
from bianfang.faces.desk.views.demands import SEEING
from bianfang.kernel import clock
from bianfang.outreach.meetings import policies
from bianfang.outreach.meetings.actions import agenda, closing, planning
from bianfang.outreach.meetings.models import Meeting
from bianfang.outreach.meetings.queries import lists, one
from bianfang.outreach.meetings.workflow import MeetingState, Move
from bianfang.register.people.enums import Permission

MANAGING = Permission.MANAGE_MEETINGS
HEADS = (
    (gettext_lazy("Number"), ""),
    (gettext_lazy("Name of the meeting"), ""),
    (gettext_lazy("Day of the meeting"), ""),
    (gettext_lazy("Chair"), ""),
    (gettext_lazy("On the agenda"), "num"),
    (gettext_lazy("Resolutions"), "num"),
    (gettext_lazy("Not carried out"), "num"),
    (gettext_lazy("State"), ""),
)


@desk_page(*SEEING)
def meeting_list(request: DeskRequest) -> HttpResponse:
    """All meetings, the latest first, and what they gave the reader to do."""
    actor = request.actor
    page = lists.page_meetings(actor=actor, token=request.GET.get(PAGE, ""))
    own = lists.list_own_resolutions(actor=actor, staff_id=actor.person_id)
    return show(
        request,
        "desk/meetings/list.html",
        title=meeting_desk.TITLE,
        tabs=meeting_desk.tabs(request, "meetings:list"),
        rows=[(meeting, meeting_desk.state_badge(meeting)) for meeting in page.rows],
        listing=Listing(
            rows=page.rows,
            heads=[Head(label=label, css=css, href="", direction="") for label, css in HEADS],
            next_href=same_page(request, **{PAGE: page.next_token}) if page.next_token else "",
            previous_href=(
                same_page(request, **{PAGE: page.previous_token}) if page.previous_token else ""
            ),
        ),
        own=[meeting_desk.own_line(actor, each) for each in own],
        may_manage=policies.can_manage_meetings(actor),
    )


@desk_page(*SEEING)
def detail(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: what earlier ones left, its agenda, what it resolved."""
    actor = request.actor
    meeting = one.get_meeting(actor=actor, meeting_id=meeting_id)
    lines = meeting_desk.agenda_lines(request, meeting)
    unseen = one.count_unseen(actor=actor, meeting=meeting, seen=[line.item for line in lines])
    moves = policies.list_moves(actor, meeting)
    return show(
        request,
        "desk/meetings/detail.html",
        title=meeting.title,
        crumbs=meeting_desk.crumbs(request),
        meeting=meeting,
        state=meeting_desk.state_badge(meeting),
        is_closed=meeting.state == MeetingState.CLOSED,
        attendees=one.list_attendees(actor=actor, meeting=meeting),
        left=meeting_desk.left_lines(request, meeting),
        lines=lines,
        unseen=unseen,
        history=meeting_desk.history(request, meeting, sees_all=not unseen),
        may={move.value: move in moves for move in Move},
    )


@desk_page(MANAGING)
def add(request: DeskRequest) -> HttpResponse:
    """Plan a meeting, perhaps with demands that were ticked in the pool."""
    initial = {
        "title": _("Joint meeting"),
        "held_on": clock.today(),
        "recorder_id": request.actor.staff_id,
    }
    form = _form(request, initial)
    wanted = _ticked(request.GET.getlist("demand"))
    if form.is_valid() and read_names(request.actor, form):
        made = attempt(form, lambda: _plan(request, form, wanted))
        if made:
            return done(request, _("Planned."), meeting_desk.here(request, made))
    return show_form(
        request,
        form,
        title=_("Plan a meeting"),
        button=_("Plan the meeting"),
        back=address(chosen_path(request), "demands:pool"),
        crumbs=meeting_desk.crumbs(request),
        explain=_("Demands put on its agenda at once: %(count)d.") % {"count": len(wanted)}
        if wanted
        else "",
    )


@desk_page(MANAGING)
def edit(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """The particulars of a meeting that has not ended."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    present = one.list_attendees(actor=request.actor, meeting=meeting)
    initial = {
        "title": meeting.title,
        "held_on": meeting.held_on,
        "location": meeting.location,
        "chair_id": meeting.chair_id,
        "recorder_id": meeting.recorder_id,
        "others": typed_names(request.actor, present),
        "guests": meeting.guests,
    }
    form = _form(request, initial)
    back = meeting_desk.here(request, meeting)
    if form.is_valid() and read_names(request.actor, form):
        given = form.to_input()
        if attempt(
            form,
            lambda: planning.change_meeting(
                actor=request.actor, meeting_id=meeting.id, given=given
            ),
        ):
            return done(request, _("Saved."), back)
    return show_form(
        request,
        form,
        title=_("Particulars of the meeting"),
        button=_("Save"),
        back=back,
        crumbs=meeting_desk.crumbs(request, meeting),
    )


@desk_page(MANAGING)
def put_on(request: DeskRequest) -> HttpResponse:
    """What was ticked in the pool goes on an agenda, or to the form for a new meeting."""
    path, ticked = chosen_path(request), _ticked(request.POST.getlist("demand"))
    chosen = request.POST.get("meeting", "")
    if not is_uuid(chosen):
        way = address(path, "meetings:add")
        more = "&".join(f"demand={each}" for each in ticked)
        joint = "&" if "?" in way else "?"
        return HttpResponseRedirect(f"{way}{joint}{more}" if more else way)
    meeting = one.get_meeting(actor=request.actor, meeting_id=UUID(chosen))
    return attempt_and_tell(
        request,
        lambda: agenda.put_on_agenda(actor=request.actor, meeting_id=meeting.id, demand_ids=ticked),
        done=_("Put on the agenda of meeting %(number)s.") % {"number": meeting.number},
        back=address(path, "demands:pool"),
    )


@desk_page(MANAGING)
def take_off(request: DeskRequest, item_id: UUID) -> HttpResponse:
    """Back into the pool."""
    item = one.get_item(actor=request.actor, item_id=item_id)
    return attempt_and_tell(
        request,
        lambda: agenda.take_off_agenda(actor=request.actor, item_id=item.id),
        done=_("Taken off the agenda."),
        back=meeting_desk.here(request, item.meeting),
    )


@desk_page(MANAGING)
def place(request: DeskRequest, item_id: UUID) -> HttpResponse:
    """Up, down, or to a number."""
    item = one.get_item(actor=request.actor, item_id=item_id)
    form = PositionForm(request.POST)
    back = f"{meeting_desk.here(request, item.meeting)}#item-{item.id}"
    if not form.is_valid():
        return HttpResponseRedirect(back)
    position = form.cleaned_data["position"]
    return attempt_and_tell(
        request,
        lambda: agenda.place_item(actor=request.actor, item_id=item.id, position=position),
        done=_("The order was changed."),
        back=back,
    )


@desk_page(MANAGING)
def begin(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """Open the meeting; from here on minutes can be written."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    return attempt_and_tell(
        request,
        lambda: planning.begin_meeting(actor=request.actor, meeting_id=meeting.id),
        done=_("The meeting has begun."),
        back=meeting_desk.here(request, meeting),
    )


@desk_page(MANAGING)
def close(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """End the meeting: what it resolved goes into the demands."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    return attempt_and_tell(
        request,
        lambda: closing.close_meeting(actor=request.actor, meeting_id=meeting.id),
        done=_("Closed. Its resolutions stand in the history of the demands."),
        back=meeting_desk.here(request, meeting),
    )


@desk_page(MANAGING)
def cancel(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """Call a planned meeting off."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    form = ReasonForm(request.POST or None)
    back = meeting_desk.here(request, meeting)
    if form.is_valid() and attempt(
        form,
        lambda: planning.cancel_meeting(
            actor=request.actor, meeting_id=meeting.id, reason=form.cleaned_data["reason"]
        ),
    ):
        return done(request, _("Cancelled. Its demands wait in the pool."), back)
    return show_form(
        request,
        form,
        title=_("Cancel the meeting"),
        button=_("Cancel the meeting"),
        back=back,
        crumbs=meeting_desk.crumbs(request, meeting),
        explain=_("Its demands wait in the pool as before; its number is not given again."),
        is_serious=True,
    )


def _form(request: DeskRequest, initial: dict[str, Any]) -> MeetingForm:
    form = MeetingForm(request.POST or None, initial=initial)
    people = list(choices.staff(request))
    offer(form, "chair_id", people)
    offer(form, "recorder_id", people)
    return form


def _plan(request: DeskRequest, form: MeetingForm, wanted: Sequence[UUID]) -> Meeting:
    return agenda.plan_with_agenda(actor=request.actor, given=form.to_input(), demand_ids=wanted)


def _ticked(values: Sequence[str]) -> list[UUID]:
    return [UUID(value) for value in values if is_uuid(value)]
