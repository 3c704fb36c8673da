"""Visits and demands to fill the ledger with, in the small town of the demands' tests."""

from datetime import timedelta
from uuid import UUID

from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.actions.outings import VisitWithDemands
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Target
from bianfang.register.households.enums import LivingStatus, Priority
from bianfang.register.households.models import Household


def make_target(town: SmallTown, household: Household) -> Target:
    target = Target.objects.create(
        town=town.town,
        round=town.round,
        household=household,
        area_path=household.area_path,
        priority=Priority.COMMON,
        living_status=LivingStatus.AWAY,
    )
    assert isinstance(target, Target)
    return target


def visited(
    town: SmallTown,
    household: Household,
    *,
    days_ago: int = 1,
    demands: tuple[DemandInput, ...] = (),
    by: str = "clerk",
) -> VisitWithDemands:
    visit = VisitInput(
        household_id=household.id,
        mode=VisitMode.EVENING,
        outcome=VisitOutcome.MET,
        happened_at=factories.morning(MONDAY - timedelta(days=days_ago), 20),
        visitor_ids=(town.staff[by].id,),
        respondent_relation="10",
        note="=1+1",
    )
    return outings.record_visit_with_demands(actor=town.actors[by], visit=visit, demands=demands)


def said(category_id: UUID, content: str = "村口路灯不亮") -> DemandInput:
    return DemandInput(content=content, category_id=category_id)
