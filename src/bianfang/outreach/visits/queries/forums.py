"""Group talks."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.visits.models import Forum, Visit


def find_forum(*, actor: Actor, forum_id: UUID) -> Forum | None:
    """The group talk under this id in the town."""
    found = Forum.objects.in_town(actor.town_id).filter(id=forum_id).first()
    assert found is None or isinstance(found, Forum)
    return found


def get_forum(*, actor: Actor, forum_id: UUID) -> Forum:
    """A group talk in the actor's area, with its place and round."""
    rows = Forum.objects.visible_to(actor).select_related("area", "round", "recorded_by")
    found = rows.filter(id=forum_id).first()
    if found is None:
        raise NotFoundError(_("There is no such group talk in your area."))
    assert isinstance(found, Forum)
    return found


def list_forums(*, actor: Actor, round_id: UUID | None = None) -> "QuerySet[Forum]":
    """Group talks in scope, the newest first."""
    rows = Forum.objects.visible_to(actor).select_related("area", "round")
    if round_id is not None:
        rows = rows.filter(round=round_id)
    return rows.order_by("-held_at", "-id")


def list_attendees(*, actor: Actor, forum: Forum) -> "QuerySet[Visit]":
    """The households that came, each as a visit, by household number."""
    rows = Visit.objects.visible_to(actor).filter(forum=forum).select_related("household")
    return rows.order_by("household__number", "id")
