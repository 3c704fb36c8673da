"""What is typed about a demand: new ones, and every move of its life."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText
from bianfang.outreach.demands.enums import (
    DemandKind,
    ExtensionDecision,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
)

OFFICE_SOURCES = [
    (each.value, each.label) for each in Source if each not in {Source.VISIT, Source.FORUM}
]
HANDLED = [(each.value, each.label) for each in (Route.TIMED, Route.MEETING)]


DECISIONS = [
    (ExtensionDecision.GRANT.value, _("Grant")),
    (ExtensionDecision.REFUSE.value, _("Refuse")),
]


def choice(label: Any, kind: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """A choice of an enumeration, one of which has to be taken."""
    choices = kwargs.pop("choices", None) or kind.choices
    return forms.TypedChoiceField(label=label, choices=choices, coerce=kind, **kwargs)


class NewDemandForm(DeskForm):
    """A demand that no visit brought: who says what, and whether it was settled at once."""

    household_number = forms.CharField(
        label=_("Household number"),
        required=False,
        help_text=_("If the household is on the register; place and name follow from it."),
    )
    proposer_name = forms.CharField(label=_("Or the name"), required=False, max_length=60)
    area_id = IdChoice(_("And the place"), required=False)
    source = choice(_("Source"), Source, choices=OFFICE_SOURCES, initial=Source.WALK_IN)
    content = LongText(_("Demand content"), rows=3, required=False)
    category_id = IdChoice(_("Category"), required=False)
    kind = choice(_("Kind"), DemandKind, initial=DemandKind.REQUEST)
    is_onsite = forms.BooleanField(label=_("Settled on the spot"), required=False)
    result = LongText(_("What was done"), rows=2, required=False)
    reply = LongText(_("What the resident was told"), rows=2, required=False)
    parts = (
        (_("Who asks"), ("household_number", "proposer_name", "area_id")),
        (_("What is asked"), ("source", "content", "category_id", "kind")),
        (_("If it was settled at once"), ("is_onsite", "result", "reply")),
    )


class VersionedForm(DeskForm):
    """Tells which version of the demand the page showed: nothing is overwritten silently."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(VersionedForm):
    """The four compulsory fields, all at once."""

    content = LongText(_("Demand content"), rows=3, required=False)
    measures = LongText(_("Measures"), rows=3, required=False)
    unit_id = IdChoice(_("Leading unit"), required=False)
    owner_id = IdChoice(_("Person in charge"), required=False)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect, initial="timed")
    due_on = DayField(
        _("Deadline"),
        required=False,
        help_text=_("Empty: the usual working days of the category or round."),
    )


class ReasonForm(DeskForm):
    """A move that only needs a reason."""

    reason = LongText(_("Reason"), rows=3, required=False)


class DeclineForm(VersionedForm, ReasonForm):
    """Why not here, and where to go instead."""

    go_to = forms.CharField(label=_("Where to go instead"), max_length=60, required=False)
    reply_mode = choice(_("Told"), ReplyMode, initial=ReplyMode.IN_PERSON)


class MergeForm(ReasonForm):
    """Into which demand, by its number."""

    number = forms.CharField(label=_("Number of the other demand"), max_length=16)
    field_order = ("number", "reason")


class ReassignForm(VersionedForm, ReasonForm):
    """Another person or unit, perhaps other measures."""

    measures = LongText(_("Measures"), rows=3, required=False)
    unit_id = IdChoice(_("Leading unit"), required=False)
    owner_id = IdChoice(_("Person in charge"), required=False)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect)
    field_order = ("unit_id", "owner_id", "route", "measures", "reason")


class ProgressForm(DeskForm):
    """What has been done since."""

    note = LongText(_("Progress"), rows=3, required=False)


class ExtensionForm(ReasonForm):
    """Until when, and why."""

    new_due_on = DayField(_("New deadline"), required=False)
    field_order = ("new_due_on", "reason")


class DecideForm(DeskForm):
    """Granted or refused, and what the resident is told."""

    grant = choice(_("Decision"), ExtensionDecision, choices=DECISIONS, widget=forms.RadioSelect)
    told_resident = LongText(_("What the resident is told"), rows=2, required=False)
    note = LongText(_("Note"), rows=2, required=False)


class ResultForm(VersionedForm):
    """How it ended and how the resident was answered."""

    outcome = choice(_("Outcome"), Outcome, widget=forms.RadioSelect, initial=Outcome.SOLVED)
    transferred_to = forms.CharField(
        label=_("Transferred to"),
        max_length=60,
        required=False,
        help_text=_("Only for what was transferred."),
    )
    result = LongText(_("Result"), rows=3, required=False)
    reply = LongText(_("Reply to the resident"), rows=3, required=False)
    reply_mode = choice(_("Told"), ReplyMode, initial=ReplyMode.PHONE)
    replied_on = DayField(_("Replied on"), required=False, help_text=_("Empty: today."))
    satisfaction = choice(
        _("What the resident says of it"), Satisfaction, initial=Satisfaction.NOT_ASKED
    )


class WriteOffForm(DeskForm):
    """The second person's word."""

    satisfaction = choice(_("What the resident says of it"), Satisfaction)


class ReopenForm(ReasonForm):
    """Why it was not settled, and until when."""

    due_on = DayField(_("Deadline"), required=False, help_text=_("Empty: the usual working days."))


class CarryForm(ReasonForm):
    """On which list."""

    list_id = IdChoice(_("Half-year list"), required=False)
    due_on = DayField(
        _("Deadline"), required=False, help_text=_("Empty: the end of the half-year.")
    )
    field_order = ("list_id", "due_on", "reason")


class HalfYearForm(DeskForm):
    """A new list."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    half = forms.TypedChoiceField(
        label=_("Half"), choices=[(1, _("First half")), (2, _("Second half"))], coerce=int
    )
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
