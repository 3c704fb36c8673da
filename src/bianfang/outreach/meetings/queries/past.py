"""What meetings did with demands so far: how often, what was resolved last, where they go next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.meetings.enums import ItemOutcome
from bianfang.outreach.meetings.models import AgendaItem, Resolution
from bianfang.outreach.meetings.queries.agenda import resolutions_of
from bianfang.outreach.meetings.workflow import OPEN, MeetingState


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """Of one demand: its items from the first meeting to the last, each with its resolutions."""

    items: tuple[tuple[AgendaItem, tuple[Resolution, ...]], ...] = ()

    @property
    def times(self) -> int:
        """How many meetings it has been to."""
        return len(self._held)

    @property
    def last_resolution(self) -> Resolution | None:
        """The latest of all that was resolved about it."""
        return next((made[-1] for _item, made in reversed(self._held) if made), None)

    @property
    def put_off(self) -> AgendaItem | None:
        """The item of the last meeting, where that one put it off."""
        last = self._held[-1][0] if self._held else None
        return last if last and last.outcome == ItemOutcome.PUT_OFF else None

    @property
    def coming(self) -> AgendaItem | None:
        """The item on the agenda of a meeting that is planned or in session."""
        return next((item for item, _made in self.items if item.meeting.state in OPEN), None)

    @property
    def _held(self) -> list[tuple[AgendaItem, tuple[Resolution, ...]]]:
        return [row for row in self.items if row[0].meeting.state == MeetingState.CLOSED]


NOTHING = Past()


def past_of(*, actor: Actor, demands: Sequence[Demand]) -> dict[UUID, Past]:
    """The past of each of these demands, which the actor sees; two queries for all."""
    rows = AgendaItem.objects.in_town(actor.town_id).exclude(meeting__state=MeetingState.CANCELLED)
    rows = rows.filter(demand__in=[each.id for each in demands]).select_related("meeting")
    items = list(rows.order_by("meeting__held_on", "id"))
    made = resolutions_of(actor=actor, items=items)
    found: dict[UUID, list[tuple[AgendaItem, tuple[Resolution, ...]]]] = {}
    for item in items:
        found.setdefault(item.demand_id, []).append((item, tuple(made.get(item.id, ()))))
    return {key: Past(items=tuple(rows_of_one)) for key, rows_of_one in found.items()}
