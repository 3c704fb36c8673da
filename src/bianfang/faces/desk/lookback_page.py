"""What the pages of look-backs show, made ready for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address, same_page
from bianfang.faces.desk.area_choice import OFFERED, chosen_path, exists_on
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.demand_counts import Tile
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.forms.offers import Pairs
from bianfang.faces.desk.pages import Crumb
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.kernel.tenancy.paths import STEP
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.outreach.demands import policies as demand_policies
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.lookback import policies, sampling
from bianfang.outreach.lookback.enums import RESULT_LABELS, STATE_LABELS, SampleMethod
from bianfang.outreach.lookback.exports import stratum_name
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import one
from bianfang.outreach.lookback.queries.one import Tally
from bianfang.outreach.lookback.queries.plan import SamplePlan
from bianfang.outreach.lookback.workflow import RUNNING, CheckResult, LookBackState
from bianfang.register.areas import queries as areas
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Look-backs")
RESULT = "result"
STATES: dict[str, Kind] = {
    LookBackState.DRAWN: "waiting",
    LookBackState.GOING_ON: "active",
    LookBackState.FINISHED: "done",
    LookBackState.GIVEN_UP: "void",
}
RESULTS: dict[str, Kind] = {
    CheckResult.WAITING: "waiting",
    CheckResult.NOT_REACHED: "soon",
    CheckResult.PASSED: "done",
    CheckResult.FAILED: "late",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A check in a list."""

    check: Check
    href: str
    content: str
    place: str
    stratum: str
    state: Badge
    is_open: bool
    may_replace: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StratumLine:
    """A group of a look-back: what was drawn of it, and what came of it."""

    name: str
    population: int
    sample: int
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckLine:
    """A check on the page of its demand."""

    title: str
    href: str
    told: str
    state: Badge


def crumbs(request: DeskRequest) -> list[Crumb]:
    """The way back to the demands and the look-backs."""
    path = chosen_path(request)
    return [
        Crumb(_("Demands"), address(path, "demands:list")),
        Crumb(TITLE, address(path, "lookbacks:list")),
    ]


def part_tabs(request: DeskRequest, current: str) -> list[Tab]:
    """The look-backs, and what was checked in all of them."""
    labels = {"lookbacks:list": TITLE, "lookbacks:checks": gettext_lazy("Checked demands")}
    return [
        Tab(label=label, href=address(chosen_path(request), name), is_current=name == current)
        for name, label in labels.items()
    ]


def state_badge(look_back: LookBack) -> Badge:
    """Where the look-back stands."""
    return Badge(STATE_LABELS[look_back.state], STATES[look_back.state])


def result_badge(check: Check) -> Badge:
    """What the check came to; one that was replaced or given up is told as such."""
    if check.look_back.state == LookBackState.GIVEN_UP:
        return state_badge(check.look_back)
    if check.replaced_by_id:
        return Badge(_("Replaced"), "void")
    return Badge(RESULT_LABELS[check.result], RESULTS[check.result])


def rows_of(request: DeskRequest, checks: Sequence[Check], *, leads: bool = False) -> list[Row]:
    """Checks made ready for a list; `leads` where the reader leads the look-back."""
    path = chosen_path(request)
    names: dict[tuple[object, str], str] = {}
    rows = []
    for check in checks:
        key = (check.look_back_id, check.stratum)
        if key not in names:
            names[key] = names_of(check.look_back)[check.stratum]
        rows.append(
            Row(
                check=check,
                href=address(path, "lookbacks:check", check.id),
                content=content_for(request.actor, check.demand),
                place=_place(request, check.area_path),
                stratum=names[key],
                state=result_badge(check),
                is_open=check.is_open,
                may_replace=leads and check.is_open and check.result == CheckResult.NOT_REACHED,
            )
        )
    return rows


def names_of(look_back: LookBack) -> dict[str, str]:
    """The groups by key with their names."""
    return {
        each["key"]: stratum_name(look_back, each["key"], each["name"]) for each in look_back.strata
    }


def strata_of(look_back: LookBack, tallies: dict[str, Tally]) -> list[StratumLine]:
    """The groups with what came of them so far."""
    names = names_of(look_back)
    return [
        StratumLine(
            name=names[each["key"]],
            population=each["population"],
            sample=each["sample"],
            tally=tallies.get(each["key"], Tally()),
        )
        for each in look_back.strata
    ]


def planned_strata(look_back: LookBack, plan: SamplePlan) -> list[StratumLine]:
    """The groups before drawing; `look_back` only tells what they are grouped by."""
    return [
        StratumLine(
            name=stratum_name(look_back, each.key, each.name),
            population=each.population,
            sample=each.sample,
            tally=Tally(),
        )
        for each in plan.strata
    ]


