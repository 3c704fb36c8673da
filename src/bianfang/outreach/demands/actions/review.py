"""The second person: write-off, sending back, reopening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies, workflow
from bianfang.outreach.demands.actions import answers, checks
from bianfang.outreach.demands.actions.deadlines import Deadline, usual_deadline
from bianfang.outreach.demands.actions.reopening import settle_request
from bianfang.outreach.demands.actions.saving import begin_move, save_change
from bianfang.outreach.demands.enums import ConfirmWay, Satisfaction, Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteOffResult:
    """What became of one demand of a bulk write-off; without `refusal` it is written off."""

    demand_id: UUID
    number: str
    refusal: str = ""


@transaction.atomic
def write_off(*, actor: Actor, demand_id: UUID, satisfaction: Satisfaction | None = None) -> Demand:
    """Close a numbered demand for good, by somebody who did not handle it.

    Another `satisfaction` than stands is what the resident told the reviewer on the phone.
    """
    demand = begin_move(actor, demand_id, Move.WRITE_OFF)
    demand.state, demand.reviewed_by_id = State.WRITTEN_OFF, actor.staff_id
    demand.written_off_on = clock.today()
    save_change(demand, "state", "reviewed_by", "written_off_on")
    if satisfaction not in {None, Satisfaction.NOT_ASKED, Satisfaction(demand.satisfaction)}:
        assert satisfaction is not None
        made = answers.new_answer(actor, demand, demand, satisfaction, ConfirmWay.PHONE)
        answers.keep_answer(actor, made)
    journal.record(
        actor=actor, verb=Verb.WRITTEN_OFF, target=demand, facts={"outcome": demand.outcome}
    )
    return demand


@transaction.atomic
def write_off_many(*, actor: Actor, demand_ids: Sequence[UUID]) -> list[WriteOffResult]:
    """Write off as many of these as may be, and tell of each other one why not, in their order."""
    locked = one.list_demands_for_update(actor=actor, demand_ids=list(demand_ids))
    found = {demand.id: demand for demand in locked}
    results = [_judge(actor, demand_id, found.get(demand_id)) for demand_id in demand_ids]
    passed = [found[result.demand_id] for result in results if not result.refusal]
    Demand.objects.in_town(actor.town_id).filter(id__in=[each.id for each in passed]).update(
        state=State.WRITTEN_OFF,
        reviewed_by=actor.staff_id,
        written_off_on=clock.today(),
        changed_at=clock.now(),
        version=F("version") + 1,
    )
    told = [(demand, {"outcome": demand.outcome}) for demand in passed]
    journal.record_many(actor=actor, verb=Verb.WRITTEN_OFF, targets=told)
    return results


@transaction.atomic
def send_back(*, actor: Actor, demand_id: UUID, reason: str) -> Demand:
    """Back to the handler with what is lacking; result and reply stay to be improved."""
    demand = begin_move(actor, demand_id, Move.SEND_BACK)
    checks.refuse_if(checks.missing(reason=reason))
    fields = _open_again(actor, demand, Move.SEND_BACK)
    save_change(demand, *fields)
    journal.record(actor=actor, verb=Verb.SENT_BACK, target=demand, reason=reason.strip())
    return demand


@transaction.atomic
def reopen(*, actor: Actor, demand_id: UUID, reason: str, due_on: date | None = None) -> Demand:
    """A written-off demand was not settled after all: it is counted, and gets a new deadline."""
    demand = begin_move(actor, demand_id, Move.REOPEN)
    errors = checks.missing(reason=reason) | checks.past_day_errors(due_on=due_on)
    checks.refuse_if(errors)
    deadline = Deadline(due_on=due_on) if due_on else usual_deadline(demand, clock.today())
    demand.reopened_count += 1
    demand.satisfaction, demand.is_heard_by_handler = Satisfaction.NOT_ASKED, False
    demand.reviewed_by = demand.written_off_on = None
    fields = [*_open_again(actor, demand, Move.REOPEN), *deadline.set_on(demand)]
    fields += ["reopened_count", "satisfaction", "is_heard_by_handler"]
    save_change(demand, *fields, "reviewed_by", "written_off_on")
    facts = {"times": demand.reopened_count, "due_on": f"{demand.due_on}"}
    journal.record(
        actor=actor, verb=Verb.REOPENED, target=demand, facts=facts, reason=reason.strip()
    )
    settle_request(actor, demand)
    return demand


def _open_again(actor: Actor, demand: Demand, move: Move) -> list[str]:
    is_carried = one.list_carry_overs(actor=actor, demand=demand).exists()
    demand.state = workflow.state_after(State(demand.state), move, is_carried=is_carried)
    demand.closed_on = demand.handled_by = None
    return ["state", "closed_on", "handled_by"]


def _judge(actor: Actor, demand_id: UUID, demand: Demand | None) -> WriteOffResult:
    if demand is None:
        return WriteOffResult(demand_id=demand_id, number="", refusal=str(one.NOT_FOUND))
    try:
        policies.check_can_make_move(actor, demand, Move.WRITE_OFF)
        workflow.check_move(State(demand.state), Move.WRITE_OFF)
    except DomainError as refused:
        return WriteOffResult(demand_id=demand_id, number=demand.number, refusal=str(refused))
    return WriteOffResult(demand_id=demand_id, number=demand.number)
