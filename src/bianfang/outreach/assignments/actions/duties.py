"""Giving and ending responsibilities, standing in, handing over."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldError, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions.book import AssignmentInput, Book
from bianfang.outreach.assignments.actions.terms import check_order
from bianfang.outreach.assignments.enums import Duty, Verb
from bianfang.outreach.assignments.errors import AssignmentsRefusedError
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.assignments.queries import one
from bianfang.register.people import queries as people


@transaction.atomic
def assign(
    *,
    actor: Actor,
    area_id: UUID,
    duty: Duty,
    valid_from: date,
    valid_to: date | None = None,
    staff_id: UUID | None = None,
    group_id: UUID | None = None,
) -> Responsibility:
    """Let a person or group answer for an area; a previous leader group ends the day before."""
    line = AssignmentInput(
        area_id=area_id,
        duty=duty,
        valid_from=valid_from,
        valid_to=valid_to,
        staff_id=staff_id,
        group_id=group_id,
    )
    book = Book.open(actor=actor, given=[line])
    row = book.give(line)
    _write(book)
    return row


@transaction.atomic
def assign_many(*, actor: Actor, assignments: Sequence[AssignmentInput]) -> list[Responsibility]:
    """Take over a whole list or nothing of it; each refused line is named with its reason."""
    book = Book.open(actor=actor, given=assignments)
    refused = {}
    for place, line in enumerate(assignments):
        try:
            book.give(line)
        except DomainError as error:
            refused[place] = str(error)
    if refused:
        raise AssignmentsRefusedError(refused)
    _write(book)
    return book.added


@transaction.atomic
def end_assignment(*, actor: Actor, responsibility_id: UUID, on: date) -> Responsibility:
    """Let that day be the last; what has ended before cannot be lengthened by it."""
    row = one.get_responsibility_for_update(actor=actor, responsibility_id=responsibility_id)
    policies.check_can_assign(actor, row.area_path)
    if row.valid_to is not None and row.valid_to < on:
        raise MoveError(_("It ended on %(day)s already.") % {"day": row.valid_to})
    check_order(row.valid_from, on, field="on")
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    journal.record(actor=actor, verb=Verb.ENDED, target=row, facts={**_facts(row), "on": f"{on}"})
    return row


@transaction.atomic
def set_substitute(
    *, actor: Actor, responsibility_id: UUID, substitute_id: UUID, from_: date, to: date
) -> Responsibility:
    """Name who stands in during those days, one person at a time; a new name replaces the old."""
    row = one.get_responsibility_for_update(actor=actor, responsibility_id=responsibility_id)
    policies.check_can_assign(actor, row.area_path)
    check_order(from_, to, field="to")
    if row.staff_id == substitute_id:
        raise FieldError("substitute", _("Nobody stands in for himself or herself."))
    if not people.list_staff(actor=actor, active=True).filter(id=substitute_id).exists():
        raise FieldError("substitute", _("Choose somebody who works in the town."))
    if from_ < row.valid_from or (row.valid_to is not None and row.valid_to < to):
        raise FieldError("from_", _("The days lie outside the term of the responsibility."))
    row.substitute_id, row.substitute_from, row.substitute_to = substitute_id, from_, to
    row.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    facts = {"substitute": f"{substitute_id}", "from": f"{from_}", "to": f"{to}"}
    journal.record(
        actor=actor, verb=Verb.SUBSTITUTE_SET, target=row, facts={**_facts(row), **facts}
    )
    return row


@transaction.atomic
def clear_substitute(*, actor: Actor, responsibility_id: UUID) -> Responsibility:
    """Nobody stands in any more."""
    row = one.get_responsibility_for_update(actor=actor, responsibility_id=responsibility_id)
    policies.check_can_assign(actor, row.area_path)
    row.substitute_id = row.substitute_from = row.substitute_to = None
    row.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    journal.record(actor=actor, verb=Verb.SUBSTITUTE_CLEARED, target=row, facts=_facts(row))
    return row


def _write(book: Book) -> None:
    """Old terms end before new ones begin: the database holds one leader group per area."""
    new = {row.id for row in book.added}
    ended = [row for row in book.ended if row.id not in new]
    Responsibility.objects.bulk_update(ended, ["valid_to"])
    Responsibility.objects.bulk_create(book.added)
    told = [(row, {**_facts(row), "on": f"{row.valid_to}"}) for row in ended]
    journal.record_many(actor=book.actor, verb=Verb.ENDED, targets=told)
    told = [(row, {**_facts(row), "from": f"{row.valid_from}"}) for row in book.added]
    journal.record_many(actor=book.actor, verb=Verb.ASSIGNED, targets=told)


def _facts(row: Responsibility) -> dict[str, str]:
    holder = {"group": f"{row.group_id}"} if row.group_id else {"staff": f"{row.staff_id}"}
    return {"duty": row.duty, **holder}
