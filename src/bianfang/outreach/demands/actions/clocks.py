"""Stopping and starting the clock of a demand, and returning what was wrongly assigned."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.deadlines import Deadline, count_deadline
from bianfang.outreach.demands.actions.saving import begin_move, save_change
from bianfang.outreach.demands.enums import DayUnit, Verb
from bianfang.outreach.demands.models import Demand, Pause, Return
from bianfang.outreach.demands.queries import days, deadline_rules
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move
from bianfang.register.people import queries as people

MOST_RETURNS = 2
RETURN_WITHIN = 1
"""Working days after the assignment in which it can be returned."""


@transaction.atomic
def pause(*, actor: Actor, demand_id: UUID, reason: str) -> Demand:
    """Stop the clock, where the rule of the deadline lets it stop; today no longer counts."""
    demand = begin_move(actor, demand_id, Move.PAUSE)
    checks.refuse_if(checks.missing(reason=reason))
    if demand.due_rule is None or not demand.due_rule.may_pause:
        raise MoveError(_("No deadline rule lets the clock stop for this kind of demand."))
    if demand.due_on is not None and demand.due_on < clock.today():
        raise MoveError(_("The deadline has passed; the clock cannot be stopped any more."))
    Pause.objects.create(
        town_id=demand.town_id,
        demand=demand,
        reason=reason.strip(),
        from_day=clock.today(),
        paused_by_id=actor.person_id,
    )
    demand.state = State.PAUSED
    save_change(demand, "state")
    journal.record(actor=actor, verb=Verb.PAUSED, target=demand, reason=reason.strip())
    return demand


@transaction.atomic
def resume(*, actor: Actor, demand_id: UUID) -> Demand:
    """Let the clock run again from today; what was left of the time when it stopped is left now."""
    demand = begin_move(actor, demand_id, Move.RESUME)
    rows = Pause.objects.in_town(actor.town_id).select_for_update(of=("self",))
    still = rows.get(demand=demand.id, to_day__isnull=True)
    still.to_day, still.resumed_by_id = clock.today(), actor.person_id
    still.save(update_fields=["to_day", "resumed_by"])
    old = demand.due_on
    fields = _after_pause(demand, still).set_on(demand)
    demand.state = State.HANDLING
    save_change(demand, *fields, "state")
    facts = {"from": f"{old}", "due_on": f"{demand.due_on}"}
    journal.record(actor=actor, verb=Verb.RESUMED, target=demand, facts=facts)
    return demand


@transaction.atomic
def give_back(
    *, actor: Actor, demand_id: UUID, version: int, suggested_unit_id: UUID | None, reason: str
) -> Demand:
    """Return what does not belong here within a working day, naming whose it is; twice at most.

    The clock is not set back: it runs from the first acceptance. Whoever holds a demand after the
    second return sees it through, and brings the others in (首办负责制).
    """
    demand = begin_move(actor, demand_id, Move.RETURN, version=version)
    _check_may_still_return(actor, demand)
    errors = checks.missing(suggested_unit=suggested_unit_id, reason=reason)
    if suggested_unit_id is not None and suggested_unit_id == demand.unit_id:
        errors["suggested_unit"] = _("It is with this unit now; name another one.")
    checks.refuse_if(errors)
    assert suggested_unit_id is not None
    unit = people.get_unit(actor=actor, unit_id=suggested_unit_id)
    from_unit = demand.unit
    Return.objects.create(
        town_id=demand.town_id,
        demand=demand,
        from_unit=from_unit,
        suggested_unit=unit,
        reason=reason.strip(),
        returned_at=clock.now(),
        returned_by_id=actor.person_id,
    )
    facts = {
        "from_unit": from_unit.name if from_unit else "",
        "from_owner": demand.owner.name if demand.owner else "",
        "suggested_unit": unit.name,
    }
    demand.state, demand.owner, demand.unit = State.REGISTERED, None, unit
    save_change(demand, "state", "owner", "unit")
    journal.record(
        actor=actor, verb=Verb.RETURNED, target=demand, facts=facts, reason=reason.strip()
    )
    return demand


def last_day_to_return(demand: Demand) -> date | None:
    """Until when it can be returned as wrongly assigned; None before it was assigned."""
    if demand.assigned_on is None:
        return None
    return load_calendar().add_workdays(demand.assigned_on, RETURN_WITHIN)


def _check_may_still_return(actor: Actor, demand: Demand) -> None:
    last = last_day_to_return(demand)
    if last is None or last < clock.today():
        sentence = _("It could be returned until %(day)s; now hand it over, or handle it.")
        raise MoveError(str(sentence) % {"day": last or "—"})
    if Return.objects.in_town(actor.town_id).filter(demand=demand.id).count() >= MOST_RETURNS:
        raise MoveError(
            _("It was returned twice already: the unit that holds it now sees it through.")
        )


def _after_pause(demand: Demand, still: Pause) -> Deadline:
    """Counted deadlines are counted anew around all pauses; a chosen one keeps the days left.

    Whoever was in time when the clock stopped is in time when it runs again, even if a rule or the
    calendar changed meanwhile.
    """
    deadline = _counted_on(demand, still)
    return replace(deadline, due_on=max(deadline.due_on, clock.today()))


def _counted_on(demand: Demand, still: Pause) -> Deadline:
    assert demand.due_on is not None
    if demand.due_days is not None and demand.due_counted_from is not None:
        stills = deadline_rules.stills_of(town_id=demand.town_id, demands=[demand])[demand.id]
        return count_deadline(
            demand.due_counted_from,
            demand.due_days,
            unit=DayUnit(demand.due_unit),
            rule=demand.due_rule,
            stills=stills,
        )
    calendar, unit = load_calendar(), DayUnit(demand.due_unit)
    left = days.days_left(still.from_day, demand.due_on, unit=unit, calendar=calendar)
    day_before = days.day_before(clock.today())
    return Deadline(due_on=days.due_date(day_before, left, unit=unit, calendar=calendar))
