"""A batch of commands as the domain takes it, and its answers as the phone reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.faces.field.api import bad_request, too_large
from bianfang.faces.field.reading import Errors, Part
from bianfang.kernel.operations.actions import digest_of
from bianfang.outreach.campaigns.actions.fieldwork import (
    VISIT,
    AnswerState,
    FieldAnswer,
    FieldVisit,
)
from bianfang.outreach.campaigns.actions.inputs import FindingInput
from bianfang.outreach.demands.actions.drafts import AnyInput
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import DemandKind, Outcome, ReplyMode, Route, Satisfaction
from bianfang.outreach.visits.actions.inputs import AnswersInput, VisitInput
from bianfang.outreach.visits.enums import EntryChannel, VisitMode, VisitOutcome
from bianfang.register.households.actions.held import FoundChange
from bianfang.register.households.enums import ContactTime, HeldField, LivingStatus

MOST_COMMANDS = 200
MOST_DEMANDS = 12
MOST_FINDINGS = 20
AT_HOME = (VisitMode.DAY, VisitMode.EVENING, VisitMode.PHONE)
ENDINGS = (Outcome.SOLVED, Outcome.EXPLAINED)

AS_SENT = {
    "visitors": "visitor_ids",
    "topics": "topic_ids",
    "household": "household_id",
    "category": "category_id",
    "resident": "resident_id",
    "proposer_name": "resident_id",
}
"""What the domain calls a field, and what it is called in the batch."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One command as it was sent: to be carried out, or already known to be wrong."""

    id: UUID
    visit: FieldVisit | None = None
    errors: Errors = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one request brings."""

    person_id: UUID
    last_accepted: UUID | None
    commands: list[Sent]


def read_batch(sent: Mapping[str, Any]) -> Batch:
    """The batch; without its frame nothing can be answered one by one, so that is refused whole."""
    listed = sent.get("commands")
    if isinstance(listed, list) and len(listed) > MOST_COMMANDS:
        raise too_large()
    with Part(sent) as frame:
        frame.key("phone_id")
        person_id, last = frame.key("person_id"), frame.key_or_none("last_accepted")
        parts = frame.parts("commands", most=MOST_COMMANDS)
    commands = [_read_command(part) for part in parts]
    if frame.errors:
        name, sentence = next(iter(frame.errors.items()))
        raise bad_request(f"{name}: {sentence}")
    return Batch(person_id, last, commands)


def _read_command(part: Part) -> Sent:
    """Its id is of the frame: without one it cannot be answered. All else is its own."""
    key = part.key("id")
    with part.apart() as own:
        kind, body = own.text("kind", most=40), own.raw("body")
        own.moment("made_at")
    if not own.errors and kind != VISIT:
        own.errors[""] = _("This server does not know this kind of record; update it.")
    if own.errors:
        return Sent(key, errors=own.errors)
    with Part(body) as read:
        visit = _read_visit(key, digest_of(body), read)
    return Sent(key, errors=read.errors) if read.errors else Sent(key, visit)


def _read_visit(key: UUID, digest: str, body: Part) -> FieldVisit:
    visit_id = body.key("visit_id")
    return FieldVisit(
        id=key,
        kind=VISIT,
        digest=digest,
        visit_id=visit_id,
        visit=VisitInput(
            visit_id=visit_id,
            household_id=body.key("household_id"),
            mode=body.choice("mode", VisitMode, of=AT_HOME),
            outcome=body.choice("outcome", VisitOutcome),
            happened_at=body.moment("happened_at"),
            visitor_ids=body.keys("visitor_ids"),
            topic_ids=body.keys("topic_ids"),
            respondent_relation=body.text("respondent_relation", most=2),
            village_facts=body.text("village_facts"),
            note=body.text("note"),
            channel=EntryChannel.FIELD,
            answers=_read_answers(body.part_or_none("answers")),
        ),
        demands=tuple(_read_demand(one) for one in body.parts("demands", most=MOST_DEMANDS)),
        findings=tuple(_read_finding(one) for one in body.parts("findings", most=MOST_FINDINGS)),
        changes=_read_changes(body.part_or_none("changes")),
    )


def _read_answers(part: Part | None) -> AnswersInput | None:
    """Answers are checked by the form of their version, not here."""
    if part is None:
        return None
    with part:
        return AnswersInput(checklist_id=part.key("checklist_id"), values=part.mapping("values"))


def _read_demand(part: Part) -> AnyInput:
    """What is to be settled later, with the way the visitor thinks right, or was settled there."""
    with part:
        route = part.choice_or_none("route", Route)
        said = DemandInput(
            content=part.text("content"),
            category_id=part.key("category_id"),
            kind=part.choice("kind", DemandKind),
            urgent=part.flag("urgent"),
            resident_id=part.key_or_none("resident_id"),
            suggested_route=None if route is Route.ONSITE else route,
        )
        ended = OnsiteInput(
            demand=said,
            result=part.text("result"),
            reply=part.text("reply"),
            outcome=part.choice("outcome", Outcome, of=ENDINGS),
            reply_mode=part.choice("reply_mode", ReplyMode, empty=ReplyMode.IN_PERSON),
            satisfaction=part.choice("satisfaction", Satisfaction, empty=Satisfaction.NOT_ASKED),
        )
    return ended if route is Route.ONSITE else said


def _read_finding(part: Part) -> FindingInput:
    with part:
        return FindingInput(
            campaign_id=part.key("campaign_id"),
            version=part.count("version"),
            spot_id=part.key_or_none("spot_id"),
            answers=part.texts("answers"),
        )


def _read_changes(part: Part | None) -> tuple[FoundChange, ...]:
    if part is None:
        return ()
    with part:
        found = (
            _read_status(part.part_or_none("living_status")),
            _read_time(part.part_or_none("contact_time")),
            _read_door(part.part_or_none("door")),
            _read_phone(part.part_or_none("phone")),
        )
    return tuple(change for change in found if change is not None)


def _read_status(part: Part | None) -> FoundChange | None:
    if part is None:
        return None
    with part:
        return FoundChange(
            field=HeldField.LIVING_STATUS,
            seen=part.choice("from", LivingStatus).value,
            sent=part.choice("to", LivingStatus).value,
            reason=part.text("reason", most=120),
        )


def _read_time(part: Part | None) -> FoundChange | None:
    if part is None:
        return None
    with part:
        return FoundChange(
            field=HeldField.CONTACT_TIME,
            seen=part.choice("from", ContactTime).value,
            sent=part.choice("to", ContactTime).value,
        )


def _read_door(part: Part | None) -> FoundChange | None:
    if part is None:
        return None
    with part:
        return FoundChange(
            field=HeldField.DOOR,
            seen=part.text("from", most=60),
            sent=part.text("to", most=60).strip(),
        )


def _read_phone(part: Part | None) -> FoundChange | None:
    if part is None:
        return None
    with part:
        return FoundChange(
            field=HeldField.PHONE,
            sent=part.text("to", most=40),
            resident_id=part.key_or_none("resident_id"),
        )


def write_answer(sent: Sent, answer: FieldAnswer | None) -> dict[str, Any]:
    """The answer to one command; None where reading it found it wrong."""
    if answer is None or answer.state is AnswerState.REJECTED:
        errors = sent.errors if answer is None else _named(answer.errors)
        return {"id": str(sent.id), "state": AnswerState.REJECTED.value, "errors": errors}
    told: dict[str, Any] = {"id": str(sent.id), "state": answer.state.value}
    if answer.state is AnswerState.ACCEPTED:
        held = [{**one, "words": _held_words(one["field"])} for one in answer.result["held"]]
        told |= {"receipt": answer.receipt, **answer.result, "held": held}
    elif answer.state is AnswerState.LATER:
        told["message"] = _("The server is busy; it is sent again later by itself.")
    return told


def _named(errors: Mapping[str, str | Promise]) -> Errors:
    """Each sentence under the name that the field has in the batch."""
    named: Errors = {}
    for key, sentence in errors.items():
        before, dash, last = key.rpartition("-")
        is_answer = before.startswith(("findings", "answers"))
        named[key if is_answer else f"{before}{dash}{AS_SENT.get(last, last)}"] = str(sentence)
    return named


def _held_words(name: str) -> str:
    label = HeldField(name).label
    return _("%(field)s was changed elsewhere; somebody decides.") % {"field": label}
