"""Who acts: made once per request or job from the posts a person holds that day.

Permissions are plain strings here; their enum lives with the posts in `register.people`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bianfang.kernel.tenancy.paths import PathRange


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A person or a named system job, with what each permission reaches.

    `grants` maps a permission to the area ranges in which it holds; a permission that is absent
    holds nowhere. `unit_grants` lists permissions held for the demands of one's own units.
    """

    town_id: UUID
    name: str
    staff_id: UUID | None = None
    role: str = ""
    roles: frozenset[str] = frozenset()
    unit_ids: frozenset[UUID] = frozenset()
    grants: Mapping[str, tuple[PathRange, ...]] = field(default_factory=dict)

    @property
    def is_system(self) -> bool:
        """A named job, not a person."""
        return self.staff_id is None

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        return permission in self.grants

    def may_at(self, permission: str, area_path: str) -> bool:
        """Whether the permission is held at this place."""
        return any(reach.holds(area_path) for reach in self.grants.get(permission, ()))

    def reach(self, permission: str) -> tuple[PathRange, ...]:
        """The places in which the permission is held."""
        return self.grants.get(permission, ())
