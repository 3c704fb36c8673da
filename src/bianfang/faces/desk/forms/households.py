"""Households and the people in them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText, Parts
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.register.households.enums import (
    ContactTime,
    FactKind,
    HouseholdEnd,
    LivingStatus,
    ResidentEnd,
    YesNo,
)

STATUS_REASON = _("Needed for a vacant house: why nobody lives there.")


class FindForm(DeskForm):
    """A whole number; sent in the body, since addresses are kept by browsers and servers."""

    number = forms.CharField(
        label=_("Identity number or phone"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The whole number; it is sealed and cannot be searched in part."),
    )


class NewHouseholdForm(DeskForm):
    """A household that joins the register."""

    hamlet_id = IdChoice(_("Natural village"))
    number = forms.CharField(label=_("Household number"), max_length=20)
    door = forms.CharField(label=_("House number"), max_length=60, required=False)
    living_status = forms.TypedChoiceField(
        label=_("Living status"), choices=LivingStatus.choices, coerce=LivingStatus
    )
    status_reason = forms.CharField(
        label=_("Reason"), max_length=120, required=False, help_text=STATUS_REASON
    )
    contact_time = forms.TypedChoiceField(
        label=_("Best time"), choices=ContactTime.choices, coerce=ContactTime
    )
    note = LongText(_("Note"), required=False)


class HouseholdForm(DeskForm):
    """What the household itself tells."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    door = forms.CharField(label=_("House number"), max_length=60, required=False)
    contact_time = forms.TypedChoiceField(
        label=_("Best time"), choices=ContactTime.choices, coerce=ContactTime
    )
    note = LongText(
        _("Note"),
        required=False,
        help_text=_("What the next visitor should know. No opinions, faith or politics."),
    )


class LivingStatusForm(DeskForm):
    """Whether people live there."""

    status = forms.TypedChoiceField(
        label=_("Living status"),
        choices=LivingStatus.choices,
        coerce=LivingStatus,
        widget=forms.RadioSelect,
    )
    status_reason = forms.CharField(
        label=_("Reason"), max_length=120, required=False, help_text=STATUS_REASON
    )


class EndHouseholdForm(DeskForm):
    """Why and when a household left the register."""

    reason = forms.TypedChoiceField(
        label=_("Reason"), choices=HouseholdEnd.choices, coerce=HouseholdEnd
    )
    on = DayField(_("Last day"))


class ResidentForm(DeskForm):
    """A person; an identity number decides birth date and sex."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    relation = forms.ChoiceField(
        label=_("Relation to head"), choices=[("", "—"), *Relation.choices], required=False
    )
    id_number = forms.CharField(
        label=_("Identity number"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    birth_date = DayField(_("Date of birth"), required=False)
    is_away = forms.BooleanField(label=_("Works or studies away"), required=False)
    away_place = forms.CharField(label=_("Where"), max_length=60, required=False)
    note = LongText(_("Note"), rows=2, required=False)
    parts: ClassVar[Parts] = (
        (_("Protected numbers"), ("id_number", "phone", "forget_id_number", "forget_phone")),
        (_("Further"), ("sex", "birth_date", "is_away", "away_place", "note")),
    )


class EditResidentForm(ResidentForm):
    """The same person again; the protected numbers stay unless typed anew."""

    forget_id_number = forms.BooleanField(label=_("Take the identity number out"), required=False)
    forget_phone = forms.BooleanField(label=_("Take the phone out"), required=False)


class MoveResidentForm(DeskForm):
    """To which household."""

    number = forms.CharField(
        label=_("Household number"),
        max_length=20,
        help_text=_("The household that the person joins."),
    )
    relation = forms.TypedChoiceField(
        label=_("Relation to head there"), choices=Relation.choices, coerce=Relation
    )


class EndResidentForm(DeskForm):
    """Why and when a person left the register."""

    reason = forms.TypedChoiceField(
        label=_("Reason"), choices=ResidentEnd.choices, coerce=ResidentEnd
    )
    on = DayField(_("Last day"))


class HeadForm(DeskForm):
    """What the former head is to the new one."""

    former_relation = forms.TypedChoiceField(
        label=_("The former head is"),
        choices=[("", "—"), *(one for one in Relation.choices if one[0] != Relation.HEAD)],
        coerce=Relation,
    )


class FactForm(DeskForm):
    """A statement about a person, with the day it held."""

    kind = forms.TypedChoiceField(label=_("What"), choices=FactKind.choices, coerce=FactKind)
    answer = forms.ChoiceField(label=_("Answer"), choices=YesNo.choices)
    grade = forms.CharField(
        label=_("Kind and grade"),
        max_length=20,
        required=False,
        help_text=_("For a disability, as on the certificate: 肢体二级."),
    )
    as_of = DayField(_("Held on"))

    def clean(self) -> None:
        """A disability is told by kind and grade."""
        typed = super().clean() or self.cleaned_data
        is_disability = typed.get("kind") == FactKind.DISABILITY
        if (
            is_disability
            and typed.get("answer") == YesNo.YES
            and not typed.get("grade", "").strip()
        ):
            self.add_error("grade", _("Give kind and grade as on the certificate."))


class RevealForm(DeskForm):
    """What the numbers are needed for."""

    reason = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("It is written into the access log with your name and the time."),
    )
