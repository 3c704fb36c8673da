"""Demands that may be about the same matter: a suggestion to people, never acted on by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.demands.models import Demand, DemandQuerySet
from bianfang.outreach.demands.queries.lists import with_names
from bianfang.outreach.demands.workflow import COUNTED

DAYS_BACK = 180
MOST = 5
READ_AT_MOST = 200
ALIKE_FROM = 55.0
SAME_HOUSEHOLD = _("same household")
SAME_VILLAGE = _("same village and category")
ALIKE = _("similar wording")


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """A demand that may be the same, why, and how alike the words are (0 to 100)."""

    demand: Demand
    reasons: tuple[Promise, ...]
    likeness: int


def list_similar(
    *,
    actor: Actor,
    village: PathRange | None = None,
    category_id: UUID | None = None,
    household_id: UUID | None = None,
    content: str = "",
    but_not: UUID | None = None,
) -> list[Similar]:
    """At most five of the last 180 days: those of the household first, then the village's.

    Of the village only the same category counts, and, once there are words, only like words.
    """
    since = clock.now() - timedelta(days=DAYS_BACK)
    rows = with_names(Demand.objects.visible_to(actor)).filter(
        state__in=sorted(COUNTED), registered_at__gte=since
    )
    rows = rows.order_by("-registered_at", "-id")
    if but_not:
        rows = rows.exclude(id=but_not)
    found = [*_of_household(rows, household_id, content)]
    if village and category_id:
        taken = {similar.demand.id for similar in found}
        nearby = rows.filter(within([village]), category=category_id)[:READ_AT_MOST]
        found += _of_village((row for row in nearby if row.id not in taken), content)
    return found[:MOST]


def _of_household(
    rows: DemandQuerySet, household_id: UUID | None, content: str
) -> Iterator[Similar]:
    if household_id is None:
        return
    for demand in rows.filter(household=household_id)[:MOST]:
        alike = likeness(content, demand.content)
        reasons = (SAME_HOUSEHOLD, ALIKE) if alike >= ALIKE_FROM else (SAME_HOUSEHOLD,)
        yield Similar(demand=demand, reasons=reasons, likeness=round(alike))


def _of_village(rows: Iterable[Demand], content: str) -> list[Similar]:
    if not content.strip():
        return [Similar(demand=row, reasons=(SAME_VILLAGE,), likeness=0) for row in rows]
    compared = [(likeness(content, row.content), row) for row in rows]
    compared.sort(key=lambda pair: -pair[0])
    return [
        Similar(demand=row, reasons=(SAME_VILLAGE, ALIKE), likeness=round(alike))
        for alike, row in compared
        if alike >= ALIKE_FROM
    ]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 100: of their pairs of signs, or of the part both contain."""
    if not one.strip() or not other.strip():
        return 0.0
    pairs = _pairs(one), _pairs(other)
    shared = 200.0 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))
    return max(shared, fuzz.ratio(one, other))


def _pairs(text: str) -> frozenset[str]:
    signs = [sign for sign in text if sign.isalnum()] or [text]
    return frozenset(map("".join, pairwise(signs))) or frozenset(signs)
