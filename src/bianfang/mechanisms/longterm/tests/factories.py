"""Long-term measures in the small town of the demands."""

from dataclasses import replace
from datetime import date

from bianfang.mechanisms.longterm import actions
from bianfang.mechanisms.longterm.actions import MeasureInput
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.outreach.demands.tests.factories import SmallTown

DUE, REVIEW = date(2026, 12, 31), date(2027, 3, 31)


def words(town: SmallTown, **changes: object) -> MeasureInput:
    """Solar lamps, by the civil unit's handler."""
    given = MeasureInput(
        plan="路灯改为太阳能，专人每月巡查",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        due_on=DUE,
        review_on=REVIEW,
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def raised(town: SmallTown, **changes: object) -> LongTermMeasure:
    """At the upper village's hamlet, about the lights."""
    return actions.raise_measure(
        actor=town.clerk,
        area_id=town.place.upper_hamlet.id,
        category_id=town.category.id,
        given=words(town, **changes),
    )


def done(town: SmallTown) -> LongTermMeasure:
    """Raised and reported as done."""
    measure = raised(town)
    return actions.finish_measure(
        actor=town.handler, measure_id=measure.id, version=measure.version, result="已换12盏"
    )
