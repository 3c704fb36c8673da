"""Adding, renaming, ending an area."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice


class NewAreaForm(DeskForm):
    """An area under another."""

    name = forms.CharField(label=_("Name"), max_length=60)
    code = forms.CharField(
        label=_("Code"),
        max_length=15,
        required=False,
        help_text=_("The statistical code, 12 digits for a village; may stay empty."),
    )
    valid_from = DayField(_("Exists since"), required=False)


class RenameAreaForm(DeskForm):
    """Another name for the same place."""

    name = forms.CharField(label=_("Name"), max_length=60)


class CloseAreaForm(DeskForm):
    """The end of an area, and which one takes its place."""

    successor = IdChoice(_("Successor"), help_text=_("Another area of the same kind."))
    on = DayField(_("Ends on"))
