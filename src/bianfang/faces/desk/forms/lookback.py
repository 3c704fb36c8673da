"""Look-backs: what is drawn by which rule, who checks, what a check came to."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText, Parts
from bianfang.faces.desk.forms.demands import choice
from bianfang.faces.desk.forms.offers import Pairs, offer
from bianfang.outreach.lookback.enums import (
    RESULT_LABELS,
    CheckWay,
    Confidence,
    SampleMethod,
    StrataBy,
)
from bianfang.outreach.lookback.workflow import CheckResult

RECORDED = [
    (result.value, RESULT_LABELS[result])
    for result in (CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED)
]


class DrawForm(DeskForm):
    """Which closed demands, in which groups, how many; the numbers are shown before drawing."""

    must = ("title", "area_id", "from_day", "to_day")
    parts: ClassVar[Parts] = (
        (_("What is looked back on"), ("title", "area_id", "from_day", "to_day", "strata_by")),
        (
            _("How many"),
            ("method", "confidence", "margin", "of_each", "percent", "at_least"),
        ),
        (_("Which ones"), ("seed",)),
    )

    title = forms.CharField(label=_("Name of the look-back"), max_length=60, required=False)
    area_id = IdChoice(_("Area"), required=False)
    from_day = DayField(_("Written off from"), required=False)
    to_day = DayField(_("Written off to"), required=False)
    strata_by = choice(_("Grouped by"), StrataBy, widget=forms.RadioSelect)
    method = choice(_("Rule"), SampleMethod, widget=forms.RadioSelect)
    confidence = forms.TypedChoiceField(
        label=_("Confidence"),
        choices=Confidence.choices,
        coerce=lambda value: Confidence(int(value)),
        widget=forms.RadioSelect,
    )
    margin = forms.DecimalField(
        label=_("Margin"),
        required=False,
        max_digits=4,
        decimal_places=1,
        help_text=_("Percentage points up and down; for the rule by confidence."),
    )
    of_each = forms.IntegerField(
        label=_("Of each group"), required=False, help_text=_("For the rule by group.")
    )
    percent = forms.IntegerField(
        label=_("Percent"), required=False, help_text=_("For the rule by share.")
    )
    at_least = forms.IntegerField(
        label=_("At least"), required=False, help_text=_("In all; for the rule by share.")
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        help_text=_("Leave it empty: it is made by chance, kept and shown for good."),
    )

    def __init__(self, *args: Any, areas: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area_id", areas)


class AssignForm(DeskForm):
    """Who checks what was ticked."""

    checker = IdChoice(_("Checker"), required=False)

    def __init__(self, *args: Any, checkers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "checker", checkers)


class CheckForm(DeskForm):
    """What the check came to."""

    must = ("way", "result")

    way = choice(_("Way"), CheckWay, widget=forms.RadioSelect, required=False, empty_value=None)
    result = choice(
        _("Check result"),
        CheckResult,
        choices=RECORDED,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    found = LongText(
        _("What was found"),
        rows=3,
        required=False,
        help_text=_("Compulsory if it failed: the demand is reopened with these words."),
    )
