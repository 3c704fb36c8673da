"""Lists of look-backs and of checks, and what the lists of demands show of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import Page, take_page
from bianfang.kernel.tenancy.paths import PathRange, within_town
from bianfang.outreach.demands.models import DemandQuerySet
from bianfang.outreach.lookback.models import Check, CheckQuerySet, LookBack, LookBackQuerySet
from bianfang.outreach.lookback.queries.one import COUNTS, Tally
from bianfang.outreach.lookback.workflow import DECIDED, OPEN, CheckResult, LookBackState

RECENT = ("-drawn_at", "-id")
LATEST = ("-checked_on", "-id")


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFilter:
    """What a list of decided checks is narrowed to; no result means passed and failed."""

    result: CheckResult | None = None
    area: PathRange | None = None


def page_look_backs(*, actor: Actor, token: str = "", size: int = 50) -> Page[LookBack]:
    """One page of the look-backs in scope, the latest first."""
    rows: LookBackQuerySet = LookBack.objects.visible_to(actor).select_related("area", "drawn_by")
    return take_page(rows.defer("frame"), order=RECENT, token=token, size=size)


def tally_look_backs(*, actor: Actor, look_backs: list[LookBack]) -> dict[UUID, Tally]:
    """How far each of these look-backs is, as far as the actor sees, in one query."""
    rows = Check.objects.visible_to(actor).filter(look_back__in=[each.id for each in look_backs])
    counted = rows.order_by().values_list("look_back_id").annotate(**COUNTS)
    return {key: Tally(**dict(zip(COUNTS, counts, strict=True))) for key, *counts in counted}


def list_checks(
    *, actor: Actor, look_back: LookBack, result: CheckResult | None = None
) -> CheckQuerySet:
    """The checks of a look-back in scope, replaced ones as well, with all that a row names."""
    rows = _with_names(Check.objects.visible_to(actor)).filter(look_back=look_back.id)
    return rows.filter(result=result) if result else rows


def list_decided(*, actor: Actor, filters: CheckFilter) -> CheckQuerySet:
    """Passed and failed checks of all look-backs in scope: the rows behind the figures."""
    rows = Check.objects.visible_to(actor).filter(result__in=sorted(DECIDED))
    if filters.result:
        rows = rows.filter(result=filters.result)
    if filters.area:
        rows = rows.filter(within_town([filters.area]))
    return rows


def page_decided(
    *, actor: Actor, filters: CheckFilter, token: str = "", size: int = 50
) -> Page[Check]:
    """One page of them, the latest first."""
    rows = _with_names(list_decided(actor=actor, filters=filters))
    return take_page(rows, order=LATEST, token=token, size=size)


def list_mine(*, actor: Actor) -> CheckQuerySet:
    """The checks that wait for the actor, the oldest first."""
    rows = Check.objects.in_town(actor.town_id).standing()
    rows = rows.filter(checker=actor.staff_id, result__in=sorted(OPEN))
    rows = rows.exclude(look_back__state=LookBackState.GIVEN_UP)
    return _with_names(rows).order_by("id")


def with_latest(rows: DemandQuerySet) -> "QuerySet[Any]":
    """Beside each demand result and day of its latest decided check, or None."""
    checks = Check.objects.filter(
        town_id=OuterRef("town_id"), demand=OuterRef("id"), result__in=sorted(DECIDED)
    ).order_by("-checked_on", "-id")
    return rows.annotate(
        look_back_result=Subquery(checks.values("result")[:1]),
        look_back_on=Subquery(checks.values("checked_on")[:1]),
    )


def _with_names(rows: CheckQuerySet) -> CheckQuerySet:
    linked = rows.select_related("look_back", "demand", "checker", "replaced_by__demand")
    return linked.defer(
        "look_back__frame", "demand__proposer_phone", "replaced_by__demand__proposer_phone"
    )
