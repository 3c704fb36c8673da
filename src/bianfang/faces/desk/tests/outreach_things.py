"""What the pages of who visits and what is asked need: households of the round, topics, a visit."""

from typing import Any
from uuid import UUID

from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.actions import forums
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.enums import TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Forum, Target, Topic, Visit
from bianfang.register.households.models import Household


def fill_round(town: SmallTown) -> None:
    """Three households to be visited and three topics."""
    for household in (town.household, town.neighbour, town.far_household):
        add_target(town, household)
    kinds = (TopicKind.ASK, TopicKind.EXPLAIN, TopicKind.CAMPAIGN)
    for order, (kind, text) in enumerate(
        zip(kinds, ("就业", "医保", "燃气"), strict=True), start=1
    ):
        Topic.objects.create(
            town=town.town, checklist=town.round.checklist, order=order, kind=kind, text=text
        )


def add_target(town: SmallTown, household: Household) -> Target:
    """The household belongs to the round."""
    target = Target.objects.create(
        town=town.town,
        round=town.round,
        household=household,
        area_path=household.area_path,
        priority=household.priority,
        living_status=household.living_status,
    )
    assert isinstance(target, Target)
    return target


def topic(town: SmallTown, text: str) -> Topic:
    """A topic by its words."""
    found = Topic.objects.in_town(town.town.id).get(text=text)
    assert isinstance(found, Topic)
    return found


def visited(town: SmallTown, household: Household | None = None, *, asks: bool = False) -> Visit:
    """A visit of the secretary, perhaps with a demand."""
    place = household or town.household
    actor = town.actors["far_secretary" if place == town.far_household else "secretary"]
    visit = VisitInput(
        household_id=place.id,
        mode=VisitMode.DAY,
        outcome=VisitOutcome.MET,
        happened_at=factories.morning(),
        visitor_ids=(actor.person_id,),
        visit_id=new_id(),
    )
    demands = [DemandInput(content="路灯不亮", category_id=town.category.id)] if asks else []
    return outings.record_visit_with_demands(actor=actor, visit=visit, demands=demands).visit


def talked(town: SmallTown) -> Forum:
    """A group talk in the upper village, to which both of its households came."""
    actor = town.actors["secretary"]
    forum = ForumInput(
        area_id=town.place.upper.id,
        held_at=factories.morning(),
        place="村委会",
        subject="灌溉用水",
        visitor_ids=(actor.person_id,),
        household_ids=(town.household.id, town.neighbour.id),
    )
    return forums.record_forum(actor=actor, forum=forum)


def visit_form(town: SmallTown, **changes: Any) -> dict[str, Any]:
    """What the form of a visit sends in the common case; None takes a field away."""
    typed = {
        "visit_id": str(new_id()),
        "mode": "day",
        "outcome": "met",
        "happened_at": "2026-11-16T08:30",
        "visitors": [str(town.staff["secretary"].id)],
        "others": "",
        "demand-rows": "1",
        **demand_row(0),
        **changes,
    }
    return {name: value for name, value in typed.items() if value is not None}


def demand_row(place: int, **changes: str | UUID) -> dict[str, str]:
    """What one row of a demand sends; untouched unless told otherwise."""
    typed: dict[str, str | UUID] = {
        "content": "",
        "category": "",
        "route": "later",
        "resident": "",
        "kind": "request",
        "outcome": "solved",
        "result": "",
        "reply": "",
        "reply_mode": "in_person",
        "satisfaction": "not_asked",
        **changes,
    }
    return {f"demands-{place}-{name}": str(value) for name, value in typed.items()}
