"""Scoped reads of imports, their problems and differences."""

from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem


def get_import(*, actor: Actor, roll_id: UUID) -> RollImport:
    """The import, or NotFoundError."""
    rows = RollImport.objects.visible_to(actor).select_related("uploaded_by", "merged_by")
    roll = rows.filter(id=roll_id).first()
    if roll is None:
        raise NotFoundError(_("There is no such import."))
    return roll


def get_import_for_update(*, actor: Actor, roll_id: UUID) -> RollImport:
    """The import, locked until the transaction ends."""
    rows = RollImport.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    roll = rows.filter(id=roll_id).first()
    if roll is None:
        raise NotFoundError(_("There is no such import."))
    return roll


def list_imports(*, actor: Actor) -> "QuerySet[RollImport]":
    """All imports of the town, the latest first."""
    rows = RollImport.objects.visible_to(actor).select_related("uploaded_by")
    return rows.order_by("-id")


def list_problems(*, actor: Actor, roll: RollImport, severity: str = "") -> "QuerySet[RollProblem]":
    """The problems of an import in the order of the workbook."""
    rows = RollProblem.objects.in_town(actor.town_id).filter(roll=roll)
    return (rows.filter(severity=severity) if severity else rows).order_by("order", "id")


def list_diffs(*, actor: Actor, roll: RollImport, kind: str = "") -> "QuerySet[RollDiff]":
    """The differences of an import, by kind, in the order of the workbook."""
    rows = RollDiff.objects.in_town(actor.town_id).filter(roll=roll)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("household", "resident").order_by("order", "id")


def count_diffs(*, actor: Actor, roll: RollImport) -> dict[str, int]:
    """How many differences of each kind are listed."""
    rows = RollDiff.objects.in_town(actor.town_id).filter(roll=roll).order_by()
    return dict(rows.values_list("kind").annotate(number=Count("id")))


def count_problems(*, actor: Actor, roll: RollImport) -> dict[str, int]:
    """How many problems of each severity are listed."""
    rows = RollProblem.objects.in_town(actor.town_id).filter(roll=roll).order_by()
    return dict(rows.values_list("severity").annotate(number=Count("id")))
