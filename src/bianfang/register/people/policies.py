"""Who may manage accounts and posts, and which posts do not go together."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError
from bianfang.register.people.enums import INCOMPATIBLE_ROLES, UNIT_ROLES, Permission, Role
from bianfang.register.people.models import Post

LONGEST_TERM = timedelta(days=366 * 10)


def can_manage_staff(actor: Actor) -> bool:
    """Accounts, units and posts are the system administrator's."""
    return actor.may(Permission.MANAGE_STAFF)


def check_can_manage_staff(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_manage_staff(actor):
        raise NotAllowedError(_("Only the system administrator manages accounts and posts."))


def can_give_rights_to(actor: Actor, staff_id: UUID) -> bool:
    """Nobody gives rights to himself, and nobody takes his own away."""
    return can_manage_staff(actor) and actor.staff_id != staff_id


def check_can_give_rights_to(actor: Actor, staff_id: UUID) -> None:
    """Refuse others than administrators, and an administrator in his own matter."""
    check_can_manage_staff(actor)
    if not can_give_rights_to(actor, staff_id):
        raise NotAllowedError(
            _("Your own posts are given and ended by another administrator, not by yourself.")
        )


def check_place(role: Role, *, area_given: bool, unit_given: bool) -> None:
    """A role serves in a unit or in an area, by its kind."""
    if role in UNIT_ROLES and not unit_given:
        raise FieldError("unit", _("%(role)s serves in a unit: name it.") % {"role": role.label})
    if role not in UNIT_ROLES and not area_given:
        raise FieldError("area", _("%(role)s serves in an area: name it.") % {"role": role.label})


def check_term(first: date, last: date | None, *, field: str = "valid_to") -> None:
    """Days in their order, and no slip of the year."""
    if last is not None and last < first:
        raise FieldError(field, _("The last day lies before the first."))
    if last is not None and last - first > LONGEST_TERM:
        raise FieldError(field, _("More than ten years: look at the dates again."))


def check_roles_go_together(
    role: Role, *, staff_id: UUID, posts: Iterable[Post], first: date, last: date | None
) -> None:
    """Refuse a role that may not be held on the same day as one that a person holds.

    `posts` are those the person has or stands in for; standing in counts on its days.
    """
    for post in posts:
        pair = {role, Role(post.role)}
        is_bad = any(pair == set(bad) for bad in INCOMPATIBLE_ROLES)
        if is_bad and _rights_overlap(post, staff_id, first, last):
            raise DomainError(
                _(
                    "%(new)s and %(held)s cannot be held by one person on the same day: "
                    "who acts does not watch over himself. End the other post first."
                )
                % {"new": role.label, "held": Role(post.role).label}
            )


def check_not_held_twice(new: Post, posts: Iterable[Post]) -> None:
    """Refuse the same role at the same place on days on which it is held already."""
    for post in posts:
        is_same = _key(post) == _key(new)
        if is_same and overlaps(post, new.valid_from, new.valid_to):
            raise FieldError(
                "role", _("This post is held already; change the days or end the other first.")
            )


def _key(post: Post) -> tuple[UUID, str, UUID | None, UUID | None]:
    return post.staff_id, post.role, post.area_id, post.unit_id


def overlaps(post: Post, first: date, last: date | None) -> bool:
    """Whether a post's term and the given days share a day."""
    starts_in_time = last is None or post.valid_from <= last
    return starts_in_time and (post.valid_to is None or post.valid_to >= first)


def _rights_overlap(post: Post, staff_id: UUID, first: date, last: date | None) -> bool:
    """Whether the person has the rights of the post, as holder or substitute, on those days."""
    if not overlaps(post, first, last):
        return False
    if post.staff_id == staff_id:
        return True
    assert post.substitute_from is not None
    assert post.substitute_to is not None
    starts_in_time = last is None or post.substitute_from <= last
    return starts_in_time and post.substitute_to >= first
