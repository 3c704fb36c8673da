"""Reading a workbook and writing down what is odd and what differs."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.kernel.journal import actions as journal
from bianfang.register.rolls import queries
from bianfang.register.rolls.comparing import (
    Comparison,
    DiffKey,
    HouseholdPlan,
    PersonPlan,
    compare,
)
from bianfang.register.rolls.enums import LEFT_TO_PEOPLE, DiffDecision, DiffKind
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem
from bianfang.register.rolls.reading.errors import UnreadableWorkbookError
from bianfang.register.rolls.reading.notices import list_notices
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.state import State, load_state
from bianfang.register.rolls.workflow import RollState

Progress = Callable[[int], None]
NEW_ONES_LISTED = 500


def check_roll(*, actor: Actor, roll_id: UUID, progress: Progress | None = None) -> RollImport:
    """Read, compare, and store problems and differences. What cannot be read fails with why."""
    roll = queries.get_import(actor=actor, roll_id=roll_id)
    state = load_state(roll.town_id)
    try:
        reading = read_stored(roll, state, progress)
    except UnreadableWorkbookError as error:
        return _fail(actor, roll, error)
    return _store(actor, roll, reading, compare(reading, state), state)


def is_merged(*, actor: Actor, roll_id: UUID) -> bool:
    """Whether a merge has been carried out: a job that runs again has nothing to do."""
    return queries.get_import(actor=actor, roll_id=roll_id).state == RollState.MERGED


def read_stored(roll: RollImport, state: State, progress: Progress | None = None) -> RollReading:
    """Read the kept workbook against the tree, or let it found the tree of an empty register."""
    content = storage.read(roll.file_key)
    if storage.digest_of(content) != roll.file_hash:
        raise storage.StorageError("The kept file is not the one that was sent; send it again.")
    return read_roll(
        content,
        areas=state.index if state.hamlets else "from_file",
        as_of=roll.as_of,
        allow_invented_phones=True,
        progress=progress,
    )


@transaction.atomic
def _fail(actor: Actor, roll: RollImport, error: DomainError) -> RollImport:
    roll.state, roll.failure = RollState.FAILED, str(error)
    roll.save(update_fields=["state", "failure"])
    journal.record(actor=actor, verb="roll_failed", target=roll)
    return roll


@transaction.atomic
def _store(
    actor: Actor, roll: RollImport, reading: RollReading, comparison: Comparison, state: State
) -> RollImport:
    decided = _decisions(roll)
    for model in (RollProblem, RollDiff):
        model.objects.in_town(roll.town_id).filter(roll=roll).delete()
    RollProblem.objects.bulk_create(_problems(roll, reading), batch_size=2000)
    diffs = list(_diffs(roll, comparison, state))
    for order, diff in enumerate(diffs):
        diff.order = order
        diff.decision = decided.get(key_of(diff), diff.decision)
    RollDiff.objects.bulk_create(diffs, batch_size=2000)
    roll.understood = understood(reading)
    roll.counts = {**comparison.counts(), **_totals(reading)}
    roll.covers = comparison.covers
    roll.state = RollState.CHECKED if reading.is_usable else RollState.FAILED
    roll.checked_at = clock.now()
    roll.save(update_fields=["understood", "counts", "covers", "state", "checked_at"])
    journal.record(actor=actor, verb="roll_checked", target=roll, facts=roll.counts)
    return roll


def _decisions(roll: RollImport) -> dict[DiffKey, str]:
    """What people decided at an earlier check holds for the same difference."""
    rows = RollDiff.objects.in_town(roll.town_id).filter(roll=roll).order_by("order", "id")
    return {key_of(diff): diff.decision for diff in rows}


def key_of(diff: RollDiff) -> DiffKey:
    """The difference, found again whenever the roll is compared."""
    person = str(diff.resident_id or "")
    return DiffKey(diff.kind, diff.household_number, person, diff.name)


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


def understood(reading: RollReading) -> dict[str, Any]:
    """Sheets and columns as they were understood, to be shown to the office."""
    return {
        "sheets": [
            {
                "name": sheet.name,
                "state": sheet.state.value,
                "outcome": sheet.outcome.value,
                "header_rows": list(sheet.header_rows or ()),
                "people": sheet.person_rows,
                "columns": [
                    {
                        "letters": column.letters,
                        "header": column.header,
                        "meaning": column.column.value if column.column else "",
                        "use": column.use.value,
                    }
                    for column in sheet.columns
                ],
                "notices": [
                    {
                        "kind": notice.kind.value,
                        "severity": notice.severity.value,
                        "values": dict(notice.values),
                    }
                    for notice in list_notices(sheet)
                ],
            }
            for sheet in reading.sheets
        ],
        "skipped": len(reading.skipped),
    }


def _totals(reading: RollReading) -> dict[str, int]:
    totals = reading.totals()
    return {
        "rows": totals.person_rows,
        "rows_refused": totals.error_rows,
        "rows_with_warning": totals.rows_with_warning,
        "rows_with_fix": totals.rows_with_fix,
        "households": totals.households_importable,
        "people": totals.importable_rows,
        **{f"status_{status}": n for status, n in totals.households_by_status.items()},
    }


def _diffs(roll: RollImport, comparison: Comparison, state: State) -> Iterator[RollDiff]:
    """Every difference; a new household stands for its people, and thousands are only counted."""
    new_ones = sum(home.known is None for home in comparison.households)
    for home in comparison.households:
        if home.known is None and new_ones <= NEW_ONES_LISTED:
            yield _household_diff(roll, home, DiffKind.HOUSEHOLD_NEW)
        elif home.known is not None and home.changes:
            yield _household_diff(roll, home, DiffKind.HOUSEHOLD_CHANGED)
        for person in home.people:
            if person.kind and (home.known is not None or person.known or person.namesake):
                yield _person_diff(roll, home, person)
    for known in comparison.gone_residents:
        home_known = state.households[known.household_id]
        yield RollDiff(
            town_id=roll.town_id,
            roll=roll,
            kind=DiffKind.RESIDENT_GONE,
            household_id=known.household_id,
            resident_id=known.id,
            household_number=home_known.number,
            area_path=home_known.area_path,
            name=known.name,
            decision=DiffDecision.SKIP,
        )
    for household in comparison.gone_households:
        yield RollDiff(
            town_id=roll.town_id,
            roll=roll,
            kind=DiffKind.HOUSEHOLD_GONE,
            household_id=household.id,
            household_number=household.number,
            area_path=household.area_path,
            name=household.head_name,
            decision=DiffDecision.SKIP,
        )


def _household_diff(roll: RollImport, home: HouseholdPlan, kind: DiffKind) -> RollDiff:
    return RollDiff(
        town_id=roll.town_id,
        roll=roll,
        kind=kind,
        household_id=home.known.id if home.known else None,
        household_number=home.number,
        area_path=home.known.area_path if home.known else "",
        name=home.roll.head_name or (home.people[0].row.name if home.people else ""),
        changes=home.changes,
    )


def _person_diff(roll: RollImport, home: HouseholdPlan, person: PersonPlan) -> RollDiff:
    changes = dict(person.changes)
    if person.ends:
        changes["ends"] = ("", person.ends.value)
    assert person.kind is not None
    return RollDiff(
        town_id=roll.town_id,
        roll=roll,
        kind=person.kind,
        household_id=home.known.id if home.known else None,
        resident_id=person.known.id if person.known else person.namesake,
        household_number=home.number,
        area_path=home.known.area_path if home.known else "",
        name=person.row.name,
        changes=changes,
        decision=DiffDecision.SKIP if person.kind in LEFT_TO_PEOPLE else DiffDecision.APPLY,
    )
