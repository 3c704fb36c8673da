"""Leader groups: forming them, who sits in them, ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions.terms import day_before
from bianfang.outreach.assignments.enums import Verb
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup, Responsibility
from bianfang.outreach.assignments.queries import one
from bianfang.register.people import queries as people

NAME_LIMIT = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberInput:
    """Who sits in a group, and whether at its head."""

    staff_id: UUID
    is_head: bool = False


@transaction.atomic
def create_group(*, actor: Actor, name: str) -> LeaderGroup:
    """Form a group, as yet without members; its name is its own in the town."""
    policies.check_can_manage_groups(actor)
    name = _checked_name(actor, name)
    group = LeaderGroup.objects.create(town_id=actor.town_id, name=name)
    journal.record(actor=actor, verb=Verb.GROUP_CREATED, target=group, facts={"name": name})
    return group


@transaction.atomic
def set_members(
    *, actor: Actor, group_id: UUID, members: Sequence[MemberInput], valid_from: date
) -> list[GroupMember]:
    """Let the group consist of these from that day on; who sat in it before stays in history."""
    group = one.get_group_for_update(actor=actor, group_id=group_id)
    policies.check_can_manage_groups(actor)
    _check_going_on(group)
    _check_members(actor, members)
    wanted = {member.staff_id: member.is_head for member in members}
    sitting = GroupMember.objects.in_town(actor.town_id).filter(group=group).not_over(valid_from)
    kept: set[UUID] = set()
    for row in sitting.order_by("id"):
        if wanted.get(row.staff_id) == row.is_head and row.valid_from <= valid_from:
            kept.add(row.staff_id)
            _leave_open(row)
        else:
            _leave(row, valid_from)
    GroupMember.objects.bulk_create(
        GroupMember(
            town_id=actor.town_id,
            group=group,
            staff_id=staff_id,
            is_head=is_head,
            valid_from=valid_from,
        )
        for staff_id, is_head in wanted.items()
        if staff_id not in kept
    )
    facts = {"staff": [str(staff_id) for staff_id in wanted], "from": f"{valid_from}"}
    journal.record(actor=actor, verb=Verb.GROUP_MEMBERS_SET, target=group, facts=facts)
    return list(one.list_members(group=group, day=valid_from))


@transaction.atomic
def end_group(*, actor: Actor, group_id: UUID, on: date) -> LeaderGroup:
    """Dissolve the group: that day is the last of its members and of all it answers for."""
    group = one.get_group_for_update(actor=actor, group_id=group_id)
    policies.check_can_manage_groups(actor)
    _check_going_on(group)
    for model in (GroupMember, Responsibility):
        rows = model.objects.in_town(actor.town_id).filter(group=group).not_over(on)
        rows.filter(valid_from__gt=on).delete()
        rows.filter(valid_from__lte=on).update(valid_to=on)
    group.ended_on = on
    group.save(update_fields=["ended_on"])
    journal.record(actor=actor, verb=Verb.GROUP_ENDED, target=group, facts={"on": f"{on}"})
    return group


def _checked_name(actor: Actor, name: str) -> str:
    name = name.strip()
    if not name:
        raise FieldError("name", _("Give the group a name."))
    if len(name) > NAME_LIMIT:
        raise FieldError("name", _("At most %(limit)d characters.") % {"limit": NAME_LIMIT})
    if LeaderGroup.objects.in_town(actor.town_id).filter(name=name).exists():
        raise FieldError("name", _("There is a group of this name already."))
    return name


def _check_going_on(group: LeaderGroup) -> None:
    if group.ended_on:
        facts = {"group": group.name, "day": group.ended_on}
        raise MoveError(_("%(group)s ended on %(day)s; form a new group.") % facts)


def _check_members(actor: Actor, members: Sequence[MemberInput]) -> None:
    ids = [member.staff_id for member in members]
    if not ids:
        raise FieldError("members", _("A group has at least one member; or end the group."))
    if len(set(ids)) < len(ids):
        raise FieldError("members", _("Somebody is named twice."))
    if sum(member.is_head for member in members) > 1:
        raise FieldError("members", _("Only one member heads the group."))
    if people.list_staff(actor=actor, active=True).filter(id__in=ids).count() < len(ids):
        raise FieldError("members", _("Somebody named here no longer works in the town."))


def _leave_open(row: GroupMember) -> None:
    if row.valid_to is not None:
        row.valid_to = None
        row.save(update_fields=["valid_to"])


def _leave(row: GroupMember, day: date) -> None:
    """End the membership the day before; one that had not begun by then never was."""
    if row.valid_from >= day:
        row.delete()
        return
    row.valid_to = day_before(day)
    row.save(update_fields=["valid_to"])
