"""Units, accounts, posts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice
from bianfang.register.people.enums import Role, UnitKind


class UnitForm(DeskForm):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=UnitKind.choices, coerce=UnitKind)
    area_id = IdChoice(
        _("Area"), required=False, help_text=_("For community offices and village committees.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)


class DayForm(DeskForm):
    """One day, as for an end."""

    on = DayField(_("Last day"))


class StaffForm(DeskForm):
    """How a person is called and reached."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class NewStaffForm(StaffForm):
    """A new account."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Small letters, digits, dot, dash, line. It stays for good."),
    )
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        help_text=_("At least 10 signs. Without one, nobody can sign in yet."),
    )
    field_order = ("name", "username", "password", "phone", "email")


class PasswordForm(DeskForm):
    """A password set by the administrator."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 signs. Tell it the person; it should be changed at once."),
    )


class PostForm(DeskForm):
    """A role in an area or a unit, for a time."""

    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    area_id = IdChoice(
        _("Area"), required=False, help_text=_("What the person may see and do reaches this area.")
    )
    unit_id = IdChoice(
        _("Unit"), required=False, help_text=_("For heads and handlers: the demands of this unit.")
    )
    valid_from = DayField(_("From"))
    valid_to = DayField(_("To"), required=False, help_text=_("Empty: until it is ended."))


class SubstituteForm(DeskForm):
    """Who stands in, from when to when."""

    substitute_id = IdChoice(_("Substitute"))
    from_ = DayField(_("From"))
    to = DayField(_("To"))
