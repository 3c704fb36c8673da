"""From acceptance to the submitted result; and the way aside: declined."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies, workflow
from bianfang.outreach.demands.actions import checks
from bianfang.outreach.demands.actions.answers import heard_with_reply
from bianfang.outreach.demands.actions.deadlines import Deadline, usual_deadline
from bianfang.outreach.demands.actions.hands import stray_errors, take_hands, unit_of
from bianfang.outreach.demands.actions.inputs import ResultInput
from bianfang.outreach.demands.actions.saving import begin_move, save_change, tell_of_urgent
from bianfang.outreach.demands.enums import (
    ExtensionDecision,
    ExtensionState,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Verb,
)
from bianfang.outreach.demands.models import Confirmation, Demand, Extension, Step
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.queries.categories import categories_by_id
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.outreach.demands.workflow import Move


@transaction.atomic
def accept(
    *,
    actor: Actor,
    demand_id: UUID,
    version: int,
    measures: str,
    unit_id: UUID | None,
    owner_id: UUID | None,
    route: Route | None,
    due_on: date | None = None,
    content: str | None = None,
    category_id: UUID | None = None,
) -> Demand:
    """Take a demand on: from here on its four fields are never empty.

    Without a unit it is that of the person in charge, else the usual one of the category.
    Without `due_on` the deadline is counted by rule (`usual_deadline`), after a return from the day
    of the first acceptance. The first deadline set here stays on record as the first promise.
    """
    demand = begin_move(actor, demand_id, Move.ACCEPT, version=version)
    usual = demand.unit_id or demand.category.usual_unit_id
    unit_id = unit_id or unit_of(owner_id, actor=actor, otherwise=usual)
    hands = take_hands(actor=actor, owner_id=owner_id, unit_id=unit_id)
    demand.content = demand.content if content is None else content.strip()
    demand.measures, demand.route = measures.strip(), route or ""
    errors = hands.errors | checks.missing(content=demand.content, measures=measures, route=route)
    errors |= stray_errors(actor, demand, Move.ACCEPT, hands)
    errors |= _route_errors(route) | checks.past_day_errors(due_on=due_on)
    if category_id and category_id != demand.category_id:
        errors |= _sort_into(actor, demand, category_id)
    checks.refuse_if(errors)
    start = clock.local(demand.accepted_at).date() if demand.accepted_at else clock.today()
    deadline = Deadline(due_on=due_on) if due_on else usual_deadline(demand, start)
    demand.accepted_at, demand.state = demand.accepted_at or clock.now(), State.HANDLING
    demand.assigned_on = clock.today()
    fields = [*hands.put(demand), *deadline.set_on(demand), "content", "measures", "route"]
    save_change(demand, *fields, "category", "theme", "accepted_at", "assigned_on", "state")
    facts = {"route": demand.route, "due_on": f"{demand.due_on}", **hands.facts()}
    journal.record(actor=actor, verb=Verb.ACCEPTED, target=demand, facts=facts)
    if demand.urgent:
        tell_of_urgent(demand)
    return demand


@transaction.atomic
def decline(
    *,
    actor: Actor,
    demand_id: UUID,
    version: int,
    reason: str,
    go_to: str,
    reply_mode: ReplyMode = ReplyMode.IN_PERSON,
) -> Demand:
    """Not ours to handle: the resident is told why, and where to turn instead."""
    demand = begin_move(actor, demand_id, Move.DECLINE, version=version)
    checks.refuse_if(
        checks.missing(reason=reason, go_to=go_to) | checks.too_long(go_to=(go_to, 60))
    )
    demand.state, demand.reply, demand.transferred_to = (
        State.DECLINED,
        reason.strip(),
        go_to.strip(),
    )
    demand.reply_mode, demand.replied_on = reply_mode, clock.today()
    demand.closed_on = clock.today()
    save_change(demand, "state", "reply", "transferred_to", "reply_mode", "replied_on", "closed_on")
    facts = {"go_to": demand.transferred_to, "reply_mode": reply_mode}
    journal.record(actor=actor, verb=Verb.DECLINED, target=demand, facts=facts, reason=demand.reply)
    return demand


@transaction.atomic
def reassign(
    *,
    actor: Actor,
    demand_id: UUID,
    version: int,
    owner_id: UUID | None,
    unit_id: UUID | None,
    reason: str,
    measures: str | None = None,
    route: Route | None = None,
) -> Demand:
    """Put a demand into other hands; the deadline stays, and what is not given stays as it is."""
    demand = begin_move(actor, demand_id, Move.REASSIGN, version=version)
    before = {
        "from_owner": demand.owner.name if demand.owner else "",
        "from_unit": demand.unit.name if demand.unit else "",
    }
    unit_id = unit_id or unit_of(owner_id, actor=actor, otherwise=demand.unit_id)
    hands = take_hands(actor=actor, owner_id=owner_id, unit_id=unit_id)
    demand.measures = demand.measures if measures is None else measures.strip()
    demand.route = route or demand.route
    errors = hands.errors | checks.missing(measures=demand.measures, reason=reason)
    errors |= stray_errors(actor, demand, Move.REASSIGN, hands)
    checks.refuse_if(errors | (_route_errors(route) if route else {}))
    demand.assigned_on = clock.today()
    save_change(demand, *hands.put(demand), "measures", "route", "assigned_on")
    facts = {**before, **hands.facts(), "route": demand.route}
    journal.record(
        actor=actor, verb=Verb.REASSIGNED, target=demand, facts=facts, reason=reason.strip()
    )
    if demand.urgent:
        tell_of_urgent(demand)
    return demand


@transaction.atomic
def note_progress(*, actor: Actor, demand_id: UUID, note: str) -> Step:
    """Add a note; lists show the latest. It touches no other field, so it never conflicts."""
    demand = begin_move(actor, demand_id, Move.NOTE_PROGRESS)
    checks.refuse_if(checks.missing(note=note))
    step = Step.objects.create(
        town_id=demand.town_id,
        demand=demand,
        at=clock.now(),
        staff_id=actor.person_id,
        note=note.strip(),
    )
    demand.progress, demand.changed_at = step.note, step.at
    demand.save(update_fields=["progress", "changed_at"])
    journal.record(
        actor=actor, verb=Verb.PROGRESS_NOTED, target=demand, facts={"step": str(step.id)}
    )
    assert isinstance(step, Step)
    return step


@transaction.atomic
def ask_extension(
    *, actor: Actor, demand_id: UUID, new_due_on: date | None, reason: str
) -> Extension:
    """Ask for more time before the deadline passes; it stands until the request is granted.

    One request at a time. Who asks late tells the resident and answers for it (domain.md 2.4).
    """
    demand = begin_move(actor, demand_id, Move.ASK_EXTENSION)
    if demand.due_on and demand.due_on < clock.today():
        sentence = _("More time is asked for before the deadline; it passed on %(day)s.")
        raise MoveError(str(sentence) % {"day": demand.due_on})
    errors = checks.missing(new_due_on=new_due_on, reason=reason)
    errors |= checks.past_day_errors(new_due_on=new_due_on)
    if new_due_on and demand.due_on and new_due_on <= demand.due_on:
        errors["new_due_on"] = _("The new deadline lies after the present one.")
    checks.refuse_if(errors)
    assert new_due_on is not None
    assert demand.due_on is not None
    if one.find_open_extension(actor=actor, demand=demand):
        raise MoveError(_("More time was asked for already; that request is not decided yet."))
    extension = Extension.objects.create(
        town_id=demand.town_id,
        demand=demand,
        old_due_on=demand.due_on,
        new_due_on=new_due_on,
        reason=reason.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
    )
    _tell_of_extension(actor, demand, extension, Verb.EXTENSION_ASKED)
    assert isinstance(extension, Extension)
    return extension


@transaction.atomic
def decide_extension(
    *,
    actor: Actor,
    extension_id: UUID,
    grant: ExtensionDecision,
    note: str = "",
    told_resident: str = "",
) -> Extension:
    """Somebody else grants or refuses more time; granting tells the resident, refusing says why."""
    extension, demand = one.get_extension_for_update(actor=actor, extension_id=extension_id)
    policies.check_can_decide_extension(actor, demand, extension)
    workflow.check_move(State(demand.state), Move.DECIDE_EXTENSION)
    if extension.state != ExtensionState.ASKED:
        raise MoveError(_("This request for more time was decided already."))
    is_granted = grant is ExtensionDecision.GRANT
    errors = (
        checks.missing(told_resident=told_resident) if is_granted else checks.missing(note=note)
    )
    errors |= checks.too_long(note=(note, 200), told_resident=(told_resident, 200))
    checks.refuse_if(errors)
    extension.state = ExtensionState.GRANTED if is_granted else ExtensionState.REFUSED
    extension.decided_at, extension.decided_by_id = clock.now(), actor.staff_id
    extension.decision_note, extension.told_resident = note.strip(), told_resident.strip()
    extension.save(
        update_fields=["state", "decided_at", "decided_by", "decision_note", "told_resident"]
    )
    verb = Verb.EXTENSION_GRANTED if is_granted else Verb.EXTENSION_REFUSED
    if is_granted:
        # A pause or a longer rule may have moved the deadline since; more time never shortens it.
        granted = max(extension.new_due_on, demand.due_on or extension.new_due_on)
        save_change(demand, *Deadline(due_on=granted).set_on(demand))
    _tell_of_extension(actor, demand, extension, verb)
    return extension


@transaction.atomic
def submit_result(
    *,
    actor: Actor,
    demand_id: UUID,
    version: int,
    outcome: Outcome | None,
    result: str,
    reply: str,
    reply_mode: ReplyMode | None,
    replied_on: date | None = None,
    transferred_to: str = "",
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED,
) -> Demand:
    """Result and reply are there; a second person has to look before the demand is written off."""
    demand = begin_move(actor, demand_id, Move.SUBMIT_RESULT, version=version)
    ending = ResultInput(
        outcome=outcome,
        result=result,
        reply=reply,
        reply_mode=reply_mode,
        replied_on=replied_on or clock.today(),
        transferred_to=transferred_to,
        satisfaction=satisfaction,
    )
    checks.refuse_if(checks.ending_errors(ending, registered_on=demand.registered_on))
    demand.state, demand.handled_by_id = State.AWAITING_REVIEW, actor.staff_id
    demand.closed_on = clock.today()
    save_change(demand, "state", "handled_by", "closed_on", *ending.write_on(demand))
    Confirmation.objects.bulk_create(heard_with_reply(actor, [demand]))
    facts = {
        "outcome": demand.outcome,
        "reply_mode": demand.reply_mode,
        "replied_on": f"{demand.replied_on}",
        "transferred_to": demand.transferred_to,
        "days": demand.handling_days,
    }
    journal.record(actor=actor, verb=Verb.RESULT_SUBMITTED, target=demand, facts=facts)
    return demand


def _tell_of_extension(actor: Actor, demand: Demand, extension: Extension, verb: Verb) -> None:
    facts = {
        "extension": str(extension.id),
        "from": f"{extension.old_due_on}",
        "due_on": f"{extension.new_due_on}",
    }
    reason = extension.reason if verb is Verb.EXTENSION_ASKED else ""
    journal.record(actor=actor, verb=verb, target=demand, facts=facts, reason=reason)


def _route_errors(route: Route | None) -> checks.Errors:
    if route == Route.ONSITE:
        return {"route": _("On the spot is registered together with its result, in one form.")}
    return {}


def _sort_into(actor: Actor, demand: Demand, category_id: UUID) -> checks.Errors:
    category = categories_by_id(actor=actor, ids={category_id}).get(category_id)
    if category is None:
        return checks.missing(category=None)
    demand.category, demand.theme = category, category.theme
    return {}
