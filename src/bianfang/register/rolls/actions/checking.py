"""Reading a workbook and writing down what is odd and what differs."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.memory import uncollected
from bianfang.register.rolls import queries
from bianfang.register.rolls.actions.kept import Progress, read_kept, share
from bianfang.register.rolls.actions.outline import count, outline
from bianfang.register.rolls.comparing import compare
from bianfang.register.rolls.enums import DiffDecision, DiffKind, Verb
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem
from bianfang.register.rolls.plans import (
    Change,
    Comparison,
    DiffKey,
    HouseholdPlan,
    PersonPlan,
    key_from,
)
from bianfang.register.rolls.reading.errors import UnreadableWorkbookError
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.state import (
    KnownHousehold,
    KnownResident,
    State,
    hamlets_of,
    load_state,
)
from bianfang.register.rolls.workflow import RollState, can_move

NEW_ONES_LISTED = 500


@uncollected()
def check_roll(*, actor: Actor, roll_id: UUID, progress: Progress | None = None) -> RollImport:
    """Read, compare, and store problems and differences. What cannot be read fails with why."""
    roll = queries.get_import(actor=actor, roll_id=roll_id)
    try:
        reading = read_kept(roll, hamlets_of(roll.town_id), share(progress, 0, 70))
    except (UnreadableWorkbookError, storage.StorageError) as error:
        return _fail(actor, roll_id, error)
    state = load_state(roll.town_id, as_of=roll.as_of)
    comparison = compare(reading, state)
    share(progress, 0, 90)(100)
    return _store(actor, roll_id, reading, comparison, state)


def is_merged(*, actor: Actor, roll_id: UUID) -> bool:
    """Whether a merge has been carried out: a job that runs again has nothing to do."""
    return queries.get_import(actor=actor, roll_id=roll_id).state == RollState.MERGED


@transaction.atomic
def _fail(actor: Actor, roll_id: UUID, error: DomainError) -> RollImport:
    roll = _to_be_checked(actor, roll_id)
    roll.state, roll.failure, roll.checked_at = RollState.FAILED, str(error), clock.now()
    roll.save(update_fields=["state", "failure", "checked_at"])
    journal.record(actor=actor, verb=Verb.ROLL_FAILED, target=roll)
    return roll


def _to_be_checked(actor: Actor, roll_id: UUID) -> RollImport:
    """The import, locked; a check that comes too late changes nothing any more."""
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    if not can_move(RollState(roll.state), RollState.CHECKED):
        raise MoveError(_("This import has ended; there is nothing to check."))
    return roll


@transaction.atomic
def _store(
    actor: Actor, roll_id: UUID, reading: RollReading, comparison: Comparison, state: State
) -> RollImport:
    roll = _to_be_checked(actor, roll_id)
    decided = decisions_of(roll)
    for model in (RollProblem, RollDiff):
        model.objects.in_town(roll.town_id).filter(roll=roll).delete()
    RollProblem.objects.bulk_create(_problems(roll, reading), batch_size=2000)
    diffs = list(_diffs(roll, comparison, state))
    for order, diff in enumerate(diffs):
        diff.order = order
        if (before := decided.get(key_of(diff))) is not None:
            diff.decision = before.decision
    RollDiff.objects.bulk_create(diffs, batch_size=2000)
    roll.understood, roll.counts = outline(reading, comparison), count(reading, comparison)
    roll.covers, roll.failure = comparison.covers, ""
    roll.state = RollState.CHECKED if reading.is_usable else RollState.FAILED
    roll.checked_at = clock.now()
    fields = ["understood", "counts", "covers", "failure", "state", "checked_at"]
    roll.save(update_fields=fields)
    journal.record(actor=actor, verb=Verb.ROLL_CHECKED, target=roll, facts=roll.counts)
    return roll


class Decided(NamedTuple):
    """What was shown of a difference, and what a person said to it."""

    decision: str
    told: dict[str, Change]


def decisions_of(roll: RollImport) -> dict[DiffKey, Decided]:
    """The differences that were shown; what people decided holds for the same ones."""
    rows = RollDiff.objects.in_town(roll.town_id).filter(roll=roll).order_by("order", "id")
    return {key_of(diff): Decided(diff.decision, _told(diff)) for diff in rows}


def key_of(diff: RollDiff) -> DiffKey:
    """The difference, found again whenever the roll is compared."""
    return key_from(
        kind=diff.kind,
        number=diff.household_number,
        resident=diff.resident_id,
        name=diff.name,
        changes=_told(diff),
    )


def _told(diff: RollDiff) -> dict[str, Change]:
    return {name: (old, new) for name, (old, new) in diff.changes.items()}


def _problems(roll: RollImport, reading: RollReading) -> Iterator[RollProblem]:
    for order, problem in enumerate(reading.problems):
        safe = problem.masked()
        yield RollProblem(
            town_id=roll.town_id,
            roll=roll,
            order=order,
            sheet=safe.sheet[:60],
            row=safe.row,
            column=safe.header[:60],
            cell=safe.cell[:12],
            kind=safe.kind.value,
            severity=safe.severity.value,
            read=str(safe.read),
            value_after=(safe.value_after or "")[:200],
            hint=safe.hint,
        )


def _diffs(roll: RollImport, comparison: Comparison, state: State) -> Iterator[RollDiff]:
    """Every difference; a new household stands for its people, and thousands are only counted."""
    new_ones = sum(home.known is None for home in comparison.households)
    for home in comparison.households:
        if home.kind and (home.known is not None or new_ones <= NEW_ONES_LISTED):
            yield _household_diff(roll, home, home.kind, state)
        for person in home.people:
            if person.kind and (home.known is not None or person.resident):
                yield _person_diff(roll, home, person, state)
    for known in comparison.gone_residents:
        yield _gone_diff(roll, DiffKind.RESIDENT_GONE, state.households[known.household_id], known)
    for kind, households in (
        (DiffKind.HOUSEHOLD_GONE, comparison.gone_households),
        (DiffKind.HOUSEHOLD_EMPTY, comparison.empty_households),
    ):
        yield from (_gone_diff(roll, kind, household, None) for household in households)


def _household_diff(
    roll: RollImport, home: HouseholdPlan, kind: DiffKind, state: State
) -> RollDiff:
    return RollDiff(
        town_id=roll.town_id,
        roll=roll,
        kind=kind,
        household_id=home.known.id if home.known else None,
        household_number=home.number,
        area_path=_area_path(home, state),
        name=home.head_name,
        changes=home.told,
    )


def _person_diff(
    roll: RollImport, home: HouseholdPlan, person: PersonPlan, state: State
) -> RollDiff:
    kind = person.kind
    assert kind is not None
    return RollDiff(
        town_id=roll.town_id,
        roll=roll,
        kind=kind,
        household_id=home.known.id if home.known else None,
        resident_id=person.resident,
        household_number=home.number,
        area_path=_area_path(home, state),
        name=person.row.name,
        changes=person.told,
        decision=person.proposal,
    )


def _gone_diff(
    roll: RollImport, kind: DiffKind, household: KnownHousehold, person: KnownResident | None
) -> RollDiff:
    return RollDiff(
        town_id=roll.town_id,
        roll=roll,
        kind=kind,
        household_id=household.id,
        resident_id=person.id if person else None,
        household_number=household.number,
        area_path=household.area_path,
        name=person.name if person else household.head_name,
        decision=DiffDecision.SKIP,
    )


def _area_path(home: HouseholdPlan, state: State) -> str:
    """Where it stands; while the roll itself founds the tree, nowhere yet."""
    if home.known is not None:
        return home.known.area_path
    area = state.hamlets.get(home.roll.path) if home.roll.path else None
    return area.path if area else ""
