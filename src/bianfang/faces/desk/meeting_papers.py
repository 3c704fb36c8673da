"""Agenda and minutes as a workbook: the same lines as on paper, in public wording."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bianfang.faces.desk.meeting_desk import ItemLine
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.outreach.meetings.models import Meeting
from bianfang.register.people.models import Staff

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_name(meeting: Meeting, ending: str) -> str:
    """Number and day, without anything about a person."""
    name = _("Joint meeting %(number)s") % {"number": meeting.number}
    return f"{name}_{meeting.held_on:%Y-%m-%d}.{ending}"


def write_file(meeting: Meeting, lines: Sequence[ItemLine], present: Sequence[Staff]) -> bytes:
    """Two sheets: the agenda, and the minutes with what was resolved."""
    target = BytesIO()
    heading = [particulars(meeting), who(meeting, present)]
    write_workbook(
        target,
        [
            _table(_("Agenda"), meeting, heading, _agenda_columns(), _agenda_rows(lines)),
            _table(_("Minutes"), meeting, heading, _minutes_columns(), _minutes_rows(lines)),
        ],
    )
    return target.getvalue()


def particulars(meeting: Meeting) -> str:
    """Number, day and place in one line."""
    words = _("Meeting %(number)s · %(day)s · %(place)s")
    return words % {
        "number": meeting.number,
        "day": f"{meeting.held_on:%Y-%m-%d}",
        "place": meeting.location,
    }


def who(meeting: Meeting, present: Sequence[Staff]) -> str:
    """Chair, recorder and who was there in one line."""
    between = pgettext("list", ", ")
    names = between.join(person.name for person in present)
    parts = [
        _("Chair: %(name)s") % {"name": meeting.chair.name},
        _("Recorder: %(name)s") % {"name": meeting.recorder.name},
    ]
    if names:
        parts.append(_("Present: %(names)s") % {"names": names})
    if meeting.guests:
        parts.append(_("Others present: %(names)s") % {"names": meeting.guests})
    return " · ".join(parts)


def _table(
    name: str,
    meeting: Meeting,
    heading: Sequence[str],
    columns: Sequence[Column],
    rows: Iterator[Sequence[CellValue]],
) -> Table:
    return Table(
        name=name,
        title=f"{meeting.title} {name}",
        subtitles=heading,
        columns=columns,
        rows=rows,
        paper=Paper.A4,
    )


def _agenda_columns() -> list[Column]:
    return [
        Column(key="place", title=_("No."), width=6, kind=ColumnKind.INTEGER),
        Column(key="number", title=_("Number"), width=13),
        Column(key="where", title=_("Place"), width=20),
        Column(key="content", title=_("Demand content"), width=44),
        Column(key="unit", title=_("Leading unit"), width=18),
        Column(key="age", title=_("Days since registration"), width=10, kind=ColumnKind.INTEGER),
        Column(key="times", title=_("Meetings so far"), width=8, kind=ColumnKind.INTEGER),
    ]


def _agenda_rows(lines: Sequence[ItemLine]) -> Iterator[Sequence[CellValue]]:
    for line in lines:
        unit = line.demand.unit.name if line.demand.unit else ""
        yield (
            line.number,
            line.demand.number,
            line.place,
            line.content,
            unit,
            line.age,
            line.past.times,
        )


def _minutes_columns() -> list[Column]:
    return [
        Column(key="place", title=_("No."), width=6, kind=ColumnKind.INTEGER),
        Column(key="number", title=_("Number"), width=13),
        Column(key="minutes", title=_("Minutes"), width=40),
        Column(key="outcome", title=_("Outcome"), width=16),
        Column(key="text", title=_("Resolution"), width=40),
        Column(key="owner", title=_("Person in charge"), width=12),
        Column(key="due_on", title=_("Deadline"), width=12, kind=ColumnKind.DATE),
        Column(key="result", title=_("Result"), width=30),
    ]


def _minutes_rows(lines: Sequence[ItemLine]) -> Iterator[Sequence[CellValue]]:
    """A row for each resolution; an item without one has a row of its own."""
    for line in lines:
        outcome = str(line.outcome.text) if line.outcome else ""
        if line.item.reason:
            outcome = f"{outcome}: {line.reason}"
        first = (line.number, line.demand.number, line.minutes, outcome)
        if not line.resolutions:
            yield (*first, "", "", None, "")
        for each in line.resolutions:
            made = each.resolution
            yield (*first, each.text, made.owner.name, made.due_on, each.result)
