"""Modes and outcomes of visits."""

from django.db.models import TextChoices
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
    LEFT = "left", _("Left the register during the round")


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

    JOINED = "joined", _("New on the register")
    LEFT = "left", _("Left the register")
    STATUS = "status", _("Living status changed")


class EntryChannel(TextChoices):
    """How a visit got into the system."""

    DESK = "desk", _("Desk form")
    SHEET = "sheet", _("Paper sheet, typed in by a clerk")
