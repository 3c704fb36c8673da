"""Handing over all that a person answers for, as when somebody changes posts."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions.terms import day_before, overlap
from bianfang.outreach.assignments.enums import Verb
from bianfang.outreach.assignments.models import GroupMember, Responsibility
from bianfang.outreach.assignments.queries import chain, one
from bianfang.register.people import queries as people

Row = Responsibility | GroupMember


@transaction.atomic
def hand_over(
    *, actor: Actor, from_staff_id: UUID, to_staff_id: UUID, on: date
) -> list[Responsibility]:
    """Let another person have, from that day on, every duty, group seat and standing-in.

    What the successor has already is not given twice. Returns what the successor answers for now.
    """
    policies.check_can_manage_groups(actor)
    if from_staff_id == to_staff_id:
        raise FieldError("to_staff", _("Choose somebody else."))
    if not people.list_staff(actor=actor, active=True).filter(id=to_staff_id).exists():
        raise FieldError("to_staff", _("Choose somebody who works in the town."))
    duties = one.duties_for_update(actor=actor, staff_ids=[from_staff_id, to_staff_id], day=on)
    for row in duties:
        policies.check_can_assign(actor, row.area_path)
    seats = one.seats_for_update(actor=actor, staff_ids=[from_staff_id, to_staff_id], day=on)
    count = _pass_on(duties, from_staff_id, to_staff_id, on)
    count += _pass_on(seats, from_staff_id, to_staff_id, on)
    count += _pass_on_substitution(actor, from_staff_id, to_staff_id, on)
    if not count:
        raise FieldError("from_staff", _("This person answers for nothing on that day."))
    staff = people.get_staff(actor=actor, staff_id=from_staff_id)
    facts = {"to": f"{to_staff_id}", "on": f"{on}", "count": count}
    journal.record(actor=actor, verb=Verb.HANDED_OVER, target=staff, facts=facts)
    return list(chain.list_for_staff(actor=actor, staff_id=to_staff_id, day=on))


def _pass_on(rows: Iterable[Row], giver: UUID, taker: UUID, on: date) -> int:
    """End each row of the giver the day before and begin one of the taker; those not begun move."""
    given = [row for row in rows if row.staff_id == giver]
    had = [row for row in rows if row.staff_id == taker]
    for row in given:
        taken_already = any(_is_same(row, other) and overlap(row, other) for other in had)
        if row.valid_from < on:
            if not taken_already:
                _successor(row, taker, on).save(force_insert=True)
            row.valid_to = day_before(on)
            row.save(update_fields=["valid_to"])
        elif taken_already:
            row.delete()
        else:
            row.staff_id = taker
            row.save(update_fields=["staff"])
    return len(given)


def _is_same(one: Row, other: Row) -> bool:
    if isinstance(one, GroupMember) or isinstance(other, GroupMember):
        return bool(one.group_id == other.group_id)
    return (one.area_id, one.duty) == (other.area_id, other.duty)


def _successor(row: Row, taker: UUID, on: date) -> Row:
    if isinstance(row, GroupMember):
        return GroupMember(
            town_id=row.town_id,
            group_id=row.group_id,
            staff_id=taker,
            is_head=row.is_head,
            valid_from=on,
            valid_to=row.valid_to,
        )
    return Responsibility(
        town_id=row.town_id,
        area_id=row.area_id,
        area_path=row.area_path,
        duty=row.duty,
        staff_id=taker,
        valid_from=on,
        valid_to=row.valid_to,
    )


def _pass_on_substitution(actor: Actor, giver: UUID, taker: UUID, on: date) -> int:
    """The taker stands in instead; nobody stands in for himself."""
    rows = Responsibility.objects.in_town(actor.town_id).filter(
        substitute=giver, substitute_to__gte=on
    )
    own = rows.filter(staff=taker).update(substitute=None, substitute_from=None, substitute_to=None)
    return own + rows.update(substitute=taker)
