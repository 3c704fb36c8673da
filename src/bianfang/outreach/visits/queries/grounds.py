"""What has to be known to write down visits: read once, for one visit or for a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, QuerySet

from bianfang.kernel import clock
from bianfang.outreach.visits.models import Forum, Target, Visit
from bianfang.outreach.visits.queries.checklists import (
    TopicNames,
    published_topics,
    topics_by_id,
)
from bianfang.outreach.visits.queries.visitors import VisitorBook, read_visitors
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.models import Household


class Told(Protocol):
    """The parts of a visit that name other records."""

    @property
    def household_id(self) -> UUID: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def visitor_ids(self) -> tuple[UUID, ...]: ...
    @property
    def topic_ids(self) -> tuple[UUID, ...]: ...
    @property
    def visit_id(self) -> UUID | None: ...
    @property
    def forum_id(self) -> UUID | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """Households with their targets (locked), visitors, topics, group talks, stored visits."""

    households: Mapping[UUID, Household]
    targets: Mapping[UUID, Target]
    visitors: VisitorBook
    topics: TopicNames
    forums: Mapping[UUID, Forum] = field(default_factory=dict)
    stored: Mapping[UUID, Visit] = field(default_factory=dict)


def read_grounds(*, town_id: UUID, visits: Sequence[Told]) -> Grounds:
    """Read and lock for visits of the round that is going on; two queries for one visit."""
    rows = _locked(town_id, {visit.household_id for visit in visits})
    rows = rows.filter(round__state=RoundState.ACTIVE)
    only_id = visits[0].visit_id if len(visits) == 1 else None
    if only_id:
        rows = rows.annotate(is_stored=Exists(Visit.objects.in_town(town_id).filter(id=only_id)))
    targets = {target.household_id: target for target in rows}
    return grounds_of(
        town_id=town_id,
        visits=visits,
        targets=targets,
        stored=_stored(town_id, visits, targets),
    )


def grounds_of(
    *,
    town_id: UUID,
    visits: Sequence[Told],
    targets: Mapping[UUID, Target],
    stored: Mapping[UUID, Visit],
) -> Grounds:
    """Everything around targets that were read and locked before."""
    days = [clock.local(visit.happened_at).date() for visit in visits]
    return Grounds(
        households=_households(town_id, visits, targets),
        targets=targets,
        visitors=read_visitors(
            town_id=town_id,
            ids={staff_id for visit in visits for staff_id in visit.visitor_ids},
            first_day=min(days),
            last_day=max(days),
        ),
        topics=read_topics(
            town_id=town_id,
            ids={topic_id for visit in visits for topic_id in visit.topic_ids},
            checklists={target.round.checklist_id for target in targets.values()},
        ),
        forums=_forums(town_id, visits),
        stored=stored,
    )


def lock_targets(
    *, town_id: UUID, round_id: UUID | None, household_ids: set[UUID]
) -> dict[UUID, Target]:
    """The targets of these households in one round, whatever its state, locked in one order."""
    rows = _locked(town_id, household_ids).filter(round=round_id)
    return {target.household_id: target for target in rows}


def read_topics(*, town_id: UUID, ids: set[UUID], checklists: set[UUID | None]) -> TopicNames:
    """The wanted topics, in their order: as a rule all on checklists that are known already."""
    known: dict[UUID, str] = {}
    for checklist_id in filter(None, checklists if ids else ()):
        known |= published_topics(town_id, checklist_id)
    if others := ids - known.keys():
        known |= topics_by_id(town_id=town_id, ids=others)
    return known


def find_stored(*, town_id: UUID, visit_id: UUID) -> Visit | None:
    """The visit under this id."""
    rows = Visit.objects.in_town(town_id).filter(id=visit_id).select_related("household")
    found = rows.first()
    assert found is None or isinstance(found, Visit)
    return found


def _locked(town_id: UUID, household_ids: set[UUID]) -> "QuerySet[Target]":
    rows = Target.objects.in_town(town_id).filter(household__in=household_ids)
    rows = rows.select_related("household", "round").order_by("id")
    return rows.select_for_update(of=("self",), no_key=True)


def _households(
    town_id: UUID, visits: Sequence[Told], targets: Mapping[UUID, Target]
) -> dict[UUID, Household]:
    found = {household_id: target.household for household_id, target in targets.items()}
    if others := {visit.household_id for visit in visits} - found.keys():
        rows = Household.objects.in_town(town_id).filter(id__in=others)
        found |= {household.id: household for household in rows}
    return found


def _stored(
    town_id: UUID, visits: Sequence[Told], targets: Mapping[UUID, Target]
) -> dict[UUID, Visit]:
    """Visits that were sent before; for a single one its target tells, mostly, that it is new."""
    sent = {visit.visit_id for visit in visits if visit.visit_id}
    if len(visits) == 1:
        target = targets.get(visits[0].household_id)
        if target is not None and not _was_told(target, visits[0].visit_id):
            return {}
    if not sent:
        return {}
    rows = Visit.objects.in_town(town_id).filter(id__in=sent).select_related("household")
    return {visit.id: visit for visit in rows}


def _was_told(target: Target, visit_id: UUID | None) -> bool:
    """By the snapshot, or by a sender who held the lock a moment ago."""
    return bool(getattr(target, "is_stored", False)) or target.last_visit_id == visit_id


def _forums(town_id: UUID, visits: Sequence[Told]) -> dict[UUID, Forum]:
    named = {visit.forum_id for visit in visits if visit.forum_id}
    if not named:
        return {}
    return {forum.id: forum for forum in Forum.objects.in_town(town_id).filter(id__in=named)}
