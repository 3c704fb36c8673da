"""The deadline rules that the visiting office sets for the time to come."""

from datetime import date

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK
from bianfang.kernel import clock
from bianfang.outreach.demands.actions import deadline_rules
from bianfang.outreach.demands.enums import DayUnit, Route

HASTY = ("gas_safety", 3, "燃气安全隐患随查随改，三日内整改到位（镇安委会办公室通知）")
BY_MEETING = (60, "一时难以解决的事项集中会办，等待上级批复期间可暂停计时（镇限时办结制度）")


def set_rules(ground: Ground, *, as_of: date) -> None:
    """One that is hasty and counts every day, and one by which the clock may be stopped."""
    code, days, source = HASTY
    with clock.at(clock.in_town(as_of, 8)):
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
