"""Visits brought home from the phone page: each takes effect exactly once, a refused one alone.

Many at a time are the rule after an evening without signal, so plain ones are written together, in
one transaction and one INSERT per table. What is refused is taken out and the rest written anew;
visits with findings or changes of the register are written one by one, in the order sent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError
from django.utils.functional import Promise

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldErrors, NotFoundError
from bianfang.kernel.operations.actions import Command, Done, run_all_once
from bianfang.outreach.campaigns.actions import visiting
from bianfang.outreach.campaigns.actions.inputs import FindingInput
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.actions.drafts import AnyInput
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import Visit
from bianfang.register.households.actions import held
from bianfang.register.households.actions.held import FoundAt, FoundChange
from bianfang.register.households.enums import HeldField
from bianfang.register.households.models import HeldChange

VISIT = "visit.record"
TOGETHER = 200
TRIES = 3
"""So often the good ones of a chunk are tried together, before all of it goes one by one."""
ROW = "rows-"
SHOWN_OF_PHONE = 4

Errors = Mapping[str, str | Promise]


class AnswerState(StrEnum):
    """What became of a command."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DIFFERENT = "different"
    LATER = "later"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldVisit(Command):
    """A visit with everything it brought, under the id that the phone made for it."""

    visit: VisitInput
    visit_id: UUID
    demands: tuple[AnyInput, ...] = ()
    findings: tuple[FindingInput, ...] = ()
    changes: tuple[FoundChange, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it can be written together with others."""
        return not self.findings and not self.changes


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldAnswer:
    """What the phone is told of one command; `result` holds the ids and numbers it made."""

    state: AnswerState
    receipt: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)


class _RowsRefused(Exception):  # noqa: N818 - carries errors from inside a transaction to outside
    def __init__(self, by_id: Mapping[UUID, Errors]) -> None:
        super().__init__()
        self.by_id = by_id


def take_visits(*, actor: Actor, commands: Sequence[FieldVisit]) -> list[FieldAnswer]:
    """Carry them out and answer each, in the order sent.

    Not one transaction but several: what was answered as accepted stays, whatever comes after it.
    """
    answers: dict[int, FieldAnswer] = {}
    for wave in _waves(commands):
        found = _take_wave(actor, [commands[place] for place in wave])
        answers |= {place: found[commands[place].id] for place in wave}
    return [answers[place] for place in range(len(commands))]


def _waves(commands: Sequence[FieldVisit]) -> Iterator[list[int]]:
    """Places of commands such that no id stands twice in a wave: a repeat comes in a later one."""
    seen: Counter[UUID] = Counter()
    waves: list[list[int]] = []
    for place, command in enumerate(commands):
        if seen[command.id] == len(waves):
            waves.append([])
        waves[seen[command.id]].append(place)
        seen[command.id] += 1
    yield from waves


def _take_wave(actor: Actor, commands: Sequence[FieldVisit]) -> dict[UUID, FieldAnswer]:
    visits = Counter(command.visit_id for command in commands)
    together = [one for one in commands if one.is_plain and visits[one.visit_id] == 1]
    answers: dict[UUID, FieldAnswer] = {}
    for start in range(0, len(together), TOGETHER):
        answers |= _take_together(actor, together[start : start + TOGETHER])
    for command in commands:
        if command.id not in answers:
            answers[command.id] = _take_one(actor, command)
    return answers


def _take_together(actor: Actor, commands: Sequence[FieldVisit]) -> dict[UUID, FieldAnswer]:
    """Those that could be judged together; whoever is missing in the answer goes alone."""
    left, answers = list(commands), dict[UUID, FieldAnswer]()
    for _try in range(TRIES):
        if not left:
            break
        try:
            done = run_all_once(actor=actor, commands=left, act=partial(_record_together, actor))
        except _RowsRefused as refused:
            answers |= {key: _rejected(errors) for key, errors in refused.by_id.items()}
            left = [command for command in left if command.id not in answers]
        except OperationalError:
            return answers | {command.id: _LATER for command in left}
        except (DomainError, IntegrityError):
            break
        else:
            told = zip(left, done, strict=True)
            return answers | {command.id: _answer(one) for command, one in told}
    return answers


def _record_together(actor: Actor, commands: Sequence[FieldVisit]) -> list[dict[str, Any]]:
    try:
        recorded = outings.record_sheet(
            actor=actor, entries=[(command.visit, command.demands) for command in commands]
        )
    except FieldErrors as refused:
        if not all(key.startswith(ROW) for key in refused.errors):
            raise
        raise _RowsRefused(_by_row(commands, refused.errors)) from refused
    return [_result(one.visit, one.demands) for one in recorded]


def _by_row(commands: Sequence[FieldVisit], errors: Errors) -> dict[UUID, dict[str, str | Promise]]:
    """`rows-3-demands-0-content` is `demands-0-content` of the fourth command."""
    found: dict[UUID, dict[str, str | Promise]] = {}
    for key, sentence in errors.items():
        _rows, place, *rest = key.split("-", 2)
        found.setdefault(commands[int(place)].id, {})["".join(rest)] = sentence
    return found


def _take_one(actor: Actor, command: FieldVisit) -> FieldAnswer:
    try:
        (done,) = run_all_once(
            actor=actor, commands=[command], act=lambda _new: [_record(actor, command)]
        )
    except FieldErrors as refused:
        return _rejected(_as_sent(command, refused.errors))
    except DomainError as refused:
        return _rejected({"": refused.message})
    except IntegrityError:
        return _rejected({"": SentTwiceError().message})
    except OperationalError:
        return _LATER
    return _answer(done)


def _record(actor: Actor, command: FieldVisit) -> dict[str, Any]:
    kept = _report(actor, command) if command.changes else []
    both = visiting.record_visit(
        actor=actor, visit=command.visit, demands=command.demands, given=command.findings
    )
    return _result(both.visit, both.demands, kept)


def _report(actor: Actor, command: FieldVisit) -> list[HeldChange]:
    visit = command.visit
    place = FoundAt(
        household_id=visit.household_id, visit_id=command.visit_id, found_at=visit.happened_at
    )
    try:
        return held.report_changes(actor=actor, found=place, changes=command.changes)
    except NotFoundError:
        raise
    except FieldErrors as refused:
        named = {f"changes-{name}": sentence for name, sentence in refused.errors.items()}
        raise FieldErrors(named) from refused
    except DomainError as refused:
        raise FieldErrors({"changes": refused.message}) from refused


def _as_sent(command: FieldVisit, errors: Errors) -> Errors:
    """A demand that a finding raised was not sent: what is wrong with it is said of the whole."""
    named: dict[str, str | Promise] = {}
    for key, sentence in errors.items():
        what, _dash, rest = key.partition("-")
        place = rest.partition("-")[0]
        is_raised = what == "demands" and place.isdigit() and int(place) >= len(command.demands)
        named["" if is_raised else key] = sentence
    return named


def _result(
    visit: Visit, demands: Sequence[Demand], kept: Sequence[HeldChange] = ()
) -> dict[str, Any]:
    return {
        "visit_id": str(visit.id),
        "demands": [{"id": str(one.id), "number": one.number} for one in demands],
        "held": [
            {"field": one.field, "sent": _shown(one, one.sent), "now": _shown(one, one.now)}
            for one in kept
        ],
    }


def _shown(change: HeldChange, value: str) -> str:
    """A phone is told by its last digits alone: the result is kept for repeats."""
    is_phone = change.field == HeldField.PHONE and value
    return f"****{value[-SHOWN_OF_PHONE:]}" if is_phone else value


def _answer(done: Done | None) -> FieldAnswer:
    if done is None:
        return FieldAnswer(state=AnswerState.DIFFERENT)
    return FieldAnswer(state=AnswerState.ACCEPTED, receipt=done.receipt, result=done.result)


def _rejected(errors: Errors) -> FieldAnswer:
    return FieldAnswer(state=AnswerState.REJECTED, errors=errors)


_LATER = FieldAnswer(state=AnswerState.LATER)
"""The database was busy: nothing was stored, the phone sends it again by itself."""
