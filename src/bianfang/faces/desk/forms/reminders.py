"""The steps of the ladder as they are typed: whole numbers with commas between."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm

_BETWEEN = re.compile(r"[\s,，、;；]+")


class StepsField(forms.CharField):
    """`-3, -1, 0, 1` as numbers; empty means that nobody is reminded."""

    def clean(self, value: object) -> list[int]:
        """The numbers, in the order typed."""
        text = super().clean(value)
        parts = [part for part in _BETWEEN.split(text) if part]
        try:
            return [int(part) for part in parts]
        except ValueError as fault:
            sentence = _("Whole numbers with commas between, as -3, -1, 0, 1.")
            raise forms.ValidationError(sentence) from fault


class LadderForm(DeskForm):
    """Working days before (with a minus) and after the deadline."""

    owner_steps = StepsField(
        label=_("Who is in charge"),
        max_length=60,
        required=False,
        help_text=_("Working days from the deadline: -3 is three before, 0 the last one, 1 late."),
    )
    head_steps = StepsField(
        label=_("Head of the unit"),
        max_length=60,
        required=False,
        help_text=_("Empty: the head is not reminded."),
    )
