"""Long-term measures and the demands that they answer."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import within_town
from bianfang.mechanisms.longterm.enums import STATE_LABELS
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.demands.models import Category, Demand
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff, Unit


class MeasureQuerySet(TownQuerySet["LongTermMeasure"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Measures of the actor's areas and units, and those the actor is in charge of."""
        seen = within_town(actor.reach(Permission.VIEW_DEMANDS))
        if not seen:
            return self.in_town(actor.town_id)
        if actor.unit_ids:
            seen |= Q(unit__in=actor.unit_ids)
        if actor.staff_id:
            seen |= Q(owner=actor.staff_id)
        return self.in_town(actor.town_id).filter(seen)


class LongTermMeasure(TownModel):
    """What is done for good about a problem that keeps coming back at a place."""

    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    category = TownForeignKey(Category)
    state = models.CharField(
        max_length=8,
        choices=[(state.value, STATE_LABELS[state]) for state in MeasureState],
        default=MeasureState.OPEN,
    )
    plan = models.TextField(_("What is done for good"))
    unit = TownForeignKey(Unit, null=True)
    owner = TownForeignKey(Staff)
    due_on = models.DateField(_("Deadline"))
    review_on = models.DateField(_("Looked at again on"))
    result = models.TextField(_("Result"), blank=True)
    done_on = models.DateField(_("Done on"), null=True)
    done_by = TownForeignKey(Staff, null=True)
    raised_on = models.DateField(_("Raised on"))
    raised_by = TownForeignKey(Staff)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[MeasureQuerySet] = MeasureQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "longterm_measure"
        constraints: ClassVar = [
            town_key("measure"),
            models.UniqueConstraint(
                fields=["town", "area", "category"],
                condition=Q(state=MeasureState.OPEN),
                name="measure_one_open",
            ),
            models.CheckConstraint(condition=Q(review_on__gte=F("due_on")), name="measure_review"),
            models.CheckConstraint(
                condition=Q(state=MeasureState.OPEN, done_on__isnull=True, done_by__isnull=True)
                | Q(state=MeasureState.DONE, done_on__isnull=False, done_by__isnull=False)
                & ~Q(result=""),
                name="measure_done",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "state", "due_on", "id"], name="measure_due"),
            models.Index(fields=["town", "area_path", "category"], name="measure_place"),
        ]

    def __str__(self) -> str:
        return self.plan[:40]

    def is_overdue(self, today: date) -> bool:
        """Whether the deadline has passed while it is open."""
        return self.state == MeasureState.OPEN and self.due_on < today


class MeasureDemand(TownModel):
    """A demand for the sake of which a measure was raised."""

    measure = TownForeignKey(LongTermMeasure)
    demand = TownForeignKey(Demand)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "longterm_measure_demand"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "measure", "demand"], name="measure_demand_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town", "demand"], name="measure_of_demand")]

    def __str__(self) -> str:
        return f"{self.demand_id}"
