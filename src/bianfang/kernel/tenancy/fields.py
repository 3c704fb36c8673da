"""`TownForeignKey`: a link that stays inside its town, in joins and in the database."""

from typing import Any

from django.core import checks
from django.db import models

FieldPairs = tuple[tuple[Any, Any], ...]


class TownForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between two tables of a town; joins and look-ups carry the town as well.

    The database engines of this package hold it as FOREIGN KEY (town_id, x_id) REFERENCES
    target (town_id, id). Without a name given there is no way back: reverse managers would ask
    without the town, so the other side is read by a scoped query. No index of its own either: every
    look-up starts with the town, and the models name the (town, …) indexes they need.
    """

    db_constraint: bool

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def get_joining_fields(self, reverse_join: bool = False) -> FieldPairs:  # noqa: FBT001, FBT002  # Django's own signature
        """Join on (town, id), so that the planner of a sharded database sees one town."""
        own = self.model._meta.get_field("town")
        theirs = self.remote_field.model._meta.get_field("town")
        pair = (theirs, own) if reverse_join else (own, theirs)
        joining: FieldPairs = super().get_joining_fields(reverse_join)
        return (*joining, pair)

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, Any]:
        """`visit.household` asks by town and id."""
        return {"town_id": instance.town_id}  # type: ignore[attr-defined]  # every owner has one

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """The target must be unique by (town, id): the composite key points at it."""
        return [*super().check(**kwargs), *self._check_target()]

    def _check_target(self) -> list[checks.CheckMessage]:
        target = self.remote_field.model
        keys = [tuple(c.fields) for c in target._meta.constraints if hasattr(c, "fields")]
        if ("town", "id") in keys:
            return []
        message = f"{target._meta.label} needs UniqueConstraint(fields=['town', 'id'])."
        return [checks.Error(message, obj=self, id="bianfang.E001")]
