"""What the phone page begins with: who I am, what is asked this round, where I may go."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bianfang.faces.field import places
from bianfang.faces.field.campaign_part import campaigns_part
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.assignments.queries import chain
from bianfang.outreach.campaigns.queries import leaflets
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.demands.queries.category_words import words_of
from bianfang.outreach.visits.models import Round, Topic
from bianfang.outreach.visits.queries import checklists, forms, rounds, taking_along
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households import queries as households
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission, Role
from bianfang.register.people.models import Post, Staff

Part = dict[str, Any]


def prepare(actor: Actor, staff: Staff) -> Part:
    """All of it, in a number of queries that does not grow with the town."""
    tree = areas.area_map_kept(town_id=actor.town_id)
    round_ = rounds.active_round(actor.town_id)
    topics = _topics(actor, round_)
    hamlets = places.list_hamlets(actor, tree)
    mine = _mine(actor, hamlets)
    return {
        "time": clock.local(clock.now()).isoformat(timespec="seconds"),
        "person": {"id": str(staff.id), "name": staff.name, "username": staff.username},
        "town": _town(tree),
        "may_edit_register": actor.may(Permission.EDIT_REGISTER),
        "round": _round(round_),
        "hamlets": _hamlets(actor, round_, hamlets, mine, tree),
        "visitors": _visitors(actor),
        "topics": [_topic(one) for one in topics],
        "leaflets": _leaflets(actor, topics),
        "categories": _categories(actor),
        "campaigns": campaigns_part(actor, hamlets, mine),
        "form": _form(actor),
    }


def _form(actor: Actor) -> Part | None:
    found = forms.find_round_form(town_id=actor.town_id)
    if found is None:
        return None
    return {
        "checklist_id": str(found.checklist_id),
        "name": found.name,
        "version": found.version,
        "definition": found.definition,
    }


def _town(tree: Mapping[str, Area]) -> Part:
    town = next(area.town for area in tree.values() if area.town)
    return {"id": str(town.id), "name": town.name, "service_phone": town.service_phone}


def _round(round_: Round | None) -> Part | None:
    if round_ is None:
        return None
    return {
        "id": str(round_.id),
        "name": round_.name,
        "number": round_.number,
        "starts_on": round_.starts_on.isoformat(),
        "due_on": round_.due_on.isoformat(),
    }


def _mine(actor: Actor, hamlets: Sequence[Area]) -> set[UUID]:
    """Where the person answers for the place itself, or for one above it."""
    held = chain.list_for_staff(actor=actor, staff_id=actor.person_id, day=clock.today())
    paths = [one.area_path for one in held]
    return {hamlet.id for hamlet in places.covered_by(paths, hamlets)}


def _hamlets(
    actor: Actor,
    round_: Round | None,
    hamlets: Sequence[Area],
    mine: set[UUID],
    tree: Mapping[str, Area],
) -> list[Part]:
    counts = households.count_by_place(actor=actor)
    left = taking_along.count_left(actor=actor, round=round_) if round_ else {}
    return [
        {
            "id": str(hamlet.id),
            "name": hamlet.name,
            "village": places.above(hamlet, AreaKind.VILLAGE, tree),
            "community": places.above(hamlet, AreaKind.COMMUNITY, tree),
            "households": counts.get(hamlet.path, 0),
            "left": left.get(hamlet.path, 0),
            "is_mine": hamlet.id in mine,
        }
        for hamlet in hamlets
    ]


def _visitors(actor: Actor) -> list[Part]:
    """Everybody with an open account, and where each serves: by the first of the posts held."""
    first: dict[UUID, Post] = {}
    for post in people.current_posts(town_id=actor.town_id, day=clock.today()):
        before = first.get(post.staff_id)
        if before is None or _rank(post) < _rank(before):
            first[post.staff_id] = post
    return [
        {"id": str(one.id), "name": one.name, "unit": _unit(first.get(one.id))}
        for one in people.list_staff(actor=actor, active=True)
    ]


def _rank(post: Post) -> int:
    return people.RANK.index(Role(post.role))


def _unit(post: Post | None) -> str:
    place = (post.unit or post.area) if post else None
    return place.name if place else ""


def _topics(actor: Actor, round_: Round | None) -> list[Topic]:
    if round_ is None or round_.checklist is None:
        return []
    return list(checklists.list_topics(actor=actor, checklist=round_.checklist))


def _topic(topic: Topic) -> Part:
    return {"id": str(topic.id), "kind": topic.kind, "text": topic.text, "hint": topic.hint}


def _leaflets(actor: Actor, topics: Sequence[Topic]) -> list[Part]:
    found = leaflets.list_whole(actor=actor, topics=[topic.text for topic in topics])
    return [
        {
            "id": str(one.id),
            "topic": one.topic,
            "title": one.title,
            "body": one.body,
            "source": one.source,
        }
        for one in found
    ]


def _categories(actor: Actor) -> list[Part]:
    return [
        {
            "id": str(one.id),
            "code": one.code,
            "theme": one.theme,
            "name": one.name,
            "name_en": one.name_en,
            "words": words_of(one),
        }
        for of_theme in categories.list_by_theme(actor=actor).values()
        for one in of_theme
    ]
