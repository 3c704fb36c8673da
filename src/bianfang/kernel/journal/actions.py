"""Writing the journal; called inside the transaction of the change itself."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from bianfang.kernel import bulk, clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal.models import AccessEntry, Entry


class Target(Protocol):
    """Anything with a town and an id; the table's name says its kind."""

    @property
    def id(self) -> UUID:
        """The row's key."""
        ...

    @property
    def town_id(self) -> UUID | None:
        """The town, none for a county."""
        ...

    @property
    def _meta(self) -> Any: ...


def record(
    *,
    actor: Actor,
    verb: str,
    target: Target,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one entry about `target`; `facts` holds plain JSON without personal data."""
    return Entry.objects.create(
        verb=verb, facts=dict(facts or {}), reason=reason, **_who(actor, target)
    )


def record_many(
    *,
    actor: Actor,
    verb: str,
    targets: Iterable[tuple[Target, Mapping[str, Any]]],
    reason: str = "",
) -> list[Entry]:
    """Add one entry about each target with its facts, all in one statement."""
    entries = [
        Entry(verb=verb, facts=dict(facts), reason=reason, **_who(actor, target))
        for target, facts in targets
    ]
    bulk.insert_models(entries)
    return entries


def record_access(*, actor: Actor, what: str, target: Target, reason: str) -> AccessEntry:
    """Add one entry telling that protected data was shown to the actor."""
    return AccessEntry.objects.create(what=what, reason=reason, **_who(actor, target))


def _who(actor: Actor, target: Target) -> dict[str, Any]:
    return {
        "town_id": target.town_id,
        "at": clock.now(),
        "staff_id": actor.staff_id,
        "actor_name": actor.name,
        "actor_role": actor.role,
        "target_kind": target._meta.model_name,
        "target_id": target.id,
        "area_path": getattr(target, "area_path", ""),
    }
