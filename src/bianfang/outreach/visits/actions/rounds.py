"""Rounds: planned, configured, started with a frozen denominator, finished."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.tenancy.models import Town
from bianfang.outreach.visits import policies, workflow
from bianfang.outreach.visits.actions import texts
from bianfang.outreach.visits.enums import TargetOutcome, Verb
from bianfang.outreach.visits.errors import (
    HouseholdsLeftError,
    RoundNotReadyError,
    RoundStateError,
)
from bianfang.outreach.visits.models import Round, Target
from bianfang.outreach.visits.queries import checklists, rounds
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.models import Household
from bianfang.register.people import queries as people

BATCH = 2000
LONGEST_HANDLING = 90


@transaction.atomic
def create_round(*, actor: Actor, name: str, starts_on: date, due_on: date) -> Round:
    """Plan the next round; it gets the next number of the town."""
    policies.check_can_manage_rounds(actor)
    _check_days(starts_on, due_on)
    round_ = Round.objects.create(
        town_id=actor.town_id,
        number=_next_number(actor.town_id),
        name=_checked_name(name),
        starts_on=starts_on,
        due_on=due_on,
    )
    facts = {"number": round_.number, "starts_on": f"{starts_on}", "due_on": f"{due_on}"}
    journal.record(actor=actor, verb=Verb.ROUND_CREATED, target=round_, facts=facts)
    return round_


@transaction.atomic
def edit_round(*, actor: Actor, round_id: UUID, name: str, starts_on: date, due_on: date) -> Round:
    """Change name and days; once it has started, its beginning stays."""
    round_ = rounds.get_round_for_update(actor=actor, round_id=round_id)
    policies.check_can_manage_rounds(actor)
    if round_.state not in {RoundState.DRAFT, RoundState.ACTIVE}:
        raise RoundStateError(name=round_.name, state=round_.state)
    if round_.state == RoundState.ACTIVE and starts_on != round_.starts_on:
        raise FieldError("starts_on", _("The round has started; its first day stays."))
    _check_days(starts_on, due_on)
    facts = {"due_on": f"{due_on}", "was_due_on": f"{round_.due_on}"}
    round_.name, round_.starts_on, round_.due_on = _checked_name(name), starts_on, due_on
    round_.save(update_fields=["name", "starts_on", "due_on"])
    journal.record(actor=actor, verb=Verb.ROUND_EDITED, target=round_, facts=facts)
    return round_


@transaction.atomic
def configure_round(
    *, actor: Actor, round_id: UUID, checklist_id: UUID, coordinator_id: UUID, timed_days: int
) -> Round:
    """Set WHAT (a published checklist) and HOW (who coordinates, working days) of a plan."""
    round_ = rounds.get_round_for_update(actor=actor, round_id=round_id)
    policies.check_can_manage_rounds(actor)
    if round_.state != RoundState.DRAFT:
        raise RoundStateError(name=round_.name, state=round_.state)
    checklist = checklists.get_checklist(actor=actor, checklist_id=checklist_id)
    if not checklist.published_on:
        raise FieldError("checklist", _("Publish the checklist first; then it never changes."))
    unit = people.get_unit(actor=actor, unit_id=coordinator_id)
    if unit.closed_on:
        raise FieldError("coordinator", _("%(unit)s was closed.") % {"unit": unit.name})
    if not 1 <= timed_days <= LONGEST_HANDLING:
        sentence = _("Between 1 and %(most)d working days.") % {"most": LONGEST_HANDLING}
        raise FieldError("timed_days", sentence)
    round_.checklist, round_.coordinator, round_.timed_days = checklist, unit, timed_days
    round_.save(update_fields=["checklist", "coordinator", "timed_days"])
    facts = {"checklist": str(checklist), "unit": unit.name, "timed_days": timed_days}
    journal.record(actor=actor, verb=Verb.ROUND_CONFIGURED, target=round_, facts=facts)
    return round_


@transaction.atomic
def start_round(*, actor: Actor, round_id: UUID) -> Round:
    """Freeze the denominator: every resident household of this moment becomes a target.

    Refused with everything that is missing in WHO, WHAT and HOW.
    """
    round_ = rounds.get_round_for_update(actor=actor, round_id=round_id)
    policies.check_can_manage_rounds(actor)
    _check_move(round_, RoundState.ACTIVE)
    readiness = rounds.round_readiness(actor=actor, round=round_)
    if not readiness.is_ready:
        raise RoundNotReadyError(readiness.sentences)
    targets = _targets(round_)
    round_.state, round_.started_at = RoundState.ACTIVE, clock.now()
    round_.target_count = len(targets)
    round_.hamlet_count = len({target.area_path for target in targets})
    round_.save(update_fields=["state", "started_at", "target_count", "hamlet_count"])
    Target.objects.bulk_create(targets, batch_size=BATCH)
    facts = {"households": round_.target_count, "hamlets": round_.hamlet_count}
    journal.record(actor=actor, verb=Verb.ROUND_STARTED, target=round_, facts=facts)
    return round_


@transaction.atomic
def finish_round(*, actor: Actor, round_id: UUID) -> Round:
    """End the round; refused as long as any household is still to be visited."""
    round_ = rounds.get_round_for_update(actor=actor, round_id=round_id)
    policies.check_can_manage_rounds(actor)
    _check_move(round_, RoundState.FINISHED)
    targets = Target.objects.in_town(actor.town_id).filter(round=round_)
    left = targets.filter(outcome=TargetOutcome.OPEN).count()
    if left:
        raise HouseholdsLeftError(left)
    round_.state, round_.finished_at = RoundState.FINISHED, clock.now()
    round_.save(update_fields=["state", "finished_at"])
    facts = {"households": targets.count()}
    journal.record(actor=actor, verb=Verb.ROUND_FINISHED, target=round_, facts=facts)
    return round_


@transaction.atomic
def cancel_round(*, actor: Actor, round_id: UUID, reason: str) -> Round:
    """Give up a plan that has not started; its number goes to the next one."""
    round_ = rounds.get_round_for_update(actor=actor, round_id=round_id)
    policies.check_can_manage_rounds(actor)
    _check_move(round_, RoundState.CANCELLED)
    reason = texts.checked("reason", reason, limit=400, empty=_("Give the reason."))
    round_.state = RoundState.CANCELLED
    round_.save(update_fields=["state"])
    journal.record(actor=actor, verb=Verb.ROUND_CANCELLED, target=round_, reason=reason)
    return round_


def _targets(round_: Round) -> list[Target]:
    """One per resident household, in the order of the paper sheets; unsaved."""
    households = Household.objects.in_town(round_.town_id).counted()
    rows = households.order_by("area_path", "number").values_list(
        "id", "area_path", "priority", "living_status"
    )
    return [
        Target(
            town_id=round_.town_id,
            round_id=round_.id,
            household_id=household_id,
            area_path=area_path,
            priority=priority,
            living_status=living_status,
        )
        for household_id, area_path, priority, living_status in rows.iterator(chunk_size=BATCH)
    ]


def _next_number(town_id: UUID) -> int:
    """One more than the last; the town's row is locked, so that two planners take turns."""
    Town.objects.select_for_update(of=("self",), no_key=True).get(id=town_id)
    planned = Round.objects.in_town(town_id).exclude(state=RoundState.CANCELLED)
    last: int | None = planned.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _check_move(round_: Round, target: RoundState) -> None:
    if not workflow.can_move(RoundState(round_.state), target):
        raise RoundStateError(name=round_.name, state=round_.state)


def _check_days(starts_on: date, due_on: date) -> None:
    if due_on < starts_on:
        raise FieldError("due_on", _("The round ends before it begins."))


def _checked_name(name: str) -> str:
    return texts.checked("name", name, limit=60, empty=_("Give the round a name."))
