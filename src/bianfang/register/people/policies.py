"""Who may manage accounts and posts, and which posts do not go together."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, NotAllowedError
from bianfang.register.people.enums import INCOMPATIBLE_ROLES, Permission, Role
from bianfang.register.people.models import Post


def can_manage_staff(actor: Actor) -> bool:
    """Accounts, units and posts are the system administrator's."""
    return actor.may(Permission.MANAGE_STAFF)


def check_can_manage_staff(actor: Actor) -> None:
    """Refuse everybody else."""
    if not can_manage_staff(actor):
        raise NotAllowedError(_("Only the system administrator manages accounts and posts."))


def overlaps(post: Post, valid_from: date, valid_to: date | None) -> bool:
    """Whether a post's term and the given days share a day."""
    starts_in_time = valid_to is None or post.valid_from <= valid_to
    return starts_in_time and (post.valid_to is None or post.valid_to >= valid_from)


def check_roles_go_together(
    role: Role, posts: Iterable[Post], valid_from: date, valid_to: date | None
) -> None:
    """Refuse a role that may not be held on the same day as one of `posts`."""
    for post in posts:
        pair = {role, Role(post.role)}
        if any(pair == set(bad) for bad in INCOMPATIBLE_ROLES) and overlaps(
            post, valid_from, valid_to
        ):
            raise DomainError(
                _(
                    "%(new)s and %(held)s cannot be held by one person on the same day: "
                    "who acts does not watch over himself. End the other post first."
                )
                % {"new": role.label, "held": Role(post.role).label}
            )
