"""The daily reminders of the time that is played, and the rules for the time to come."""

from datetime import date, time, timedelta
from functools import partial

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK
from bianfang.demo.building.script import Script, moment
from bianfang.kernel import clock
from bianfang.mechanisms.reminders.actions import make_digests
from bianfang.outreach.demands.actions import deadline_rules
from bianfang.outreach.demands.enums import DayUnit, Route

HASTY = ("gas_safety", 3, "燃气安全隐患随查随改，三日内整改到位（镇安委会办公室通知）")
BY_MEETING = (60, "一时难以解决的事项集中会办，等待上级批复期间可暂停计时（镇限时办结制度）")


REMINDING = time(8, 30)


def plan_reminders(ground: Ground, *, first: date, last: date, script: Script) -> None:
    """The job of every morning, as the server runs it."""
    for days in range((last - first).days):
        day = first + timedelta(days=days)
        script.plan(moment(day, REMINDING), partial(_remind, ground))


def _remind(ground: Ground) -> None:
    make_digests(town_id=ground.town.id)


def set_rules(ground: Ground, *, as_of: date) -> None:
    """One that is hasty and counts every day, and one by which the clock may be stopped."""
    code, days, source = HASTY
    with clock.at(clock.in_town(as_of, 10)):
        actor = ground.actor(CLERK)
        deadline_rules.set_rule(
            actor=actor,
            category_id=ground.categories[code],
            days=days,
            unit=DayUnit.CALENDAR,
            source=source,
        )
        deadline_rules.set_rule(
            actor=actor,
            route=Route.MEETING,
            days=BY_MEETING[0],
            unit=DayUnit.WORKDAY,
            source=BY_MEETING[1],
            may_pause=True,
        )
