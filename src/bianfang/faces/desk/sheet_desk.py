"""A returned paper sheet on the clerk's screen: its form, and what it hands to the domain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.faces.desk import staff_names
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.forms.sheets import SheetHead, SheetRow
from bianfang.faces.desk.visit_badges import target_outcome
from bianfang.faces.desk.visit_desk import all_visitors
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import (
    SHEET_MODES,
    SHEET_OUTCOMES,
    EntryChannel,
    TargetOutcome,
    TopicKind,
    VisitMode,
    VisitOutcome,
)
from bianfang.outreach.visits.models import Target
from bianfang.outreach.visits.queries.sheets import Sheet

Entry = tuple[VisitInput, Sequence[DemandInput]]

HOURS: dict[VisitMode, tuple[int, int]] = {
    VisitMode.DAY: (10, 0),
    VisitMode.EVENING: (19, 30),
    VisitMode.PHONE: (12, 0),
}
"""The paper gives a day and a way; this is the hour written down for it."""
FIELDS = {
    "happened_at": "day",
    "topics": "untold",
    "demands-0-content": "demand",
    "demands-0-category": "category",
}
"""Where a refusal of the domain stands in a row, if not under its own name."""
_KEY = re.compile(r"rows-(\d+)(?:-(.+))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A household of the sheet with its row of inputs."""

    number: int
    target: Target
    form: SheetRow

    @property
    def standing(self) -> Badge | None:
        """How it is settled already, if it is."""
        if self.target.outcome == TargetOutcome.OPEN:
            return None
        return target_outcome(self.target.outcome)


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetDesk:
    """The whole sheet."""

    actor: Actor
    sheet: Sheet
    head: SheetHead
    lines: list[Line]

    @property
    def filled(self) -> list[Line]:
        """Households that somebody went to; asked for once all rows are valid."""
        return [line for line in self.lines if not line.form.is_empty]

    @property
    def has_errors(self) -> bool:
        """Whether something has to be mended."""
        return bool(self.head.errors or any(line.form.errors for line in self.lines))

    def is_valid(self) -> bool:
        """Look at everything, so that one answer names all that is wrong."""
        are_good = [line.form.is_valid() for line in self.lines]
        is_good = self.head.is_valid()
        is_known = staff_names.read_names(self.actor, self.head)
        if is_good and all(are_good) and not self.filled:
            self.head.add_error(None, _("No line tells of a visit: type in at least one outcome."))
        return is_good and is_known and not self.has_errors

    def to_entries(self) -> list[Entry]:
        """The lines as the domain takes them."""
        return [self._entry(line) for line in self.filled]

    def refuse(self, errors: Mapping[str, str | Promise]) -> None:
        """Put each sentence beside its line; what is wrong with the visitors, on top."""
        filled = self.filled
        for key, sentence in errors.items():
            parts = _KEY.fullmatch(key)
            if parts is None:
                self.head.add_error(None, str(sentence))
                continue
            name = FIELDS.get(parts[2] or "", parts[2] or "")
            if name == "visitors":
                if not self.head.has_error("visitors"):
                    self.head.add_error("visitors", str(sentence))
                continue
            form = filled[int(parts[1])].form
            form.add_error(name if name in form.fields else None, str(sentence))

    def _entry(self, line: Line) -> Entry:
        common, given = self.head.cleaned_data, line.form.cleaned_data
        mode, outcome = SHEET_MODES[given["mode"]], SHEET_OUTCOMES[given["outcome"]]
        visit = VisitInput(
            household_id=line.target.household_id,
            mode=mode,
            outcome=outcome,
            happened_at=moment_of(given["day"] or common["day"], mode),
            visitor_ids=all_visitors(common),
            topic_ids=self._told(line.form, common["topics"])
            if outcome == VisitOutcome.MET
            else (),
            round_id=self.sheet.round.id,
            channel=EntryChannel.SHEET,
            visit_id=given["visit_id"],
        )
        if not given["demand"]:
            return visit, []
        return visit, [DemandInput(content=given["demand"], category_id=given["category"])]

    def _told(self, row: SheetRow, ticked: Sequence[UUID]) -> tuple[UUID, ...]:
        """What is ticked for the sheet, less the numbers that the row takes out."""
        untold = row.untold_numbers()
        return tuple(
            topic.id
            for number, topic in enumerate(self.sheet.topics, start=1)
            if topic.id in ticked and number not in untold
        )


def open_sheet(actor: Actor, sheet: Sheet, data: QueryDict | None) -> SheetDesk:
    """The sheet as it is opened or sent."""
    head = SheetHead(
        data,
        visitors=staff_names.usual_visitors(actor, sheet.hamlet.path, first_me=False).items(),
        topics=[
            (topic.id, f"{number} {topic.text}")
            for number, topic in enumerate(sheet.topics, start=1)
            if topic.kind != TopicKind.ASK
        ],
        initial={"day": clock.today()},
    )
    offered = demand_rows.categories_offered(categories.list_by_theme(actor=actor))
    lines = [
        Line(
            number=row.line,
            target=row.target,
            form=SheetRow(
                data,
                prefix=f"rows-{place}",
                categories=offered,
                initial={"visit_id": new_id()},
            ),
        )
        for place, row in enumerate(sheet.rows)
    ]
    return SheetDesk(actor=actor, sheet=sheet, head=head, lines=lines)


def moment_of(day: date, mode: VisitMode) -> datetime:
    """The usual hour of that way of visiting, but never later than now."""
    return min(clock.in_town(day, *HOURS[mode]), max(clock.now(), clock.in_town(day, 0)))
