"""The description of an item, its months, and the thresholds of a town."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet
from bianfang.outreach.demands.models import CarryOver
from bianfang.outreach.halfyear.progress import WHOLE, Thresholds
from bianfang.register.people.models import Staff


class ItemPlan(TownModel):
    """What a carried-over demand is as a project; what is left empty follows from the demand."""

    carry_over = TownForeignKey(CarryOver)
    title = models.CharField(_("Project"), max_length=80, blank=True)
    goal = models.TextField(_("Content and goal"), blank=True)
    leader = TownForeignKey(Staff, null=True)
    funds_source = models.CharField(_("Source of funds"), max_length=80, blank=True)
    funds_amount = models.DecimalField(
        _("Amount in yuan"), max_digits=14, decimal_places=2, null=True
    )
    starts_on = models.DateField(_("Begins on"), null=True)
    beneficiaries = models.CharField(_("Whom it serves"), max_length=120, blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "halfyear_plan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "carry_over"], name="plan_one_of_an_item"),
            models.CheckConstraint(
                condition=Q(funds_amount__isnull=True) | Q(funds_amount__gte=0),
                name="plan_funds_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MonthEntry(TownModel):
    """How far an item was in a month, kept as its first day.

    A correction is a new row; the old one stays as history.
    """

    carry_over = TownForeignKey(CarryOver)
    month = models.DateField(_("Month"))
    percent = models.PositiveSmallIntegerField(_("Percent"))
    done = models.TextField(_("What was done"))
    next_step = models.TextField(_("Next step"), blank=True)
    entered_by = TownForeignKey(Staff)
    entered_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "halfyear_month"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "carry_over", "month"],
                condition=Q(is_current=True),
                name="month_one_of_an_item",
            ),
            models.CheckConstraint(condition=Q(percent__lte=WHOLE), name="month_percent"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "carry_over", "month", "id"], name="month_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.percent}%"


class ColourRule(TownModel):
    """The thresholds that a town chose, and where that is written."""

    behind_points = models.PositiveSmallIntegerField(default=Thresholds().behind)
    silent_months = models.PositiveSmallIntegerField(default=Thresholds().silent)
    source = models.CharField(_("Grounds"), max_length=200)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "halfyear_colours"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town"], name="colours_one_of_a_town"),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def thresholds(self) -> Thresholds:
        """As `progress` takes them."""
        return Thresholds(self.behind_points, self.silent_months)
