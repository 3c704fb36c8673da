"""The notice of a year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, LongText


class NoticeForm(DeskForm):
    """Days off and make-up workdays, one a line, as the office pastes them."""

    text = LongText(
        _("Days"),
        rows=10,
        help_text=_(
            "One day a line: 2027-01-01,休 for a day off, 2027-02-06,班 for a make-up workday."
        ),
    )
    source = forms.CharField(
        label=_("Notice"),
        max_length=80,
        help_text=_("Name and number of the State Council's notice."),
    )
    field_order = ("source", "text")
