"""Everything that the page of one household shows, made ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bianfang.faces.desk import demand_badges, held_page, register_badges, verbs, visit_badges
from bianfang.faces.desk.area_choice import place
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.pieces import HistoryLine
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.journal import queries as journal
from bianfang.outreach.assignments.queries import chain
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.policies import can_register_demand
from bianfang.outreach.demands.queries import lists as demands
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.queries import visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.households import policies, queries
from bianfang.register.households.enums import FactKind, YesNo
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.people.enums import Permission

MOST_DEMANDS = 10
MOST_VISITS = 10
MOST_LINES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A person as the page shows it: numbers masked."""

    person: Resident
    relation: str
    sex: str
    age: str
    id_number: str
    phone: str
    aid: list[str]
    is_head: bool
    has_left: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A fact in words."""

    person: str
    what: str
    answer: str
    fact: Fact


def prepare(request: DeskRequest, household: Household) -> dict[str, Any]:
    """The context of the page."""
    actor, today = request.actor, clock.today()
    people = list(queries.list_residents(actor=actor, household=household))
    may_edit = policies.can_edit_register(actor, household.area_path)
    return {
        "household": household,
        "place": place(request, household.area_path),
        "living": register_badges.living_status(household),
        "priority": register_badges.priority(household),
        "members": [_member(person) for person in people],
        "statements": _statements(request, people),
        "links": chain.who_answers(town_id=actor.town_id, area_path=household.area_path, day=today),
        "visits": _visits(request, household.id),
        "demands": _demands(request, household.id),
        "held_rows": held_page.rows_of(
            request, queries.list_held_of(actor=actor, household=household)
        ),
        "history": _history(request, household.id),
        "may_edit": may_edit and household.ended_on is None,
        "may_reveal": policies.can_reveal_identity(actor, household.area_path),
        "may_visit": actor.may_at(Permission.RECORD_VISIT, household.area_path),
        "may_ask": can_register_demand(actor, household.area_path) and not household.ended_on,
    }


def _member(person: Resident) -> Member:
    return Member(
        person=person,
        relation=str(Relation(person.relation).label) if person.relation in Relation.values else "",
        sex=str(Sex(person.sex).label) if person.sex in {Sex.MALE, Sex.FEMALE} else "",
        age=register_badges.age(person, clock.today()),
        id_number=register_badges.masked(person.id_last4),
        phone=register_badges.masked(person.phone_last4),
        aid=list(_aid(person)),
        is_head=person.relation == Relation.HEAD,
        has_left=person.ended_on is not None,
    )


def _aid(person: Resident) -> Iterable[str]:
    if person.dibao == YesNo.YES:
        yield str(FactKind.DIBAO.label)
    if person.tekun == YesNo.YES:
        yield str(FactKind.TEKUN.label)
    if person.disability:
        yield person.disability


def _statements(request: DeskRequest, people: list[Resident]) -> list[Statement]:
    names = {person.id: person.name for person in people}
    facts = queries.list_facts(actor=request.actor, resident_ids=names)
    return [
        Statement(
            person=names[fact.resident_id],
            what=str(FactKind(fact.kind).label),
            answer=str(YesNo(fact.value).label) if fact.value in YesNo.values else fact.value,
            fact=fact,
        )
        for fact in facts
    ]


def _visits(request: DeskRequest, household_id: UUID) -> list[tuple[Visit, Badge]]:
    rows = visits.list_visits(actor=request.actor, filters=VisitFilter(household_id=household_id))
    return [(visit, visit_badges.visit_outcome(visit.outcome)) for visit in rows[:MOST_VISITS]]


def _demands(request: DeskRequest, household_id: UUID) -> list[tuple[Demand, Badge]]:
    filters = DemandFilter(household_id=household_id)
    rows = demands.list_demands(actor=request.actor, filters=filters)
    today = clock.today()
    return [
        (demand, demand_badges.state(demand, today))
        for demand in rows.order_by("-registered_at", "-id")[:MOST_DEMANDS]
    ]


def _history(request: DeskRequest, household_id: UUID) -> list[HistoryLine]:
    entries = journal.list_about(
        town_id=request.actor.town_id, kind="household", target_id=household_id
    )
    return [
        HistoryLine(
            at=entry.at,
            who=entry.actor_name,
            what=verbs.verb_label(entry.verb),
            said=entry.reason or verbs.facts_line(entry.facts),
        )
        for entry in entries.reverse()[:MOST_LINES]
    ]
