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

PLACES: dict[Duty, tuple[AreaKind, ...]] = {
    Duty.PRINCIPAL_LEADER: (AreaKind.TOWN,),
    Duty.LEADER_GROUP: (AreaKind.COMMUNITY, AreaKind.VILLAGE),
    Duty.VILLAGE_CADRE: (AreaKind.VILLAGE,),
    Duty.VILLAGE_HEAD: (AreaKind.VILLAGE,),
}
"""The kinds of area that a duty is held in."""


class Verb(TextChoices):
    """What the journal says of groups and responsibilities."""

    GROUP_CREATED = "leader_group_created", _("Leader group set up")
    GROUP_MEMBERS_SET = "leader_group_members_set", _("Members of the leader group set")
    GROUP_ENDED = "leader_group_ended", _("Leader group ended")
    ASSIGNED = "responsibility_assigned", _("Responsibility given")
    ENDED = "responsibility_ended", _("Responsibility ended")
    SUBSTITUTE_SET = "responsibility_substitute_set", _("Substitute named")
    SUBSTITUTE_CLEARED = "responsibility_substitute_cleared", _("Substitute no longer stands in")
    HANDED_OVER = "responsibility_handed_over", _("Handed over to somebody else")
