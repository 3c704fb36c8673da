"""Meetings in every state, reached through actions."""

from dataclasses import replace
from datetime import date, timedelta

from bianfang.kernel import clock
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.meetings.actions import agenda, closing, planning, session
from bianfang.outreach.meetings.actions.inputs import MeetingInput, ResolutionInput
from bianfang.outreach.meetings.models import AgendaItem, Meeting, Resolution

DUE = MONDAY + timedelta(days=4)


def pooled(town: SmallTown, **changes: object) -> Demand:
    """Accepted for joint handling, in the hands of the civil unit's handler."""
    demand = factories.registered(town, **changes)
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="上会研究",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        route=Route.MEETING,
        due_on=DUE + timedelta(days=10),
    )


def far_pooled(town: SmallTown) -> Demand:
    """The same of the other community, in the hands of nobody's unit."""
    demand = factories.registered(town, household_id=town.far_household.id)
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        measures="上会研究",
        unit_id=town.units["roads"].id,
        owner_id=town.staff["roads_handler"].id,
        route=Route.MEETING,
        due_on=DUE + timedelta(days=10),
    )


def particulars(town: SmallTown, **changes: object) -> MeetingInput:
    given = MeetingInput(
        title="集中会办会",
        held_on=clock.today(),
        location="镇政府二楼会议室",
        chair_id=town.staff["leader"].id,
        recorder_id=town.staff["clerk"].id,
        attendee_ids=(town.staff["worker"].id,),
        guests="县供电公司",
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def planned(town: SmallTown, *demands: Demand, **changes: object) -> Meeting:
    meeting = planning.plan_meeting(actor=town.clerk, given=particulars(town, **changes))
    wanted = [each.id for each in demands] or [pooled(town).id]
    agenda.put_on_agenda(actor=town.clerk, meeting_id=meeting.id, demand_ids=wanted)
    return meeting


def in_session(town: SmallTown, *demands: Demand, **changes: object) -> Meeting:
    meeting = planned(town, *demands, **changes)
    return planning.begin_meeting(actor=town.clerk, meeting_id=meeting.id)


def closed(town: SmallTown, *demands: Demand, **changes: object) -> Meeting:
    """Everything on the agenda was resolved."""
    meeting = in_session(town, *demands, **changes)
    for item in items(meeting):
        resolve(town, item)
    return closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)


def cancelled(town: SmallTown) -> Meeting:
    meeting = planned(town)
    return planning.cancel_meeting(actor=town.clerk, meeting_id=meeting.id, reason="防汛")


def decision(town: SmallTown, **changes: object) -> ResolutionInput:
    given = ResolutionInput(text="由供电所更换线路", owner_id=town.staff["handler"].id, due_on=DUE)
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def resolve(town: SmallTown, item: AgendaItem, **changes: object) -> Resolution:
    given = decision(town, **changes)
    return session.add_resolution(actor=town.clerk, item_id=item.id, given=given)


def items(meeting: Meeting) -> list[AgendaItem]:
    rows = AgendaItem.objects.in_town(meeting.town_id).filter(meeting=meeting.id)
    return list(rows.select_related("demand").order_by("place", "id"))


def item_of(meeting: Meeting) -> AgendaItem:
    return items(meeting)[0]


def resolution_of(meeting: Meeting) -> Resolution:
    rows = Resolution.objects.in_town(meeting.town_id).filter(item__meeting=meeting.id)
    found = rows.order_by("id").first()
    assert isinstance(found, Resolution)
    return found


def day(days: int) -> date:
    return MONDAY + timedelta(days=days)
