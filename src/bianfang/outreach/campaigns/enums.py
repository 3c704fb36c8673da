"""Kinds of question, subjects; the words for states, moves and journal verbs."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FieldKind(TextChoices):
    """What an answer is."""

    CHOICE = "choice", _("One of a list")
    WHOLE = "whole", _("Whole number")
    DECIMAL = "decimal", _("Number with decimals")
    DAY = "day", _("Day")
    TEXT = "text", _("Short text")


class Subject(TextChoices):
    """What a campaign looks at: every household, or places with a number."""

    HOUSEHOLD = "household", _("Each household")
    SPOT = "spot", _("Numbered spots")


class Verb(TextChoices):
    """What the journal says of campaigns, spots, findings and leaflets."""

    PLANNED = "campaign_planned", _("Campaign planned")
    CHANGED = "campaign_changed", _("Campaign changed")
    ASKED = "campaign_asked", _("Questions of the campaign changed")
    STARTED = "campaign_started", _("Campaign started")
    CLOSED = "campaign_closed", _("Campaign closed")
    SPOT_SAVED = "spot_saved", _("Spot written down")
    SPOTS_IMPORTED = "spots_imported", _("Spots taken in from a workbook")
    SPOTS_EXPORTED = "spots_exported", _("Spots taken away as a file")
    FOUND = "finding_recorded", _("Finding written down")
    LEAFLET_SAVED = "leaflet_saved", _("Leaflet written down")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {"draft": _("Being prepared"), "running": _("Running"), "closed": _("Closed")}
)
"""Words for the states of `workflow.CampaignState`, which itself knows no language."""

MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "plan": _("Plan a campaign"),
        "change": _("Change the campaign"),
        "ask": _("Change the questions"),
        "take_spots": _("Write down spots"),
        "start": _("Start"),
        "record": _("Write down a finding"),
        "close": _("Close"),
    }
)
"""Words for the moves of `workflow.Move`."""
