"""What happens to demands that rooms above may want to hear of."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgentDemandPlaced:
    """A safety hazard was registered (no owner yet), accepted, or put into other hands."""

    town_id: UUID
    demand_id: UUID
    unit_id: UUID | None
    owner_id: UUID | None
