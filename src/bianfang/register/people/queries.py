"""Scoped reads of units, staff and posts, and the making of an actor."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange, merged
from bianfang.register.people.enums import ROLE_PERMISSIONS, UNIT_ROLES, Role
from bianfang.register.people.models import Post, Staff

RANK = list(Role)
"""The order in which the first of a person's roles is shown."""


def list_effective_posts(*, town_id: UUID, staff_id: UUID, day: date) -> list[Post]:
    """The posts whose rights a person has that day: own ones in term, and those stood in for."""
    standing_in = Q(substitute=staff_id, substitute_from__lte=day, substitute_to__gte=day)
    posts = Post.objects.in_town(town_id).current_on(day)
    return list(posts.filter(Q(staff=staff_id) | standing_in).annotate(reach_path=F("area__path")))


def load_actor(staff: Staff, *, day: date | None = None) -> Actor:
    """What this person may do today, from posts alone. A person without a post may do nothing."""
    posts = list_effective_posts(town_id=staff.town_id, staff_id=staff.id, day=day or clock.today())
    grants: dict[str, list[PathRange]] = defaultdict(list)
    for post in posts:
        for permission in ROLE_PERMISSIONS[Role(post.role)]:
            reach = grants[permission.value]
            if Role(post.role) not in UNIT_ROLES and post.reach_path:  # type: ignore[attr-defined]  # annotated above
                reach.append(PathRange.under(post.reach_path))  # type: ignore[attr-defined]  # annotated above
    unit_grants: dict[UUID, frozenset[str]] = {}
    for post in posts:
        if Role(post.role) in UNIT_ROLES and post.unit_id:
            held = frozenset(right.value for right in ROLE_PERMISSIONS[Role(post.role)])
            unit_grants[post.unit_id] = unit_grants.get(post.unit_id, frozenset()) | held
    roles = sorted({Role(post.role) for post in posts}, key=RANK.index)
    return Actor(
        town_id=staff.town_id,
        staff_id=staff.id,
        name=staff.name,
        role=roles[0].value if roles else "",
        roles=frozenset(role.value for role in roles),
        unit_ids=frozenset(unit_grants),
        grants={name: tuple(merged(reach)) for name, reach in grants.items()},
        unit_grants=unit_grants,
    )
