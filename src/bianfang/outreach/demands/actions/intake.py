"""Registering: one by one, on the spot, or together with the visit or group talk that brought them.

Numbers are taken last, right before the rows are written: the series stays locked for one INSERT
and the commit, so that many desks can register at a time.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.outreach.demands.actions.drafts import AnyInput, HandedIn, Origin, draft_demands
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Route, Satisfaction, Verb
from bianfang.outreach.demands.models import Demand, demand_number
from bianfang.outreach.demands.queries import one
from bianfang.outreach.visits.models import Forum, Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitWithDemands:
    """A recorded visit and the demands it brought, in the order they were handed in."""

    visit: Visit
    demands: tuple[Demand, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ForumWithDemands:
    """A recorded group talk and the demands it brought, in the order they were handed in."""

    forum: Forum
    demands: tuple[Demand, ...]


@transaction.atomic
def register(*, actor: Actor, demand: DemandInput) -> Demand:
    """Give a demand its number; it waits to be accepted. A repeated `demand_id` stores nothing."""
    return _register(actor, demand, demand.demand_id)


@transaction.atomic
def register_solved(
    *,
    actor: Actor,
    demand: DemandInput,
    result: str,
    reply: str,
    outcome: Outcome | None = Outcome.SOLVED,
    reply_mode: ReplyMode | None = ReplyMode.IN_PERSON,
    transferred_to: str = "",
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED,
    measures: str = "",
    unit_id: UUID | None = None,
) -> Demand:
    """Handle on the spot: registered and closed the same day, waiting for a second person."""
    solved = OnsiteInput(
        demand=demand,
        result=result,
        reply=reply,
        outcome=outcome,
        reply_mode=reply_mode,
        transferred_to=transferred_to,
        satisfaction=satisfaction,
        measures=measures,
        unit_id=unit_id,
    )
    return _register(actor, solved, demand.demand_id)


def _several(demands: Sequence[AnyInput], origin: Origin) -> list[HandedIn]:
    return [
        HandedIn(given=given, origin=origin, prefix=f"demands-{place}-")
        for place, given in enumerate(demands)
    ]


def _register(actor: Actor, given: AnyInput, demand_id: UUID | None) -> Demand:
    stored = one.find_own(actor=actor, demand_id=demand_id) if demand_id else None
    if stored:
        return stored
    return _store(actor, draft_demands(actor=actor, handed_in=[HandedIn(given=given)]))[0]


def _store(actor: Actor, drafts: list[Demand]) -> list[Demand]:
    """Journal first, number next, rows last: three statements for any number of demands."""
    told: dict[Verb, list[tuple[Demand, dict[str, object]]]] = defaultdict(list)
    years: dict[int, list[Demand]] = defaultdict(list)
    for draft in drafts:
        facts: dict[str, object] = {"source": draft.source}
        if draft.route == Route.ONSITE:
            facts |= {"outcome": draft.outcome, "days": 0}
        told[Verb.SOLVED_ON_SITE if draft.route else Verb.REGISTERED].append((draft, facts))
        years[draft.registered_on.year].append(draft)
    for verb, targets in told.items():
        journal.record_many(actor=actor, verb=verb, targets=targets)
    for year, of_year in sorted(years.items()):
        first = numbering.take(town_id=actor.town_id, series=f"demand-{year}", count=len(of_year))
        for number, draft in enumerate(of_year, start=first):
            draft.number = demand_number(year, number)
    return Demand.objects.bulk_create(drafts)
