"""Two towns, and one thing of each kind in the first, for the table to point at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bianfang.kernel.ids import new_id
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.mechanisms.channels.tests import factories as channels
from bianfang.mechanisms.longterm.actions import MeasureInput, raise_measure
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import LeaderGroup, Responsibility
from bianfang.outreach.campaigns.tests import factories as campaigns
from bianfang.outreach.demands.actions import deadline_rules, handling
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.halfyear.tests import factories as items
from bianfang.outreach.lookback.actions import drawing
from bianfang.outreach.lookback.enums import SampleMethod
from bianfang.outreach.lookback.models import Check
from bianfang.outreach.lookback.queries.plan import SampleWish
from bianfang.outreach.meetings.tests import factories as meetings
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.photos.tests import factories as photos
from bianfang.outreach.visits.actions import checklists, forums, recording, rounds
from bianfang.outreach.visits.actions import forms as checklist_forms
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.enums import TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Forum, Round, Topic, Visit
from bianfang.register.households.actions import held
from bianfang.register.households.enums import HeldField
from bianfang.register.households.models import HeldChange
from bianfang.register.people.models import Post
from bianfang.register.phones.actions import register_phone
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.workflow import RollState


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """`things` are ids by the words that the table uses."""

    town: SmallTown
    other: SmallTown
    things: dict[str, UUID]

    def args(self, words: tuple[str, ...]) -> list[str]:
        """What stands in an address for these words."""
        return [word[1:] if word.startswith("=") else str(self.things[word]) for word in words]


def _roll(town: SmallTown) -> RollImport:
    return RollImport.objects.create(
        town=town.town,
        state=RollState.CHECKED,
        file_name="roll.xlsx",
        file_key="0.xlsx",
        file_hash="",
        as_of=MONDAY,
        uploaded_at=factories.morning(),
        uploaded_by=town.staff["clerk"],
    )


def _group(town: SmallTown) -> LeaderGroup:
    group = LeaderGroup.objects.create(town=town.town, name="第一包靠组")
    assert isinstance(group, LeaderGroup)
    return group


def _responsibility(town: SmallTown) -> Responsibility:
    return Responsibility.objects.create(
        town=town.town,
        area=town.place.upper,
        area_path=town.place.upper.path,
        duty=Duty.VILLAGE_HEAD,
        staff=town.staff["secretary"],
        valid_from=MONDAY,
    )


def _checklist(town: SmallTown) -> Topic:
    """A checklist in work, by its only topic."""
    clerk = town.actors["clerk"]
    checklist = checklists.create_checklist(actor=clerk, name="草稿")
    checklist_forms.load_form(
        actor=clerk, checklist_id=checklist.id, file_name="q.xlsx", content=example_workbook()
    )
    return checklists.add_topic(
        actor=clerk, checklist_id=checklist.id, kind=TopicKind.ASK, text="就业"
    )


def _plan(town: SmallTown) -> Round:
    return rounds.create_round(
        actor=town.actors["clerk"], name="第二轮", starts_on=MONDAY, due_on=MONDAY
    )


def _visit(town: SmallTown) -> Visit:
    """Written down by the secretary."""
    secretary = town.actors["secretary"]
    visit = VisitInput(
        household_id=town.household.id,
        mode=VisitMode.DAY,
        outcome=VisitOutcome.MET,
        happened_at=factories.morning(),
        visitor_ids=(secretary.person_id,),
    )
    return recording.record_visit(actor=secretary, visit=visit)


def _held_change(town: SmallTown) -> HeldChange:
    """A house number that the secretary found, of the upper village."""
    found = held.FoundAt(
        household_id=town.household.id, visit_id=new_id(), found_at=factories.morning()
    )
    change = held.FoundChange(field=HeldField.DOOR, seen="旧", sent="12 号")
    return held.hold_change(actor=town.actors["secretary"], found=found, change=change)


def _photo(town: SmallTown, visit: Visit) -> Photo:
    """Of the secretary's visit."""
    return photos.photo(town.actors["secretary"], visit)


def _forum(town: SmallTown) -> Forum:
    secretary = town.actors["secretary"]
    forum = ForumInput(
        area_id=town.place.upper.id,
        held_at=factories.morning(),
        place="村委会",
        subject="用水",
        visitor_ids=(secretary.person_id,),
    )
    return forums.record_forum(actor=secretary, forum=forum)


def _late_demand(town: SmallTown) -> Demand:
    """The handler asks for more time; nobody has decided."""
    demand = factories.handling_state(town)
    handling.ask_extension(
        actor=town.actors["handler"],
        demand_id=demand.id,
        new_due_on=date(2026, 12, 31),
        reason="灯具未到货",
    )
    return demand


