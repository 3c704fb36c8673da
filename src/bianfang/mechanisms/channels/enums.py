"""Kinds of channels, what is told by them, and what the journal says."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ChannelKind(TextChoices):
    """By what a message leaves the house."""

    MAIL = "mail", _("E-mail")
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")


ROBOTS = (ChannelKind.WECOM, ChannelKind.DINGTALK)


class Occasion(TextChoices):
    """Why a message is sent."""

    DIGEST = "digest", _("Digest of the day")
    URGENT = "urgent", _("Safety hazard")
    TEST = "test", _("Test")


class Verb(TextChoices):
    """Settings are journaled without their secrets; single messages are not."""

    RULES_SET = "channel_rules_set", _("Hours and address of channels set")
    ROBOT_SET = "channel_robot_set", _("Group robot set")
    TESTED = "channel_tested", _("Group robot tested")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "queued": _("Waits to be sent"),
        "sending": _("Being sent"),
        "sent": _("Sent"),
        "failed": _("Could not be sent"),
        "replaced": _("Replaced by a newer one"),
    }
)
"""Words for the states of `workflow.DeliveryState`, which itself knows no language."""
