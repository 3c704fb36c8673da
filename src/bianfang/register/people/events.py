"""What accounts tell the rooms above."""

from dataclasses import dataclass
from uuid import UUID

from bianfang.kernel.actor import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountClosed:
    """Nobody signs in to the account any more."""

    actor: Actor
    staff_id: UUID
