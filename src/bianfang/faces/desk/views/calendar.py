"""The work calendar: the days of a year's notice, and taking in a new one."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.calendar import NoticeForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.workcalendar import actions, queries
from bianfang.outreach.demands.actions import deadlines
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Work calendar")
FIRST_YEAR, LAST_YEAR = 2004, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not what its weekday says."""

    on: date
    state: Badge


@desk_page(Permission.MANAGE_CALENDAR)
def this_year(request: DeskRequest) -> HttpResponse:
    """On to the current year."""
    here = address(chosen_path(request), "calendar:year_of", clock.today().year)
    return HttpResponseRedirect(here)


@desk_page(Permission.MANAGE_CALENDAR)
def year(request: DeskRequest, number: int) -> HttpResponse:
    """The days off and the make-up workdays of one year, as deadlines count them."""
    _check_year(number)
    calendar = queries.load_calendar()
    days = [
        Day(day, _state(is_worked))
        for day, is_worked in sorted(calendar.overrides.items())
        if day.year == number
    ]
    now = clock.today().year
    tabs = [
        Tab(
            label=str(each),
            href=address(chosen_path(request), "calendar:year_of", each),
            is_current=each == number,
        )
        for each in sorted({now - 1, now, now + 1, number})
    ]
    return show(
        request,
        "desk/watch/calendar.html",
        title=TITLE,
        number=number,
        tabs=tabs,
        days=days,
        is_known=number in calendar.years,
        months=sorted({day.on.month for day in days}),
    )


@desk_page(Permission.MANAGE_CALENDAR)
def notice(request: DeskRequest, number: int) -> HttpResponse:
    """Paste the notice of a year; it takes the place of whatever was known of that year."""
    _check_year(number)
    back = address(chosen_path(request), "calendar:year_of", number)
    form = NoticeForm(request.POST or None)
    if form.is_valid():
        taken = attempt(form, lambda: _take_in(request.actor, number, form.cleaned_data))
        if taken:
            words = _(
                "%(year)s: %(off)s days off, %(worked)s make-up workdays, %(anew)s deadlines anew."
            )
            return done(request, words % {"year": number, **taken.counts}, back)
    return show_form(
        request,
        form,
        title=_("Notice of %(year)s") % {"year": number},
        button=_("Take in"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
        draft=f"notice-{number}",
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import brought about, for the sentence that tells of it."""

    counts: dict[str, int]


@transaction.atomic
def _take_in(actor: Actor, year: int, typed: dict[str, str]) -> Taken:
    """The notice, and the open deadlines that were provisional until now: both or neither."""
    notice = actions.import_notice(
        actor=actor, year=year, text=typed["text"], source=typed["source"]
    )
    anew = deadlines.recount_deadlines(actor=actor)
    return Taken({"off": notice.days_off, "worked": notice.make_up_workdays, "anew": anew})


def _check_year(number: int) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFoundError(str(number))


def _state(is_worked: bool) -> Badge:  # noqa: FBT001 - the value of a mapping
    return Badge(_("Make-up workday"), "active") if is_worked else Badge(_("Day off"), "done")
