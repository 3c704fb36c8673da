"""Duties, and which level must have each of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bianfang.register.areas.enums import AreaKind


class Duty(TextChoices):
    """What a responsibility makes its holder answer for."""

    PRINCIPAL_LEADER = "principal_leader", _("Principal leader")
    LEADER_GROUP = "leader_group", _("Leader group")
    VILLAGE_CADRE = "village_cadre", _("Village-contact cadre")
    VILLAGE_HEAD = "village_head", _("Village head")


REQUIRED: dict[Duty, AreaKind] = {
    Duty.PRINCIPAL_LEADER: AreaKind.TOWN,
    Duty.LEADER_GROUP: AreaKind.VILLAGE,
    Duty.VILLAGE_CADRE: AreaKind.VILLAGE,
    Duty.VILLAGE_HEAD: AreaKind.VILLAGE,
}
"""Every area of the kind must be reached by the duty, held there or above (M9)."""

EXCLUSIVE = frozenset({Duty.LEADER_GROUP})
"""Duties of which an area has exactly one holder at a time (M11)."""
