"""Outcomes of an agenda item; the words for states, moves and journal verbs."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemOutcome(TextChoices):
    """What a meeting made of an item; none while it has not been dealt with."""

    RESOLVED = "resolved", _("Resolved")
    PUT_OFF = "put_off", _("Put off to the next meeting")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verb(TextChoices):
    """What the journal says of a meeting."""

    PLANNED = "meeting_planned", _("Meeting planned")
    CHANGED = "meeting_changed", _("Particulars of the meeting changed")
    PUT_ON = "meeting_item_put_on", _("Put on the agenda")
    TAKEN_OFF = "meeting_item_taken_off", _("Taken off the agenda")
    REORDERED = "meeting_reordered", _("Agenda put in another order")
    BEGUN = "meeting_begun", _("Meeting begun")
    MINUTES_WRITTEN = "meeting_minutes_written", _("Minutes of an item written")
    RESOLUTION_ADDED = "meeting_resolution_added", _("Resolution added")
    RESOLUTION_CHANGED = "meeting_resolution_changed", _("Resolution changed")
    RESOLUTION_REMOVED = "meeting_resolution_removed", _("Resolution removed")
    CLOSED = "meeting_closed", _("Meeting closed")
    CANCELLED = "meeting_cancelled", _("Meeting cancelled")
    MINUTES_CORRECTED = "meeting_minutes_corrected", _("Minutes corrected after the meeting")
    RESOLUTION_DONE = "meeting_resolution_done", _("Resolution carried out")
    EXPORTED = "meeting_exported", _("Agenda and minutes taken away as a file")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "planned": _("Planned"),
        "in_session": _("In session"),
        "closed": pgettext_lazy("meeting", "Closed"),
        "cancelled": _("Cancelled"),
    }
)
"""Words for the states of `workflow.MeetingState`, which itself knows no language."""

MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "plan": _("Plan a meeting"),
        "change": _("Change the particulars"),
        "put_on": _("Put on the agenda"),
        "take_off": _("Take off the agenda"),
        "reorder": _("Change the order"),
        "begin": _("Begin the meeting"),
        "record": _("Write minutes and resolutions"),
        "close": _("Close the meeting"),
        "cancel": _("Cancel the meeting"),
        "correct": _("Correct the minutes"),
        "carry_out": _("Mark as carried out"),
    }
)
"""Words for the moves of `workflow.Move`, as on the buttons."""
