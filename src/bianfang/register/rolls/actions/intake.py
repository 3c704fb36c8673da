"""Sending a workbook, deciding on its differences, discarding it."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.kernel.jobs import actions as jobs
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.tenancy.models import TownQuerySet
from bianfang.register.rolls import policies, queries
from bianfang.register.rolls.actions import merging
from bianfang.register.rolls.enums import CHECK_JOB, MERGE_JOB, DiffDecision, DiffKind, Verb
from bianfang.register.rolls.models import RollDiff, RollImport
from bianfang.register.rolls.workflow import RollState, can_move

SUFFIXES = (".xlsx",)
OLDEST = timedelta(days=366 * 3)


@transaction.atomic
def upload_roll(*, actor: Actor, file_name: str, content: bytes, as_of: date) -> RollImport:
    """Keep an office's workbook; it is read when the import is checked."""
    policies.check_can_import_roll(actor)
    suffix = PurePath(file_name).suffix.lower()
    if suffix not in SUFFIXES:
        raise FieldError(
            "file", _("Send an Excel workbook (.xlsx); in WPS or Excel choose “Save as”.")
        )
    today = clock.today()
    if as_of > today or as_of < today - OLDEST:
        raise FieldError("as_of", _("Of which day is the roll? Not of the future, nor too old."))
    stored = storage.keep(content, suffix=suffix)
    roll = RollImport.objects.create(
        town_id=actor.town_id,
        file_name=PurePath(file_name).name[-200:],
        file_key=stored.key,
        file_hash=stored.digest,
        as_of=as_of,
        uploaded_at=clock.now(),
        uploaded_by_id=actor.staff_id,
    )
    journal.record(
        actor=actor, verb=Verb.ROLL_UPLOADED, target=roll, facts={"file": roll.file_name}
    )
    return roll


@transaction.atomic
def upload_and_check(*, actor: Actor, file_name: str, content: bytes, as_of: date) -> RollImport:
    """Keep the workbook and let a job read it."""
    roll = upload_roll(actor=actor, file_name=file_name, content=content, as_of=as_of)
    return _hand_over(actor, roll, CHECK_JOB)


@transaction.atomic
def request_check(*, actor: Actor, roll_id: UUID) -> RollImport:
    """Let a job read and compare the workbook, again if the register has changed since."""
    roll = _waiting(actor, roll_id, RollState.CHECKED)
    return _hand_over(actor, roll, CHECK_JOB)


@transaction.atomic
def request_merge(*, actor: Actor, roll_id: UUID) -> RollImport:
    """Let a job put the workbook into the register, as it was decided."""
    roll = _waiting(actor, roll_id, RollState.MERGING)
    roll.state = RollState.MERGING
    roll.save(update_fields=["state"])
    journal.record(actor=actor, verb=Verb.ROLL_MERGE_BEGUN, target=roll)
    return _hand_over(actor, roll, MERGE_JOB)


@transaction.atomic
def decide_diffs(
    *, actor: Actor, roll_id: UUID, diff_ids: Sequence[UUID], decision: DiffDecision
) -> int:
    """Say of some differences whether they are applied; gives how many."""
    roll = _waiting(actor, roll_id, RollState.MERGING)
    rows = RollDiff.objects.in_town(actor.town_id).filter(roll=roll, id__in=list(diff_ids))
    return _decide(actor, roll, rows, decision)


@transaction.atomic
def decide_all(*, actor: Actor, roll_id: UUID, kind: DiffKind, decision: DiffDecision) -> int:
    """Say the same of all differences of a kind; gives how many."""
    roll = _waiting(actor, roll_id, RollState.MERGING)
    rows = RollDiff.objects.in_town(actor.town_id).filter(roll=roll, kind=kind)
    return _decide(actor, roll, rows, decision)


@transaction.atomic
def discard_roll(*, actor: Actor, roll_id: UUID) -> RollImport:
    """Give an import up; the workbook is forgotten."""
    roll = _waiting(actor, roll_id, RollState.DISCARDED)
    roll.state = RollState.DISCARDED
    roll.save(update_fields=["state"])
    journal.record(actor=actor, verb=Verb.ROLL_DISCARDED, target=roll)
    transaction.on_commit(lambda: storage.remove(roll.file_key))
    return roll


def _waiting(actor: Actor, roll_id: UUID, target: RollState) -> RollImport:
    """The import, locked; one whose merging job died without a word waits for a person again."""
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    policies.check_can_import_roll(actor)
    if roll.state == RollState.MERGING and not queries.is_at_work(actor=actor, roll=roll):
        reason = _("Merging ended without a result; the register is as it was.")
        roll = merging.give_back(actor=actor, roll_id=roll_id, reason=reason)
    if not can_move(RollState(roll.state), target):
        raise MoveError(
            _("This import is “%(state)s”; that cannot be done now.")
            % {"state": roll.get_state_display()}
        )
    return roll


def _decide(
    actor: Actor, roll: RollImport, rows: "TownQuerySet[RollDiff]", decision: DiffDecision
) -> int:
    number = rows.update(decision=decision)
    facts = {"decision": decision.value, "differences": number}
    journal.record(actor=actor, verb=Verb.ROLL_DECIDED, target=roll, facts=facts)
    return number


def _hand_over(actor: Actor, roll: RollImport, kind: str) -> RollImport:
    job = jobs.enqueue(kind=kind, town_id=roll.town_id, actor=actor, payload={"roll": str(roll.id)})
    roll.job_id = job.id
    roll.save(update_fields=["job_id"])
    return roll
