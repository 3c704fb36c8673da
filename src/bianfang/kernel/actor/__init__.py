"""Who acts: made once per request or job from the posts a person holds that day.

Permissions are plain strings here; their enum lives with the posts in `register.people`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.tenancy.paths import PathRange


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A person or a named system job, with what each permission reaches.

    `grants` maps a permission to the area ranges in which it holds; a permission that is absent
    holds nowhere. `unit_grants` maps one's own units to what one may do to the demands of each.
    """

    town_id: UUID
    name: str
    staff_id: UUID | None = None
    role: str = ""
    roles: frozenset[str] = frozenset()
    unit_ids: frozenset[UUID] = frozenset()
    grants: Mapping[str, tuple[PathRange, ...]] = field(default_factory=dict)
    unit_grants: Mapping[UUID, frozenset[str]] = field(default_factory=dict)

    @property
    def is_system(self) -> bool:
        """A named job, not a person."""
        return self.staff_id is None

    @property
    def person_id(self) -> UUID:
        """The id of the acting person; a job has none, and signs nothing."""
        if self.staff_id is None:
            raise NotAllowedError(_("This has to be done by a person who is signed in."))
        return self.staff_id

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        return permission in self.grants

    def may_at(self, permission: str, area_path: str) -> bool:
        """Whether the permission is held at this place."""
        return any(reach.holds(area_path) for reach in self.grants.get(permission, ()))

    def may_for(self, permission: str, unit_id: UUID | None) -> bool:
        """Whether the permission is held for the demands of this unit."""
        return unit_id is not None and permission in self.unit_grants.get(unit_id, frozenset())

    def units_with(self, permission: str) -> list[UUID]:
        """The units for whose demands the permission is held."""
        return [unit_id for unit_id, held in self.unit_grants.items() if permission in held]

    def reach(self, permission: str) -> tuple[PathRange, ...]:
        """The places in which the permission is held."""
        return self.grants.get(permission, ())
