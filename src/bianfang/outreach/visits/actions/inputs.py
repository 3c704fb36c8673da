"""What forms, sheets and other packages hand in about a visit."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

from bianfang.outreach.visits.enums import EntryChannel, VisitMode, VisitOutcome
from bianfang.register.households.enums import ContactTime, LivingStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdChanges:
    """What the visit found changed in the register; None leaves a thing as it is.

    `phone` is of the resident named by `resident_id`, or of the head.
    """

    living_status: LivingStatus | None = None
    status_reason: str = ""
    contact_time: ContactTime | None = None
    door: str | None = None
    phone: str | None = None
    resident_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswersInput:
    """Answers to the questions of a checklist in one version, by the names of the questions."""

    checklist_id: UUID
    values: Mapping[str, object]

    @property
    def digest(self) -> str:
        """A word for the content, whatever the order in which it is told."""
        return f"{self.checklist_id} {json.dumps(self.values, sort_keys=True, default=str)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitInput:
    """One contact with one household, as it was told.

    `round_id` is the round that is going on, if none is named. `visit_id` is made by the sender: a
    repeat returns what is stored and has no second effect.
    """

    household_id: UUID
    mode: VisitMode
    outcome: VisitOutcome
    happened_at: datetime
    visitor_ids: tuple[UUID, ...]
    topic_ids: tuple[UUID, ...] = ()
    respondent_relation: str = ""
    village_facts: str = ""
    note: str = ""
    demand_count: int = 0
    round_id: UUID | None = None
    channel: EntryChannel = EntryChannel.DESK
    visit_id: UUID | None = None
    forum_id: UUID | None = None
    changes: HouseholdChanges | None = None
    answers: AnswersInput | None = None

    @property
    def digest(self) -> str:
        """A word for the content: the same content, the same word."""
        told = {name.name: getattr(self, name.name) for name in fields(self)}
        told["happened_at"] = self.happened_at.astimezone(UTC)
        told["visitor_ids"] = sorted(set(self.visitor_ids))
        told["topic_ids"] = sorted(set(self.topic_ids))
        del told["answers"]
        if self.answers is not None:
            told["answers"] = self.answers.digest
        return hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True, slots=True)
class ForumInput:
    """A group talk: where, when, about what, and the households that came.

    Each household that is named counts as visited in full. `attendance` counts heads, also those
    whose household nobody wrote down; it is the number of households if not given.
    """

    area_id: UUID
    held_at: datetime
    place: str
    subject: str
    visitor_ids: tuple[UUID, ...]
    household_ids: tuple[UUID, ...] = ()
    topic_ids: tuple[UUID, ...] = ()
    attendance: int | None = None
    note: str = ""
    forum_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitCorrection:
    """The whole of a visit as it should have been written down."""

    mode: VisitMode
    outcome: VisitOutcome
    happened_at: datetime
    visitor_ids: tuple[UUID, ...]
    topic_ids: tuple[UUID, ...] = ()
    respondent_relation: str = ""
    village_facts: str = ""
    note: str = ""
    household_id: UUID | None = None
