"""Writing down visits: one from a form, many from paper sheets; the same rules for both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldErrors
from bianfang.outreach.visits.actions import household_changes
from bianfang.outreach.visits.actions.drafts import Draft, draft_visit, write_drafts
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.queries.grounds import Grounds, is_stored, read_grounds

CHUNK = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class RowResult:
    """What became of one line of a sheet: a visit, or what is wrong with it by field ("": all)."""

    index: int
    visit: Visit | None = None
    errors: Mapping[str, str | Promise] = field(default_factory=dict)


# No savepoint of its own: with a demand it runs inside one transaction, and each statement counts.
@transaction.atomic(savepoint=False)
def record_visit(*, actor: Actor, visit: VisitInput) -> Visit:
    """Write down one visit and settle its household; attempts leave the household open.

    A repeated `visit_id` returns what is stored (`is_repeat`), or SentTwiceError on other content.
    """
    if visit.changes and not _is_stored(actor, visit):
        household_changes.apply(actor=actor, household_id=visit.household_id, changes=visit.changes)
    grounds = read_grounds(town_id=actor.town_id, visits=[visit])
    stored = _repeat_of(visit, grounds.stored)
    if stored is not None:
        return stored
    draft = draft_visit(actor=actor, given=visit, grounds=grounds)
    write_drafts(actor=actor, drafts=[draft])
    return draft.visit


@transaction.atomic
def bulk_record_visits(*, actor: Actor, visits: Sequence[VisitInput]) -> list[RowResult]:
    """Write down each line that is right; a wrong one leaves no trace but its errors."""
    results: dict[int, RowResult] = {}
    plain = [(index, visit) for index, visit in enumerate(visits) if visit.changes is None]
    for start in range(0, len(plain), CHUNK):
        for result in _record_chunk(actor, plain[start : start + CHUNK]):
            results[result.index] = result
    for index, visit in enumerate(visits):
        if visit.changes is not None:
            results[index] = _record_apart(actor, index, visit)
    return [results[index] for index in range(len(visits))]


def _record_chunk(actor: Actor, lines: Sequence[tuple[int, VisitInput]]) -> Iterator[RowResult]:
    grounds = read_grounds(town_id=actor.town_id, visits=[visit for _, visit in lines])
    drafts: list[Draft] = []
    known = dict(grounds.stored)
    results = []
    for index, visit in lines:
        try:
            stored = _repeat_of(visit, known)
            if stored is None:
                drafts.append(_draft_new(actor, visit, grounds, known))
                stored = drafts[-1].visit
            results.append(RowResult(index=index, visit=stored))
        except DomainError as error:
            results.append(RowResult(index=index, errors=_by_field(error)))
    write_drafts(actor=actor, drafts=drafts)
    yield from results


def _draft_new(
    actor: Actor, visit: VisitInput, grounds: Grounds, known: dict[UUID, Visit]
) -> Draft:
    draft = draft_visit(actor=actor, given=visit, grounds=grounds)
    known[draft.visit.id] = draft.visit
    return draft


def _record_apart(actor: Actor, index: int, visit: VisitInput) -> RowResult:
    """A line that changes the register as well has a savepoint of its own."""
    try:
        with transaction.atomic():
            return RowResult(index=index, visit=record_visit(actor=actor, visit=visit))
    except DomainError as error:
        return RowResult(index=index, errors=_by_field(error))


def _repeat_of(visit: VisitInput, stored: Mapping[UUID, Visit]) -> Visit | None:
    found = stored.get(visit.visit_id) if visit.visit_id else None
    if found is None:
        return None
    if found.digest != visit.digest:
        raise SentTwiceError
    found.is_repeat = True
    return found


def _is_stored(actor: Actor, visit: VisitInput) -> bool:
    sent = visit.visit_id
    return sent is not None and is_stored(town_id=actor.town_id, visit_id=sent)


def _by_field(error: DomainError) -> Mapping[str, str | Promise]:
    return error.errors if isinstance(error, FieldErrors) else {"": error.message}
