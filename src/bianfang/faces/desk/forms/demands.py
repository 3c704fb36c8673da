"""What is typed about a demand: every move of its life."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.outreach.demands.actions.checks import MISSING
from bianfang.outreach.demands.enums import (
    ExtensionDecision,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
)

HANDLED = [(each.value, each.label) for each in (Route.TIMED, Route.MEETING)]
DECISIONS = [
    (ExtensionDecision.GRANT.value, _("Grant")),
    (ExtensionDecision.REFUSE.value, _("Refuse")),
]

UNIT_LEFT_EMPTY = _("Empty: the unit of the person in charge, else the usual one of the category.")


def choice(label: Any, kind: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """A choice of an enumeration, one of which has to be taken."""
    choices = kwargs.pop("choices", None) or kind.choices
    return forms.TypedChoiceField(label=label, choices=choices, coerce=kind, **kwargs)


class VersionedForm(DeskForm):
    """Tells which version of the demand the page showed: nothing is overwritten silently."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(VersionedForm):
    """The four compulsory fields, all at once; the unit and the category that go with them."""

    must = ("content", "measures", "owner_id")

    content = LongText(_("Demand content"), rows=3, required=False)
    measures = LongText(_("Measures"), rows=3, required=False)
    owner_id = IdChoice(_("Person in charge"), required=False)
    due_on = DayField(_("Deadline"), required=False)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect, initial="timed")
    unit_id = IdChoice(_("Leading unit"), required=False, help_text=UNIT_LEFT_EMPTY)
    category_id = IdChoice(_("Category"), required=False)


class ReasonForm(DeskForm):
    """A move that only needs a reason."""

    must: ClassVar[tuple[str, ...]] = ("reason",)

    reason = LongText(_("Reason"), rows=3, required=False)


class DeclineForm(VersionedForm, ReasonForm):
    """Why not here, and where to go instead."""

    must = ("reason", "go_to")

    go_to = forms.CharField(label=_("Where to go instead"), max_length=60, required=False)
    reply_mode = choice(_("How the resident is told"), ReplyMode, initial=ReplyMode.IN_PERSON)


class MergeForm(ReasonForm):
    """Into which demand: one of those offered, or one found by its number or by words."""

    must = ("into", "reason")

    into = IdChoice(_("Into which demand"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Or find it"), required=False, max_length=60, help_text=_("Number or words")
    )
    field_order = ("into", "text", "reason")

    def clean(self) -> dict[str, Any]:
        """The other demand is read before the domain can ask for it."""
        given = super().clean() or {}
        _ask_for(self, *self.must)
        return given


class ReassignForm(VersionedForm, ReasonForm):
    """Another person or unit, perhaps other measures."""

    must = ("measures", "owner_id", "reason")

    owner_id = IdChoice(_("Person in charge"), required=False)
    unit_id = IdChoice(_("Leading unit"), required=False, help_text=UNIT_LEFT_EMPTY)
    measures = LongText(_("Measures"), rows=3, required=False)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect)
    field_order = ("owner_id", "unit_id", "route", "measures", "reason")


class ProgressForm(DeskForm):
    """What has been done since."""

    must = ("note",)

    note = LongText(_("Progress"), rows=3, required=False)


class ExtensionForm(ReasonForm):
    """Until when, and why."""

    must = ("new_due_on", "reason")

    new_due_on = DayField(_("New deadline"), required=False)
    field_order = ("new_due_on", "reason")


class DecideForm(DeskForm):
    """Granted or refused, and what the resident is told."""

    grant = choice(_("Decision"), ExtensionDecision, choices=DECISIONS, widget=forms.RadioSelect)
    told_resident = LongText(
        _("What the resident is told"), rows=2, required=False, help_text=_("If it is granted.")
    )
    note = LongText(_("Why not"), rows=2, required=False, help_text=_("If it is refused."))


class ResultForm(VersionedForm):
    """How it ended and how the resident was answered."""

    must = ("result", "reply")

    outcome = choice(_("Outcome"), Outcome, widget=forms.RadioSelect, initial=Outcome.SOLVED)
    transferred_to = forms.CharField(
        label=_("Transferred to"),
        max_length=60,
        required=False,
        help_text=_("Only for what was transferred."),
    )
    result = LongText(_("Result"), rows=3, required=False)
    reply = LongText(_("Reply to the resident"), rows=3, required=False)
    reply_mode = choice(_("How the resident was told"), ReplyMode, initial=ReplyMode.PHONE)
    replied_on = DayField(_("Replied on"), required=False)
    satisfaction = choice(
        _("What the resident says of it"), Satisfaction, initial=Satisfaction.NOT_ASKED
    )


class WriteOffForm(DeskForm):
    """The second person's word."""

    satisfaction = choice(_("What the resident says of it"), Satisfaction)


class ReopenForm(ReasonForm):
    """Why it was not settled, and until when."""

    due_on = DayField(_("Deadline"), required=False)
    field_order = ("reason", "due_on")


class ResumeForm(DeskForm):
    """Nothing to be typed: the clock goes on."""


class ReturnForm(VersionedForm, ReasonForm):
    """Whose it is, and why."""

    must = ("suggested_unit_id", "reason")

    suggested_unit_id = IdChoice(_("Unit that it belongs to"), required=False)
    field_order = ("suggested_unit_id", "reason")


class CarryForm(ReasonForm):
    """On which list."""

    must = ("half_year_list", "reason")

    half_year_list = IdChoice(_("Half-year list"), required=False)
    due_on = DayField(
        _("Deadline"), required=False, help_text=_("Empty: the end of the half-year.")
    )
    field_order = ("half_year_list", "due_on", "reason")

    def clean(self) -> dict[str, Any]:
        """The list is read before the domain can ask for it."""
        given = super().clean() or {}
        _ask_for(self, *self.must)
        return given


class HalfYearForm(DeskForm):
    """A new list."""

    must = ("title",)

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    half = forms.TypedChoiceField(
        label=_("Half"), choices=[(1, _("First half")), (2, _("Second half"))], coerce=int
    )
    title = forms.CharField(label=_("Name of the list"), max_length=60, required=False)


class PhoneForm(DeskForm):
    """Why the number is looked at; kept with the name of who looked."""

    must = ("reason",)

    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


def _ask_for(form: DeskForm, *names: str) -> None:
    """Name every field that is empty, as the domain would."""
    for name in names:
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, str(MISSING[name]))
