"""What select boxes offer: areas, staff, units of one's town."""

from collections.abc import Iterable
from uuid import UUID

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import STEP
from bianfang.register.areas import queries as areas_queries
from bianfang.register.areas.enums import AreaKind
from bianfang.register.people import queries as people

Pairs = Iterable[tuple[UUID, str]]
DEEP = frozenset({AreaKind.HAMLET})


def areas(actor: Actor, *, with_hamlets: bool = False) -> Pairs:
    """The town's areas from the top down, deeper levels moved in."""
    top = areas_queries.get_town_area(actor.town_id)
    today = clock.today()
    for area in areas_queries.list_subtree(actor=actor, area=top).open_on(today):  # type: ignore[attr-defined]  # an AreaQuerySet
        if with_hamlets or area.kind not in DEEP:
            yield area.id, f"{'　' * ((len(area.path) - len(top.path)) // STEP)}{area.name}"


def staff(actor: Actor) -> Pairs:
    """Everybody with an open account, by sign-in name."""
    for person in people.list_staff(actor=actor, active=True):
        yield person.id, f"{person.name}（{person.username}）"


def units(actor: Actor) -> Pairs:
    """Units that exist."""
    for unit in people.list_units(actor=actor):
        yield unit.id, unit.name
