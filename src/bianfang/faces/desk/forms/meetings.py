"""What is typed about a meeting: its particulars, minutes, resolutions, what came of them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.demands import ReasonForm, VersionedForm
from bianfang.outreach.meetings.actions.inputs import MeetingInput, ResolutionInput
from bianfang.outreach.meetings.enums import ItemOutcome

SETTING_ASIDE = [
    ("", _("Dealt with here")),
    *[(each.value, each.label) for each in (ItemOutcome.PUT_OFF, ItemOutcome.WITHDRAWN)],
]


class MeetingForm(DeskForm):
    """When, where, who; staff are typed by name, guests as words."""

    must = ("title", "held_on", "location", "chair_id", "recorder_id")

    title = forms.CharField(label=_("Name of the meeting"), max_length=60, required=False)
    held_on = DayField(_("Day of the meeting"), required=False)
    location = forms.CharField(label=_("Place of the meeting"), max_length=60, required=False)
    chair_id = IdChoice(_("Chair"), required=False)
    recorder_id = IdChoice(_("Recorder"), required=False)
    others = forms.CharField(
        label=_("Staff present"),
        max_length=400,
        required=False,
        help_text=_("Names of staff, with anything between them."),
    )
    guests = forms.CharField(
        label=_("Others present"),
        max_length=200,
        required=False,
        help_text=_("Units and people who are not on the staff."),
    )

    def to_input(self) -> MeetingInput:
        """As the domain takes it; the names have been read before."""
        given = self.cleaned_data
        return MeetingInput(
            title=given["title"],
            held_on=given["held_on"],
            location=given["location"],
            chair_id=given["chair_id"],
            recorder_id=given["recorder_id"],
            attendee_ids=given["others"],
            guests=given["guests"],
        )


class MinutesForm(VersionedForm):
    """What was said of an item, and whether it is put off."""

    minutes = LongText(_("Minutes"), rows=6, required=False)
    outcome = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=SETTING_ASIDE,
        coerce=ItemOutcome,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Where it is put off or withdrawn."),
    )


class ResolutionForm(DeskForm):
    """What is to be done, by whom, until when."""

    must = ("text", "owner_id", "due_on")

    text = LongText(_("Resolution"), rows=3, required=False)
    owner_id = IdChoice(_("Person in charge"), required=False)
    unit_id = IdChoice(_("Leading unit"), required=False)
    due_on = DayField(_("Deadline"), required=False)

    def to_input(self) -> ResolutionInput:
        """As the domain takes it."""
        return ResolutionInput(**self.cleaned_data)


class CorrectionForm(VersionedForm, ReasonForm):
    """Minutes put right after the meeting, and why."""

    must: ClassVar[tuple[str, ...]] = ("minutes", "reason")

    minutes = LongText(_("Minutes"), rows=8, required=False)
    field_order = ("minutes", "reason")


class DoneForm(DeskForm):
    """What came of a resolution."""

    must = ("result",)

    result = LongText(_("Result"), rows=4, required=False)


class PositionForm(forms.Form):
    """Where on the agenda an item goes."""

    position = forms.IntegerField(min_value=1, max_value=999)
