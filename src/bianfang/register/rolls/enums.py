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
    HOUSEHOLD_EMPTY = "household_empty", _("Nobody is left in the household")
    RESIDENT_NEW = "resident_new", _("New person")
    RESIDENT_CHANGED = "resident_changed", _("Person changed")
    RESIDENT_MOVED = "resident_moved", _("Person moved to another household")
    RESIDENT_BACK = "resident_back", _("Person on the roll again")
    RESIDENT_GONE = "resident_gone", _("Person not on the roll")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("Perhaps the same person twice")


class DiffDecision(TextChoices):
    """What a person decided about a difference; the proposal stands until somebody speaks."""

    APPLY = "apply", _("Apply")
    SKIP = "skip", _("Leave as it is")


LEFT_TO_PEOPLE = frozenset(
    {
        DiffKind.RESIDENT_GONE,
        DiffKind.HOUSEHOLD_GONE,
        DiffKind.HOUSEHOLD_EMPTY,
        DiffKind.POSSIBLE_DUPLICATE,
    }
)
"""Shown for a person to decide; the import itself never does them."""


class Verb(TextChoices):
    """What the journal says of imports, and of households that an import changed."""

    ROLL_UPLOADED = "roll_uploaded", _("Roll sent")
    ROLL_CHECKED = "roll_checked", _("Roll compared with the register")
    ROLL_FAILED = "roll_failed", _("Roll could not be read")
    ROLL_DECIDED = "roll_decided", _("Differences decided on")
    ROLL_MERGE_BEGUN = "roll_merge_begun", _("Merging of a roll asked for")
    ROLL_MERGE_REFUSED = "roll_merge_refused", _("Merging of a roll did not succeed")
    ROLL_MERGED = "roll_merged", _("Roll merged into the register")
    ROLL_DISCARDED = "roll_discarded", _("Roll discarded")
    ROLL_EXPORTED = "roll_exported", _("Roll exported")
    HOUSEHOLD_CHANGED_BY_ROLL = "household_changed_by_roll", _("Changed by a roll")
