"""Half-year lists, and carrying open demands over to them."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.deadlines import Deadline
from bianfang.outreach.demands.actions.saving import begin_move, save_change
from bianfang.outreach.demands.enums import Verb
from bianfang.outreach.demands.models import CarryOver, Demand, HalfYearList
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move

HALVES = (1, 2)


@transaction.atomic
def create_half_year_list(*, actor: Actor, year: int, half: int, title: str) -> HalfYearList:
    """Open the list of a half-year; there is one for each."""
    policies.check_can_manage_half_year_lists(actor)
    errors = checks.missing(title=title) | checks.too_long(title=(title, 60))
    if half not in HALVES:
        errors["half"] = _("A year has a first and a second half.")
    checks.refuse_if(errors)
    lists = HalfYearList.objects.in_town(actor.town_id)
    if lists.filter(year=year, half=half).exists():
        raise FieldError("half", _("The list of this half-year is there already."))
    created = HalfYearList.objects.create(
        town_id=actor.town_id, year=year, half=half, title=title.strip()
    )
    journal.record(
        actor=actor, verb=Verb.LIST_CREATED, target=created, facts={"year": year, "half": half}
    )
    assert isinstance(created, HalfYearList)
    return created


@transaction.atomic
def carry_over(
    *, actor: Actor, demand_id: UUID, list_id: UUID, reason: str, due_on: date | None = None
) -> Demand:
    """Put an open demand on a half-year list; number, history and old period stay its own.

    It is handled on as before. Its new deadline is the end of the half-year unless another is set;
    the first promise is kept.
    """
    demand = begin_move(actor, demand_id, Move.CARRY_OVER)
    target = one.get_half_year_list(actor=actor, list_id=list_id)
    errors = checks.missing(reason=reason) | checks.past_day_errors(due_on=due_on)
    if target.last_day < clock.today():
        errors["half_year_list"] = _("This half-year is over; choose a later list.")
    checks.refuse_if(errors)
    links = CarryOver.objects.in_town(actor.town_id)
    if links.filter(demand=demand.id, half_year_list=target.id).exists():
        raise MoveError(_("The demand stands on this list already."))
    CarryOver.objects.create(
        town_id=actor.town_id,
        demand=demand,
        half_year_list=target,
        reason=reason.strip(),
        carried_on=clock.today(),
        carried_by_id=actor.person_id,
    )
    demand.state = State.CARRIED_OVER
    save_change(demand, "state", *Deadline(due_on=due_on or target.last_day).set_on(demand))
    facts = {"list": target.title, "due_on": f"{demand.due_on}"}
    journal.record(
        actor=actor, verb=Verb.CARRIED_OVER, target=demand, facts=facts, reason=reason.strip()
    )
    return demand
