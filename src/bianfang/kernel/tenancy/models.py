"""The tenant and the base of every table that grows."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.constraints import UniqueConstraint

from bianfang.kernel.ids import new_id


class Town(models.Model):
    """A township: the tenant. Its key never changes, whatever mergers do to its code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    county_name = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(max_length=40, unique=True)
    frame_label = models.CharField(max_length=40, default="三五三")
    service_phone = models.CharField(max_length=30, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        db_table = "tenancy_town"

    def __str__(self) -> str:
        return self.name


M = TypeVar("M", bound=models.Model)


class TownQuerySet(models.QuerySet[M]):
    """Chains that start with the town."""

    def in_town(self, town_id: UUID) -> Self:
        """Rows of one town."""
        return self.filter(town_id=town_id)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update by town and key."""
        rows = list(objs)
        towns = {getattr(row, "town_id") for row in rows}  # noqa: B009 - M is any model
        scoped = self.filter(town_id__in=towns)
        return super(TownQuerySet, scoped).bulk_update(rows, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these rows in one statement; the database refuses to lose what is linked to."""
        deleted = self.order_by()._raw_delete(self.db)  # noqa: SLF001 - without Django's cascade
        return deleted, {self.model._meta.label: deleted}


class TownModel(models.Model):
    """A row of a town: UUIDv7 key, `town`, updates and re-reads that name the town."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Re-read by (town, id)."""
        if from_queryset is None:
            rows: models.QuerySet[Self] = models.QuerySet(type(self))
            from_queryset = rows.filter(town_id=self.town_id)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)

    def delete(self, *_args: Any, **_options: Any) -> tuple[int, dict[str, int]]:
        """Delete by (town, id); the database refuses to lose what is linked to."""
        rows: TownQuerySet[Self] = TownQuerySet(type(self))
        return rows.filter(town_id=self.town_id, pk=self.pk).delete()

    def _do_update(
        self,
        base_qs: models.QuerySet[Self],
        using: str | None,
        pk_val: Any,
        values: Any,
        *rest: Any,
    ) -> Any:
        """Django's own step of `save`: the town joins the condition and leaves the values."""
        kept = [value for value in values if value[0].name != "town"]
        scoped = base_qs.filter(town_id=self.town_id)
        return super()._do_update(scoped, using, pk_val, kept, *rest)


def town_key(name: str) -> UniqueConstraint:
    """The unique key (town, id) that composite foreign keys point at."""
    return UniqueConstraint(fields=["town", "id"], name=f"{name}_town_id_key")
