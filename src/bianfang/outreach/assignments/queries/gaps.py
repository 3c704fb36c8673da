"""Where nobody answers: the list that has to be empty before a round starts (M9)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import parents
from bianfang.outreach.assignments.enums import REQUIRED, Duty
from bianfang.outreach.assignments.queries.chain import list_links
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household

HOUSEHOLD = "household"
"""The gap of households that lie under no place where anybody could answer for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """An area without a required duty, or households in a closed one, in a sentence."""

    area: Area
    duty: str
    sentence: str
    household_count: int


def list_gaps(*, actor: Actor, day: date) -> list[Gap]:
    """All of the town's gaps on a day, by place; four queries however large the town."""
    area_map = areas.area_map(town_id=actor.town_id)
    is_open = {path: _is_open(area, day) for path, area in area_map.items()}
    counts = _resident_households(actor.town_id)
    held: dict[Duty, set[str]] = defaultdict(set)
    for link in list_links(town_id=actor.town_id, day=day):
        if link.holders or link.substitute:
            held[link.duty].add(link.area.path)
    reached = {path for path in area_map if is_open[path] and _all_open(path, is_open)}
    found = [
        *_unheld(area_map, reached, held, _summed(counts)),
        *_stranded(area_map, reached, counts),
    ]
    return sorted(found, key=lambda gap: gap.area.path)


def _unheld(
    area_map: Mapping[str, Area],
    reached: Iterable[str],
    held: Mapping[Duty, set[str]],
    counts: Mapping[str, int],
) -> Iterable[Gap]:
    """Open areas that a duty reaches neither there nor from above."""
    for path in sorted(reached):
        for duty, kind in REQUIRED.items():
            area = area_map[path]
            if area.kind == kind and not held[duty].intersection([*parents(path), path]):
                facts = {"area": area.name, "duty": duty.label, "households": counts.get(path, 0)}
                sentence = _(
                    "%(area)s has nobody for the duty “%(duty)s”; resident households: "
                    "%(households)d."
                )
                yield Gap(
                    area=area,
                    duty=duty.value,
                    sentence=sentence % facts,
                    household_count=counts.get(path, 0),
                )


def _stranded(
    area_map: Mapping[str, Area], reached: set[str], counts: Mapping[str, int]
) -> Iterable[Gap]:
    """Resident households of hamlets that are closed, or lie in a closed village."""
    for path, households in counts.items():
        if path not in reached:
            area = area_map[path]
            facts = {"area": area.name, "households": households}
            sentence = _(
                "%(area)s is closed but still has resident households: %(households)d. "
                "Move them to its successor."
            )
            yield Gap(
                area=area,
                duty=HOUSEHOLD,
                sentence=sentence % facts,
                household_count=households,
            )


def _resident_households(town_id: UUID) -> dict[str, int]:
    rows = Household.objects.in_town(town_id).counted().order_by().values_list("area_path")
    return dict(rows.annotate(households=Count("id")))


def _summed(counts: Mapping[str, int]) -> Counter[str]:
    """The households of every area, those of the areas below included."""
    total: Counter[str] = Counter()
    for path, households in counts.items():
        for place in (*parents(path), path):
            total[place] += households
    return total


def _is_open(area: Area, day: date) -> bool:
    return area.valid_to is None or area.valid_to > day


def _all_open(path: str, is_open: Mapping[str, bool]) -> bool:
    return all(is_open.get(above, True) for above in parents(path))
