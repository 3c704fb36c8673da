"""Who can take a demand into his hands, and who acts next on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from bianfang.faces.desk.forms.offers import Groups
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import TOWN_LENGTH
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import ANSWERED, OWNERS, Move
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people import queries as people
from bianfang.register.people.enums import ROLE_PERMISSIONS, UNIT_ROLES, Role
from bianfang.register.people.models import Post

NAMED = 4
DECIDING = frozenset({Move.ACCEPT, Move.SUBMIT_RESULT, Move.WRITE_OFF})
_APART = frozenset({Role.SYSTEM_ADMIN, Role.DATA_OFFICER})
_SENTENCES = {
    "accept_demand": gettext_lazy("Accept it with its four fields, decline it, or merge it."),
    "handle_demand": gettext_lazy("Handle it, then submit result and reply."),
    "review_demand": gettext_lazy(
        "A second person reads result and reply: write off or send back."
    ),
    "nobody": gettext_lazy("Nothing is left to do here."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """What is to be done next, by whom, and whether that is whoever looks at the page."""

    sentence: str | Promise
    names: str
    is_mine: bool


def list_posts(actor: Actor) -> list[Post]:
    """All posts of today: read once for a page."""
    posts = people.current_posts(town_id=actor.town_id, day=clock.today())
    return [post for post in posts if Role(post.role) not in _APART]


def next_step(actor: Actor, demand: Demand, moves: Sequence[Move]) -> NextStep:
    """By the table of the workflow; people are named who hold the right here."""
    right = OWNERS[State(demand.state)]
    decides = Move.DECIDE_EXTENSION in moves
    if right == "nobody":
        return NextStep(sentence=_ended(demand), names="", is_mine=False)
    if right == "handle_demand":
        assert demand.owner is not None
        names = f"{demand.owner.name} {demand.unit.name}" if demand.unit else demand.owner.name
        return NextStep(
            sentence=_SENTENCES[right],
            names=names,
            is_mine=decides or demand.owner_id == actor.staff_id,
        )
    return NextStep(
        sentence=_SENTENCES[right],
        names=_named(_holders(list_posts(actor), demand, right)),
        is_mine=bool(DECIDING & set(moves)),
    )


def _ended(demand: Demand) -> str | Promise:
    """A merged demand is not done with: it is answered together with its original."""
    into = demand.merged_into
    if into is None:
        return _SENTENCES["nobody"]
    words = _("Answered with %(number)s.")
    if into.state not in ANSWERED:
        words = _("It is handled and will be answered with %(number)s.")
    return words % {"number": into.number}


def owners_offered(actor: Actor, demand: Demand) -> Groups:
    """Whoever serves, each once: at the place, in the usual unit, in other units, elsewhere."""
    usual_id = demand.unit_id or demand.category.usual_unit_id
    return people_offered(actor, demand.area_path, usual_id)


def people_offered(actor: Actor, area_path: str, usual_id: UUID | None) -> Groups:
    """The same for any place and the unit that usually acts there."""
    groups: dict[str, dict[UUID, str]] = {}
    seen: set[UUID] = set()
    for heading, post in _by_nearness(list_posts(actor), area_path, usual_id):
        if post.staff_id not in seen:
            seen.add(post.staff_id)
            named = groups.setdefault(heading, {})
            named[post.staff_id] = f"{post.staff.name} · {post.get_role_display()}"
    return [(heading, named.items()) for heading, named in groups.items()]


def owners_by_unit(actor: Actor) -> Groups:
    """Whoever serves, each once: by unit, then those of the town and its places."""
    groups: dict[str, dict[UUID, str]] = {}
    seen: set[UUID] = set()
    posts = sorted(list_posts(actor), key=lambda post: (post.unit is None, post.staff.name))
    for post in posts:
        if post.staff_id in seen:
            continue
        seen.add(post.staff_id)
        is_of_unit = post.unit is not None and Role(post.role) in UNIT_ROLES
        heading = post.unit.name if post.unit and is_of_unit else _("Town and places")
        named = groups.setdefault(heading, {})
        named[post.staff_id] = f"{post.staff.name} · {post.get_role_display()}"
    return [(heading, named.items()) for heading, named in groups.items()]


def _by_nearness(
    posts: Iterable[Post], area_path: str, usual_id: UUID | None
) -> list[tuple[str, Post]]:
    """Every post under its heading, the likeliest first."""
    ranked = [(_rank(post, area_path, usual_id), post) for post in posts]
    ranked.sort(key=lambda pair: (*pair[0], pair[1].staff.name))
    return [(heading, post) for (_place, heading), post in ranked]


def _rank(post: Post, area_path: str, usual_id: UUID | None) -> tuple[int, str]:
    if post.unit is not None and Role(post.role) in UNIT_ROLES:
        return (1 if post.unit_id == usual_id else 2, post.unit.name)
    if post.area is None or not post.area.reach.holds(area_path):
        return 4, _("Elsewhere in the town")
    is_town = len(post.area.path) <= TOWN_LENGTH
    return (3, _("Town")) if is_town else (0, _("At the place"))


def _holders(posts: Iterable[Post], demand: Demand, right: str) -> list[str]:
    """Whose right it is here, nearest first, without whoever handled it before."""
    found = [post for post in posts if _holds(post, demand, right)]
    found.sort(key=lambda post: -len(post.area.path) if post.area else 0)
    return list(dict.fromkeys(post.staff.name for post in found))


def _holds(post: Post, demand: Demand, right: str) -> bool:
    if right not in ROLE_PERMISSIONS[Role(post.role)] or post.staff_id in _first_hands(demand):
        return False
    if Role(post.role) in UNIT_ROLES:
        return post.unit_id is not None and post.unit_id == demand.unit_id
    return post.area is not None and post.area.reach.holds(demand.area_path)


def _first_hands(demand: Demand) -> set[UUID | None]:
    if State(demand.state) is not State.AWAITING_REVIEW:
        return set()
    hands = {demand.handled_by_id}
    return hands | {demand.registered_by_id} if demand.route == Route.ONSITE else hands


def _named(names: Sequence[str]) -> str:
    shown = (
        pgettext("list", ", ").join(names[:NAMED])
        if names
        else _("nobody yet; ask the visiting office")
    )
    more = len(names) - NAMED
    if more <= 0:
        return shown
    words = ngettext("%(names)s and %(more)d other", "%(names)s and %(more)d others", more)
    return words % {"names": shown, "more": more}
