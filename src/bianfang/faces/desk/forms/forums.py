"""A group talk: where, when, about what, who came, what they asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.offers import Pairs, offer
from bianfang.faces.desk.forms.visits import MomentField, NamesField, Ticks


class ForumForm(DeskForm):
    """One group talk; households are looked for and ticked, each counts as visited."""

    forum_id = forms.UUIDField(widget=forms.HiddenInput)
    area = IdChoice(_("Area"))
    held_at = MomentField(_("When"))
    place = forms.CharField(label=_("Place of the talk"), max_length=60)
    subject = forms.CharField(label=_("Subject"), max_length=120)
    visitors = Ticks(_("Who held it"))
    others = NamesField(_("Others too"))
    topics = Ticks(_("Topics told"))
    households = Ticks(_("Who came"))
    find = forms.CharField(
        label=_("Look for households"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "placeholder": _("Name, pinyin, house number, household number"),
            }
        ),
    )
    attendance = forms.IntegerField(
        label=_("Attendance"),
        min_value=0,
        max_value=2000,
        required=False,
        help_text=_("Heads, also of households not named. Empty: one for each household."),
    )
    note = LongText(_("Note"), rows=3, required=False)

    def __init__(
        self,
        *args: Any,
        areas: Pairs,
        visitors: Iterable[tuple[UUID, str]],
        topics: Iterable[tuple[UUID, str]],
        households: Iterable[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area", areas)
        for name, pairs in (("visitors", visitors), ("topics", topics), ("households", households)):
            field = self.fields[name]
            assert isinstance(field, Ticks)
            field.offer(pairs)
