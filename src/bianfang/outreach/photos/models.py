"""The photo."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.visits.models import Visit
from bianfang.register.people.models import Staff


class PhotoQuerySet(TownQuerySet["Photo"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Photos of the visits, and of the demands, that the actor may read."""
        visits = Visit.objects.visible_to(actor).order_by()
        demands = Demand.objects.visible_to(actor).order_by()
        seen = Q(visit__in=visits.values("id")) | Q(demand__in=demands.values("id"))
        return self.in_town(actor.town_id).filter(seen)

    def kept(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at__isnull=True)


class Photo(TownModel):
    """A photo of a visit, perhaps of one of its demands; nothing of where or when it was taken.

    `operation_id` was made on the phone, `sent_digest` tells a repeat of it from another photo;
    `digest` is that of the kept file. Of a removed photo the row stays, so that a repeat does not
    bring it back; the file is gone.
    """

    visit = TownForeignKey(Visit)
    demand = TownForeignKey(Demand, null=True)
    operation_id = models.UUIDField()
    sent_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_by = TownForeignKey(Staff)
    added_at = models.DateTimeField()
    removed_by = TownForeignKey(Staff, null=True)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "photos_photo"
        constraints: ClassVar = [
            town_key("photo"),
            models.UniqueConstraint(fields=["town", "operation_id"], name="photo_once"),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="photo_removed_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "visit", "id"], name="photo_visit"),
            models.Index(
                fields=["town", "demand", "id"],
                condition=Q(demand__isnull=False),
                name="photo_demand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def receipt(self) -> str:
        """A word by which the phone's list and the desk speak of the same photo."""
        return f"P-{self.id.hex[-8:].upper()}"
