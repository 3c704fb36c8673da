"""Append-only rows: `Entry` for changes, `AccessEntry` for looks at protected data."""

from typing import Any, ClassVar, NoReturn, Self
from uuid import UUID

from django.db import models

from bianfang.kernel.tenancy.models import TownModel, TownQuerySet


class AppendOnlyError(TypeError):
    """Somebody tried to alter or remove what is written."""


class AppendOnlyQuerySet(TownQuerySet[Any]):
    """Reads and inserts only."""

    def about(self, *, town_id: UUID, kind: str, target_id: UUID) -> Self:
        """The history of one thing, oldest first."""
        rows = self.in_town(town_id).filter(target_kind=kind, target_id=target_id)
        return rows.order_by("id")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnlyError


class AppendOnlyModel(TownModel):
    """A row that is written once."""

    at = models.DateTimeField()
    staff_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60)
    actor_role = models.CharField(max_length=30, blank=True)
    target_kind = models.CharField(max_length=30)
    target_id = models.UUIDField()
    area_path = models.CharField(max_length=40, blank=True)

    objects: ClassVar[AppendOnlyQuerySet] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def _do_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class Entry(AppendOnlyModel):
    """One change: verb, target, and the facts that a reader needs to follow it."""

    verb = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "journal_entry"
        indexes: ClassVar = [
            models.Index(fields=["town", "target_kind", "target_id"], name="journal_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class AccessEntry(AppendOnlyModel):
    """One look at protected data (L0): what was shown and the reason given."""

    what = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta:
        db_table = "journal_access"
        indexes: ClassVar = [
            models.Index(fields=["town", "target_kind", "target_id"], name="access_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"
