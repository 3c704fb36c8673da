"""What stops and sends back a demand."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet
from bianfang.outreach.demands.models.demand import Demand
from bianfang.register.people.models import Staff, Unit


class Pause(TownModel):
    """Days on which the clock of a demand stood still; open while `to_day` is empty."""

    demand = TownForeignKey(Demand, related_name="pauses")
    reason = models.TextField(_("Reason"))
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    paused_by = TownForeignKey(Staff)
    resumed_by = TownForeignKey(Staff, null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_pause"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "demand"],
                condition=Q(to_day__isnull=True),
                name="pause_one_open",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True, resumed_by__isnull=True)
                | Q(to_day__gte=F("from_day"), resumed_by__isnull=False),
                name="pause_ends_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day}"


class Return(TownModel):
    """A demand that was given to the wrong unit and came back to be given out anew."""

    demand = TownForeignKey(Demand, related_name="returns")
    from_unit = TownForeignKey(Unit, null=True)
    suggested_unit = TownForeignKey(Unit)
    reason = models.TextField(_("Reason"))
    returned_at = models.DateTimeField()
    returned_by = TownForeignKey(Staff)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_return"
        indexes: ClassVar = [models.Index(fields=["town", "demand"], name="return_demand")]

    def __str__(self) -> str:
        return f"{self.returned_at}"
