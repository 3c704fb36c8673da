"""Hours and address, a group robot, one's own e-mail; secrets are typed, never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, IdChoice
from bianfang.mechanisms.channels.enums import ROBOTS, ChannelKind


class HourField(forms.TimeField):
    """An hour and minute."""

    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(label=label, widget=widget, required=False)


class SealedField(forms.CharField):
    """Typed in, never shown again."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False)
        super().__init__(label=label, widget=widget, required=False, max_length=300, **kwargs)


class RulesForm(DeskForm):
    """For the whole town."""

    base_url = forms.CharField(
        label=_("Address of this system"),
        max_length=200,
        required=False,
        help_text=_("As staff open it, such as https://bianfang.example; messages link to it."),
    )
    opens = HourField(_("Work time begins"))
    closes = HourField(_("Work time ends"))
    mail_on = forms.BooleanField(
        label=_("E-mail to who wishes it"),
        required=False,
        help_text=_("Each person writes down an address under “My account” and switches it on."),
    )


class RobotForm(DeskForm):
    """Another address or secret, on or off."""

    webhook = SealedField(
        _("Webhook address"),
        help_text=_("As the group's robot shows it. It is sealed; empty keeps what is there."),
    )
    secret = SealedField(
        _("Sign secret"),
        help_text=_("DingTalk only, beginning with SEC. Empty keeps what is there."),
    )
    is_on = forms.BooleanField(label=_("Switched on"), required=False)


class NewRobotForm(RobotForm):
    """The robot of a unit's group."""

    must = ("unit_id", "webhook")
    webhook = SealedField(
        _("Webhook address"), help_text=_("As the group's robot shows it. It is sealed.")
    )
    secret = SealedField(_("Sign secret"), help_text=_("DingTalk only, beginning with SEC."))
    unit_id = IdChoice(_("Unit"), required=False)
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        choices=[(each.value, each.label) for each in ROBOTS],
        coerce=ChannelKind,
        widget=forms.RadioSelect,
        initial=ChannelKind.WECOM,
    )
    field_order = ("unit_id", "kind", "webhook", "secret", "is_on")


class OwnMailForm(DeskForm):
    """My own choice."""

    address = forms.CharField(label=_("E-mail address"), max_length=200, required=False)
    is_on = forms.BooleanField(
        label=_("Send me the digest by e-mail too"),
        required=False,
        help_text=_("Once a working day, numbers and a link only; safety hazards at once."),
    )
