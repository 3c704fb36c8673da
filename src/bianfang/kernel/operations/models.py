"""One row for each command that took effect."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key


def receipt_number(year: int, number: int) -> str:
    """The number that the sender keeps as a proof, such as S2026-000123."""
    return f"S{year}-{number:06d}"


class Operation(TownModel):
    """A command under the id that its sender made, and the answer that every repeat gets.

    A row without a receipt is seen by nobody but the transaction that carries the command out.
    """

    staff_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    receipt = models.CharField(max_length=14, blank=True)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "operations_operation"
        constraints: ClassVar = [
            town_key("operation"),
            models.UniqueConstraint(
                fields=["town", "receipt"], condition=~Q(receipt=""), name="operation_receipt_once"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt
