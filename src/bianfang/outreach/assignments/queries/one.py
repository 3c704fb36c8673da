"""One group or responsibility by its id; and rows locked for a change."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup, Responsibility


def get_group(*, actor: Actor, group_id: UUID) -> LeaderGroup:
    """A leader group of the town."""
    return _group(LeaderGroup.objects.in_town(actor.town_id), group_id)


def get_group_for_update(*, actor: Actor, group_id: UUID) -> LeaderGroup:
    """A leader group of the town, locked."""
    rows = LeaderGroup.objects.in_town(actor.town_id)
    return _group(rows.select_for_update(of=("self",), no_key=True), group_id)


def groups_for_update(*, actor: Actor) -> list[LeaderGroup]:
    """All leader groups of the town, locked in one order."""
    rows = LeaderGroup.objects.in_town(actor.town_id).order_by("id")
    return list(rows.select_for_update(of=("self",), no_key=True))


def list_members(*, group: LeaderGroup, day: date) -> "QuerySet[GroupMember]":
    """Who sits in a group on a day, the head first."""
    rows = GroupMember.objects.in_town(group.town_id).filter(group=group).current_on(day)
    return rows.select_related("staff").order_by("-is_head", "staff__name", "id")


def get_responsibility_for_update(*, actor: Actor, responsibility_id: UUID) -> Responsibility:
    """A responsibility of the town, locked."""
    rows = Responsibility.objects.visible_to(actor).filter(id=responsibility_id)
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFoundError(_("There is no such responsibility in your town."))
    assert isinstance(found, Responsibility)
    return found


def duties_for_update(
    *, actor: Actor, staff_ids: Sequence[UUID], day: date
) -> list[Responsibility]:
    """All duties of these people that are not over by that day, locked in one order."""
    rows = Responsibility.objects.visible_to(actor).filter(staff__in=staff_ids).not_over(day)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))


def seats_for_update(*, actor: Actor, staff_ids: Sequence[UUID], day: date) -> list[GroupMember]:
    """All group seats of these people that are not over by that day, locked in one order."""
    rows = GroupMember.objects.in_town(actor.town_id).filter(staff__in=staff_ids).not_over(day)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))


def _group(rows: "QuerySet[LeaderGroup]", group_id: UUID) -> LeaderGroup:
    found = rows.filter(id=group_id).first()
    if found is None:
        raise NotFoundError(_("There is no such leader group in your town."))
    return found
