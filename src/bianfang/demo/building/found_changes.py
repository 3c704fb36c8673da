"""Two changes that an evening visit found while the office changed the same things at its desk."""

from datetime import time

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK, Rounds
from bianfang.demo.building.script import Script, moment
from bianfang.outreach.visits.enums import VisitMode
from bianfang.outreach.visits.queries import visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.households.actions import held, households
from bianfang.register.households.actions.held import FoundAt, FoundChange
from bianfang.register.households.enums import ContactTime, HeldField

FOUND = time(9, 20)
VISITOR = "village0101"


def plan_found_changes(ground: Ground, rounds: Rounds, script: Script) -> None:
    """On the day of the showing, when the phone has a signal again."""
    script.plan(moment(rounds.timeline.as_of, FOUND), lambda: find_changes(ground))


def find_changes(ground: Ground) -> None:
    """The office was faster by minutes; both values wait for somebody to decide."""
    visitor, clerk = ground.actor(VISITOR), ground.actor(CLERK)
    visit = visits.list_visits(actor=visitor, filters=VisitFilter(mode=VisitMode.EVENING))[0]
    home = visit.household
    households.edit_household(
        actor=clerk,
        household_id=home.id,
        version=home.version,
        door=f"{home.door}东",
        contact_time=ContactTime.WEEKEND,
        note=home.note,
    )
    held.report_changes(
        actor=visitor,
        found=FoundAt(household_id=home.id, visit_id=visit.id, found_at=visit.happened_at),
        changes=[
            FoundChange(field=HeldField.DOOR, seen=home.door, sent=f"{home.door}乙"),
            FoundChange(
                field=HeldField.CONTACT_TIME,
                seen=home.contact_time,
                sent=ContactTime.PHONE,
            ),
        ],
    )
