"""Who answers: for a place, on a day; and what a person answers for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import GroupMember, Responsibility
from bianfang.register.areas.models import Area

DUTY_ORDER = {duty: place for place, duty in enumerate(Duty)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Somebody who answers, and whether at the head of a group."""

    staff_id: UUID
    name: str
    is_head: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLink:
    """One step from the town down to a hamlet: a duty, where it is held, and who holds it."""

    duty: Duty
    area: Area
    holders: tuple[Holder, ...]
    group_name: str = ""
    substitute: Holder | None = None


def who_answers(*, town_id: UUID, area_path: str, day: date) -> list[ChainLink]:
    """The chain of a place on a day, from the town downwards."""
    rows = in_force(town_id, day).filter(area_path__in=[*parents(area_path), area_path])
    links = _links(rows, members_by_group(town_id=town_id, day=day), day)
    return sorted(links, key=lambda link: (len(link.area.path), DUTY_ORDER[link.duty]))


def list_links(*, town_id: UUID, day: date) -> list[ChainLink]:
    """Everything that is answered for on a day and by whom, the whole town's."""
    return _links(in_force(town_id, day), members_by_group(town_id=town_id, day=day), day)


def list_people_of(*, town_id: UUID, area_path: str, day: date) -> list[Holder]:
    """Whoever answers for a place, nearest first: the usual visitors of its households."""
    named: dict[UUID, Holder] = {}
    for link in reversed(who_answers(town_id=town_id, area_path=area_path, day=day)):
        for holder in (*link.holders, *filter(None, [link.substitute])):
            named.setdefault(holder.staff_id, holder)
    return list(named.values())


def list_for_staff(*, actor: Actor, staff_id: UUID, day: date) -> "QuerySet[Responsibility]":
    """What a person answers for on a day: alone, in a group, or standing in; by place."""
    seats = GroupMember.objects.in_town(actor.town_id).current_on(day).filter(staff=staff_id)
    standing_in = Q(substitute=staff_id, substitute_from__lte=day, substitute_to__gte=day)
    held = Q(staff=staff_id) | Q(group__in=seats.values("group_id")) | standing_in
    return in_force(actor.town_id, day).filter(held).order_by("area_path", "duty", "id")


def list_for_area(*, actor: Actor, area_id: UUID) -> "QuerySet[Responsibility]":
    """Who answered for one area and when, the newest first: its whole history."""
    rows = Responsibility.objects.visible_to(actor).filter(area=area_id)
    return rows.select_related("area", "staff", "group", "substitute").order_by(
        "-valid_from", "duty", "id"
    )


def members_by_group(*, town_id: UUID, day: date) -> dict[UUID, tuple[Holder, ...]]:
    """Members of all groups on a day, heads first; who left the service is left out."""
    seats = GroupMember.objects.in_town(town_id).current_on(day).filter(staff__is_active=True)
    found: dict[UUID, list[Holder]] = defaultdict(list)
    for seat in seats.select_related("staff").order_by("-is_head", "staff__name", "id"):
        holder = Holder(staff_id=seat.staff_id, name=seat.staff.name, is_head=seat.is_head)
        found[seat.group_id].append(holder)
    return {group_id: tuple(holders) for group_id, holders in found.items()}


def in_force(town_id: UUID, day: date) -> "QuerySet[Responsibility]":
    """What is answered for on a day, with the names a page shows."""
    rows = Responsibility.objects.in_town(town_id).current_on(day)
    return rows.select_related("area", "staff", "group", "substitute")


def _links(
    rows: Iterable[Responsibility], seats: Mapping[UUID, tuple[Holder, ...]], day: date
) -> list[ChainLink]:
    return [
        ChainLink(
            duty=Duty(row.duty),
            area=row.area,
            holders=_holders(row, seats),
            group_name=row.group.name if row.group else "",
            substitute=_substitute(row, day),
        )
        for row in rows
    ]


def _holders(row: Responsibility, seats: Mapping[UUID, tuple[Holder, ...]]) -> tuple[Holder, ...]:
    """Who answers in person; nobody, once the account is closed or the group has no member."""
    if row.group_id:
        return seats.get(row.group_id, ())
    return (Holder(staff_id=row.staff.id, name=row.staff.name),) if row.staff.is_active else ()


def _substitute(row: Responsibility, day: date) -> Holder | None:
    first, last = row.substitute_from, row.substitute_to
    if first is None or last is None or not first <= day <= last:
        return None
    stand_in = row.substitute
    return Holder(staff_id=stand_in.id, name=stand_in.name) if stand_in.is_active else None
