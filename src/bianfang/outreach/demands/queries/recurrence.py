"""The same problem at the same place again after its write-off: of places, never of people.

What belongs to a place is said by the theme (`PLACE_THEMES`), within how many days by the category.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange, within_town
from bianfang.outreach.demands.enums import PLACE_THEMES, Theme
from bianfang.outreach.demands.models import Category, Demand, DemandQuerySet
from bianfang.outreach.demands.workflow import COUNTED, UNSETTLED

USUAL_DAYS = 180
LOOKED_BACK = 365
READ_AT_MOST = 60
MOST_PLACES = 50
GROUPS_READ = 200
_COLUMNS = (
    "town", "number", "state", "area_path", "category", "content", "proposer_name", "unit", "owner",
    "registered_at", "written_off_on", "reopened_count",
)  # fmt: skip
_NOT_SHOWN = ("proposer_phone", "phone_key", "reply", "result", "measures", "progress")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurrence:
    """A demand with the earlier ones that it repeats, the latest first."""

    last: Demand
    earlier: tuple[Demand, ...]

    @property
    def demands(self) -> tuple[Demand, ...]:
        """All of them, the latest first."""
        return (self.last, *self.earlier)

    @property
    def times(self) -> int:
        """How often it came: each demand once, and once more each time that it was reopened."""
        return sum(1 + each.reopened_count for each in self.demands)

    @property
    def since(self) -> date:
        """The day it came for the first time."""
        return self.demands[-1].registered_on


@dataclass(frozen=True, kw_only=True, slots=True)
class RecurringPlace:
    """A place and a problem that came again there, and what of it is still open."""

    area_path: str
    category: Category
    recurrence: Recurrence
    open_demands: tuple[Demand, ...]


def find_recurrence(*, actor: Actor, demand: Demand) -> Recurrence | None:
    """What the demand repeats at its place, as far as the actor sees it; None the first time."""
    is_looked_at = demand.theme in PLACE_THEMES and demand.category.recurrence_days > 0
    if not is_looked_at or demand.state not in COUNTED:
        return None
    before = _before(actor, demand).filter(area_path=demand.area_path)
    found = _chain(demand, before[:READ_AT_MOST])
    return found if found.times > 1 else None


def list_from_household(*, actor: Actor, demand: Demand) -> tuple[Demand, ...]:
    """What a household asked before and asks again after its write-off; for the demand's page only.

    Petitions are left out: nobody's petitions are counted up.
    """
    is_apart = demand.theme in PLACE_THEMES or demand.theme == Theme.PETITIONS
    if is_apart or demand.household_id is None or demand.state not in COUNTED:
        return ()
    before = _before(actor, demand).filter(household=demand.household_id)
    return _chain(demand, before[:READ_AT_MOST]).earlier


def find_at_place(*, actor: Actor, area_path: str, category_id: UUID) -> Recurrence | None:
    """The latest recurrence at one place; None where nothing came again within a year."""
    rows = _lately(actor).filter(area_path=area_path, category=category_id)
    latest = rows.select_related("category").order_by("-registered_at", "-id")[:READ_AT_MOST]
    return _latest(list(latest))


def list_recurring_places(*, actor: Actor, area: PathRange | None = None) -> list[RecurringPlace]:
    """Where a problem came again within a year, the latest first; at most fifty places."""
    rows = _lately(actor)
    if area:
        rows = rows.filter(within_town([area]))
    groups = rows.values("area_path", "category").annotate(
        often=Count("id"), again=Sum("reopened_count"), latest=Max("registered_at")
    )
    groups = groups.filter(Q(often__gt=1) | Q(again__gt=0))
    groups = groups.order_by("-latest", "area_path", "category")[:GROUPS_READ]
    wanted = {(group["area_path"], group["category"]): group["latest"] for group in groups}
    places = [_place(demands) for demands in _read(rows, wanted)]
    found = [place for place in places if place]
    found.sort(key=lambda place: (place.recurrence.last.registered_at, place.area_path))
    return found[: -MOST_PLACES - 1 : -1]


def list_since(*, actor: Actor, area_path: str, category_id: UUID, since: date) -> "DemandQuerySet":
    """What was asked at a place about a problem after that day, the latest first."""
    rows = Demand.objects.visible_to(actor).filter(state__in=sorted(COUNTED))
    after = clock.in_town(since + timedelta(days=1), 0)
    rows = rows.filter(area_path=area_path, category=category_id, registered_at__gte=after)
    return rows.order_by("-registered_at", "-id")


def _lately(actor: Actor) -> DemandQuerySet:
    since = clock.now() - timedelta(days=LOOKED_BACK)
    return Demand.objects.visible_to(actor).filter(
        state__in=sorted(COUNTED),
        theme__in=sorted(PLACE_THEMES),
        registered_at__gte=since,
        category__recurrence_days__gt=0,
    )


def _before(actor: Actor, demand: Demand) -> DemandQuerySet:
    rows = Demand.objects.visible_to(actor).filter(
        state__in=sorted(COUNTED),
        category=demand.category_id,
        registered_at__lt=demand.registered_at,
    )
    return rows.only(*_COLUMNS).order_by("-registered_at", "-id")


def _read(rows: DemandQuerySet, wanted: Iterable[tuple[str, UUID]]) -> Iterable[list[Demand]]:
    """The demands of each place and category, the latest first, in one query for all of them."""
    paths: dict[UUID, list[str]] = defaultdict(list)
    for path, category_id in wanted:
        paths[category_id].append(path)
    if not paths:
        return []
    # By category, so that only the pairs wanted are read, not every place with every category.
    pairs = (Q(category=key, area_path__in=sorted(each)) for key, each in sorted(paths.items()))
    rows = rows.filter(reduce(or_, pairs)).select_related("category")
    found: dict[tuple[str, UUID], list[Demand]] = defaultdict(list)
    for demand in rows.defer(*_NOT_SHOWN).order_by("-registered_at", "-id"):
        found[demand.area_path, demand.category_id].append(demand)
    return found.values()


def _place(demands: Sequence[Demand]) -> RecurringPlace | None:
    found = _latest(demands)
    if found is None:
        return None
    return RecurringPlace(
        area_path=found.last.area_path,
        category=found.last.category,
        recurrence=found,
        open_demands=tuple(each for each in demands if each.state in UNSETTLED),
    )


def _latest(demands: Sequence[Demand]) -> Recurrence | None:
    """The latest demand that repeats another, with those; demands come the latest first."""
    chains = (_chain(each, demands[place + 1 :]) for place, each in enumerate(demands))
    return next((found for found in chains if found.times > 1), None)


def _chain(demand: Demand, before: Iterable[Demand]) -> Recurrence:
    """Back from write-off to write-off; what was open side by side is no recurrence."""
    days = demand.category.recurrence_days
    earlier: list[Demand] = []
    later = demand
    for each in before if days else ():
        ended_on = each.written_off_on
        if ended_on and 0 <= (later.registered_on - ended_on).days <= days:
            earlier.append(each)
            later = each
    return Recurrence(last=demand, earlier=tuple(earlier))
