"""What is written down of a visit: eight inputs for the common case, the rest folded away."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, LongText
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.register.households.enums import ContactTime, LivingStatus

MOMENT = "%Y-%m-%dT%H:%M"
AT_HOME = (VisitMode.DAY, VisitMode.EVENING, VisitMode.PHONE)
"""Ways of one household's own visit; a group talk has its own form."""


class MomentField(forms.DateTimeField):
    """A day and a time by the town's clock."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
        formats = [MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(label=label, widget=widget, input_formats=formats, **kwargs)


Ids = Iterable[tuple[UUID, str]]


class Ticks(forms.TypedMultipleChoiceField):
    """Several things by their ids.

    What is offered is read only to be drawn: of a form that was sent the domain knows who and what
    may be named, and answers beside the field.
    """

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, widget=widget, required=False, coerce=UUID, **kwargs)
        self._read: Callable[[], Ids] = tuple

    def offer(self, pairs: Ids | Callable[[], Ids]) -> None:
        """Set what is shown to be ticked, now or when it is drawn."""
        self._read = pairs if callable(pairs) else lambda: pairs
        self.choices = lambda: [(str(key), text) for key, text in self._read()]

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to tick."""
        return any(True for _pair in self._read())

    def valid_value(self, value: object) -> bool:
        """Any id; one that is none is refused as it is read."""
        return True


class NamesField(forms.CharField):
    """Names of staff, with anything between them; which people they are is found out later."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        attrs = {"list": "staff-names", "autocomplete": "off", "class": "form-control"}
        widget = forms.TextInput(attrs={**attrs, "placeholder": label, "aria-label": label})
        super().__init__(label=label, widget=widget, required=False, max_length=200, **kwargs)


class VisitFields(DeskForm):
    """What every visit tells, new or corrected."""

    mode = forms.TypedChoiceField(
        label=_("How"),
        choices=[(mode.value, mode.label) for mode in AT_HOME],
        coerce=VisitMode,
        widget=forms.RadioSelect,
    )
    outcome = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=VisitOutcome.choices,
        coerce=VisitOutcome,
        widget=forms.RadioSelect,
        initial=VisitOutcome.MET,
    )
    happened_at = MomentField(_("When"))
    visitors = Ticks(_("Who went"))
    others = NamesField(
        _("Others too"), help_text=_("Names of colleagues who are not in the list above.")
    )
    topics = Ticks(_("Topics told"))
    respondent_relation = forms.ChoiceField(label=_("Spoke with"), required=False)
    village_facts = LongText(
        _("Village facts"), rows=2, required=False, help_text=_("Roads, water, lamps, ditches …")
    )
    note = LongText(_("Note"), rows=2, required=False)

    def __init__(
        self,
        *args: Any,
        visitors: Ids | Callable[[], Ids],
        topics: Ids | Callable[[], Ids],
        respondents: Callable[[], Iterable[tuple[str, str | Promise]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (("visitors", visitors), ("topics", topics)):
            field = self.fields[name]
            assert isinstance(field, Ticks)
            field.offer(pairs)
        spoken = self.fields["respondent_relation"]
        assert isinstance(spoken, forms.ChoiceField)
        spoken.choices = lambda: [("", "—"), *respondents()]


class VisitForm(VisitFields):
    """A new visit, and what it found changed in the household."""

    visit_id = forms.UUIDField(widget=forms.HiddenInput)
    living_status = forms.ChoiceField(
        label=_("Living status"), choices=LivingStatus.choices, required=False
    )
    status_reason = forms.CharField(label=_("Reason"), max_length=120, required=False)
    contact_time = forms.ChoiceField(
        label=_("Best time"), choices=ContactTime.choices, required=False
    )
    door = forms.CharField(label=_("House number"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("New phone of the head"),
        max_length=20,
        required=False,
        help_text=_("Only if it has changed."),
    )

    FOLDED = ("village_facts", "note")
    CHANGES = ("living_status", "status_reason", "contact_time", "door", "phone")

    @property
    def is_open(self) -> bool:
        """Whether something folded away has to be mended."""
        return any(name in self.errors for name in (*self.CHANGES, *self.FOLDED))

    def without_changes(self) -> None:
        """For somebody who may not edit the register."""
        for name in self.CHANGES:
            del self.fields[name]


class CorrectForm(VisitFields):
    """A visit as it should have been written down, and why it was not."""

    household_number = forms.CharField(
        label=_("Household number"),
        max_length=20,
        required=False,
        help_text=_("Only if it was written down for the wrong household."),
    )
    reason = forms.CharField(label=_("Reason for the correction"), max_length=400)

    def keep_mode(self) -> None:
        """A group talk stays one: its visit is corrected in everything else."""
        del self.fields["mode"]
