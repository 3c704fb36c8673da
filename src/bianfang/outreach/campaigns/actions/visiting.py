"""A visit with the demands and findings that it brings, all or nothing; a finding by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.campaigns import definition, policies, workflow
from bianfang.outreach.campaigns.actions.inputs import FindingInput
from bianfang.outreach.campaigns.definition import Answers, Errors
from bianfang.outreach.campaigns.enums import Verb
from bianfang.outreach.campaigns.models import Campaign, Definition, Finding, Spot
from bianfang.outreach.campaigns.queries import campaigns, findings, spots
from bianfang.outreach.campaigns.workflow import Move
from bianfang.outreach.demands.actions import intake, outings
from bianfang.outreach.demands.actions.drafts import AnyInput
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput, UrgentInput
from bianfang.outreach.demands.enums import DemandKind, Source
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one as demand_queries
from bianfang.outreach.demands.workflow import UNSETTLED
from bianfang.outreach.visits.actions import recording
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.queries.grounds import is_stored
from bianfang.register.households import queries as households
from bianfang.register.households.models import Household


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitWithAll:
    """A recorded visit, its demands (urgent ones that findings raised come last), its findings."""

    visit: Visit
    demands: tuple[Demand, ...]
    findings: tuple[Finding, ...]


@dataclass(kw_only=True, slots=True)
class _Ready:
    """A finding that was checked. `place` is that of its demand among those of the visit."""

    campaign: Campaign
    asked: Definition
    answers: Answers
    household: Household | None
    spot: Spot | None
    area_path: str
    last: Finding | None
    place: int | None = None

    @property
    def open_demand(self) -> Demand | None:
        """The demand of the last finding, where it is not settled yet: no danger counts twice."""
        demand = self.last.demand if self.last and self.last.urgent else None
        return demand if demand and demand.state in UNSETTLED else None


def record_visit(
    *,
    actor: Actor,
    visit: VisitInput,
    demands: Sequence[AnyInput] = (),
    given: Sequence[FindingInput] = (),
) -> VisitWithAll:
    """A visit and what it brought. A repeated `visit_id` returns what is stored.

    An urgent answer raises a demand at once; one of the campaign's category that the visit brings
    itself is taken instead. Wrong answers of the second finding are named `findings-1-…`.
    """
    if given:
        return _with_findings(actor, visit, demands, given)
    plain = outings.record_visit_with_demands(actor=actor, visit=visit, demands=demands)
    before = plain.visit.is_repeat
    kept = findings.list_of_visit(actor=actor, visit_id=plain.visit.id) if before else ()
    return VisitWithAll(visit=plain.visit, demands=plain.demands, findings=tuple(kept))


@transaction.atomic
def _with_findings(
    actor: Actor, visit: VisitInput, demands: Sequence[AnyInput], given: Sequence[FindingInput]
) -> VisitWithAll:
    if visit.visit_id and is_stored(town_id=actor.town_id, visit_id=visit.visit_id):
        return _stored_before(actor, visit, visit.visit_id)
    household = households.get_household_for_update(actor=actor, household_id=visit.household_id)
    ready = _check_all(actor, visit, household, given)
    brought = list(demands)
    for one in ready:
        _bring(one, brought)
    both = outings.record_visit_with_demands(actor=actor, visit=visit, demands=brought)
    stored = tuple(
        _store(
            actor,
            one,
            at=visit.happened_at,
            visit=both.visit,
            demand=one.open_demand if one.place is None else both.demands[one.place],
        )
        for one in ready
    )
    return VisitWithAll(visit=both.visit, demands=both.demands, findings=stored)


@transaction.atomic
def record_spot(
    *, actor: Actor, spot_id: UUID, version: int, answers: Mapping[str, str]
) -> Finding:
    """What somebody found at a spot, without a visit to a household."""
    spot = spots.get_spot_for_update(actor=actor, spot_id=spot_id)
    policies.check_can_record_finding(actor, spot.area_path)
    wanted = FindingInput(
        campaign_id=spot.campaign_id, version=version, answers=answers, spot_id=spot.id
    )
    ready = _check(actor, wanted, None, spot)
    demand = ready.open_demand
    if ready.answers.is_urgent and demand is None:
        demand = intake.register_urgent(
            actor=actor, demand=_raised(ready, area_id=spot.area_id, proposer=actor.name)
        )
    return _store(actor, ready, at=clock.now(), visit=None, demand=demand)


def _stored_before(actor: Actor, visit: VisitInput, visit_id: UUID) -> VisitWithAll:
    """What a repeat gives back; other content under the same id is refused."""
    brought = tuple(demand_queries.list_of_visits(actor=actor, visit_ids=[visit_id]))
    counted = replace(visit, demand_count=len(brought))
    recorded = recording.record_visit(actor=actor, visit=counted)
    found = tuple(findings.list_of_visit(actor=actor, visit_id=visit_id))
    return VisitWithAll(visit=recorded, demands=brought, findings=found)


def _check_all(
    actor: Actor, visit: VisitInput, household: Household, given: Sequence[FindingInput]
) -> list[_Ready]:
    policies.check_can_record_finding(actor, household.area_path)
    errors: Errors = {}
    ready: list[_Ready] = []
    here = campaigns.list_running(actor=actor, area_path=household.area_path)
    running = {one.id for one in here}
    for place, one in enumerate(given):
        try:
            if visit.outcome != VisitOutcome.MET:
                raise FieldErrors({"": _("Nobody was talked with, so nothing was checked.")})
            if one.campaign_id not in running:
                raise FieldErrors({"": _("This campaign is not running here.")})
            if any(one.campaign_id == each.campaign.id for each in ready):
                raise FieldErrors({"": _("One finding of each campaign in one visit.")})
            ready.append(_check_in_visit(actor, one, household))
        except FieldErrors as refused:
            errors |= {
                f"findings-{place}-{name}": sentence for name, sentence in refused.errors.items()
            }
    if errors:
        raise FieldErrors(errors)
    return ready


def _check_in_visit(actor: Actor, given: FindingInput, household: Household) -> _Ready:
    spot = None
    if given.spot_id is not None:
        spot = spots.get_spot_for_update(actor=actor, spot_id=given.spot_id)
    return _check(actor, given, household, spot)


def _check(
    actor: Actor, given: FindingInput, household: Household | None, spot: Spot | None
) -> _Ready:
    campaign = campaigns.get_campaign(actor=actor, campaign_id=given.campaign_id)
    workflow.check_move(campaign.state, Move.RECORD)
    if campaign.has_spots and (spot is None or spot.campaign_id != campaign.id):
        raise FieldErrors({"spot": _("Choose which one was looked at.")})
    if given.version != campaign.version:
        raise FieldErrors({"": _("The questions were changed meanwhile; look at them again.")})
    asked = campaigns.get_definition(actor=actor, campaign=campaign)
    household = None if campaign.has_spots else household
    spot = spot if campaign.has_spots else None
    thing = household or spot
    assert thing is not None
    return _Ready(
        campaign=campaign,
        asked=asked,
        answers=definition.check_answers(asked.fields, given.answers),
        household=household,
        spot=spot,
        area_path=thing.area_path,
        last=findings.find_last(
            town_id=actor.town_id,
            campaign=campaign,
            household_id=household.id if household else None,
            spot=spot,
        ),
    )


def _bring(ready: _Ready, brought: list[AnyInput]) -> None:
    """Find the urgent demand among those the visit brings, or put it behind them."""
    if not ready.answers.is_urgent:
        return
    for place, given in enumerate(brought):
        said = given if isinstance(given, DemandInput) else given.demand
        if said.category_id == ready.campaign.category_id:
            brought[place], ready.place = _made_urgent(ready, given), place
            return
    if ready.open_demand is None:
        area_id = ready.spot.area_id if ready.spot else None
        brought.append(_raised(ready, area_id=area_id))
        ready.place = len(brought) - 1


def _made_urgent(ready: _Ready, given: AnyInput) -> AnyInput:
    """What was settled on the spot stays so; what waits for acceptance is handed over at once."""
    if isinstance(given, OnsiteInput):
        return replace(given, demand=replace(given.demand, urgent=True))
    if isinstance(given, UrgentInput):
        return given
    assert ready.answers.urgent_days is not None
    return UrgentInput(
        demand=given, measures=ready.campaign.urgent_measures, days=ready.answers.urgent_days
    )


def _raised(ready: _Ready, *, area_id: UUID | None, proposer: str = "") -> UrgentInput:
    """The demand that an urgent answer raises: the campaign, the spot, all answers in words."""
    assert ready.answers.urgent_days is not None
    about = f" {ready.campaign.spot_word} {ready.spot.number}" if ready.spot else ""
    words = definition.summary(ready.asked.fields, ready.answers.values)
    return UrgentInput(
        demand=DemandInput(
            content=f"{ready.campaign.name}{about}: {words}",
            category_id=ready.campaign.category_id,
            kind=DemandKind.PROBLEM,
            source=Source.VISIT,
            area_id=area_id,
            proposer_name=proposer,
            urgent=True,
        ),
        measures=ready.campaign.urgent_measures,
        days=ready.answers.urgent_days,
    )


def _store(
    actor: Actor, ready: _Ready, *, at: datetime, visit: Visit | None, demand: Demand | None
) -> Finding:
    """Keep it beside the earlier ones; the latest by the day of looking is the one that counts."""
    is_last = ready.last is None or ready.last.found_at <= at
    if is_last and ready.last is not None:
        ready.last.is_last = False
        ready.last.save(update_fields=["is_last"])
    days = ready.answers.recheck_days
    finding = Finding.objects.create(
        town_id=actor.town_id,
        campaign=ready.campaign,
        definition=ready.asked,
        household=ready.household,
        spot=ready.spot,
        visit=visit,
        area_path=ready.area_path,
        answers=dict(ready.answers.values),
        found_at=at,
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
        urgent=ready.answers.is_urgent,
        demand=demand if ready.answers.is_urgent else None,
        recheck_on=clock.local(at).date() + timedelta(days=days) if days else None,
        is_last=is_last,
    )
    if ready.spot is not None and is_last:
        ready.spot.status, ready.spot.is_done = ready.answers.status, ready.answers.is_done
        ready.spot.last_found_on = clock.local(at).date()
        ready.spot.save(update_fields=["status", "is_done", "last_found_on"])
    facts: dict[str, object] = {"name": ready.campaign.name, "version": ready.asked.version}
    if finding.demand is not None:
        facts["demand"] = finding.demand.number
    journal.record(actor=actor, verb=Verb.FOUND, target=visit or ready.campaign, facts=facts)
    return finding
