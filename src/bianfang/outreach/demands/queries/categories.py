"""The category tree: themes on top, kinds of demand below."""

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from uuid import UUID

from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Category

_SECONDS_KEPT = 300
_TOWNS_KEPT = 64


def list_by_theme(*, actor: Actor) -> dict[Theme, list[Category]]:
    """The categories in use under their themes, in the order of the themes; for forms, kept."""
    found: dict[Theme, list[Category]] = {theme: [] for theme in Theme}
    for category in _kept(actor.town_id).values():
        found[Theme(category.theme)].append(category)
    return found


def find_category(*, actor: Actor, code: str) -> Category | None:
    """The category of that code, open or closed."""
    found = Category.objects.in_town(actor.town_id).filter(code=code).first()
    assert found is None or isinstance(found, Category)
    return found


def categories_by_id(*, actor: Actor, ids: set[UUID]) -> dict[UUID, Category]:
    """The open ones among these; kept for some minutes, since every new demand asks for one."""
    if not ids:
        return {}
    known = _kept(actor.town_id)
    return {category_id: known[category_id] for category_id in ids if category_id in known}


def _kept(town_id: UUID) -> Mapping[UUID, Category]:
    return _open_categories(town_id, int(monotonic() // _SECONDS_KEPT))


def forget_categories() -> None:
    """Read anew at the next use; another process notices within its minutes."""
    _open_categories.cache_clear()


@lru_cache(maxsize=_TOWNS_KEPT)
def _open_categories(town_id: UUID, _period: int) -> Mapping[UUID, Category]:
    rows = Category.objects.in_town(town_id).filter(closed_on__isnull=True)
    rows = rows.select_related("usual_unit").order_by("theme", "order", "code")
    return {category.id: category for category in rows}
