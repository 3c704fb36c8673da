"""The words for states, moves and journal verbs of a long-term measure."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What the journal says of a measure."""

    RAISED = "measure_raised", _("Long-term measure raised")
    CHANGED = "measure_changed", _("Long-term measure changed")
    FINISHED = "measure_finished", _("Long-term measure done")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {"open": _("Under way"), "done": _("Completed")}
)
"""Words for the states of `workflow.MeasureState`, which itself knows no language."""

MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {"change": _("Change"), "finish": _("Report as done")}
)
"""Words for the moves of `workflow.Move`, as on the buttons."""
