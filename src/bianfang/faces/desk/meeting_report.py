"""Agenda and minutes as a document for reading: the same lines as on paper, in public wording."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bianfang.faces.desk.meeting_desk import ItemLine
from bianfang.kernel import clock
from bianfang.kernel.documents.docx_out import write_document
from bianfang.kernel.documents.report import Block, Grid, Heading, Paragraph, Report
from bianfang.outreach.meetings.models import Meeting
from bianfang.register.people.models import Staff

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (7, 2, 3, 4)


def write_file(meeting: Meeting, lines: Sequence[ItemLine], present: Sequence[Staff]) -> bytes:
    """The document as it is taken away."""
    target = BytesIO()
    write_document(target, report_of(meeting, lines, present))
    return target.getvalue()


def report_of(meeting: Meeting, lines: Sequence[ItemLine], present: Sequence[Staff]) -> Report:
    """Particulars, the agenda, and what was said and resolved, if anything was."""
    blocks: list[Block] = [*_particulars(meeting, present), Heading(text=_("Agenda"))]
    blocks += [each for line in lines for each in _of_agenda(line)]
    if not lines:
        blocks.append(Paragraph(text=_("Nothing is on the agenda yet")))
    if any(line.minutes or line.outcome for line in lines):
        blocks.append(Heading(text=_("Minutes and resolutions")))
        blocks += [each for line in lines for each in _of_minutes(line)]
    return Report(title=meeting.title, blocks=blocks, made_at=clock.now())


def _particulars(meeting: Meeting, present: Sequence[Staff]) -> Iterator[Paragraph]:
    names = pgettext("list", ", ").join(person.name for person in present)
    told = (
        (_("Number"), meeting.number),
        (_("Day of the meeting"), f"{meeting.held_on:%Y-%m-%d}"),
        (_("Place of the meeting"), meeting.location),
        (_("Chair"), meeting.chair.name),
        (_("Recorder"), meeting.recorder.name),
        (_("Staff present"), names),
        (_("Others present"), meeting.guests),
    )
    for label, text in told:
        if text:
            yield Paragraph(label=_labelled(label), text=text)


def _of_agenda(line: ItemLine) -> Iterator[Block]:
    yield Heading(text=_headed(line), level=2)
    yield Paragraph(text=line.content)
    unit = line.demand.unit
    if unit:
        yield Paragraph(label=_labelled(_("Leading unit")), text=unit.name)


def _of_minutes(line: ItemLine) -> Iterator[Block]:
    yield Heading(text=_headed(line), level=2)
    if line.minutes:
        yield Paragraph(text=line.minutes)
    if line.outcome:
        outcome = str(line.outcome.text)
        said = _("%(outcome)s: %(reason)s") % {"outcome": outcome, "reason": line.reason}
        yield Paragraph(label=_labelled(_("Outcome")), text=said if line.reason else outcome)
    if line.resolutions:
        yield Grid(
            heads=(_("Resolution"), _("Person in charge"), _("Deadline"), _("Result")),
            rows=[
                (each.text, each.resolution.owner.name, f"{each.resolution.due_on}", each.result)
                for each in line.resolutions
            ],
            widths=WIDTHS,
        )


def _headed(line: ItemLine) -> str:
    return f"{line.number}. {line.demand.number} {line.place}"


def _labelled(label: str) -> str:
    return _("%(label)s: ") % {"label": label}
