"""Words for colours, and what the journal says."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What the journal says of an item."""

    ENTERED = "halfyear_month_entered", _("Progress of a month entered")
    CORRECTED = "halfyear_month_corrected", _("Progress of a month corrected")
    PLANNED = "halfyear_item_planned", _("Item of the half-year list described")
    RULE_SET = "halfyear_colours_set", _("Colour states set")
    EXPORTED = "halfyear_exported", _("Half-year list exported")


COLOUR_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "blue": _("Blue · done"),
        "green": _("Green · on plan"),
        "yellow": _("Yellow · a little behind"),
        "orange": _("Orange · far behind"),
        "red": _("Red · late or silent"),
    }
)
"""Words for `progress.Colour`: a colour is never alone."""
