"""What has to be known to write down visits: read once, for one visit or for a batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Model, QuerySet

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.outreach.visits.models import Forum, Round, Target, Visit
from bianfang.outreach.visits.queries.checklists import (
    TopicNames,
    published_topics,
    topics_by_id,
)
from bianfang.outreach.visits.queries.forms import FormInUse, forms_in_use
from bianfang.outreach.visits.queries.prepared import PreparedRead
from bianfang.outreach.visits.queries.visitors import VisitorBook, read_visitors
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.models import Household

M = TypeVar("M", bound=Model)


class Answering(Protocol):
    """Answers to a checklist."""

    @property
    def checklist_id(self) -> UUID: ...


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
    @property
    def answers(self) -> Answering | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """Households with targets (locked), visitors, topics, forms, group talks, stored visits."""

    households: Mapping[UUID, Household]
    targets: Mapping[UUID, Target]
    visitors: VisitorBook
    topics: TopicNames
    forms: Mapping[UUID, FormInUse] = field(default_factory=dict)
    forums: Mapping[UUID, Forum] = field(default_factory=dict)
    stored: Mapping[UUID, Visit] = field(default_factory=dict)


def read_grounds(*, town_id: UUID, visits: Sequence[Told]) -> Grounds:
    """Read and lock for visits of the round that is going on; two queries for one visit."""
    if len(visits) == 1:
        return _grounds_of_one(town_id, visits[0])
    rows = _locked(town_id, {visit.household_id for visit in visits})
    targets = {row.household_id: row for row in rows.filter(round__state=RoundState.ACTIVE)}
    return grounds_of(
        town_id=town_id,
        visits=visits,
        households=lock_households(town_id, visits, targets),
        targets=targets,
        stored=_stored(town_id, visits),
    )


def grounds_of(
    *,
    town_id: UUID,
    visits: Sequence[Told],
    households: Mapping[UUID, Household],
    targets: Mapping[UUID, Target],
    stored: Mapping[UUID, Visit],
) -> Grounds:
    """Everything around households and targets that were read and locked before."""
    days = [clock.local(visit.happened_at).date() for visit in visits]
    return Grounds(
        households=households,
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
        forms=forms_in_use(
            town_id=town_id,
            checklist_ids={visit.answers.checklist_id for visit in visits if visit.answers},
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


def is_stored(*, town_id: UUID, visit_id: UUID) -> bool:
    """Whether a visit was written down under this id."""
    return Visit.objects.in_town(town_id).filter(id=visit_id).exists()


def _locked(town_id: UUID, household_ids: set[UUID]) -> "QuerySet[Target]":
    rows = Target.objects.in_town(town_id).filter(household__in=household_ids)
    rows = rows.select_related("household", "round").order_by("id")
    return rows.select_for_update(of=("self",), no_key=True)


def lock_households(
    town_id: UUID, visits: Sequence[Told], targets: Mapping[UUID, Target]
) -> dict[UUID, Household]:
    """The households of the visits; those without a target are locked in its place."""
    found = {household_id: target.household for household_id, target in targets.items()}
    if others := {visit.household_id for visit in visits} - found.keys():
        rows = Household.objects.in_town(town_id).filter(id__in=others).order_by("id")
        rows = rows.select_for_update(of=("self",), no_key=True)
        found |= {household.id: household for household in rows}
    return found


def _stored(town_id: UUID, visits: Sequence[Told]) -> dict[UUID, Visit]:
    """Visits that were sent before; read after the locks are held."""
    sent = {visit.visit_id for visit in visits if visit.visit_id}
    if not sent:
        return {}
    rows = Visit.objects.in_town(town_id).filter(id__in=sent).select_related("household")
    return {visit.id: visit for visit in rows}


def _grounds_of_one(town_id: UUID, visit: Told) -> Grounds:
    """The same for a single visit; its target tells, as a rule, that the visit is new."""
    target, is_stored = _lock_target(town_id, visit)
    targets = {} if target is None else {visit.household_id: target}
    households = lock_households(town_id, [visit], targets)
    is_new = target is not None and not is_stored and target.last_visit_id != visit.visit_id
    return grounds_of(
        town_id=town_id,
        visits=[visit],
        households=households,
        targets=targets,
        stored={} if is_new else _stored(town_id, [visit]),
    )


_TARGET = ("id", "town_id", "area_path", "priority", "living_status", "in_denominator")
_STANDING = ("outcome", "attempts", "last_try_at", "last_visit_id", "settled_at")
_ROUND = ("id", "number", "name", "state", "checklist_id", "timed_days", "started_at")
_HOUSEHOLD = ("id", "hamlet_id", "area_path", "number", "head_name", "living_status", "ended_on")


def _target_with_round_and_household(
    *, town_id: UUID, household_id: UUID, visit_id: UUID
) -> "QuerySet[Target, tuple[Any, ...]]":
    """The row of the round that is going on, locked, and whether the visit is stored already."""
    rows = Target.objects.in_town(town_id).filter(
        household=household_id, round__state=RoundState.ACTIVE
    )
    return rows.select_for_update(of=("self",), no_key=True).values_list(
        *_TARGET,
        *_STANDING,
        *(f"round__{name}" for name in _ROUND),
        *(f"household__{name}" for name in _HOUSEHOLD),
        Exists(Visit.objects.in_town(town_id).filter(id=visit_id)),
    )


_ONE_TARGET = PreparedRead(_target_with_round_and_household)


def _lock_target(town_id: UUID, visit: Told) -> tuple[Target | None, bool]:
    """The target with its round and household, of which only the columns read here are loaded."""
    rows = _ONE_TARGET.rows(
        town_id=town_id, household_id=visit.household_id, visit_id=visit.visit_id or new_id()
    )
    if not rows:
        return None, False
    values = iter(rows[0])
    target = _loaded(Target, (*_TARGET, *_STANDING), values)
    target.round = _loaded(Round, _ROUND, values, town_id=town_id)
    target.household = _loaded(Household, _HOUSEHOLD, values, town_id=town_id)
    return target, bool(next(values))


def _loaded(model: type[M], names: Sequence[str], values: Iterator[Any], **known: UUID) -> M:
    """A row with these columns; the others are read when they are asked for."""
    fields = {**known, **{name: next(values) for name in names}}
    loaded = {
        field.attname: fields[field.attname]
        for field in model._meta.concrete_fields
        if field.attname in fields
    }
    return model.from_db(connection.alias, list(loaded), list(loaded.values()))


def _forums(town_id: UUID, visits: Sequence[Told]) -> dict[UUID, Forum]:
    named = {visit.forum_id for visit in visits if visit.forum_id}
    if not named:
        return {}
    return {forum.id: forum for forum in Forum.objects.in_town(town_id).filter(id__in=named)}
