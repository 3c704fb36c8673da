"""Reading a year's notice, one day a line: `2027-01-01,休` or `2027-02-06,班`."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _

from bianfang.kernel.codes.digits import to_half_width
from bianfang.kernel.workcalendar.errors import NoticeError

_LINE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,]+(\S+)")
_WORDS: Mapping[str, bool] = MappingProxyType(
    {"休": False, "放假": False, "off": False, "班": True, "上班": True, "work": True}
)
_DECEMBER = 12
_MOST_FAULTS_SHOWN = 5


def national_day(year: int) -> date:
    """The day that every year's notice names and no other year's does."""
    return date(year, 10, 1)


def read_notice(text: str, year: int) -> dict[date, bool]:
    """The days of the notice and whether they are worked; all wrong lines are named at once.

    A notice may reach back into December of the year before, as those of some years did.
    """
    days: dict[date, bool] = {}
    faults = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = to_half_width(raw).strip()
        fault = _read_line(line, year, days) if line else ""
        if fault:
            faults.append(_("Line %(number)s: %(fault)s") % {"number": number, "fault": fault})
    if not faults and days.get(national_day(year)) is not False:
        faults.append(
            _("The notice of %(year)s must name 1 October as a day off: is it complete?")
            % {"year": year}
        )
    if faults:
        raise NoticeError("\n".join(faults[:_MOST_FAULTS_SHOWN]))
    return days


def _read_line(line: str, year: int, days: dict[date, bool]) -> str:
    """Put the line's day into `days`; what is wrong with it otherwise."""
    match = _LINE.fullmatch(line)
    is_worked = _WORDS.get(match[4].lower()) if match else None
    if match is None or is_worked is None:
        return _("“%(line)s” is not understood; write 2027-01-01,休 or 2027-02-06,班.") % {
            "line": line
        }
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return _("“%(line)s” names a day that does not exist.") % {"line": line}
    if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER):
        return _("%(day)s does not belong to the notice of %(year)s.") % {"day": day, "year": year}
    if days.setdefault(day, is_worked) is not is_worked:
        return _("%(day)s stands there twice, once off and once worked.") % {"day": day}
    return ""
