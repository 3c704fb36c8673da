"""Sending a roll, deciding on differences."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm


class RollForm(DeskForm):
    """An office's own workbook, and of which day it is."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An .xlsx file as the office keeps it: any order of columns, several sheets."),
    )
    as_of = DayField(
        _("As of"), help_text=_("The day on which the roll was right, not the day of sending.")
    )
