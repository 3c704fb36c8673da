"""Items of a half-year list, made by the actions that staff use."""

from datetime import date

from bianfang.outreach.demands.models import CarryOver, Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.halfyear import actions
from bianfang.outreach.halfyear.actions import MonthInput
from bianfang.outreach.halfyear.models import MonthEntry

NOVEMBER, OCTOBER, SEPTEMBER = date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)


def link_of(town: SmallTown, demand: Demand) -> CarryOver:
    """The latest list that the demand stands on."""
    return list(one.list_carry_overs(actor=town.clerk, demand=demand))[-1]


def item(town: SmallTown, **changes: object) -> CarryOver:
    """Carried over today; its handler is in charge."""
    return link_of(town, demands.carried_over(town, **changes))


def begun(town: SmallTown, starts_on: date, **changes: object) -> CarryOver:
    """An item that began that day."""
    link = item(town, **changes)
    given = actions.PlanInput(starts_on=starts_on)
    actions.describe_item(actor=town.clerk, carry_over_id=link.id, given=given)
    return link


def enter(
    town: SmallTown,
    link: CarryOver,
    month: date = NOVEMBER,
    percent: int = 30,
    done: str = "完成招标",
    by: str = "handler",
) -> MonthEntry:
    given = MonthInput(month=month, percent=percent, done=done, next_step="进场施工")
    return actions.enter_month(actor=town.actors[by], carry_over_id=link.id, given=given)
