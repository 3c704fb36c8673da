"""Who may change the tree."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.register.areas.models import Area

MANAGE_AREAS = "manage_areas"
"""The permission of `register.people`, which lies above this package."""


def can_manage_area(actor: Actor, area: Area) -> bool:
    """Within the reach of a post that manages areas."""
    return actor.may_at(MANAGE_AREAS, area.path)


def check_can_manage_area(actor: Actor, area: Area) -> None:
    """Refuse whoever may not change the tree at this place."""
    if not can_manage_area(actor, area):
        raise NotAllowedError(_("You may not change the areas of %(area)s.") % {"area": area.name})
