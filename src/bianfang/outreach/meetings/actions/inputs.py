"""What people hand in about a meeting and about a resolution."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingInput:
    """The particulars: what is compulsory may still be missing here."""

    title: str
    held_on: date | None
    location: str
    chair_id: UUID | None
    recorder_id: UUID | None
    attendee_ids: tuple[UUID, ...] = ()
    guests: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolutionInput:
    """What is to be done, by whom, until when."""

    text: str
    owner_id: UUID | None
    due_on: date | None
    unit_id: UUID | None = None
