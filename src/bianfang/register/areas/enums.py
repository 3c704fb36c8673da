"""Kinds of area, from the top down."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    """The level of an area; each level lies directly under the one before."""

    COUNTY = "county", _("County")
    TOWN = "town", _("Township")
    COMMUNITY = "community", _("Community")
    VILLAGE = "village", _("Administrative village")
    HAMLET = "hamlet", _("Natural village")


LEVELS = list(AreaKind)


def kind_below(kind: AreaKind) -> AreaKind | None:
    """The only kind that may lie directly under `kind`; None under a hamlet."""
    position = LEVELS.index(kind) + 1
    return LEVELS[position] if position < len(LEVELS) else None
