"""Setting the rules of deadlines: a new version for every change, open demands on request."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.deadlines import recount
from bianfang.outreach.demands.enums import DayUnit, Route, Verb
from bianfang.outreach.demands.models import DeadlineRule, Demand
from bianfang.outreach.demands.queries import deadline_rules
from bianfang.outreach.demands.queries.categories import categories_by_id
from bianfang.outreach.demands.workflow import CLOCK_RUNS

MOST_DAYS = 366


@transaction.atomic
def set_rule(
    *,
    actor: Actor,
    days: int | None,
    unit: DayUnit,
    source: str,
    category_id: UUID | None = None,
    route: Route | None = None,
    may_pause: bool = False,
    applies_to_open: bool = False,
) -> DeadlineRule:
    """Set the rule for a category and route, or for all; what held before ends today.

    Open demands keep what was promised unless `applies_to_open`: then those that were counted by
    the former version are counted by this one from the same day on, and their history tells it.
    """
    policies.check_can_manage_deadlines(actor)
    _check(actor, days=days, source=source, category_id=category_id, route=route)
    assert days is not None
    former = _end(actor, category_id, route or "")
    rule = DeadlineRule.objects.create(
        town_id=actor.town_id,
        category_id=category_id,
        route=route or "",
        days=days,
        unit=unit,
        may_pause=may_pause,
        source=source.strip(),
        version=former.version + 1 if former else 1,
        valid_from=clock.today(),
        made_by_id=actor.person_id,
    )
    assert isinstance(rule, DeadlineRule)
    moved = _apply(actor, former, rule) if applies_to_open and former else 0
    facts = {
        "days_given": days,
        "counted_in": unit.value,
        "version": rule.version,
        "moved": moved,
    }
    journal.record(actor=actor, verb=Verb.RULE_SET, target=rule, facts=facts, reason=rule.source)
    return rule


@transaction.atomic
def end_rule(*, actor: Actor, rule_id: UUID) -> DeadlineRule:
    """Let a rule hold no longer; demands that were counted by it keep their deadline."""
    policies.check_can_manage_deadlines(actor)
    rule = deadline_rules.get_rule_for_update(actor=actor, rule_id=rule_id)
    if rule.ended_on is None:
        rule.ended_on = clock.today()
        rule.save(update_fields=["ended_on"])
        journal.record(actor=actor, verb=Verb.RULE_ENDED, target=rule)
    return rule


def _check(
    actor: Actor,
    *,
    days: int | None,
    source: str,
    category_id: UUID | None,
    route: Route | None,
) -> None:
    errors = checks.missing(days=days, source=source) | checks.too_long(source=(source, 200))
    if days is not None and not 1 <= days <= MOST_DAYS:
        errors["days"] = str(_("Between 1 and %(most)d days.")) % {"most": MOST_DAYS}
    if category_id and not categories_by_id(actor=actor, ids={category_id}):
        errors |= checks.missing(category=None)
    if route == Route.ONSITE:
        errors["route"] = _("On the spot is settled the same day; it has no deadline.")
    checks.refuse_if(errors)


def _end(actor: Actor, category_id: UUID | None, route: str) -> DeadlineRule | None:
    rows = DeadlineRule.objects.in_town(actor.town_id).select_for_update(of=("self",))
    found = rows.filter(category=category_id, route=route).order_by("-version").first()
    if found is not None and found.ended_on is None:
        found.ended_on = clock.today()
        found.save(update_fields=["ended_on"])
    assert found is None or isinstance(found, DeadlineRule)
    return found


def _apply(actor: Actor, former: DeadlineRule, rule: DeadlineRule) -> int:
    rows = Demand.objects.in_town(actor.town_id).filter(
        due_rule=former.id, due_days__isnull=False, state__in=sorted(CLOCK_RUNS)
    )
    locked = list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))
    return len(recount(actor, locked, Verb.DEADLINE_BY_RULE, rule=rule))
