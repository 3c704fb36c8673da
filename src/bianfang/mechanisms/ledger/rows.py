"""One row of cells from one tuple of record fields: plain functions, since thousands pass through.

Files and paper leave the house, so residents are masked for every reader (domain.md 1.3); the full
name stands on the record that a row leads to.
`FIELDS` names what is read of each record, in the order in which its function takes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.documents.table import CellValue
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.kernel.masking.scan import redact, scan_free_text
from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.outreach.demands.enums import (
    STATE_LABELS,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
)
from bianfang.outreach.lookback.enums import RESULT_LABELS
from bianfang.outreach.visits.enums import VisitMode
from bianfang.register.households.enums import LivingStatus

Fields = tuple[Any, ...]
Cells = tuple[CellValue, ...]
NOTHING = "—"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The names above a path."""

    community: str = ""
    village: str = ""
    hamlet: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Places by path and labels in the reader's language, made once for all rows."""

    places: Mapping[str, Place]
    labels: Mapping[tuple[str, str], str]
    is_chinese: bool
    not_published: str
    round_name: str
    reopened: str
    heard: str

    def place(self, path: str) -> Place:
        """The names above the path; none for a path that is no area."""
        return self.places.get(path, _NOWHERE)

    def label(self, group: str, value: str) -> str:
        """The word for a stored value, empty for an empty one."""
        return self.labels.get((group, value), "")


_NOWHERE = Place()
_GROUPS: Mapping[str, Any] = MappingProxyType(
    {
        "mode": VisitMode.choices,
        "living": LivingStatus.choices,
        "relation": Relation.choices,
        "source": Source.choices,
        "route": Route.choices,
        "state": tuple(STATE_LABELS.items()),
        "outcome": Outcome.choices,
        "reply": ReplyMode.choices,
        "satisfaction": Satisfaction.choices,
        "look_back": tuple(RESULT_LABELS.items()),
    }
)


def make_words(places: Mapping[str, Place]) -> Words:
    """All words that rows need, in the language of this moment."""
    labels = {
        (group, value): str(label) for group, pairs in _GROUPS.items() for value, label in pairs
    }
    return Words(
        places=places,
        labels=labels,
        is_chinese=(get_language() or "").startswith("zh"),
        not_published=_("no"),
        round_name=_("round %d"),
        reopened=_("reopenings: %d"),
        heard=_("%s (heard by the handler)"),
    )


VISIT_FIELDS = (
    "round_number", "area_path", "household_number", "head_name", "living_in_round", "living",
    "member_count",
    "happened_at", "mode", "visitor_names", "respondent_relation", "demand_count", "topic_names",
    "note",
)  # fmt: skip


def visit_row(number: int, fields: Fields, words: Words) -> Cells:
    """One line of the visit filing ledger."""
    (
        round_number, path, household, head, living_in_round, living,
        members,
        happened_at, mode, visitors, relation, demands, topics,
        note,
    ) = fields  # fmt: skip
    place = words.place(path)
    return (
        number,
        words.round_name % round_number if round_number else NOTHING,
        place.community,
        place.village,
        place.hamlet,
        household,
        mask_name(head, Level.L3),
        words.label("living", living_in_round or living),
        members,
        happened_at,
        words.label("mode", mode),
        visitors,
        words.label("relation", relation),
        demands,
        topics,
        public_wording(note, head),
    )


DEMAND_FIELDS = (
    "number", "source", "area_path", "proposer_name", "category_name", "category_name_en",
    "content", "route", "measures", "unit_name", "owner_name", "due_on", "progress", "state",
    "changed_at",
)  # fmt: skip


def demand_row(number: int, fields: Fields, words: Words) -> Cells:
    """One line of the demand list."""
    (
        own_number, source, path, proposer, category, category_en,
        content, route, measures, unit, owner, due_on, progress, state,
        changed_at,
    ) = fields  # fmt: skip
    place = words.place(path)
    return (
        number,
        own_number,
        words.label("source", source),
        place.community,
        place.village,
        mask_name(proposer, Level.L3),
        category if words.is_chinese else category_en,
        public_wording(content, proposer),
        words.label("route", route),
        public_wording(measures, proposer),
        unit or "",
        owner or "",
        due_on,
        public_wording(progress, proposer),
        words.label("state", state),
        changed_at,
    )


CLOSED_FIELDS = (
    "number", "content", "proposer_name", "registered_at", "closed_on", "outcome", "reply_mode",
    "replied_on", "satisfaction", "is_heard_by_handler", "look_back_result", "look_back_on",
    "reopened_count", "reviewer_name",
)  # fmt: skip


def closed_row(number: int, fields: Fields, words: Words) -> Cells:
    """One line of the closed list: what was written off, in a wording fit for the public."""
    (
        own_number, content, proposer, registered_at, closed_on, outcome, reply_mode,
        replied_on, satisfaction, is_heard_by_handler, look_back_result, look_back_on,
        reopened_count, reviewer,
    ) = fields  # fmt: skip
    return (
        number,
        own_number,
        public_wording(content, proposer),
        closed_on,
        days_between(registered_at, closed_on),
        words.label("outcome", outcome),
        words.label("reply", reply_mode),
        replied_on,
        said(satisfaction, words, is_heard_by_handler=is_heard_by_handler),
        look_back(look_back_result, look_back_on, reopened_count, words),
        reviewer or "",
        words.not_published,
    )


def said(satisfaction: str, words: Words, *, is_heard_by_handler: bool) -> str:
    """What the resident says of the handling; whether only whoever handled it heard that."""
    word = words.label("satisfaction", satisfaction)
    return words.heard % word if is_heard_by_handler else word


def look_back(result: str | None, day: date | None, reopened_count: int, words: Words) -> str:
    """What the latest check came to and when, and how often the demand was reopened."""
    told = []
    if result:
        told.append(f"{words.label('look_back', result)} {day}")
    if reopened_count:
        told.append(words.reopened % reopened_count)
    return " · ".join(told) or NOTHING


def public_wording(text: str, name: str) -> str:
    """The text without numbers of people and without this resident's name."""
    return redact(text, scan_free_text(text, [name])) if text else ""


def days_between(registered_at: datetime, closed_on: date) -> int:
    """Calendar days from registration to closing, 0 on the same day."""
    return (closed_on - clock.local(registered_at).date()).days


RowFunction = Callable[[int, Fields, Words], Cells]
FIELDS: Mapping[ListKind, tuple[str, ...]] = MappingProxyType(
    {
        ListKind.VISITS: VISIT_FIELDS,
        ListKind.DEMANDS: DEMAND_FIELDS,
        ListKind.CLOSED: CLOSED_FIELDS,
    }
)
ROW_OF: Mapping[ListKind, RowFunction] = MappingProxyType(
    {
        ListKind.VISITS: visit_row,
        ListKind.DEMANDS: demand_row,
        ListKind.CLOSED: closed_row,
    }
)
