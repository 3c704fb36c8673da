"""Carrying commands out exactly once."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from bianfang.kernel import bulk, clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.numbering import actions as numbering
from bianfang.kernel.operations.errors import DifferentError
from bianfang.kernel.operations.models import Operation, receipt_number

Result = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What is to be done once: the sender's id for it, its kind, a word for its content."""

    id: UUID
    kind: str
    digest: str


C = TypeVar("C", bound=Command)


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What came of a command, now or the first time; the result is plain JSON."""

    id: UUID
    receipt: str
    result: Result
    is_repeat: bool = False


def digest_of(body: object) -> str:
    """The same content, the same word: SHA-256 of the JSON with its keys in order."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def run_once(*, actor: Actor, command: Command, act: Callable[[], Result]) -> Done:
    """Carry out one command, or give what came of it before; DifferentError on other content."""
    (done,) = run_all_once(actor=actor, commands=[command], act=lambda _new: [act()])
    if done is None:
        raise DifferentError
    return done


@transaction.atomic
def run_all_once(
    *, actor: Actor, commands: Sequence[C], act: Callable[[Sequence[C]], Sequence[Result]]
) -> list[Done | None]:
    """Carry out those that are new, all or none, in one call of `act`; None: other content.

    Each id may stand in `commands` once. The ids are claimed before anything is done: a second
    sender of the same id waits for the first one's commit and then reads its result.
    """
    stored = _claim(actor, commands)
    new = [one for one in commands if one.id in stored and not stored[one.id].receipt]
    if new:
        _settle([stored[command.id] for command in new], act(new))
    done = {command.id for command in new}
    return [_answer(actor, command, stored, done) for command in commands]


def _claim(actor: Actor, commands: Sequence[Command]) -> dict[UUID, Operation]:
    """Put down rows without a receipt, always in one order; gives them and those of before."""
    rows = [
        Operation(
            id=command.id,
            town_id=actor.town_id,
            staff_id=actor.person_id,
            kind=command.kind,
            digest=command.digest,
            at=clock.now(),
        )
        for command in sorted(commands, key=lambda one: one.id)
    ]
    Operation.objects.bulk_create(rows, ignore_conflicts=True)
    found = Operation.objects.in_town(actor.town_id).filter(id__in=[row.id for row in rows])
    return {row.id: row for row in found}


def _settle(rows: Sequence[Operation], results: Sequence[Result]) -> None:
    """Write down what came of the claimed ones; their numbers are taken last."""
    year = clock.today().year
    first = numbering.take(town_id=rows[0].town_id, series=f"field-{year}", count=len(rows))
    for number, (row, result) in enumerate(zip(rows, results, strict=True), start=first):
        row.receipt, row.result = receipt_number(year, number), dict(result)
    bulk.update_rows(("receipt", "result"), rows)


def _answer(
    actor: Actor, command: Command, stored: Mapping[UUID, Operation], new: set[UUID]
) -> Done | None:
    row = stored.get(command.id)
    told = (actor.person_id, command.kind, command.digest)
    if row is None or (row.staff_id, row.kind, row.digest) != told:
        return None
    return Done(id=row.id, receipt=row.receipt, result=row.result, is_repeat=command.id not in new)
