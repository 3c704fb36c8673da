"""Kinds of demand, and the rules of how long they may take."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.demands.enums import DayUnit, Route, Theme
from bianfang.register.people.models import Staff, Unit


class Category(TownModel):
    """A kind of demand; through it a demand belongs to one theme and has a usual unit and time.

    What is asked again at the same place within `recurrence_days` of its write-off has come again;
    0 days: it is not looked at.
    """

    code = models.CharField(_("Code"), max_length=30)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    theme = models.CharField(_("Theme"), max_length=12, choices=Theme.choices)
    parent = TownForeignKey("self", null=True)
    usual_days = models.PositiveSmallIntegerField(_("Usual working days"), default=10)
    usual_unit = TownForeignKey(Unit, null=True)
    recurrence_days = models.PositiveSmallIntegerField(_("Counts as again within"), default=180)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_category"
        constraints: ClassVar = [
            town_key("category"),
            models.UniqueConstraint(fields=["town", "code"], name="category_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DeadlineRule(TownModel):
    """How many days a kind of demand may take. A version is never changed, only followed.

    Without a category it holds for all of them, without a route for every route.
    """

    category = TownForeignKey(Category, null=True)
    route = models.CharField(_("Handling"), max_length=10, choices=Route.choices, blank=True)
    days = models.PositiveSmallIntegerField(_("Number of days"))
    unit = models.CharField(_("Counted in"), max_length=10, choices=DayUnit.choices)
    may_pause = models.BooleanField(_("May be paused"), default=False)
    source = models.CharField(_("Grounds"), max_length=200)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    valid_from = models.DateField(_("In force from"))
    ended_on = models.DateField(_("In force until"), null=True)
    made_by = TownForeignKey(Staff)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_deadlinerule"
        constraints: ClassVar = [
            town_key("deadlinerule"),
            models.UniqueConstraint(
                fields=["town", "category", "route"],
                condition=Q(ended_on__isnull=True, category__isnull=False),
                name="deadlinerule_of_category_once",
            ),
            models.UniqueConstraint(
                fields=["town", "route"],
                condition=Q(ended_on__isnull=True, category__isnull=True),
                name="deadlinerule_of_all_once",
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="deadlinerule_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.unit} v{self.version}"
