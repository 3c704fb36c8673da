"""Putting a checked roll into the register: all of it in one transaction, or nothing."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.memory import uncollected
from bianfang.register.areas import actions as areas
from bianfang.register.rolls import policies, queries
from bianfang.register.rolls.actions.carrying import Merge
from bianfang.register.rolls.actions.checking import decisions_of
from bianfang.register.rolls.actions.kept import Progress, read_kept, share
from bianfang.register.rolls.comparing import compare
from bianfang.register.rolls.enums import Verb
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.state import Hamlets, State, hamlets_of, load_state
from bianfang.register.rolls.workflow import RollState


@uncollected()
def merge_roll(*, actor: Actor, roll_id: UUID, progress: Progress | None = None) -> RollImport:
    """Read the workbook once more, compare with the register of this moment, and carry it out.

    Nobody is removed unless a person decided so; a person found elsewhere is moved, never doubled.
    What was not shown at the check, since the register has changed meanwhile, waits for the next.
    Nothing is locked while the workbook is read; it is forgotten afterwards.
    """
    roll = queries.get_import(actor=actor, roll_id=roll_id)
    policies.check_can_import_roll(actor)
    _check_may_be_merged(roll)
    hamlets = hamlets_of(roll.town_id)
    reading = read_kept(roll, hamlets, share(progress, 0, 40))
    return _merge(actor, roll_id, reading, hamlets, share(progress, 40, 99))


@transaction.atomic
def _merge(
    actor: Actor, roll_id: UUID, reading: RollReading, hamlets: Hamlets, tell: Progress
) -> RollImport:
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    _check_may_be_merged(roll)
    state = _state_of(actor, roll, reading, hamlets)
    comparison = compare(reading, state)
    tell(10)
    work = Merge(actor=actor, roll=roll, state=state, decisions=decisions_of(roll))
    work.carry_out(comparison, share(tell, 10, 100))
    roll.state, roll.merged_at, roll.failure = RollState.MERGED, clock.now(), ""
    roll.merged_by_id = actor.staff_id
    roll.counts = {**roll.counts, **{f"did_{name}": n for name, n in work.did.items() if n}}
    roll.save(update_fields=["state", "merged_at", "merged_by", "failure", "counts"])
    journal.record(actor=actor, verb=Verb.ROLL_MERGED, target=roll, facts=dict(work.did))
    transaction.on_commit(lambda: storage.remove(roll.file_key))
    return roll


def _check_may_be_merged(roll: RollImport) -> None:
    if roll.state not in {RollState.CHECKED, RollState.MERGING}:
        raise MoveError(_("This import cannot be merged now; check it again first."))


def _state_of(actor: Actor, roll: RollImport, reading: RollReading, hamlets: Hamlets) -> State:
    """The register now. A first roll founds its tree; a tree that changed meanwhile is not met."""
    state = load_state(roll.town_id, as_of=roll.as_of)
    if state.hamlets.keys() != hamlets.keys():
        raise MoveError(_("The areas of the town changed just now; check the roll again."))
    if state.hamlets:
        return state
    areas.create_tree(actor=actor, tree=reading.areas.paths)
    return replace(state, hamlets=hamlets_of(roll.town_id))


@transaction.atomic
def give_back(*, actor: Actor, roll_id: UUID, reason: str) -> RollImport:
    """A merge that was refused waits for a person again, with the reason."""
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    if roll.state == RollState.MERGING:
        roll.state, roll.failure = RollState.CHECKED, reason
        roll.save(update_fields=["state", "failure"])
        journal.record(actor=actor, verb=Verb.ROLL_MERGE_REFUSED, target=roll)
    return roll
