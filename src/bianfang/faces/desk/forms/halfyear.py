"""A month of an item, its description, the thresholds of the colours."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.outreach.halfyear.actions import MonthInput, PlanInput


class MonthForm(DeskForm):
    """How far it is, what was done, what comes next."""

    must = ("month", "percent", "done")
    month = forms.TypedChoiceField(
        label=_("Month"), coerce=date.fromisoformat, empty_value=None, required=False
    )
    percent = forms.IntegerField(
        label=_("Percent"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "inputmode": "numeric"}),
    )
    done = LongText(_("What was done"), rows=2, required=False)
    next_step = LongText(_("Next step"), rows=2, required=False)

    def given(self) -> MonthInput:
        """As the domain takes it."""
        return MonthInput(**self.cleaned_data)


class PlanForm(DeskForm):
    """What makes the demand a project."""

    title = forms.CharField(
        label=_("Project"),
        max_length=80,
        required=False,
        help_text=_("Empty: what the demand asks."),
    )
    goal = LongText(
        _("Content and goal"),
        rows=3,
        required=False,
        help_text=_("Empty: the measures of the demand."),
    )
    leader_id = IdChoice(_("Leading person"), required=False)
    funds_source = forms.CharField(label=_("Source of funds"), max_length=80, required=False)
    funds_amount = forms.DecimalField(
        label=_("Amount in yuan"), max_digits=14, decimal_places=2, required=False
    )
    starts_on = DayField(
        _("Begins on"), required=False, help_text=_("Empty: when the demand was accepted.")
    )
    beneficiaries = forms.CharField(
        label=_("Whom it serves"),
        max_length=120,
        required=False,
        help_text=_("A place or a number of households, no names."),
    )

    def given(self) -> PlanInput:
        """As the domain takes it."""
        return PlanInput(**self.cleaned_data)


class ColourForm(DeskForm):
    """From where an item is orange or red."""

    must = ("behind_points", "silent_months", "source")
    behind_points = forms.IntegerField(label=_("Orange from so many points behind"), required=False)
    silent_months = forms.IntegerField(
        label=_("Red after so many months without an entry"), required=False
    )
    source = forms.CharField(
        label=_("Grounds"),
        max_length=200,
        required=False,
        help_text=_("A law, a notice, a decision of the town."),
    )
