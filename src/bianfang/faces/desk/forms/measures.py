"""What is typed about a long-term measure."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.mechanisms.longterm.actions import MeasureInput


class MeasureForm(DeskForm):
    """What is done for good, by whom, until when, and when the place is looked at again."""

    must: ClassVar[tuple[str, ...]] = ("plan", "owner_id", "due_on", "review_on")

    plan = LongText(_("What is done for good"), rows=4, required=False)
    unit_id = IdChoice(_("Leading unit"), required=False)
    owner_id = IdChoice(_("Person in charge"), required=False)
    due_on = DayField(_("Deadline"), required=False)
    review_on = DayField(
        _("Looked at again on"),
        required=False,
        help_text=_("On that day somebody looks whether it has come again."),
    )

    def to_input(self) -> MeasureInput:
        """As the domain takes it."""
        names = ("plan", "unit_id", "owner_id", "due_on", "review_on")
        return MeasureInput(**{name: self.cleaned_data[name] for name in names})


class NewMeasureForm(MeasureForm):
    """Also for which place and problem."""

    must = ("area_id", "category_id", *MeasureForm.must)
    field_order = ("area_id", "category_id")

    area_id = IdChoice(_("Place"))
    category_id = IdChoice(_("Problem"))


class ChangeMeasureForm(MeasureForm):
    """Over the version that the page showed, with the reason."""

    must = (*MeasureForm.must, "reason")

    reason = LongText(_("Reason"), rows=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FinishMeasureForm(DeskForm):
    """What was done for good."""

    must = ("result",)

    result = LongText(_("Result"), rows=4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DaysForm(DeskForm):
    """Within how many days a problem of one category counts as having come again."""

    must = ("category_id", "days")

    category_id = IdChoice(_("Problem"))
    days = forms.IntegerField(
        label=_("Number of days"), help_text=_("After the write-off; 0: it is not looked at.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].widget.attrs |= {"min": 0, "max": 365}
