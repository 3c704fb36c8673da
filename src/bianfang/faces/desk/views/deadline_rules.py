"""The rules of deadlines: what holds, what held before, and setting a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.demand_page import category_name
from bianfang.faces.desk.forms.deadline_rules import RuleForm
from bianfang.faces.desk.forms.demand_rows import categories_offered
from bianfang.faces.desk.forms.offers import offer_grouped
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.outreach.demands.actions import deadline_rules
from bianfang.outreach.demands.models import DeadlineRule
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.demands.queries import deadline_rules as rules
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Deadline rules")
FORMER = 20
CHANGED = ("category_id", "route", "days", "unit", "may_pause", "source")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A rule with the name of its category, empty where it holds for all."""

    rule: DeadlineRule
    category: str


@desk_page(Permission.MANAGE_CALENDAR)
def rule_list(request: DeskRequest) -> HttpResponse:
    """The rules in force, and the last ones that held before."""
    return show(
        request,
        "desk/deadlinerules/list.html",
        title=TITLE,
        lines=_lines(rules.list_rules(actor=request.actor)),
        former=_lines(rules.list_rules(actor=request.actor, in_force=False)[:FORMER]),
    )


@desk_page(Permission.MANAGE_CALENDAR)
def set_rule(request: DeskRequest) -> HttpResponse:
    """A rule for a category and a way of handling, or for all; it follows the one before."""
    form = RuleForm(request.POST or None, initial=_start(request))
    by_theme = categories.list_by_theme(actor=request.actor)
    offer_grouped(form, "category_id", categories_offered(by_theme))
    back = address(chosen_path(request), "deadlinerules:list")
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: deadline_rules.set_rule(actor=request.actor, **given))
        if made:
            return done(request, _("The rule holds from today."), back)
    return show_form(
        request,
        form,
        title=_("Set a deadline rule"),
        button=_("Set"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
        explain=_("The closest rule holds: by category, then by way of handling."),
    )


@desk_page(Permission.MANAGE_CALENDAR)
def end_rule(request: DeskRequest, rule_id: UUID) -> HttpResponse:
    """Let a rule hold no longer."""
    return attempt_and_tell(
        request,
        lambda: deadline_rules.end_rule(actor=request.actor, rule_id=rule_id),
        done=_("The rule holds no longer; deadlines counted by it stand."),
        back=address(chosen_path(request), "deadlinerules:list"),
    )


def _lines(found: Iterable[DeadlineRule]) -> list[Line]:
    return [
        Line(rule=rule, category=category_name(rule.category) if rule.category else "")
        for rule in found
    ]


def _start(request: DeskRequest) -> dict[str, object]:
    """For a change: what the rule named in the address says now."""
    wanted = request.GET.get("rule")
    named = [rule for rule in rules.list_rules(actor=request.actor) if str(rule.id) == wanted]
    return {name: getattr(rule, name) for rule in named for name in CHANGED}
