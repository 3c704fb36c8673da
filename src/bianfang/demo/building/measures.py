"""The long-term measure that the town raises on its last day, where a problem came again."""

from datetime import time, timedelta

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK, Rounds
from bianfang.demo.building.script import Script, moment
from bianfang.demo.texts.measures import MEASURE_TEXTS
from bianfang.kernel import clock
from bianfang.mechanisms.longterm.actions import MeasureInput, raise_measure
from bianfang.outreach.demands.queries import recurrence

RAISED = time(9, 30)


def plan_measures(ground: Ground, rounds: Rounds, script: Script) -> None:
    """On the day of the showing, after what stays open was carried over."""
    script.plan(moment(rounds.timeline.as_of, RAISED), lambda: raise_measures(ground))


def raise_measures(ground: Ground) -> None:
    """One for each kind of problem that the texts have an answer to, at its latest place."""
    actor, today = ground.actor(CLERK), clock.today()
    waiting = dict(MEASURE_TEXTS)
    for place in recurrence.list_recurring_places(actor=actor):
        text = waiting.pop(place.category.code, None)
        if text is not None:
            given = MeasureInput(
                plan=text.plan,
                unit_id=place.category.usual_unit_id,
                owner_id=ground.staff[text.owner].id,
                due_on=today + timedelta(days=text.days),
                review_on=today + timedelta(days=text.days + text.days_watched),
            )
            raise_measure(
                actor=actor,
                area_id=place.recurrence.last.area_id,
                category_id=place.category.id,
                given=given,
            )
