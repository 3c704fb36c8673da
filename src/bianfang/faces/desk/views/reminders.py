"""Reminders: one's own digests, and the steps of the ladder."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.reminders import LadderForm
from bianfang.faces.desk.overview import Line
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.deadline_rules import TITLE as RULES
from bianfang.kernel import clock
from bianfang.mechanisms.reminders import queries, workflow
from bianfang.mechanisms.reminders.actions import set_ladder
from bianfang.mechanisms.reminders.models import Digest, DigestLine, UrgentNotice
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Reminders")
DAYS = 10
HAZARDS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A digest with its lines."""

    day: date
    lines: list[Line]


@desk_page()
def reminders(request: DeskRequest) -> HttpResponse:
    """What I was reminded of in the last days; nobody else sees it or whether I looked."""
    digests = list(queries.list_digests(actor=request.actor)[:DAYS])
    urgent = list(queries.list_urgent(actor=request.actor)[:HAZARDS])
    today = clock.today()
    return show(
        request,
        "desk/reminders.html",
        title=TITLE,
        crumbs=[Crumb(_("My work"), address(chosen_path(request), "desk:work"))],
        days=[Day(day=each.day, lines=_lines(each, today)) for each in digests],
        urgent=[
            Line(each.demand, f"{clock.local(each.at):%Y-%m-%d %H:%M}", _hazard_state(each, today))
            for each in urgent
        ],
    )


@desk_page(Permission.MANAGE_CALENDAR)
def ladder(request: DeskRequest) -> HttpResponse:
    """On which working days around a deadline who is reminded."""
    now = queries.ladder_of(request.actor.town_id)
    start = {
        "owner_steps": _written(now.owner),
        "head_steps": _written(now.head),
    }
    form = LadderForm(request.POST or None, initial=start)
    back = address(chosen_path(request), "deadlinerules:list")
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: set_ladder(actor=request.actor, **given)):
            return done(request, _("From the next digest on it is so."), back)
    return show_form(
        request,
        form,
        title=_("Steps of reminders"),
        button=_("Save"),
        back=back,
        crumbs=[Crumb(RULES, back)],
        explain=_("Everybody gets one digest a working day at most, at half past eight."),
    )


def step_words(line: DigestLine) -> str | Promise:
    """How the deadline stood on the day of the digest."""
    if line.step == 0:
        words = _("last working day")
    elif line.step < 0:
        words = ngettext("%(days)d working day left", "%(days)d working days left", -line.step)
    else:
        words = ngettext("%(days)d working day late", "%(days)d working days late", line.step)
    said = words % {"days": abs(line.step)} if line.step else words
    return _("%(words)s, for the unit") % {"words": said} if line.for_unit else said


def _hazard_state(notice: UrgentNotice, today: date) -> Badge:
    hazard = demand_badges.hazard(notice.demand)
    return hazard or demand_badges.state(notice.demand, today)


def _written(steps: frozenset[int]) -> str:
    return ", ".join(workflow.written(steps).split(",")) if steps else ""


def _lines(digest: Digest, today: date) -> list[Line]:
    return [
        Line(line.demand, step_words(line), demand_badges.state(line.demand, today))
        for line in digest.lines.all()
    ]
