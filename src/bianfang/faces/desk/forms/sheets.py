"""Typing in a returned paper sheet: what holds for the whole sheet, and one row per household."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice
from bianfang.faces.desk.forms.offers import Groups, offer_grouped
from bianfang.faces.desk.forms.visits import NamesField, Ticks
from bianfang.outreach.visits.enums import SHEET_MODES, SHEET_OUTCOMES

NUMBER = re.compile(r"\d+")
ALL = "all"


def _digits(words: Mapping[str, TextChoices]) -> list[tuple[str, Any]]:
    """The digits of the paper before the words, so that typing one of them chooses it."""
    return [(digit, format_lazy("{} {}", digit, one.label)) for digit, one in words.items()]


class SheetHead(DeskForm):
    """Who went, on which day, what was told; rows may say otherwise."""

    visitors = Ticks(_("Who went"))
    others = NamesField(
        _("Others too"), help_text=_("Names of colleagues who are not in the list above.")
    )
    day = DayField(_("Day"))
    topics = Ticks(_("Topics told"))

    def __init__(
        self,
        *args: Any,
        visitors: Iterable[tuple[UUID, str]],
        topics: Iterable[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (("visitors", visitors), ("topics", topics)):
            field = self.fields[name]
            assert isinstance(field, Ticks)
            field.offer(pairs)


class SheetRow(DeskForm):
    """One household: the digits as they stand on the paper. No outcome: not visited, not stored."""

    visit_id = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", "—"), *_digits(SHEET_OUTCOMES)],
        required=False,
    )
    mode = forms.ChoiceField(
        label=_("How"),
        choices=_digits(SHEET_MODES),
        initial="1",
    )
    day = DayField(_("Other day"), required=False)
    untold = forms.CharField(label=_("Topics not told"), max_length=30, required=False)
    demand = forms.CharField(label=_("Demand"), max_length=400, required=False)
    category = IdChoice(_("Category"), required=False)

    def __init__(self, *args: Any, categories: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_grouped(self, "category", categories)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            is_choice = name in {"outcome", "mode", "category"}
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def clean(self) -> dict[str, Any]:
        """A demand without an outcome is a line half filled in."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("demand") and not given.get("outcome"):
            self.add_error("outcome", _("Type in how the visit ended."))
        return given

    @property
    def is_empty(self) -> bool:
        """Nobody went there on this sheet."""
        return not self.cleaned_data["outcome"]

    def untold_numbers(self) -> set[int]:
        """The numbers of the topics that were not told there."""
        return {int(number) for number in NUMBER.findall(self.cleaned_data["untold"])}
