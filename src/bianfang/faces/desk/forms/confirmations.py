"""What is typed about a resident's word, and about a request to reopen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, LongText
from bianfang.faces.desk.forms.demands import ReasonForm, choice
from bianfang.outreach.demands.actions.answers import MOST_WORDS
from bianfang.outreach.demands.enums import GIVEN, ConfirmWay, ReplyMode, Satisfaction

SAID = [(each.value, each.label) for each in Satisfaction if each in GIVEN]
NOTED = [*SAID, *((x.value, x.label) for x in Satisfaction if x not in GIVEN)]


class NoteForm(DeskForm):
    """What the resident says, how it came, in the resident's words."""

    must = ("answer",)

    answer = choice(
        _("Resident says"),
        Satisfaction,
        choices=NOTED,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    way = choice(
        _("How the word came"),
        ConfirmWay,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    word = LongText(
        _("In the resident's words"),
        rows=2,
        required=False,
        help_text=_("Optional. If nobody was asked: why not."),
        max_length=MOST_WORDS,
    )

    def __init__(self, *args: Any, is_handler: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [ConfirmWay.ON_SPOT] if is_handler else [ConfirmWay.PHONE, ConfirmWay.ON_SPOT]
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(way.value, way.label) for way in ways]


class CodeForm(DeskForm):
    """The code that the resident reads out."""

    must = ("code",)

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Ten letters and digits; capitals, blanks and strokes do not matter."),
    )


class SpokenForm(DeskForm):
    """What the holder of the code says; the code goes along, never in an address."""

    must = ("answer",)

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    answer = choice(
        _("Resident says"),
        Satisfaction,
        choices=SAID,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    word = LongText(
        _("In the resident's words"),
        rows=2,
        required=False,
        help_text=_("Optional."),
        max_length=MOST_WORDS,
    )


class AcceptRequestForm(ReasonForm):
    """Why it is handled again, and until when."""

    due_on = DayField(
        _("Deadline"), required=False, help_text=_("Empty: counted anew from today by the rule.")
    )
    field_order = ("reason", "due_on")


class DeclineRequestForm(ReasonForm):
    """What the resident is told, and how."""

    must = ("reason", "reply_mode")

    reply_mode = choice(
        _("How the resident was told"),
        ReplyMode,
        required=False,
        empty_value=None,
        initial=ReplyMode.PHONE,
    )
    field_order = ("reason", "reply_mode")
