"""Statuses and fact kinds."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LivingStatus(TextChoices):
    """Whether a household lives at its dwelling; of the household, not of a person."""

    RESIDENT = "resident", _("Living here")
    AWAY = "away", _("Working away")
    VACANT = "vacant", _("Vacant")
    UNKNOWN = "unknown", _("Not known")


COUNTED_STATUSES = (LivingStatus.RESIDENT, LivingStatus.AWAY)
"""The two that make a resident household, the denominator of coverage."""


class ContactTime(TextChoices):
    """When a household likes to be visited or called."""

    ANY = "any", _("Any time")
    DAY = "day", _("Daytime")
    EVENING = "evening", _("Evening")
    WEEKEND = "weekend", _("Weekend")
    PHONE = "phone", _("By phone")


class HouseholdEnd(TextChoices):
    """Why a household left the register."""

    MOVED_OUT = "moved_out", _("Moved out of the town")
    MERGED = "merged", _("Joined another household")
    NOBODY_LEFT = "nobody_left", _("Nobody is left")
    ENTERED_BY_MISTAKE = "entered_by_mistake", _("Entered by mistake")
    NOT_ON_ROLL = "not_on_roll", _("No longer on the roll")


class ResidentEnd(TextChoices):
    """Why a person left the register."""

    DIED = "died", _("Died")
    MOVED_OUT = "moved_out", _("Moved out")
    NOT_ON_ROLL = "not_on_roll", _("No longer on the roll")
    ENTERED_BY_MISTAKE = "entered_by_mistake", _("Entered by mistake")


class YesNo(TextChoices):
    """An answer that may be missing."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class FactKind(TextChoices):
    """What is known of a person beyond name and number; each needs a purpose in the handbook."""

    DIBAO = "dibao", _("Minimum living allowance")
    TEKUN = "tekun", _("Destitute support")
    DISABILITY = "disability", _("Disability")


DISABILITY = re.compile("(?:视力|听力|言语|肢体|智力|精神|多重)(?:一级|二级|三级|四级)?")
"""Kind and grade as on the certificate; only the kind where no grade is known."""


class FactSource(TextChoices):
    """Where a statement comes from."""

    ROLL = "roll", _("Roll import")
    VISIT = "visit", _("Home visit")
    DESK = "desk", _("Typed at the desk")


class Priority(TextChoices):
    """The order of visits: hardship first, from public-assistance facts only."""

    HARDSHIP = "1", _("Hardship")
    CARE = "2", _("Old, disabled or child alone")
    COMMON = "3", _("Common")


class HeldField(TextChoices):
    """What of the register a visit may find changed."""

    LIVING_STATUS = "living_status", _("Living status")
    CONTACT_TIME = "contact_time", _("Best time")
    DOOR = "door", _("House number")
    PHONE = "phone", _("Phone")


class Verb(TextChoices):
    """What the journal says of held changes."""

    CHANGE_HELD = "change_held", _("Change held for a decision")
    CHANGE_TAKEN = "change_taken", _("Held change taken over")
    CHANGE_DROPPED = "change_dropped", _("Held change dropped")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "open": _("To be decided"),
        "taken": _("Taken over"),
        "dropped": _("Left as it is"),
    }
)
MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "hold": _("Hold"),
        "take_over": _("Take over"),
        "drop": _("Leave as it is"),
    }
)
"""Words for the states and moves of `workflow`, which itself knows no language."""