def tiles(request: DeskRequest, tally: Tally) -> list[Tile]:
    """The figures of one look-back; each opens its rows."""

    def rows(result: CheckResult | None) -> str:
        return same_page(request, **{RESULT: result.value if result else None})

    rate = tally.pass_rate
    return [
        Tile(
            name=_("Look-back pass rate"), icon="supervision", text=rate.text(),
            note=_("%(passed)d of %(checked)d checked")
            % {"passed": tally.passed, "checked": tally.checked},
            formula=_("Passed ÷ checked; demands whose residents were not reached do not count"),
            href=rows(CheckResult.PASSED),
            width=f"{rate.share}%" if rate.share is not None else "",
            is_full=bool(tally.checked) and tally.failed == 0,
        ),
        Tile(
            name=RESULT_LABELS[CheckResult.FAILED], icon="undo", text=f"{tally.failed:,}",
            note=_("reopened by the look-back"),
            formula=_("Failed checks; each reopens its demand"),
            href=rows(CheckResult.FAILED),
        ),
        Tile(
            name=RESULT_LABELS[CheckResult.WAITING], icon="timed", text=f"{tally.waiting:,}",
            note=_("nobody has tried yet"), formula=_("Checks without a result"),
            href=rows(CheckResult.WAITING),
        ),
        Tile(
            name=RESULT_LABELS[CheckResult.NOT_REACHED], icon="phone",
            text=f"{tally.not_reached:,}", note=_("may be tried again or replaced"),
            formula=_("Checks whose resident was not reached, without those replaced"),
            href=rows(CheckResult.NOT_REACHED),
        ),
    ]  # fmt: skip


def result_tabs(request: DeskRequest, tally: Tally) -> list[Tab]:
    """All rows, and those of each result."""
    asked = asked_result(request)
    counts = {
        None: tally.total + tally.replaced,
        CheckResult.WAITING: tally.waiting,
        CheckResult.NOT_REACHED: tally.not_reached + tally.replaced,
        CheckResult.PASSED: tally.passed,
        CheckResult.FAILED: tally.failed,
    }
    return [
        Tab(
            label=RESULT_LABELS[result] if result else _("All"),
            href=same_page(request, **{RESULT: result.value if result else None}),
            is_current=result is asked,
            count=count,
        )
        for result, count in counts.items()
    ]


def asked_result(request: DeskRequest) -> CheckResult | None:
    """The result that the list is narrowed to; an unknown one is none."""
    asked = request.GET.get(RESULT, "")
    return CheckResult(asked) if asked in list(CheckResult) else None


def rule_words(look_back: LookBack) -> str | Promise:
    """The rule that the sample was drawn by, in one sentence."""
    facts = {
        "confidence": look_back.confidence,
        "margin": look_back.margin,
        "of_each": look_back.of_each,
        "percent": look_back.percent,
        "at_least": look_back.at_least,
    }
    sentences = {
        SampleMethod.CONFIDENCE: _("%(confidence)s%% confidence, margin ±%(margin)s points"),
        SampleMethod.OF_EACH: _("%(of_each)s of each group"),
        SampleMethod.SHARE: _("%(percent)s%% of all, at least %(at_least)s"),
    }
    return sentences[SampleMethod(look_back.method)] % facts


def margin_of(look_back: LookBack) -> Any:
    """Percentage points by which the share in all may lie from that in the sample."""
    return sampling.margin_of(
        look_back.population, look_back.sample_size, confidence=look_back.confidence
    )


def areas_to_plan(request: DeskRequest) -> Pairs:
    """The areas whose look-backs the reader plans, deeper levels moved in."""
    today = clock.today()
    offered = [
        area
        for area in request.town_areas.values()
        if area.kind in OFFERED
        and exists_on(area, today)
        and request.actor.may_at(Permission.PLAN_LOOK_BACK, area.path)
    ]
    top = min((len(area.path) for area in offered), default=0)
    for area in offered:
        yield area.id, f"{'　' * ((len(area.path) - top) // STEP)}{area.name}"


def _place(request: DeskRequest, path: str) -> str:
    """Village and natural village, once where they have one name."""
    return " · ".join(dict.fromkeys(areas.names_above(path, request.town_areas)[-2:]))


def checks_of_demand(request: DeskRequest, demand: Demand) -> list[CheckLine]:
    """The checks of a demand, the latest first; their pages for who may open them."""
    actor = request.actor
    shows_page = actor.may_at(Permission.VIEW_DEMANDS, demand.area_path)
    path = chosen_path(request)
    return [
        CheckLine(
            title=check.look_back.title,
            href=address(path, "lookbacks:check", check.id) if shows_page else "",
            told=_told(actor, demand, check),
            state=result_badge(check),
        )
        for check in one.list_of_demand(actor=actor, demand=demand)
    ]


def _told(actor: Actor, demand: Demand, check: Check) -> str:
    """When, how and by whom it was checked, and what was found."""
    parts = [check.checker.name] if check.checker else []
    if check.checked_on:
        parts.append(f"{check.checked_on} {check.get_way_display()}")
    check.demand = demand
    return " · ".join(filter(None, [*parts, found_for(actor, check)]))


def proposer_for(actor: Actor, demand: Demand) -> str:
    """Who asked, masked for readers who may not see it."""
    if demand_policies.can_see_proposer(actor, demand):
        return demand.proposer_name
    return mask_name(demand.proposer_name, Level.L3)


def found_for(actor: Actor, check: Check) -> str:
    """What was found; for readers who do not see who asks, without name and numbers of people."""
    if demand_policies.can_see_proposer(actor, check.demand):
        return check.found
    return public_wording(check.found, check.demand.proposer_name)


def leads(actor: Actor, look_back: LookBack) -> bool:
    """Whether this person hands out and replaces the checks of a look-back that is not over."""
    return look_back.state in RUNNING and policies.can_plan_look_back(actor, look_back.area_path)
