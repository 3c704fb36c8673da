"""From what was handed in to demand rows, for any number of demands in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.phones import PhoneError, parse_phone
from bianfang.kernel.errors import FieldError, FieldErrors
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import checks, urgent
from bianfang.outreach.demands.actions.deadlines import Deadline
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput, UrgentInput
from bianfang.outreach.demands.enums import Route, Source
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.queries import similar
from bianfang.outreach.demands.queries.categories import categories_by_id
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.visits.models import Forum, Visit
from bianfang.register.areas import queries as areas
from bianfang.register.households import queries as households
from bianfang.register.households.models import Household
from bianfang.register.people import queries as people

AnyInput = DemandInput | OnsiteInput | UrgentInput


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The visit or group talk that brings demands along; neither for one that came by itself."""

    visit: Visit | None = None
    forum: Forum | None = None

    @property
    def is_none(self) -> bool:
        """Whether the demand came by itself."""
        return self.visit is None and self.forum is None

    @property
    def said_at(self) -> datetime:
        """When residents said it."""
        if self.visit:
            return self.visit.happened_at
        return self.forum.held_at if self.forum else clock.now()

    @property
    def round_id(self) -> UUID | None:
        """The round in whose total the demands stand."""
        source = self.visit or self.forum
        return source.round_id if source else None

    def complete(self, said: DemandInput) -> DemandInput:
        """Source, household, place and time follow from the visit or group talk."""
        said = replace(said, said_at=said.said_at or self.said_at)
        if self.visit:
            household_id = said.household_id or self.visit.household_id
            return replace(said, source=Source.VISIT, household_id=household_id)
        if self.forum:
            area_id = said.area_id or self.forum.area_id
            return replace(said, source=Source.FORUM, area_id=area_id)
        return said


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """One demand of a form; `prefix` stands before the names of its wrong fields."""

    given: AnyInput
    origin: Origin = Origin()
    prefix: str = ""

    @property
    def said(self) -> DemandInput:
        """What was said, without what was done about it, completed by its origin."""
        given = self.given
        return self.origin.complete(given if isinstance(given, DemandInput) else given.demand)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What the inputs name, read once for all of them."""

    categories: Mapping[UUID, Category]
    households: Mapping[UUID | None, Household]


def draft_demands(*, actor: Actor, handed_in: Sequence[HandedIn]) -> list[Demand]:
    """Unsaved rows without a number; refused with every wrong field of every input at once."""
    said = [each.said for each in handed_in]
    known = _read(actor, said, [each.origin.visit for each in handed_in if each.origin.visit])
    drafts, errors = [], checks.Errors()
    for words, each in zip(said, handed_in, strict=True):
        try:
            drafts.append(_draft(actor, words, each, known))
        except FieldErrors as refused:
            errors |= {f"{each.prefix}{key}": text for key, text in refused.errors.items()}
    checks.refuse_if(errors)
    return drafts


def _read(actor: Actor, said: Sequence[DemandInput], visits: Sequence[Visit]) -> _Known:
    found: dict[UUID | None, Household] = {visit.household_id: visit.household for visit in visits}
    for household_id in sorted({each.household_id for each in said if each.household_id}):
        if household_id not in found:
            found[household_id] = households.get_household(actor=actor, household_id=household_id)
    wanted = {each.category_id for each in said if each.category_id}
    return _Known(categories=categories_by_id(actor=actor, ids=wanted), households=found)


def _draft(actor: Actor, said: DemandInput, handed_in: HandedIn, known: _Known) -> Demand:
    demand = _begin(actor, said, handed_in.origin, known)
    errors = checks.missing(
        content=said.content, category=demand.theme or None, proposer_name=demand.proposer_name
    )
    errors |= checks.too_long(proposer_name=(demand.proposer_name, 60))
    if not demand.area_path:
        errors |= checks.missing(place=None)
    if demand.registered_at > clock.now() and handed_in.origin.is_none:
        errors["said_at"] = _("This moment has not come yet.")
    if isinstance(handed_in.given, OnsiteInput):
        errors |= _settle_on_site(actor, demand, handed_in.given)
    elif isinstance(handed_in.given, UrgentInput):
        errors |= urgent.hand_over(demand, handed_in.given)
    checks.refuse_if(errors)
    policies.check_can_register_demand(actor, demand.area_path)
    return demand


def _begin(actor: Actor, said: DemandInput, origin: Origin, known: _Known) -> Demand:
    phone = _phone(actor, said.proposer_phone)
    demand = Demand(
        id=said.demand_id or new_id(),
        town_id=actor.town_id,
        state=DemandState.REGISTERED,
        source=said.source,
        kind=said.kind,
        visit=origin.visit,
        forum=origin.forum,
        round_id=origin.round_id,
        content=said.content.strip(),
        urgent=said.urgent,
        suggested_route=said.suggested_route or "",
        registered_at=said.said_at or origin.said_at,
        registered_by_id=actor.person_id,
        changed_at=clock.now(),
        proposer_phone=phone,
        phone_key=similar.phone_key(phone),
    )
    category = known.categories.get(said.category_id) if said.category_id else None
    if category:
        demand.category, demand.theme = category, category.theme
    _put_in_place(actor, demand, said, known.households.get(said.household_id))
    if said.proposer_name.strip():
        demand.proposer_name = said.proposer_name.strip()
    return demand


def _put_in_place(
    actor: Actor, demand: Demand, said: DemandInput, household: Household | None
) -> None:
    """Where it belongs and, from the register, whose it is."""
    if household:
        demand.household, demand.area_id = household, household.hamlet_id
        demand.area_path, demand.proposer_name = household.area_path, household.head_name
        if said.resident_id:
            members = households.list_residents(actor=actor, household=household)
            demand.resident = next((one for one in members if one.id == said.resident_id), None)
            demand.proposer_name = demand.resident.name if demand.resident else ""
    elif said.area_id:
        area = areas.get_area(actor=actor, area_id=said.area_id)
        demand.area, demand.area_path = area, area.path


def _phone(actor: Actor, typed: str) -> str:
    if not typed.strip():
        return ""
    is_demo = Town.objects.filter(id=actor.town_id, is_demo=True).exists()
    try:
        return parse_phone(typed, allow_invented=is_demo).number
    except PhoneError as refused:
        raise FieldError("proposer_phone", refused.message) from refused


def _settle_on_site(actor: Actor, demand: Demand, given: OnsiteInput) -> checks.Errors:
    """Said, done and answered the same day: all four fields, result and reply in one go."""
    day = demand.registered_on
    ending = given.ending(day)
    demand.state = DemandState.AWAITING_REVIEW
    demand.route = Route.ONSITE
    if given.unit_id:
        demand.unit = people.get_unit(actor=actor, unit_id=given.unit_id)
    demand.measures = given.measures.strip() or given.result.strip()
    demand.owner_id = demand.handled_by_id = demand.registered_by_id
    demand.accepted_at, demand.closed_on = demand.registered_at, day
    Deadline(due_on=day).set_on(demand)
    ending.write_on(demand)
    return checks.ending_errors(ending, registered_on=day)
