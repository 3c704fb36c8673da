"""Visits and group talks together with the demands they bring; all or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.drafts import AnyInput, HandedIn, Origin, draft_demands
from bianfang.outreach.demands.actions.storing import store_drafts
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.visits.actions import forums, recording
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.actions.recording import RowResult
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
def record_visit_with_demands(
    *, actor: Actor, visit: VisitInput, demands: Sequence[AnyInput]
) -> VisitWithDemands:
    """A visit and what it brought. A repeated `visit_id` returns what is stored.

    Wrong fields of the second demand are named `demands-1-content` and so on.
    """
    given = replace(visit, demand_count=len(demands))
    recorded = recording.record_visit(actor=actor, visit=given)
    if recorded.is_repeat:
        stored = one.list_of_visits(actor=actor, visit_ids=[recorded.id])
        return VisitWithDemands(visit=recorded, demands=tuple(stored))
    found = _store(actor, _several(demands, Origin(visit=recorded)))
    return VisitWithDemands(visit=recorded, demands=found)


@transaction.atomic
def record_forum_with_demands(
    *, actor: Actor, forum: ForumInput, demands: Sequence[AnyInput]
) -> ForumWithDemands:
    """A group talk and what it brought, from as many households as spoke (M18)."""
    recorded = forums.record_forum(actor=actor, forum=forum)
    if recorded.is_repeat:
        stored = one.list_of_forum(actor=actor, forum_id=recorded.id)
        return ForumWithDemands(forum=recorded, demands=tuple(stored))
    found = _store(actor, _several(demands, Origin(forum=recorded)))
    return ForumWithDemands(forum=recorded, demands=found)


@transaction.atomic
def record_sheet(
    *, actor: Actor, entries: Sequence[tuple[VisitInput, Sequence[AnyInput]]]
) -> list[VisitWithDemands]:
    """All lines of a returned paper sheet, or none of them; a repeated line changes nothing.

    Every wrong field is named at once: `rows-0-visitors`, `rows-0-demands-1-content`, and `rows-0`
    for what is wrong with a line as a whole.
    """
    visits = [replace(visit, demand_count=len(demands)) for visit, demands in entries]
    results = recording.bulk_record_visits(actor=actor, visits=visits)
    checks.refuse_if(_line_errors(results))
    recorded = [result.visit for result in results if result.visit]
    stored = _stored_of(actor, [visit for visit in recorded if visit.is_repeat])
    handed_in = [
        each
        for row, (visit, (_given, demands)) in enumerate(zip(recorded, entries, strict=True))
        if not visit.is_repeat
        for each in _several(demands, Origin(visit=visit), prefix=f"rows-{row}-")
    ]
    for demand in _store(actor, handed_in):
        stored[demand.visit_id].append(demand)
    return [VisitWithDemands(visit=each, demands=tuple(stored[each.id])) for each in recorded]


def _line_errors(results: Sequence[RowResult]) -> checks.Errors:
    return {
        f"rows-{result.index}-{name}".removesuffix("-"): sentence
        for result in results
        for name, sentence in result.errors.items()
    }


def _stored_of(actor: Actor, repeated: Sequence[Visit]) -> dict[UUID | None, list[Demand]]:
    found: dict[UUID | None, list[Demand]] = defaultdict(list)
    if repeated:
        ids = [visit.id for visit in repeated]
        for demand in one.list_of_visits(actor=actor, visit_ids=ids):
            found[demand.visit_id].append(demand)
    return found


def _several(demands: Sequence[AnyInput], origin: Origin, *, prefix: str = "") -> list[HandedIn]:
    return [
        HandedIn(given=given, origin=origin, prefix=f"{prefix}demands-{place}-")
        for place, given in enumerate(demands)
    ]


def _store(actor: Actor, handed_in: Sequence[HandedIn]) -> tuple[Demand, ...]:
    if not handed_in:
        return ()
    return tuple(store_drafts(actor, draft_demands(actor=actor, handed_in=handed_in)))
