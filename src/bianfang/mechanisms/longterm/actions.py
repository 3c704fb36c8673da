"""Raising a long-term measure, changing it, and reporting it as done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.mechanisms.longterm import policies, queries, workflow
from bianfang.mechanisms.longterm.enums import Verb
from bianfang.mechanisms.longterm.models import LongTermMeasure, MeasureDemand
from bianfang.mechanisms.longterm.workflow import MeasureState, Move
from bianfang.outreach.demands.actions.checks import Errors, missing, past_day_errors, refuse_if
from bianfang.outreach.demands.actions.hands import Hands, take_hands
from bianfang.outreach.demands.enums import PLACE_THEMES
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries import recurrence
from bianfang.outreach.demands.queries.categories import categories_by_id
from bianfang.register.areas import queries as areas

THERE_IS_ONE = _("There is an open long-term measure for this place and problem already.")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureInput:
    """What is to be done for good, by whom, until when, and when the place is looked at again."""

    plan: str
    owner_id: UUID | None
    due_on: date | None
    review_on: date | None
    unit_id: UUID | None = None

    def errors(self, hands: Hands) -> Errors:
        """What is wrong with it."""
        errors = hands.errors | past_day_errors(due_on=self.due_on)
        errors |= missing(due_on=self.due_on)
        if not self.plan.strip():
            errors["plan"] = _("Write down what is done so that it does not come again.")
        if self.review_on is None:
            errors["review_on"] = _("Choose the day on which the place is looked at again.")
        elif self.due_on and self.review_on < self.due_on:
            errors["review_on"] = _("The place is looked at again after the deadline, not before.")
        return errors

    def write_on(self, measure: LongTermMeasure, hands: Hands) -> list[str]:
        """Write it on the measure. Returns the fields to be saved."""
        assert hands.owner is not None
        assert self.due_on is not None
        assert self.review_on is not None
        measure.plan, measure.owner, measure.unit = self.plan.strip(), hands.owner, hands.unit
        measure.due_on, measure.review_on = self.due_on, self.review_on
        return ["plan", "owner", "unit", "due_on", "review_on"]


@transaction.atomic
def raise_measure(
    *, actor: Actor, area_id: UUID, category_id: UUID, given: MeasureInput
) -> LongTermMeasure:
    """Do something for good about a problem of a place; the demands that came again are linked.

    There is one open measure for a place and problem, and none for what concerns persons.
    """
    area = areas.get_area(actor=actor, area_id=area_id)
    policies.check_can_raise_measure(actor, area.path)
    category = categories_by_id(actor=actor, ids={category_id}).get(category_id)
    hands = take_hands(actor=actor, owner_id=given.owner_id, unit_id=given.unit_id)
    errors = _category_errors(category) | given.errors(hands)
    refuse_if(errors)
    assert category is not None
    if queries.open_measures(actor=actor, places=[(area.path, category.id)]):
        raise MoveError(THERE_IS_ONE)
    measure = LongTermMeasure(
        town_id=actor.town_id,
        area=area,
        area_path=area.path,
        category=category,
        raised_on=clock.today(),
        raised_by_id=actor.person_id,
    )
    given.write_on(measure, hands)
    measure.save(force_insert=True)
    linked = _link(actor, measure)
    facts = {"category": category.name, "area": area.name, "demands": linked, **hands.facts()}
    facts |= {"due_on": f"{measure.due_on}", "review_on": f"{measure.review_on}"}
    journal.record(actor=actor, verb=Verb.RAISED, target=measure, facts=facts)
    return measure


@transaction.atomic
def change_measure(
    *, actor: Actor, measure_id: UUID, version: int, given: MeasureInput, reason: str
) -> LongTermMeasure:
    """Change what is done, by whom or until when; the reason stays in the history."""
    measure = _begin(actor, measure_id, version, Move.CHANGE)
    hands = take_hands(actor=actor, owner_id=given.owner_id, unit_id=given.unit_id)
    errors = given.errors(hands) | missing(reason=reason)
    if given.due_on == measure.due_on and given.due_on is not None:
        errors = {key: text for key, text in errors.items() if key != "due_on"}
    refuse_if(errors)
    old = measure.due_on
    fields = given.write_on(measure, hands)
    _save(measure, *fields)
    facts = {"from": f"{old}", "due_on": f"{measure.due_on}", **hands.facts()}
    facts |= {"review_on": f"{measure.review_on}"}
    journal.record(
        actor=actor, verb=Verb.CHANGED, target=measure, facts=facts, reason=reason.strip()
    )
    return measure


@transaction.atomic
def finish_measure(*, actor: Actor, measure_id: UUID, version: int, result: str) -> LongTermMeasure:
    """Report what was done for good; on the day set for it the place is looked at again."""
    measure = _begin(actor, measure_id, version, Move.FINISH)
    if not result.strip():
        raise FieldErrors({"result": _("Write down what was done for good.")})
    measure.state, measure.result = MeasureState.DONE, result.strip()
    measure.done_on, measure.done_by_id = clock.today(), actor.staff_id
    _save(measure, "state", "result", "done_on", "done_by")
    facts = {"review_on": f"{measure.review_on}"}
    journal.record(actor=actor, verb=Verb.FINISHED, target=measure, facts=facts)
    return measure


def _begin(actor: Actor, measure_id: UUID, version: int, move: Move) -> LongTermMeasure:
    measure = queries.get_measure_for_update(actor=actor, measure_id=measure_id, version=version)
    policies.check_can_make_move(actor, measure, move)
    workflow.check_move(MeasureState(measure.state), move)
    return measure


def _save(measure: LongTermMeasure, *fields: str) -> None:
    measure.version += 1
    measure.save(update_fields=[*fields, "version"])


def _category_errors(category: Category | None) -> Errors:
    if category is None:
        return missing(category=None)
    if category.theme not in PLACE_THEMES:
        return {"category": _("Long-term measures are for places, not for what concerns persons.")}
    return {}


def _link(actor: Actor, measure: LongTermMeasure) -> int:
    found = recurrence.find_at_place(
        actor=actor, area_path=measure.area_path, category_id=measure.category_id
    )
    demands = found.demands if found else ()
    MeasureDemand.objects.bulk_create(
        MeasureDemand(town_id=actor.town_id, measure=measure, demand=demand) for demand in demands
    )
    return len(demands)
