"""Rules, strata, ways of checking; the words for states, moves, results and journal verbs."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StrataBy(TextChoices):
    """What the closed demands are grouped by before they are drawn."""

    COMMUNITY = "community", _("Community")
    THEME = "theme", _("Theme")


class SampleMethod(TextChoices):
    """How many are drawn."""

    CONFIDENCE = "confidence", _("By confidence and margin")
    OF_EACH = "of_each", _("So many of each group")
    SHARE = "share", _("A share in percent")


class Confidence(IntegerChoices):
    """How sure the share found in the sample shall be for all, in percent."""

    NINETY = 90, "90%"
    NINETY_FIVE = 95, "95%"
    NINETY_NINE = 99, "99%"


class CheckWay(TextChoices):
    """How the resident was asked."""

    PHONE = "phone", _("By phone")
    VISIT = "visit", _("Home visit")


class Verb(TextChoices):
    """What the journal says of a look-back."""

    DRAWN = "look_back_drawn", _("Look-back drawn")
    ASSIGNED = "look_back_assigned", _("Checks handed out")
    PASSED = "look_back_passed", _("Check passed")
    FAILED = "look_back_failed", _("Check failed")
    NOT_REACHED = "look_back_not_reached", _("Nobody reached")
    REPLACED = "look_back_replaced", _("Check replaced by another demand")
    FINISHED = "look_back_finished", _("Look-back finished")
    GIVEN_UP = "look_back_given_up", _("Look-back given up")
    EXPORTED = "look_back_exported", _("Look-back taken away as a file")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "drawn": _("Drawn"),
        "going_on": _("Going on"),
        "finished": _("Finished"),
        "given_up": _("Given up"),
    }
)
"""Words for the states of `workflow.LookBackState`, which itself knows no language."""

MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "draw": _("Draw the sample"),
        "assign": _("Hand out checks"),
        "record": _("Record a result"),
        "replace": _("Draw a replacement"),
        "finish": _("Finish"),
        "give_up": _("Give up"),
    }
)
"""Words for the moves of `workflow.Move`."""

RESULT_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "waiting": _("To be checked"),
        "not_reached": _("Not reached"),
        "passed": _("Passed"),
        "failed": _("Failed"),
    }
)
"""Words for `workflow.CheckResult`."""