def _pausable_demand(town: SmallTown) -> Demand:
    """Handled by a rule that lets the clock stop."""
    rule = factories.rule(town, category_id=town.category.id)
    demand = factories.handling_state(town)
    deadline_rules.end_rule(actor=town.clerk, rule_id=rule.id)
    return demand


def _measure(town: SmallTown) -> LongTermMeasure:
    """At the upper village's hamlet; the civil unit and its handler have it."""
    given = MeasureInput(
        plan="路灯改为太阳能",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        due_on=date(2026, 12, 31),
        review_on=date(2027, 3, 31),
    )
    return raise_measure(
        actor=town.actors["clerk"],
        area_id=town.place.upper_hamlet.id,
        category_id=town.category.id,
        given=given,
    )


def _demands(town: SmallTown) -> dict[str, UUID]:
    """One demand in each state that a row needs; the civil unit has all but the new one."""
    return {
        "new_demand": factories.registered(town).id,
        "demand": factories.handling_state(town).id,
        "late_demand": _late_demand(town).id,
        "result": factories.awaiting_review(town).id,
        "closed_demand": factories.written_off(town).id,
        "reopen_request": factories.reopen_asked(town).id,
        "merged_demand": factories.merged(town).id,
        "half_year_list": factories.half_year(town).id,
        "promise": items.item(town).id,
        "pausable_demand": _pausable_demand(town).id,
        "paused_demand": factories.paused(town).id,
        "robot": channels.robot(town).id,
        "deadline_rule": factories.rule(town, category_id=town.other_category.id).id,
    }


def _look_back(town: SmallTown) -> Check:
    """Of the upper village, by its only check."""
    look_back = drawing.draw(
        actor=town.actors["clerk"],
        title="回头看",
        wish=SampleWish(
            area_id=town.place.upper.id,
            from_day=MONDAY,
            to_day=MONDAY,
            method=SampleMethod.OF_EACH,
            of_each=1,
        ),
    )
    check = Check.objects.in_town(town.town.id).get(look_back=look_back.id)
    assert isinstance(check, Check)
    return check


def _meetings(town: SmallTown) -> dict[str, UUID]:
    """One that is planned, one that sits, one that was held; the last two resolved something."""
    planned, sitting = meetings.planned(town), meetings.in_session(town)
    made = meetings.resolve(town, meetings.item_of(sitting))
    held = meetings.closed(town)
    return {
        "meeting": planned.id,
        "item": meetings.item_of(planned).id,
        "session": sitting.id,
        "session_item": made.item_id,
        "session_resolution": made.id,
        "held_meeting": held.id,
        "held_item": meetings.item_of(held).id,
        "held_resolution": meetings.resolution_of(held).id,
    }


def _campaign(town: SmallTown) -> dict[str, UUID]:
    """Farmland patches of the northern community, one in the upper village; a leaflet."""
    campaign = campaigns.patches(town)
    return {
        "campaign": campaign.id,
        "spot": campaigns.spot(town, campaign).id,
        "leaflet": campaigns.leaflet(town).id,
    }


def make_world() -> World:
    """Everything is in the upper village of the northern community, or in the civil unit."""
    town, other = factories.make_town("one", code="0001"), factories.make_town("two", code="0002")
    resident = factories.make_resident(town.household, "董小山")
    post = Post.objects.in_town(town.town.id).filter(staff=town.staff["handler"]).get()
    topic = _checklist(town)
    things = _demands(town) | _meetings(town) | _campaign(town)
    check = _look_back(town)
    visit = _visit(town)
    things |= {
        "photo": _photo(town, visit).id,
        "phone": register_phone(
            actor=town.actors["handler"], phone_id=new_id(), name="Android Chrome"
        ).id,
        "look_back": check.look_back_id,
        "check": check.id,
        "round": town.round.id,
        "plan": _plan(town).id,
        "checklist": topic.checklist_id,
        "topic": topic.id,
        "measure": _measure(town).id,
        "visit": visit.id,
        "forum": _forum(town).id,
        "area": town.place.north.id,
        "hamlet": town.place.upper_hamlet.id,
        "village": town.place.upper.id,
        "group": _group(town).id,
        "responsibility": _responsibility(town).id,
        "roll": _roll(town).id,
        "unit": town.units["civil"].id,
        "staff": town.staff["handler"].id,
        "post": post.id,
        "household": town.household.id,
        "held_change": _held_change(town).id,
        "resident": resident.id,
    }
    return World(town=town, other=other, things=things)
