"""What the pages of a roll import show, made ready for the templates."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.register.households.enums import LivingStatus, ResidentEnd, YesNo
from bianfang.register.rolls import queries
from bianfang.register.rolls.enums import LEFT_TO_PEOPLE, DiffDecision, DiffKind
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem
from bianfang.register.rolls.reading.kinds import Kind as ProblemKind
from bianfang.register.rolls.reading.kinds import Severity
from bianfang.register.rolls.reading.messages import sentence
from bianfang.register.rolls.reading.notices import NoticeKind, notice_sentence
from bianfang.register.rolls.workflow import RollState

STATE_KINDS: dict[str, Kind] = {
    RollState.UPLOADED: "active",
    RollState.CHECKED: "waiting",
    RollState.MERGING: "active",
    RollState.MERGED: "done",
    RollState.DISCARDED: "void",
    RollState.FAILED: "late",
}
SEVERITY_KINDS: dict[str, Kind] = {
    Severity.ERROR: "late",
    Severity.WARNING: "soon",
    Severity.FIXED: "done",
    Severity.KEPT: "explained",
}
SEVERITY_LABELS = [
    (Severity.ERROR.value, _("Row refused")),
    (Severity.WARNING.value, _("Please look")),
    (Severity.FIXED.value, _("Put right")),
    (Severity.KEPT.value, _("Kept as it is")),
]
FIELD_LABELS: dict[str, str | Promise] = {
    "hamlet": _("Natural village"),
    "door": _("House number"),
    "living_status": _("Living status"),
    "name": _("Name"),
    "relation": _("Relation to head"),
    "sex": _("Sex"),
    "birth_date": _("Date of birth"),
    "away_place": _("Where"),
    "disability": _("Disability"),
    "note": _("Note"),
    "dibao": _("Minimum living allowance"),
    "tekun": _("Destitute support"),
    "id_number": _("Identity number"),
    "phone": _("Phone"),
    "ends": _("Leaves the register"),
}
VALUE_LABELS: dict[str, dict[str, str | Promise]] = {
    "relation": dict(Relation.choices),
    "sex": dict(Sex.choices),
    "living_status": dict(LivingStatus.choices),
    "dibao": dict(YesNo.choices),
    "tekun": dict(YesNo.choices),
    "ends": dict(ResidentEnd.choices),
}
COUNT_LABELS: tuple[tuple[str, str | Promise], ...] = (
    ("people", _("People that can be taken in")),
    ("households", _("Households")),
    ("rows_refused", _("Rows refused")),
    ("rows_with_warning", _("Rows to look at")),
    ("rows_with_fix", _("Rows put right")),
    *DiffKind.choices,
)
KIND_LABELS = dict(DiffKind.choices)
DONE_LABELS: tuple[tuple[str, str | Promise], ...] = (
    ("people", _("People on the roll")),
    ("households", _("Households on the roll")),
    ("rows_refused", _("Rows refused")),
    ("did_households_new", _("Households added")),
    ("did_households_changed", _("Households changed")),
    ("did_households_returned", _("Households in the register again")),
    ("did_households_ended", _("Households ended")),
    ("did_heads_changed", _("Heads changed")),
    ("did_residents_new", _("People added")),
    ("did_residents_changed", _("People changed")),
    ("did_residents_moved", _("People moved to another household")),
    ("did_residents_returned", _("People in the register again")),
    ("did_residents_ended", _("People who left the register")),
    ("did_waiting", _("Left to a person")),
)
"""What a merge did, in the order in which it is told."""
_NEW = {DiffKind.HOUSEHOLD_NEW, DiffKind.RESIDENT_NEW, DiffKind.RESIDENT_BACK}
_CHANGED = {DiffKind.HOUSEHOLD_CHANGED, DiffKind.RESIDENT_CHANGED, DiffKind.RESIDENT_MOVED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An import in the list."""

    roll: RollImport
    people: int | None
    state: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemLine:
    """A problem in words."""

    problem: RollProblem
    words: str
    severity: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A field before and after."""

    label: str | Promise
    old: str | Promise
    new: str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class DiffLine:
    """A difference in words."""

    diff: RollDiff
    kind: str | Promise
    changes: list[Change]
    decision: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class HamletLine:
    """What the roll says of one natural village."""

    village: str
    hamlet: str
    households: int
    people: int
    new: int
    changed: int
    left_to_people: int


def line(roll: RollImport) -> Line:
    """A row of the list."""
    return Line(roll=roll, people=roll.counts.get("people"), state=state_badge(roll))


def state_badge(roll: RollImport) -> Badge:
    """Where the import stands."""
    return Badge(roll.get_state_display(), STATE_KINDS[roll.state])


def tabs(request: HttpRequest, roll: RollImport, page: str) -> list[Tab]:
    """The three pages of an import, with their counts."""
    actor = request.actor  # type: ignore[attr-defined]  # see DeskRequest
    counts = {
        "detail": None,
        "problems": sum(queries.count_problems(actor=actor, roll=roll).values()),
        "differences": sum(queries.count_diffs(actor=actor, roll=roll).values()),
    }
    labels = {
        "detail": _("What was understood"),
        "problems": _("Odd cells"),
        "differences": _("Differences"),
    }
    return [
        Tab(
            label=str(labels[name]),
            href=address(chosen_path(request), f"rolls:{name}", roll.id),
            is_current=name == page,
            count=count,
        )
        for name, count in counts.items()
    ]


def summary(request: DeskRequest, roll: RollImport) -> dict[str, Any]:
    """Progress while a job works; else sheets, columns, counts and what can be done."""
    job = queries.find_job(actor=request.actor, roll=roll)
    state = RollState(roll.state)
    is_working = job is not None and job.is_open
    is_stuck = state in {RollState.UPLOADED, RollState.MERGING} and not is_working
    has_file = state in {RollState.CHECKED, RollState.FAILED} or is_stuck
    return {
        "job": job if is_working else None,
        "is_working": is_working,
        "counts": [
            (label, roll.counts[name])
            for name, label in (DONE_LABELS if state is RollState.MERGED else COUNT_LABELS)
            if name in roll.counts
        ],
        "is_merged": state is RollState.MERGED,
        "hamlets": [_hamlet(preview) for preview in queries.preview_hamlets(roll)],
        "sheets": [_sheet(sheet) for sheet in roll.understood.get("sheets", ())],
        "may_decide": state in {RollState.CHECKED, RollState.MERGING} and not is_working,
        "may_check": (state is RollState.CHECKED or is_stuck) and not is_working,
        "may_discard": has_file and not is_working,
        "has_file": has_file,
    }


def _hamlet(preview: queries.HamletPreview) -> HamletLine:
    counts = {DiffKind(name): number for name, number in preview.differences.items()}
    return HamletLine(
        village=preview.village,
        hamlet=preview.hamlet,
        households=preview.households,
        people=preview.people,
        new=sum(counts.get(kind, 0) for kind in _NEW),
        changed=sum(counts.get(kind, 0) for kind in _CHANGED),
        left_to_people=sum(counts.get(kind, 0) for kind in LEFT_TO_PEOPLE),
    )


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    notices = [
        (
            Badge(dict(SEVERITY_LABELS)[n["severity"]], SEVERITY_KINDS[n["severity"]]),
            notice_sentence(NoticeKind(n["kind"]), n["values"]),
        )
        for n in sheet["notices"]
    ]
    return {
        "name": sheet["name"],
        "people": sheet["people"],
        "header_rows": sheet["header_rows"],
        "read": [column for column in sheet["columns"] if column["use"] == "read"],
        "notices": notices,
    }


def problem_line(problem: RollProblem) -> ProblemLine:
    """A problem as the office reads it; numbers are masked already."""
    return ProblemLine(
        problem=problem,
        words=sentence(
            kind=ProblemKind(problem.kind),
            severity=Severity(problem.severity),
            read=problem.read,
            value=problem.value_after,
            column=problem.column,
            hint=problem.hint,
        ),
        severity=Badge(dict(SEVERITY_LABELS)[problem.severity], SEVERITY_KINDS[problem.severity]),
    )


def diff_line(diff: RollDiff) -> DiffLine:
    """A difference as the office reads it."""
    is_applied = diff.decision == DiffDecision.APPLY
    return DiffLine(
        diff=diff,
        kind=diff.get_kind_display(),
        changes=[
            Change(label=FIELD_LABELS[name], old=_word(name, old), new=_word(name, new))
            for name, (old, new) in diff.changes.items()
        ],
        decision=Badge(diff.get_decision_display(), "active" if is_applied else "void"),
    )


def _word(name: str, value: str) -> str | Promise:
    return VALUE_LABELS.get(name, {}).get(value, value) or "—"


def is_uuid(text: str) -> bool:
    """Whether a ticked value is an id at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def attachment(name: str) -> dict[str, str]:
    """The head of a download whose name may be Chinese."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
