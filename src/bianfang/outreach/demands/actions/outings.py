"""Visits and group talks together with the demands they bring; all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.functional import Promise

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldErrors
from bianfang.outreach.demands.actions.drafts import AnyInput, HandedIn, Origin, draft_demands
from bianfang.outreach.demands.actions.storing import store_drafts
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.visits.actions import forums, recording
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
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


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetLine:
    """One line of a paper sheet: the visit, and what it brought."""

    visit: VisitInput
    demands: Sequence[AnyInput] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LineResult:
    """What became of a line: the visit with its demands, or what is wrong by field ("": all)."""

    visit: Visit | None = None
    demands: tuple[Demand, ...] = ()
    errors: Mapping[str, str | Promise] = field(default_factory=dict)


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
        stored = one.list_of_visit(actor=actor, visit_id=recorded.id)
        return VisitWithDemands(visit=recorded, demands=tuple(stored))
    found = _store(actor, demands, Origin(visit=recorded))
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
    found = _store(actor, demands, Origin(forum=recorded))
    return ForumWithDemands(forum=recorded, demands=found)


@transaction.atomic
def record_sheet(*, actor: Actor, lines: Sequence[SheetLine]) -> list[LineResult]:
    """Lines of paper sheets with what the visits brought; a wrong line leaves only its errors."""
    plain = [place for place, line in enumerate(lines) if not line.demands]
    recorded = recording.bulk_record_visits(
        actor=actor, visits=[lines[place].visit for place in plain]
    )
    results = {
        place: LineResult(visit=result.visit, errors=result.errors)
        for place, result in zip(plain, recorded, strict=True)
    }
    for place, line in enumerate(lines):
        if line.demands:
            results[place] = _record_line(actor, line)
    return [results[place] for place in range(len(lines))]


def _record_line(actor: Actor, line: SheetLine) -> LineResult:
    try:
        with transaction.atomic():
            both = record_visit_with_demands(actor=actor, visit=line.visit, demands=line.demands)
    except FieldErrors as refused:
        return LineResult(errors=refused.errors)
    except DomainError as refused:
        return LineResult(errors={"": refused.message})
    return LineResult(visit=both.visit, demands=both.demands)


def _store(actor: Actor, demands: Sequence[AnyInput], origin: Origin) -> tuple[Demand, ...]:
    if not demands:
        return ()
    handed_in = [
        HandedIn(given=given, origin=origin, prefix=f"demands-{place}-")
        for place, given in enumerate(demands)
    ]
    return tuple(store_drafts(actor, draft_demands(actor=actor, handed_in=handed_in)))
