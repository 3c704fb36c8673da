"""Scoped reads of units, staff and posts, and the making of an actor."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange, merged
from bianfang.register.areas import queries as areas
from bianfang.register.people.enums import ROLE_PERMISSIONS, UNIT_ROLES, Permission, Role, UnitKind
from bianfang.register.people.models import Post, Staff, Unit

RANK = list(Role)
"""The order in which the first of a person's roles is shown."""

_BY_KIND = Case(*(When(kind=kind, then=place) for place, kind in enumerate(UnitKind)))


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


def system_actor(*, town_id: UUID, name: str) -> Actor:
    """A named job of the system with every right over the whole town."""
    reach = (areas.get_town_area(town_id).reach,)
    return Actor(town_id=town_id, name=name, grants={right.value: reach for right in Permission})


def get_staff(*, actor: Actor, staff_id: UUID) -> Staff:
    """Somebody who serves in the actor's town, or NotFoundError."""
    staff = Staff.objects.in_town(actor.town_id).filter(id=staff_id).first()
    if staff is None:
        raise NotFoundError(_("There is no such person on the staff of your town."))
    return staff


def find_staff(*, town_id: UUID, username: str) -> Staff | None:
    """The account of a sign-in name in a town."""
    return Staff.objects.in_town(town_id).filter(username=username).first()


def find_staff_by_id(*, town_id: UUID, staff_id: UUID | None) -> Staff | None:
    """Somebody of a town by id, for jobs that were asked for by a person."""
    return Staff.objects.in_town(town_id).filter(id=staff_id).first() if staff_id else None


def list_staff(*, actor: Actor, text: str = "", active: bool | None = None) -> "QuerySet[Staff]":
    """The staff of the actor's town by sign-in name, perhaps only those whose name holds `text`."""
    rows = Staff.objects.in_town(actor.town_id)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(username__startswith=text.lower()))
    if active is not None:
        rows = rows.filter(is_active=active)
    return rows.order_by("username", "id")


def get_unit(*, actor: Actor, unit_id: UUID) -> Unit:
    """A unit of the actor's town, or NotFoundError."""
    unit = Unit.objects.visible_to(actor).filter(id=unit_id).first()
    if unit is None:
        raise NotFoundError(_("There is no such unit in your town."))
    return unit


def list_units(*, actor: Actor, kind: UnitKind | None = None) -> "QuerySet[Unit]":
    """Units that have not been closed: by kind, the leadership first, and by name."""
    rows = Unit.objects.visible_to(actor).filter(closed_on__isnull=True)
    return (rows.filter(kind=kind) if kind else rows).order_by(_BY_KIND, "name", "id")


def get_post(*, actor: Actor, post_id: UUID) -> Post:
    """A post in the actor's town, or NotFoundError."""
    rows = Post.objects.visible_to(actor).select_related("staff", "unit", "area", "substitute")
    post = rows.filter(id=post_id).first()
    if post is None:
        raise NotFoundError(_("There is no such post in your town."))
    return post


def list_posts(*, town_id: UUID, staff_id: UUID) -> "QuerySet[Post]":
    """All posts of a person, the latest first."""
    rows = Post.objects.in_town(town_id).filter(staff=staff_id)
    rows = rows.select_related("unit", "area", "substitute")
    return rows.order_by("-valid_from", "-id")


def unit_served(*, town_id: UUID, staff_id: UUID, day: date) -> UUID | None:
    """The one unit for which a person heads or handles that day; None for no unit or several."""
    posts = Post.objects.in_town(town_id).current_on(day).filter(staff=staff_id)
    units = posts.filter(role__in=UNIT_ROLES).order_by("unit").values_list("unit", flat=True)
    found = list(units.distinct()[:2])
    return found[0] if len(found) == 1 else None


def list_rights(*, town_id: UUID, staff_id: UUID) -> list[Post]:
    """All posts whose rights a person has on some days, as holder or as substitute."""
    rows = Post.objects.in_town(town_id).filter(Q(staff=staff_id) | Q(substitute=staff_id))
    return list(rows.order_by("valid_from", "id"))


def current_posts(
    *, town_id: UUID, day: date, role: Role | None = None, unit_id: UUID | None = None
) -> "QuerySet[Post]":
    """The posts in their term on a day whose holders' accounts are open, with unit and area."""
    rows = Post.objects.in_town(town_id).current_on(day).filter(staff__is_active=True)
    if role is not None:
        rows = rows.filter(role=role)
    if unit_id is not None:
        rows = rows.filter(unit=unit_id)
    return rows.select_related("staff", "unit", "area", "substitute").order_by("role", "id")


def find_in_charge(*, town_id: UUID, unit_id: UUID, day: date) -> Staff | None:
    """Who answers for a unit on a day: its head, else whoever of its handlers came first."""
    posts = current_posts(town_id=town_id, day=day, unit_id=unit_id)
    for role in (Role.UNIT_HEAD, Role.UNIT_HANDLER):
        post = posts.filter(role=role).order_by("valid_from", "id").first()
        if post is not None:
            found: Staff = post.staff
            return found
    return None
