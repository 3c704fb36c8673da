"""The work calendar: the days of a year's notice, and taking in a new one."""

from dataclasses import dataclass
from datetime import date

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
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.workcalendar import actions, queries
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
        taken = attempt(
            form,
            lambda: actions.import_notice(
                actor=request.actor,
                year=number,
                text=form.cleaned_data["text"],
                source=form.cleaned_data["source"],
            ),
        )
        if taken:
            sentence = _("%(year)s: %(off)s days off and %(worked)s make-up workdays taken in.")
            counts = {"year": number, "off": taken.days_off, "worked": taken.make_up_workdays}
            return done(request, sentence % counts, back)
    return show_form(
        request,
        form,
        title=_("Notice of %(year)s") % {"year": number},
        button=_("Take in"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
        draft=f"notice-{number}",
    )


def _check_year(number: int) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFoundError(str(number))


def _state(is_worked: bool) -> Badge:  # noqa: FBT001 - the value of a mapping
    return Badge(_("Make-up workday"), "active") if is_worked else Badge(_("Day off"), "done")
