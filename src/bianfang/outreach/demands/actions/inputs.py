"""What forms, sheets and other packages hand in about a demand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bianfang.outreach.demands.enums import (
    GIVEN,
    DemandKind,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
)
from bianfang.outreach.demands.models import Demand


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandInput:
    """A demand as it was said.

    With a household, place and proposer follow from the register; else `area_id` and
    `proposer_name` are asked for. `demand_id` is made by the sender: a repeat stores nothing twice.
    `suggested_route` is what whoever wrote it down thinks right.
    """

    content: str
    category_id: UUID | None
    source: Source = Source.VISIT
    kind: DemandKind = DemandKind.REQUEST
    household_id: UUID | None = None
    resident_id: UUID | None = None
    area_id: UUID | None = None
    proposer_name: str = ""
    proposer_phone: str = ""
    said_at: datetime | None = None
    demand_id: UUID | None = None
    urgent: bool = False
    suggested_route: Route | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgentInput:
    """A danger that cannot wait its turn: the unit of its category has it at once.

    It is due `days` working days after it was said, or the same day.
    """

    demand: DemandInput
    measures: str
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultInput:
    """How it ended, and what the resident was told when."""

    result: str
    reply: str
    outcome: Outcome | None = Outcome.SOLVED
    reply_mode: ReplyMode | None = ReplyMode.IN_PERSON
    replied_on: date | None = None
    transferred_to: str = ""
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED

    def write_on(self, demand: Demand) -> list[str]:
        """Write it on the demand. Returns the fields to be saved."""
        demand.outcome, demand.result = self.outcome or "", self.result.strip()
        demand.reply, demand.reply_mode = self.reply.strip(), self.reply_mode or ""
        demand.replied_on, demand.transferred_to = self.replied_on, self.transferred_to.strip()
        demand.satisfaction = self.satisfaction
        demand.is_heard_by_handler = self.satisfaction in GIVEN
        return [
            "outcome", "result", "reply", "reply_mode", "replied_on", "transferred_to",
            "satisfaction", "is_heard_by_handler",
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class OnsiteInput:
    """A demand handled on the spot: said, done and answered in one form.

    What was done is the measure as well, unless `measures` says more.
    """

    demand: DemandInput
    result: str
    reply: str
    outcome: Outcome | None = Outcome.SOLVED
    reply_mode: ReplyMode | None = ReplyMode.IN_PERSON
    transferred_to: str = ""
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    measures: str = ""
    unit_id: UUID | None = None

    def ending(self, day: date) -> ResultInput:
        """Result and reply, as any handler submits them; the resident was told the same day."""
        return ResultInput(
            result=self.result,
            reply=self.reply,
            outcome=self.outcome,
            reply_mode=self.reply_mode,
            replied_on=day,
            transferred_to=self.transferred_to,
            satisfaction=self.satisfaction,
        )
