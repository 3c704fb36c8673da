"""Leaflets, by topic or one by one."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.campaigns.models import Leaflet, LeafletQuerySet

NO_LEAFLET = _("There is no such leaflet in your town.")
_QUESTION = re.compile(r"^\s*(?:问|Q)\s*[:\uff1a]\s*")
_ANSWER = re.compile(r"^\s*(?:答|A)\s*[:\uff1a]\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph, or a question with its answer."""

    text: str
    question: str = ""


def list_leaflets(*, actor: Actor) -> "QuerySet[Leaflet]":
    """All leaflets by topic; a town has a few dozen."""
    return Leaflet.objects.visible_to(actor).order_by("topic", "title", "id")


def get_leaflet(*, actor: Actor, leaflet_id: UUID) -> Leaflet:
    """The leaflet, or NotFoundError."""
    rows: LeafletQuerySet = Leaflet.objects.visible_to(actor).select_related("changed_by")
    found = rows.filter(id=leaflet_id).first()
    if found is None:
        raise NotFoundError(NO_LEAFLET)
    return found


def leaflets_of(*, actor: Actor, topics: Iterable[str]) -> dict[str, list[Leaflet]]:
    """The leaflets in force today, by the words of their topic; one query."""
    rows = Leaflet.objects.visible_to(actor).valid_on(clock.today()).filter(topic__in=list(topics))
    found: dict[str, list[Leaflet]] = defaultdict(list)
    for one in rows.defer("body").order_by("topic", "title", "id"):
        found[one.topic].append(one)
    return dict(found)


def list_whole(*, actor: Actor, topics: Iterable[str]) -> "QuerySet[Leaflet]":
    """The leaflets of these topics in force today, with their text."""
    rows = Leaflet.objects.visible_to(actor).valid_on(clock.today())
    return rows.filter(topic__in=list(topics)).order_by("topic", "title", "id")


def blocks_of(body: str) -> list[Block]:
    """The text in paragraphs; lines that begin with 问: and 答: become question and answer."""
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        if _QUESTION.match(line):
            blocks.append(Block(question=_QUESTION.sub("", line), text=""))
        elif _ANSWER.match(line) and blocks and blocks[-1].question and not blocks[-1].text:
            blocks[-1] = Block(question=blocks[-1].question, text=_ANSWER.sub("", line))
        else:
            blocks.append(Block(text=line))
    return blocks
