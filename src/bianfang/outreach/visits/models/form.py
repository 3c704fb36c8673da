"""The questions of a checklist as an office wrote them, and what was answered in a visit."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet
from bianfang.outreach.visits.models.visit import Checklist, Visit
from bianfang.register.people.models import Staff


class ChecklistForm(TownModel):
    """The workbook (XLSForm) of a checklist and what was made of it.

    `definition` is empty as long as the workbook has mistakes or asks for what is not supported.
    """

    checklist = TownForeignKey(Checklist)
    workbook_name = models.CharField(_("Workbook"), max_length=200)
    workbook = models.BinaryField()
    definition = models.JSONField(null=True)
    xform = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    loaded_by = TownForeignKey(Staff)
    loaded_at = models.DateTimeField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_checklistform"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "checklist"], name="checklistform_once"),
        ]

    def __str__(self) -> str:
        return self.workbook_name

    @property
    def is_usable(self) -> bool:
        """Whether its questions can be asked."""
        return self.definition is not None


class VisitAnswers(TownModel):
    """What was answered to the questions of a checklist in one visit, by that version's form."""

    visit = TownForeignKey(Visit)
    checklist = TownForeignKey(Checklist)
    answers = models.JSONField(default=dict)
    computed = models.JSONField(default=dict)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_visitanswers"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "visit"], name="visitanswers_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "checklist", "id"], name="visitanswers_checklist"),
        ]

    def __str__(self) -> str:
        return str(self.visit_id)
