"""Modes and outcomes of visits; the codes of the paper sheet; words for states and the journal."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class VisitMode(TextChoices):
    """How a household was met; all four count in full (M14)."""

    DAY = "day", _("Daytime home visit")
    EVENING = "evening", _("Evening home visit")
    PHONE = "phone", _("Phone call")
    FORUM = "forum", _("Group talk")


class VisitOutcome(TextChoices):
    """What came of one visit. Refusal needs no reason and is respected (domain rule 7.4)."""

    MET = "met", _("Talked with the household")
    DECLINED = "declined", _("Prefers not to be visited")
    MOVED = "moved", _("Has moved away")
    CLOSED_DOOR = "closed_door", _("Nobody at home")
    NOT_REACHED = "not_reached", _("Not reached by phone")


class TargetOutcome(TextChoices):
    """In which way a household of a round is settled; `open` means: still to be visited."""

    OPEN = "open", _("To be visited")
    MET = "met", _("Visited")
    DECLINED = "declined", _("Prefers not to be visited")
    MOVED = "moved", _("Has moved away")
    LEFT = "left", _("Left during the round")


SETTLING: dict[VisitOutcome, TargetOutcome] = {
    VisitOutcome.MET: TargetOutcome.MET,
    VisitOutcome.DECLINED: TargetOutcome.DECLINED,
    VisitOutcome.MOVED: TargetOutcome.MOVED,
}
"""Visit outcomes that settle the target; the others are attempts and leave it open."""


class TopicKind(TextChoices):
    """What a checklist line is for."""

    ASK = "ask", _("To ask about")
    EXPLAIN = "explain", _("To explain")
    CAMPAIGN = "campaign", _("Campaign")


class RoundChangeKind(TextChoices):
    """A change of the register after a round has started."""

    JOINED = "joined", _("Became a resident household")
    LEFT = "left", _("No longer a resident household")
    STATUS = "status", _("Living status changed")
    MOVED = "moved", _("Moved within the town")


class EntryChannel(TextChoices):
    """How a visit got into the system."""

    DESK = "desk", _("Desk form")
    SHEET = "sheet", _("Paper sheet, typed in by a clerk")
    FIELD = "field", _("Phone page")


class Verb(TextChoices):
    """What the journal says of checklists, rounds, visits and group talks."""

    CHECKLIST_CREATED = "checklist_created", _("Checklist begun")
    CHECKLIST_EDITED = "checklist_edited", _("Checklist changed")
    FORM_LOADED = "form_loaded", _("Questions of a checklist loaded from a workbook")
    FORM_REMOVED = "form_removed", _("Questions of a checklist removed")
    ANSWERS_EXPORTED = "answers_exported", _("Answers to a checklist taken away as a file")
    CHECKLIST_PUBLISHED = "checklist_published", _("Checklist published")
    ROUND_CREATED = "round_created", _("Round planned")
    ROUND_EDITED = "round_edited", _("Round plan changed")
    ROUND_CONFIGURED = "round_configured", _("What and how of the round set")
    ROUND_STARTED = "round_started", _("Round started, denominator frozen")
    ROUND_FINISHED = "round_finished", _("Round finished")
    ROUND_CANCELLED = "round_cancelled", _("Round cancelled")
    VISIT_RECORDED = "visit_recorded", _("Visit recorded")
    VISIT_CORRECTED = "visit_corrected", _("Visit corrected")
    FORUM_RECORDED = "forum_recorded", _("Group talk recorded")


ROUND_STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "draft": _("Being planned"),
        "active": _("Going on"),
        "finished": _("Finished"),
        "cancelled": _("Cancelled"),
    }
)
"""Words for the states of `workflow.RoundState`, which itself knows no language."""

OUTCOMES_OF: Mapping[VisitMode, tuple[VisitOutcome, ...]] = MappingProxyType(
    {
        VisitMode.DAY: (
            VisitOutcome.MET,
            VisitOutcome.DECLINED,
            VisitOutcome.MOVED,
            VisitOutcome.CLOSED_DOOR,
        ),
        VisitMode.EVENING: (
            VisitOutcome.MET,
            VisitOutcome.DECLINED,
            VisitOutcome.MOVED,
            VisitOutcome.CLOSED_DOOR,
        ),
        VisitMode.PHONE: (
            VisitOutcome.MET,
            VisitOutcome.DECLINED,
            VisitOutcome.MOVED,
            VisitOutcome.NOT_REACHED,
        ),
        VisitMode.FORUM: (VisitOutcome.MET,),
    }
)
"""What can come of a visit made in that way."""

SHEET_MODES: Mapping[str, VisitMode] = MappingProxyType(
    {"1": VisitMode.DAY, "2": VisitMode.EVENING, "3": VisitMode.PHONE}
)
SHEET_OUTCOMES: Mapping[str, VisitOutcome] = MappingProxyType(
    {
        "1": VisitOutcome.MET,
        "2": VisitOutcome.DECLINED,
        "3": VisitOutcome.MOVED,
        "4": VisitOutcome.CLOSED_DOOR,
        "5": VisitOutcome.NOT_REACHED,
    }
)
"""The digits that are written on the paper sheet and typed in by the clerk."""
