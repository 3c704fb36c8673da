"""Demands that may be about the same matter: a suggestion to people, never acted on by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.phones import PhoneError, parse_phone
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries.lists import with_names
from bianfang.outreach.demands.workflow import COUNTED

DAYS_BACK = 180
MOST = 5
READ_AT_MOST = 200
COMPARED = 500
ALIKE_FROM = 55.0
PHONE_PURPOSE = "demand-phone"
SAME_HOUSEHOLD = _("same household")
SAME_PHONE = _("same phone")
SAME_VILLAGE = _("same village and category")
VILLAGE = _("same village")
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
    phone: bytes | None = None,
    content: str = "",
    but_not: UUID | None = None,
) -> list[Similar]:
    """At most five of the last 180 days: the household's, those of the phone, then the village's.

    Of the village, once there are words, only like words count, those of the same category first;
    before that the latest of the category.
    """
    content = content[:COMPARED]
    since = clock.now() - timedelta(days=DAYS_BACK)
    rows = with_names(Demand.objects.visible_to(actor)).filter(
        state__in=sorted(COUNTED), registered_at__gte=since
    )
    rows = rows.order_by("-registered_at", "-id")
    if but_not:
        rows = rows.exclude(id=but_not)
    found: dict[UUID, Similar] = {}
    if household_id:
        _add(found, _by(SAME_HOUSEHOLD, rows.filter(household=household_id)[:MOST], content))
    if phone:
        _add(found, _by(SAME_PHONE, rows.filter(phone_key=phone)[:MOST], content))
    if village and (category_id or content.strip()) and len(found) < MOST:
        wanted = Q() if content.strip() else Q(category=category_id)
        nearby = list(rows.filter(wanted, within([village]))[:READ_AT_MOST])
        _add(found, _of_village(nearby, category_id, content))
    return list(found.values())[:MOST]


def phone_key(number: str) -> bytes | None:
    """By what a phone is found again without opening the sealed one; None without a phone."""
    return blind_index(number, purpose=PHONE_PURPOSE) if number else None


def phone_key_typed(typed: str) -> bytes | None:
    """The same for what is being typed; None as long as it is no phone."""
    try:
        return phone_key(parse_phone(typed, allow_invented=True).number)
    except PhoneError:
        return None


def _add(found: dict[UUID, Similar], more: Iterable[Similar]) -> None:
    for similar in more:
        found.setdefault(similar.demand.id, similar)


def _by(reason: Promise, rows: Iterable[Demand], content: str) -> Iterator[Similar]:
    for demand in rows:
        alike = likeness(content, demand.content)
        reasons = (reason, ALIKE) if alike >= ALIKE_FROM else (reason,)
        yield Similar(demand=demand, reasons=reasons, likeness=round(alike))


def _of_village(
    rows: Sequence[Demand], category_id: UUID | None, content: str
) -> Iterator[Similar]:
    if not content.strip():
        yield from _by(SAME_VILLAGE, rows, content)
        return
    compared = [(likeness(content, row.content), row) for row in rows]
    compared.sort(key=lambda pair: (pair[1].category_id != category_id, -pair[0]))
    for alike, row in compared:
        if alike >= ALIKE_FROM:
            reason = SAME_VILLAGE if row.category_id == category_id else VILLAGE
            yield Similar(demand=row, reasons=(reason, ALIKE), likeness=round(alike))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 100: of their pairs of signs, or of the part both contain."""
    if not one.strip() or not other.strip():
        return 0.0
    return max(shared_pairs(one, other), fuzz.ratio(one, other))


def shared_pairs(one: str, other: str) -> float:
    """How many pairs of signs two texts share, 0 to 100; the phone page counts the same."""
    if not one.strip() or not other.strip():
        return 0.0
    pairs = _pairs(one), _pairs(other)
    return 200.0 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))


def _pairs(text: str) -> frozenset[str]:
    signs = [sign for sign in text if sign.isalnum()] or [text]
    return frozenset(map("".join, pairwise(signs))) or frozenset(signs)
