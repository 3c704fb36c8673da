"""A meeting for many eyes: the screen in the room, the paper, the file; all in public wording."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import meeting_desk, meeting_papers, meeting_report
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.meeting_desk import ItemLine
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment
from bianfang.faces.desk.views.demands import SEEING
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.outreach.meetings.actions import carrying
from bianfang.outreach.meetings.models import Meeting
from bianfang.outreach.meetings.queries import one
from bianfang.register.people.models import Staff

ITEM = "item"
WriteFile = Callable[[Meeting, Sequence[ItemLine], Sequence[Staff]], bytes]


@desk_page(*SEEING)
def screen(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """One item at a time in large type, for the wall of the meeting room."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    lines = meeting_desk.agenda_lines(request, meeting, is_public=True)
    asked = request.GET.get(ITEM, "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    place = min(max(wanted, 1), max(len(lines), 1))
    line = lines[place - 1] if lines else None

    def href(number: int) -> str:
        if not 1 <= number <= len(lines):
            return ""
        return address(chosen_path(request), "meetings:screen", meeting.id, **{ITEM: number})

    return show(
        request,
        "desk/meetings/screen.html",
        title=meeting.title,
        meeting=meeting,
        line=line,
        proposer=mask_name(line.demand.proposer_name, Level.L3) if line else "",
        count=len(lines),
        previous_href=href(place - 1),
        next_href=href(place + 1),
        back=meeting_desk.here(request, meeting),
    )


@desk_page(*SEEING)
def paper(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """Agenda and minutes to be printed."""
    meeting = one.get_meeting(actor=request.actor, meeting_id=meeting_id)
    present = one.list_attendees(actor=request.actor, meeting=meeting)
    lines = meeting_desk.agenda_lines(request, meeting, is_public=True)
    return show(
        request,
        "desk/meetings/paper.html",
        title=_("Agenda and minutes"),
        crumbs=meeting_desk.crumbs(request, meeting),
        meeting=meeting,
        particulars=meeting_papers.particulars(meeting),
        who=meeting_papers.who(meeting, present),
        lines=lines,
        has_minutes=any(line.item.minutes or line.item.outcome for line in lines),
    )


@desk_page(*SEEING)
def export(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """Agenda and minutes as a workbook; who took it away is kept."""
    return _taken_away(request, meeting_id, meeting_papers.write_file, meeting_papers.XLSX, "xlsx")


@desk_page(*SEEING)
def document(request: DeskRequest, meeting_id: UUID) -> HttpResponse:
    """Agenda and minutes as a Word document; who took it away is kept."""
    return _taken_away(request, meeting_id, meeting_report.write_file, meeting_report.DOCX, "docx")


def _taken_away(
    request: DeskRequest, meeting_id: UUID, write: WriteFile, content_type: str, ending: str
) -> HttpResponse:
    known = carrying.take_away(actor=request.actor, meeting_id=meeting_id)
    meeting = one.get_meeting(actor=request.actor, meeting_id=known.id)
    lines = meeting_desk.agenda_lines(request, meeting, is_public=True)
    present = one.list_attendees(actor=request.actor, meeting=meeting)
    return HttpResponse(
        write(meeting, lines, present),
        content_type=content_type,
        headers=attachment(meeting_papers.file_name(meeting, ending)),
    )
