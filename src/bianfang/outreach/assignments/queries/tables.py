"""The tables of the assignments page: groups, and villages with all who answer for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import LeaderGroup
from bianfang.outreach.assignments.queries.chain import (
    ChainLink,
    Holder,
    in_force,
    list_links,
    members_by_group,
)
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRow:
    """A leader group on a day: its members, the head first, and the areas it answers for."""

    group: LeaderGroup
    members: tuple[Holder, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageRow:
    """A village on a day, and who answers for it by duty, held there or above."""

    village: Area
    community: Area
    links: Mapping[Duty, tuple[ChainLink, ...]]


def list_groups(*, actor: Actor, day: date) -> list[GroupRow]:
    """The leader groups that have not ended by that day, in the order of their founding."""
    groups = LeaderGroup.objects.in_town(actor.town_id).order_by("id")
    seats = members_by_group(town_id=actor.town_id, day=day)
    places: dict[UUID | None, list[Area]] = defaultdict(list)
    for row in in_force(actor.town_id, day).filter(duty=Duty.LEADER_GROUP).order_by("area_path"):
        places[row.group_id].append(row.area)
    return [
        GroupRow(group=group, members=seats.get(group.id, ()), areas=tuple(places[group.id]))
        for group in groups.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))
    ]


def list_villages(*, actor: Actor, area_map: Mapping[str, Area], day: date) -> list[VillageRow]:
    """Every open village with those who answer for it: the table of the assignments page."""
    held: dict[str, list[ChainLink]] = defaultdict(list)
    for link in list_links(town_id=actor.town_id, day=day):
        held[link.area.path].append(link)
    villages = [
        area
        for path, area in sorted(area_map.items())
        if area.kind == AreaKind.VILLAGE and not (area.valid_to and area.valid_to <= day)
    ]
    return [_village_row(village, area_map, held) for village in villages]


def _village_row(
    village: Area, area_map: Mapping[str, Area], held: Mapping[str, Sequence[ChainLink]]
) -> VillageRow:
    above = parents(village.path)
    links: dict[Duty, tuple[ChainLink, ...]] = {
        duty: tuple(
            link
            for path in (*above, village.path)
            for link in held.get(path, ())
            if link.duty == duty
        )
        for duty in Duty
    }
    return VillageRow(village=village, community=area_map[above[-1]], links=links)
