"""One row per town and series."""

from typing import Any, ClassVar

from django.db import models

from bianfang.kernel.tenancy.models import TownModel, TownQuerySet


class Series(TownModel):
    """The last number given in a series, such as the demands of a year."""

    name = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "numbering_series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "name"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"
