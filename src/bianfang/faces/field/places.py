"""The natural villages in which somebody may write down visits."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.visits.policies import can_record_visit
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission


def list_hamlets(actor: Actor, tree: Mapping[str, Area]) -> list[Area]:
    """Those in reach that have not ended, by place."""
    return [area for area in tree.values() if _is_open_to(actor, area)]


def get_hamlet(actor: Actor, hamlet_id: UUID) -> Area:
    """One of them; whatever else is asked for is not there."""
    tree = areas.area_map_kept(town_id=actor.town_id)
    for area in list_hamlets(actor, tree):
        if area.id == hamlet_id:
            return area
    raise NotFoundError(_("This natural village is not in your area."))


def above(hamlet: Area, kind: AreaKind, tree: Mapping[str, Area]) -> str:
    """The name of the village or community around it."""
    found = (tree[path] for path in parents(hamlet.path) if path in tree)
    return next((area.name for area in found if area.kind == kind), "")


def covered_by(paths: Iterable[str], hamlets: Iterable[Area]) -> Iterator[Area]:
    """The natural villages that lie in these areas."""
    wanted = set(paths)
    for hamlet in hamlets:
        if wanted.intersection([*parents(hamlet.path), hamlet.path]):
            yield hamlet


def _is_open_to(actor: Actor, area: Area) -> bool:
    is_open = area.valid_to is None or area.valid_to > clock.today()
    return (
        area.kind == AreaKind.HAMLET
        and is_open
        and can_record_visit(actor, area.path)
        and actor.may_at(Permission.VIEW_REGISTER, area.path)
    )
