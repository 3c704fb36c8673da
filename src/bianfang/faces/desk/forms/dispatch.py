"""Into whose hands the ticked demands go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.demands import HANDLED, UNIT_LEFT_EMPTY, choice
from bianfang.outreach.demands.enums import Route


class DispatchForm(DeskForm):
    """The same measures, person and way for all of them; the deadline is each one's own."""

    must = ("owner_id", "measures")

    owner_id = IdChoice(_("Person in charge"), required=False)
    unit_id = IdChoice(_("Leading unit"), required=False, help_text=UNIT_LEFT_EMPTY)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect, initial="timed")
    measures = LongText(_("Measures"), rows=2, required=False)


class UnitDispatchForm(DeskForm):
    """The same among the people of one unit."""

    must = ("owner_id", "measures")

    owner_id = IdChoice(_("Person in charge"), required=False)
    route = choice(_("Handling"), Route, choices=HANDLED, widget=forms.RadioSelect, initial="timed")
    measures = LongText(_("Measures"), rows=2, required=False)
