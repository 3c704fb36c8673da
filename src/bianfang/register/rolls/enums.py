"""Kinds of difference between a roll and the register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CHECK_JOB = "roll_check"
MERGE_JOB = "roll_merge"


class DiffKind(TextChoices):
    """What merging would do, or what a person should look at."""

    HOUSEHOLD_NEW = "household_new", _("New household")
    HOUSEHOLD_CHANGED = "household_changed", _("Household changed")
    HOUSEHOLD_GONE = "household_gone", _("Household not on the roll")
    RESIDENT_NEW = "resident_new", _("New person")
    RESIDENT_CHANGED = "resident_changed", _("Person changed")
    RESIDENT_MOVED = "resident_moved", _("Person moved to another household")
    RESIDENT_GONE = "resident_gone", _("Person not on the roll")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("Perhaps the same person twice")


class DiffDecision(TextChoices):
    """What a person decided about a difference; the proposal stands until somebody speaks."""

    APPLY = "apply", _("Apply")
    SKIP = "skip", _("Leave as it is")


LEFT_TO_PEOPLE = frozenset(
    {DiffKind.RESIDENT_GONE, DiffKind.HOUSEHOLD_GONE, DiffKind.POSSIBLE_DUPLICATE}
)
"""Shown for a person to decide; the import itself never does them."""
