"""A rule of deadlines as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, IdChoice
from bianfang.faces.desk.forms.demands import HANDLED, choice
from bianfang.outreach.demands.enums import DayUnit, Route


class RuleForm(DeskForm):
    """For which demands, how long, by what."""

    must = ("days", "source")

    category_id = IdChoice(_("Category"), required=False)
    route = forms.TypedChoiceField(
        label=_("Handling"),
        choices=[("", _("Every way")), *HANDLED],
        coerce=Route,
        empty_value=None,
        required=False,
    )
    days = forms.IntegerField(label=_("Number of days"), required=False)
    unit = choice(_("Counted in"), DayUnit, widget=forms.RadioSelect, initial=DayUnit.WORKDAY)
    may_pause = forms.BooleanField(
        label=_("The clock may be stopped"),
        required=False,
        help_text=_("With a reason, by whoever may grant more time and is not in charge."),
    )
    source = forms.CharField(
        label=_("Grounds"),
        max_length=200,
        required=False,
        help_text=_("A law, a notice, a decision of the town."),
    )
    applies_to_open = forms.BooleanField(
        label=_("Count open demands anew"),
        required=False,
        help_text=_("Those counted by the rule before; the first promise stays on record."),
    )
