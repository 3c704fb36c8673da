"""Putting a checked roll into the register: all of it in one transaction, or nothing."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.register.areas import actions as areas
from bianfang.register.rolls import policies, queries
from bianfang.register.rolls.actions.carrying import Merge
from bianfang.register.rolls.actions.checking import Progress, decisions_of, read_stored
from bianfang.register.rolls.comparing import compare
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.state import load_state
from bianfang.register.rolls.workflow import RollState

_READ_SHARE, _COMPARED = 40, 45


@transaction.atomic
def merge_roll(*, actor: Actor, roll_id: UUID, progress: Progress | None = None) -> RollImport:
    """Read the workbook once more, compare with the register of this moment, and carry it out.

    Nobody is removed unless a person decided so; a person found elsewhere is moved, never doubled.
    What was not shown at the check, since the register has changed meanwhile, waits for the next.
    """
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    policies.check_can_import_roll(actor)
    if roll.state not in {RollState.CHECKED, RollState.MERGING}:
        raise MoveError(_("This import cannot be merged now; check it again first."))
    tell = progress or _say_nothing
    state = load_state(roll.town_id)
    reading = read_stored(roll, state, lambda percent: tell(percent * _READ_SHARE // 100))
    if not state.hamlets:
        areas.create_tree(actor=actor, tree=reading.areas.paths)
        state = load_state(roll.town_id)
    comparison = compare(reading, state)
    tell(_COMPARED)
    work = Merge(actor=actor, roll=roll, state=state, decisions=decisions_of(roll))
    work.carry_out(comparison, lambda percent: tell(_COMPARED + percent * (99 - _COMPARED) // 100))
    roll.state, roll.merged_at, roll.failure = RollState.MERGED, clock.now(), ""
    roll.merged_by_id = actor.staff_id
    roll.counts = {**roll.counts, **{f"did_{name}": n for name, n in work.did.items() if n}}
    roll.save(update_fields=["state", "merged_at", "merged_by", "failure", "counts"])
    journal.record(actor=actor, verb="roll_merged", target=roll, facts=dict(work.did))
    transaction.on_commit(lambda: storage.remove(roll.file_key))
    return roll


@transaction.atomic
def give_back(*, actor: Actor, roll_id: UUID, reason: str) -> RollImport:
    """A merge that was refused waits for a person again, with the reason."""
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    if roll.state == RollState.MERGING:
        roll.state, roll.failure = RollState.CHECKED, reason
        roll.save(update_fields=["state", "failure"])
        journal.record(actor=actor, verb="roll_merge_refused", target=roll)
    return roll


def _say_nothing(percent: int) -> None:
    """Nobody is watching."""
