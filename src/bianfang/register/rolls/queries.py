"""Scoped reads of imports, their problems and differences."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.jobs import queries as jobs
from bianfang.kernel.jobs.models import Job
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


def find_job(*, actor: Actor, roll: RollImport) -> Job | None:
    """The job that was last asked for, with its progress; None where it was cleaned away."""
    if roll.job_id is None:
        return None
    try:
        return jobs.get_job(actor=actor, job_id=roll.job_id)
    except NotFoundError:
        return None


def is_at_work(*, actor: Actor, roll: RollImport) -> bool:
    """Whether a job is reading or merging it, or about to."""
    job = find_job(actor=actor, roll=roll)
    return job is not None and job.is_open


def list_problems(
    *, actor: Actor, roll: RollImport, severity: str = "", kind: str = ""
) -> "QuerySet[RollProblem]":
    """The problems of an import in the order of the workbook."""
    rows = RollProblem.objects.in_town(actor.town_id).filter(roll=roll)
    rows = rows.filter(severity=severity) if severity else rows
    return (rows.filter(kind=kind) if kind else rows).order_by("order", "id")


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


def count_problem_kinds(*, actor: Actor, roll: RollImport) -> dict[tuple[str, str], int]:
    """How many problems there are by severity and kind."""
    rows = RollProblem.objects.in_town(actor.town_id).filter(roll=roll).order_by()
    counted = rows.values_list("severity", "kind").annotate(number=Count("id"))
    return {(severity, kind): number for severity, kind, number in counted}


@dataclass(frozen=True, kw_only=True, slots=True)
class HamletPreview:
    """What a roll says of one hamlet: households, people, and differences by kind."""

    community: str
    village: str
    hamlet: str
    households: int
    people: int
    differences: dict[str, int]


def preview_hamlets(roll: RollImport) -> list[HamletPreview]:
    """What merging would do, hamlet by hamlet in the order of the roll."""
    previews = []
    for each in roll.understood.get("hamlets", ()):
        counts = dict(each["counts"])
        preview = HamletPreview(
            community=each["community"],
            village=each["village"],
            hamlet=each["hamlet"],
            households=counts.pop("households", 0),
            people=counts.pop("people", 0),
            differences=counts,
        )
        previews.append(preview)
    return previews
