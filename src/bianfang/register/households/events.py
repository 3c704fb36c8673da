"""What the register tells the rooms above."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bianfang.kernel.actor import Actor


class ChangeKind(StrEnum):
    """What happened to a household as a whole."""

    JOINED = "joined"
    LEFT = "left"
    STATUS = "status"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdChanged:
    """A household joined or left those that are counted, changed its status, or moved."""

    actor: Actor
    town_id: UUID
    household_id: UUID
    kind: ChangeKind
    note: str = ""
