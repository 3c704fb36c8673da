"""When periodic work is due, on the town's clock.

Rhythms: `every 5 minutes`, `daily 02:00`, `weekly mon 07:30`, `monthly 1 03:00`.
"""

import re
from datetime import datetime, timedelta

from bianfang.kernel import clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORM = re.compile(
    r"every (?P<minutes>\d+) minutes"
    r"|(daily|weekly (?P<weekday>mon|tue|wed|thu|fri|sat|sun)|monthly (?P<day>[1-9]|1\d|2[0-8]))"
    r" (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
)


def latest_slot(every: str, now: datetime) -> datetime:
    """The last moment at or before `now` at which work of this rhythm was due."""
    form = FORM.fullmatch(every)
    if form is None:
        msg = f"{every!r} is no rhythm; write it as bianfang.kernel.jobs.slots shows."
        raise ValueError(msg)
    here = clock.local(now).replace(second=0, microsecond=0)
    if form["minutes"]:
        since_midnight = here.hour * 60 + here.minute
        return here - timedelta(minutes=since_midnight % int(form["minutes"]))
    slot = here.replace(hour=int(form["hour"]), minute=int(form["minute"]))
    if slot > here:
        slot -= timedelta(days=1)
    if form["weekday"]:
        slot -= timedelta(days=(slot.weekday() - DAYS.index(form["weekday"])) % len(DAYS))
    while form["day"] and slot.day != int(form["day"]):
        slot -= timedelta(days=1)
    return slot
