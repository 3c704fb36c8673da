"""Entering months, describing items, setting thresholds, taking the list away."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.models import CarryOver
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.halfyear import exports, policies, progress, queries
from bianfang.outreach.halfyear.enums import Verb
from bianfang.outreach.halfyear.models import ColourRule, ItemPlan, MonthEntry
from bianfang.register.areas import queries as areas
from bianfang.register.people import queries as people

MOST_SILENT = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthInput:
    """A month as it is typed."""

    month: date | None
    percent: int | None
    done: str
    next_step: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanInput:
    """An item as it is described; what is left empty follows from the demand."""

    title: str = ""
    goal: str = ""
    leader_id: UUID | None = None
    funds_source: str = ""
    funds_amount: Decimal | None = None
    starts_on: date | None = None
    beneficiaries: str = ""


@transaction.atomic
def enter_month(*, actor: Actor, carry_over_id: UUID, given: MonthInput) -> MonthEntry:
    """Say how far the item was in a month; said again it corrects, and the former stays on record.

    Only while the demand is on its latest list and in work. A first entry is its progress as well:
    nobody types it twice.
    """
    link = queries.get_link_for_update(actor=actor, carry_over_id=carry_over_id)
    demand = one.get_demand_for_update(actor=actor, demand_id=link.demand_id)
    policies.check_can_enter_month(actor, demand)
    if demand.state != DemandState.CARRIED_OVER or not queries.is_latest(link):
        raise MoveError(_("Months are entered while the item is in work on its latest list."))
    plan = ItemPlan.objects.in_town(actor.town_id).filter(carry_over=link.id).first()
    begins = queries.starts_on(plan or ItemPlan(), demand, link)
    _refuse_if(_month_errors(given, begins))
    assert given.month is not None
    assert given.percent is not None
    month = progress.first_of(given.month)
    rows = MonthEntry.objects.in_town(actor.town_id).filter(
        carry_over=link.id, month=month, is_current=True
    )
    former = rows.first()
    rows.update(is_current=False)
    entry = MonthEntry.objects.create(
        town_id=actor.town_id,
        carry_over=link,
        month=month,
        percent=given.percent,
        done=given.done.strip(),
        next_step=given.next_step.strip(),
        entered_by_id=actor.person_id,
        entered_at=clock.now(),
    )
    assert isinstance(entry, MonthEntry)
    _tell_month(actor, link, entry, former)
    return entry


@transaction.atomic
def describe_item(*, actor: Actor, carry_over_id: UUID, given: PlanInput) -> ItemPlan:
    """Write down leader, funds, whom it serves and when it begins."""
    policies.check_can_describe(actor)
    link = queries.get_link_for_update(actor=actor, carry_over_id=carry_over_id)
    demand = one.get_demand(actor=actor, demand_id=link.demand_id)
    errors = _too_long(title=(given.title, 80), funds_source=(given.funds_source, 80))
    errors |= _too_long(beneficiaries=(given.beneficiaries, 120))
    if given.funds_amount is not None and given.funds_amount < 0:
        errors["funds_amount"] = _("Funds are not below zero.")
    if given.starts_on and demand.due_on and given.starts_on >= demand.due_on:
        errors["starts_on"] = _("It begins before its deadline.")
    _refuse_if(errors)
    if given.leader_id:
        people.get_staff(actor=actor, staff_id=given.leader_id)
    plan = ItemPlan(town_id=actor.town_id, carry_over=link, **asdict(given))
    names = [*asdict(given)]
    ItemPlan.objects.bulk_create(
        [plan],
        update_conflicts=True,
        unique_fields=["town", "carry_over"],
        update_fields=[name.removesuffix("_id") for name in names],
    )
    journal.record(actor=actor, verb=Verb.PLANNED, target=link)
    return plan


@transaction.atomic
def set_colours(
    *, actor: Actor, behind_points: int | None, silent_months: int | None, source: str
) -> ColourRule:
    """Choose from where an item is orange or red, and say where that is written."""
    policies.check_can_describe(actor)
    errors = _too_long(source=(source, 200))
    if behind_points is None or not 1 <= behind_points <= progress.WHOLE:
        errors["behind_points"] = _("A number from 1 to 100.")
    if silent_months is None or not 1 <= silent_months <= MOST_SILENT:
        errors["silent_months"] = _("A number from 1 to 12.")
    if not source.strip():
        errors["source"] = _("Tell where the rule stands: a law, a notice, a decision of the town.")
    _refuse_if(errors)
    values = {
        "behind_points": behind_points,
        "silent_months": silent_months,
        "source": source.strip(),
    }
    rule = ColourRule(town_id=actor.town_id, **values)
    ColourRule.objects.bulk_create(
        [rule], update_conflicts=True, unique_fields=["town"], update_fields=list(values)
    )
    town_area = areas.get_town_area(actor.town_id)
    journal.record(actor=actor, verb=Verb.RULE_SET, target=town_area, facts=values)
    return rule


@transaction.atomic
def export_list(*, actor: Actor, list_id: UUID) -> tuple[str, bytes]:
    """The list as a workbook, residents masked; who took it is kept."""
    policies.check_can_export(actor)
    half_year_list = one.get_half_year_list(actor=actor, list_id=list_id)
    facts = {"title": half_year_list.title}
    journal.record(actor=actor, verb=Verb.EXPORTED, target=half_year_list, facts=facts)
    items = queries.list_items(actor=actor, list_id=list_id)
    return exports.file_name(half_year_list), exports.workbook(half_year_list, items)


_Errors = dict[str, str | Promise]


def _month_errors(given: MonthInput, begins: date) -> _Errors:
    errors: _Errors = {}
    first, last = progress.first_of(begins), progress.first_of(clock.today())
    if given.month is None or not first <= progress.first_of(given.month) <= last:
        sentence = _("A month from %(first)s to %(last)s.")
        errors["month"] = sentence % {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
    if given.percent is None or not 0 <= given.percent <= progress.WHOLE:
        errors["percent"] = _("A number from 0 to 100.")
    if not given.done.strip():
        errors["done"] = _("Write down what was done in the month, or why nothing was.")
    return errors


def _tell_month(
    actor: Actor, link: CarryOver, entry: MonthEntry, former: MonthEntry | None
) -> None:
    facts: dict[str, object] = {"month": f"{entry.month:%Y-%m}", "percent": entry.percent}
    if former:
        facts["former"] = former.percent
    else:
        words = _("%(month)s: %(percent)d%%. %(done)s")
        note = words % {**facts, "done": entry.done}
        handling.note_progress(actor=actor, demand_id=link.demand_id, note=note)
    verb = Verb.CORRECTED if former else Verb.ENTERED
    journal.record(actor=actor, verb=verb, target=link, facts=facts)


def _too_long(**fields: tuple[str, int]) -> _Errors:
    sentence = _("At most %(limit)d characters; there are %(length)d.")
    return {
        name: sentence % {"limit": limit, "length": len(text)}
        for name, (text, limit) in fields.items()
        if len(text) > limit
    }


def _refuse_if(errors: _Errors) -> None:
    if errors:
        raise FieldErrors(errors)
