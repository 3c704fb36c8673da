"""The whole history of a demand as one line of time, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.enums import (
    ConfirmWay,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
    Verb,
)
from bianfang.outreach.demands.models import Demand, Extension, Step
from bianfang.register.people.enums import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One thing that happened: when, who in which role, what, and the particulars."""

    at: datetime
    who: str
    role: str
    verb: Verb
    details: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def title(self) -> str:
        """What happened, in words."""
        return str(self.verb.label)


FACT_WORDS: Mapping[str, tuple[Promise, Callable[[Any], object]]] = MappingProxyType(
    {
        "source": (_("Source"), lambda value: Source(value).label),
        "route": (_("Handling"), lambda value: Route(value).label),
        "unit": (_("Leading unit"), str),
        "owner": (_("Person in charge"), str),
        "from_unit": (_("Unit before"), str),
        "from_owner": (_("Person in charge before"), str),
        "from": (_("Deadline before"), str),
        "due_on": (_("Deadline"), str),
        "outcome": (_("Outcome"), lambda value: Outcome(value).label),
        "reply_mode": (_("Reply"), lambda value: ReplyMode(value).label),
        "replied_on": (_("Replied on"), str),
        "suggested_unit": (_("Unit that it belongs to"), str),
        "go_to": (_("Where to go instead"), str),
        "transferred_to": (_("Transferred to"), str),
        "into": (_("Merged into"), str),
        "absorbed": (_("Merged from"), str),
        "from_original": (_("Taken out of"), str),
        "released": (_("Stands by itself again"), str),
        "days": (_("Days taken"), str),
        "list": (_("Half-year list"), str),
        "times": (_("Reopened so far"), str),
        "answer": (_("Resident says"), lambda value: Satisfaction(value).label),
        "way": (_("How the word came"), lambda value: ConfirmWay(value).label),
        "said_for": (_("Proposer of"), str),
    }
)
"""The label of each journal fact that a reader is shown, and how its value is worded."""


def list_history(*, actor: Actor, demand: Demand) -> list[HistoryLine]:
    """Journal, notes of progress and extensions of a demand in scope, the oldest first."""
    notes = dict(
        Step.objects.in_town(actor.town_id)
        .filter(demand=demand.id)
        .order_by("id")
        .values_list("id", "note")
    )
    extensions = {
        extension.id: extension
        for extension in Extension.objects.in_town(actor.town_id)
        .filter(demand=demand.id)
        .order_by("id")
    }
    entries = Entry.objects.about(town_id=actor.town_id, kind="demand", target_id=demand.id)
    return [_line(entry, notes, extensions) for entry in entries]


def _line(
    entry: Entry, notes: Mapping[UUID, str], extensions: Mapping[UUID, Extension]
) -> HistoryLine:
    verb = Verb(entry.verb)
    words = list(_facts(entry.facts))
    if verb is Verb.PROGRESS_NOTED:
        words.append((_("Progress"), notes[UUID(entry.facts["step"])]))
    if verb in {Verb.EXTENSION_GRANTED, Verb.EXTENSION_REFUSED}:
        words += _decision(extensions[UUID(entry.facts["extension"])])
    return HistoryLine(
        at=entry.at,
        who=entry.actor_name,
        role=str(Role(entry.actor_role).label) if entry.actor_role else "",
        verb=verb,
        details=tuple((str(label), str(value)) for label, value in words),
        reason=entry.reason,
    )


def _facts(facts: Mapping[str, Any]) -> Iterator[tuple[Promise, object]]:
    for key, (label, worded) in FACT_WORDS.items():
        if facts.get(key, "") != "":
            yield label, worded(facts[key])


def _decision(extension: Extension) -> Iterator[tuple[Promise, object]]:
    """Free text, which lies beside the journal: the note, and what the resident was told."""
    if extension.decision_note:
        yield _("Note"), extension.decision_note
    if extension.told_resident:
        yield _("What the resident was told"), extension.told_resident
