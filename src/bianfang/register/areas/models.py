"""The area and its QuerySet."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import Town, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.register.areas.enums import AreaKind


class AreaQuerySet(TownQuerySet["Area"]):
    """Scoped chains over the tree."""

    def visible_to(self, actor: Actor) -> Self:
        """The town's own tree is no secret: every member of its staff may read it whole."""
        return self.in_town(actor.town_id)

    def open_on(self, day: date) -> Self:
        """Areas that exist on that day."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(started, Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def under(self, path: str) -> Self:
        """The subtree of a path, its top included."""
        return self.filter(within([PathRange.under(path)], "path"))


class Area(models.Model):
    """A place in the tree; `path` is fixed at birth, fixed-width digits per level."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    kind = models.CharField(max_length=12, choices=AreaKind.choices)
    name = models.CharField(_("Name"), max_length=60)
    code = models.CharField(_("Code"), max_length=15, blank=True)
    path = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    valid_from = models.DateField(_("Valid from"), null=True)
    valid_to = models.DateField(_("Valid to"), null=True)
    successor = TownForeignKey("self", on_delete=models.PROTECT, null=True)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "areas_area"
        constraints: ClassVar = [
            town_key("area"),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.COUNTY) | Q(town__isnull=False), name="area_has_town"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="area_valid_period",
            ),
            models.UniqueConstraint(
                fields=["town", "parent", "name"],
                condition=Q(valid_to__isnull=True),
                name="area_name_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town", "kind", "path"], name="area_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def reach(self) -> PathRange:
        """The subtree as a range of paths."""
        return PathRange.under(self.path)

    @property
    def area_path(self) -> str:
        """The path, under the name that every placed record uses."""
        return self.path
