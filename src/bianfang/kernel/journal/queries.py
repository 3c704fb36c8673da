"""Reads of the journal and of the access log; who may read them is decided by who asks."""

from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal.models import AccessEntry, AppendOnlyQuerySet, Entry

Q = TypeVar("Q", bound=AppendOnlyQuerySet)


def list_entries(
    *,
    actor: Actor,
    who: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> AppendOnlyQuerySet:
    """Changes in the actor's town, narrowed by person, kind of thing and days."""
    return _narrowed(Entry.objects.in_town(actor.town_id), who, kind, since, until)


def list_accesses(
    *, actor: Actor, who: str = "", since: date | None = None, until: date | None = None
) -> AppendOnlyQuerySet:
    """Looks at protected data in the actor's town, narrowed by person and days."""
    return _narrowed(AccessEntry.objects.in_town(actor.town_id), who, "", since, until)


def list_about(*, town_id: UUID, kind: str, target_id: UUID) -> AppendOnlyQuerySet:
    """The history of one thing, oldest first."""
    return Entry.objects.about(town_id=town_id, kind=kind, target_id=target_id)


def _narrowed(rows: Q, who: str, kind: str, since: date | None, until: date | None) -> Q:
    wanted: dict[str, Any] = {}
    if who:
        wanted["actor_name__contains"] = who
    if kind:
        wanted["target_kind"] = kind
    if since:
        wanted["at__gte"] = clock.in_town(since, 0)
    if until:
        wanted["at__lt"] = clock.in_town(until + timedelta(days=1), 0)
    return rows.filter(**wanted)
