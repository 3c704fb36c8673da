"""Deadline rules: which one holds for a demand, and the list of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.demands.models import DeadlineRule, Demand, Pause
from bianfang.outreach.demands.queries.days import Still


def rules_for(*, town_id: UUID, category_id: UUID, route: str) -> list[DeadlineRule]:
    """The rules in force that fit, the closest first: by category, then by route."""
    rows = DeadlineRule.objects.in_town(town_id).filter(ended_on__isnull=True)
    rows = rows.filter(route__in=["", route]).order_by(
        F("category").asc(nulls_last=True), "-route", "id"
    )
    return [rule for rule in rows if rule.category_id in {None, category_id}]


def list_rules(*, actor: Actor, in_force: bool = True) -> "QuerySet[DeadlineRule]":
    """The rules of the town: those in force by category and route, or the former ones."""
    rows = DeadlineRule.objects.in_town(actor.town_id).select_related("category", "made_by")
    if in_force:
        found = rows.filter(ended_on__isnull=True)
        return found.order_by(F("category__order").asc(nulls_first=True), "category", "route", "id")
    return rows.filter(ended_on__isnull=False).order_by("-ended_on", "-id")


def get_rule_for_update(*, actor: Actor, rule_id: UUID) -> DeadlineRule:
    """A rule of the actor's town, locked."""
    rows = DeadlineRule.objects.in_town(actor.town_id).select_for_update(of=("self",))
    rule = rows.filter(id=rule_id).first()
    if rule is None:
        raise NotFoundError(_("There is no such deadline rule in your town."))
    assert isinstance(rule, DeadlineRule)
    return rule


def stills_of(*, town_id: UUID, demands: Sequence[Demand]) -> Mapping[UUID, list[Still]]:
    """The ended pauses of these demands; an open one has no end to count with yet."""
    found: dict[UUID, list[Still]] = {demand.id: [] for demand in demands}
    rows = Pause.objects.in_town(town_id).filter(demand__in=list(found), to_day__isnull=False)
    for pause in rows.order_by("from_day", "id"):
        assert pause.to_day is not None
        found[pause.demand_id].append(Still(pause.from_day, pause.to_day))
    return found
