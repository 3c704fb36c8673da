"""Digests, notices of hazards, and the ladder of a town."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.demands.models import Demand
from bianfang.register.people.models import Staff


class LadderSetting(TownModel):
    """The steps that a town chose; without a row the usual ones hold."""

    owner_steps = models.CharField(max_length=60, blank=True)
    head_steps = models.CharField(max_length=60, blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "reminders_ladder"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town"], name="ladder_one_of_a_town"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_steps} / {self.head_steps}"


class Digest(TownModel):
    """What one person is reminded of on one day; nobody records whether it was read."""

    staff = TownForeignKey(Staff)
    day = models.DateField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "reminders_digest"
        constraints: ClassVar = [
            town_key("digest"),
            models.UniqueConstraint(fields=["town", "staff", "day"], name="digest_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class UrgentNotice(TownModel):
    """A person was told of a safety hazard when it came into these hands; nobody's before."""

    demand = TownForeignKey(Demand)
    owner = TownForeignKey(Staff, null=True)
    staff = TownForeignKey(Staff)
    at = models.DateTimeField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "reminders_urgent"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "demand", "owner", "staff"],
                condition=Q(owner__isnull=False),
                name="urgent_once_an_owner",
            ),
            models.UniqueConstraint(
                fields=["town", "demand", "staff"],
                condition=Q(owner__isnull=True),
                name="urgent_once_unassigned",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "staff", "-at", "-id"], name="urgent_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class DigestLine(TownModel):
    """A demand in a digest, and how many working days its deadline was past (before: negative)."""

    digest = TownForeignKey(Digest, related_name="lines")
    demand = TownForeignKey(Demand)
    step = models.SmallIntegerField()
    for_unit = models.BooleanField(default=False)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "reminders_line"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "digest", "demand"], name="digest_names_a_demand_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}"
