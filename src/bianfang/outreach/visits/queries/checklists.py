"""Checklists and their topics."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.visits.models import Checklist, Topic

TopicNames = Mapping[UUID, str]
"""Topics by id, in the order of their checklist."""

KEPT = 64


def get_checklist(*, actor: Actor, checklist_id: UUID) -> Checklist:
    """A checklist of the town in one version."""
    return _only(Checklist.objects.in_town(actor.town_id), checklist_id)


def get_checklist_for_update(*, actor: Actor, checklist_id: UUID) -> Checklist:
    """A checklist of the town, locked."""
    rows = Checklist.objects.in_town(actor.town_id)
    return _only(rows.select_for_update(of=("self",), no_key=True), checklist_id)


def list_checklists(*, actor: Actor) -> "QuerySet[Checklist]":
    """All checklists of the town by name, each with its newest version first."""
    return Checklist.objects.in_town(actor.town_id).order_by("name", "-version")


def list_topics(*, actor: Actor, checklist: Checklist) -> "QuerySet[Topic]":
    """The topics of a checklist in their order."""
    return Topic.objects.in_town(actor.town_id).filter(checklist=checklist).order_by("order")


def get_topic(*, actor: Actor, topic_id: UUID) -> Topic:
    """A topic with its checklist."""
    rows = Topic.objects.in_town(actor.town_id).select_related("checklist")
    found = rows.filter(id=topic_id).first()
    if found is None:
        raise NotFoundError(_("There is no such topic in your town."))
    assert isinstance(found, Topic)
    return found


def list_topic_words(*, actor: Actor) -> list[str]:
    """The words of all topics that stand on published checklists, each once."""
    rows = Topic.objects.in_town(actor.town_id).filter(checklist__published_on__isnull=False)
    return sorted(set(rows.order_by("text").values_list("text", flat=True)))


@lru_cache(maxsize=KEPT)
def published_topics(town_id: UUID, checklist_id: UUID) -> TopicNames:
    """The topics of a published checklist, which never changes and is therefore read only once."""
    rows = Topic.objects.in_town(town_id).filter(checklist=checklist_id)
    return dict(rows.order_by("order").values_list("id", "text"))


def topics_by_id(*, town_id: UUID, ids: set[UUID]) -> TopicNames:
    """Those of the topics that stand on some published checklist."""
    rows = Topic.objects.in_town(town_id).filter(id__in=ids, checklist__published_on__isnull=False)
    return dict(rows.order_by("checklist", "order").values_list("id", "text"))


def _only(rows: "QuerySet[Checklist]", checklist_id: UUID) -> Checklist:
    found = rows.filter(id=checklist_id).first()
    if found is None:
        raise NotFoundError(_("There is no such checklist in your town."))
    return found
