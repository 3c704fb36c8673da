"""Imports, the problems of their cells, the differences from the register."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff
from bianfang.register.rolls.enums import DiffDecision, DiffKind
from bianfang.register.rolls.workflow import RollState

STATE_LABELS = [
    (RollState.UPLOADED.value, _("Being read")),
    (RollState.CHECKED.value, _("Waiting for your decision")),
    (RollState.MERGING.value, _("Being merged")),
    (RollState.MERGED.value, _("Merged")),
    (RollState.DISCARDED.value, _("Discarded")),
    (RollState.FAILED.value, _("Could not be read")),
]


class RollImportQuerySet(TownQuerySet["RollImport"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Imports hold whole rolls: for those who may import, nobody else."""
        rows = self.in_town(actor.town_id)
        return rows if actor.may(Permission.IMPORT_ROLL) else rows.none()


class RollImport(TownModel):
    """One workbook on its way into the register.

    Rows are not staged: checking and merging read the stored file, whose hash must still fit.
    `understood` tells which sheets and columns were recognised, `counts` what merging would do.
    """

    state = models.CharField(
        max_length=10,
        choices=STATE_LABELS,
        default=RollState.UPLOADED,
    )
    file_name = models.CharField(_("File"), max_length=200)
    file_key = models.CharField(max_length=80)
    file_hash = models.CharField(max_length=64)
    as_of = models.DateField(_("As of"))
    covers = models.JSONField(default=list)
    understood = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    job_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = TownForeignKey(Staff, null=True)
    checked_at = models.DateTimeField(null=True)
    merged_at = models.DateTimeField(null=True)
    merged_by = TownForeignKey(Staff, null=True)

    objects: ClassVar[RollImportQuerySet] = RollImportQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "rolls_import"
        constraints: ClassVar = [town_key("rollimport")]
        indexes: ClassVar = [models.Index(fields=["town", "-id"], name="rollimport_recent")]

    def __str__(self) -> str:
        return self.file_name


class RollProblem(TownModel):
    """What is odd about one cell, and what became of it. Numbers and phones are stored masked."""

    roll = TownForeignKey(RollImport)
    order = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    read = models.TextField(blank=True)
    value_after = models.CharField(max_length=200, blank=True)
    hint = models.TextField(blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "rolls_problem"
        indexes: ClassVar = [
            models.Index(fields=["town", "roll", "order"], name="rollproblem_order"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.cell} {self.kind}"


class RollDiff(TownModel):
    """One difference from the register; new households are told in `counts`, not one by one."""

    roll = TownForeignKey(RollImport)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=DiffKind.choices)
    household = TownForeignKey(Household, null=True)
    resident = TownForeignKey(Resident, null=True)
    household_number = models.CharField(max_length=20)
    area_path = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict)
    decision = models.CharField(
        max_length=8, choices=DiffDecision.choices, default=DiffDecision.APPLY
    )

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "rolls_diff"
        constraints: ClassVar = [town_key("rolldiff")]
        indexes: ClassVar = [
            models.Index(fields=["town", "roll", "kind", "order"], name="rolldiff_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_number}"
